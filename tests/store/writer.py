"""A process that writes to a store: ``writer.py VERB URL ...``.

It says "ready", and begins when it reads a line. What it has been promised to be stored it prints.
"""

from __future__ import annotations

import sys

from msgspec.structs import replace

from advisor.store import EventConflictError, Store, open_store
from samples import ALICE, named


def count(store: Store, label: str, plan_id: str, event_id: str, times: int) -> None:
    """Increase the number in one label of the event, like a person who reads, edits and saves."""
    for _ in range(times):
        stored = store.load_event(ALICE, plan_id, event_id)
        while True:
            labels = stored.event.labels | {label: str(int(stored.event.labels[label]) + 1)}
            try:
                store.save_event(ALICE, plan_id, event_id, stored.revision, replace(stored.event, labels=labels))
                break
            except EventConflictError as conflict:
                stored = conflict.current


def append(store: Store, plan_id: str) -> None:
    """Add pairs of events until the process is killed."""
    while True:
        ids = store.add_events(ALICE, plan_id, (named("first"), named("second")))
        sys.stdout.write(" ".join(ids) + "\n")
        sys.stdout.flush()


def main(verb: str, url: str, *arguments: str) -> None:
    """Run one verb."""
    store = None if verb == "open" else open_store(url)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if store is None:
        store = open_store(url)
    elif verb == "count":
        label, plan_id, event_id, times = arguments
        count(store.signed(label), label, plan_id, event_id, int(times))
    else:
        append(store, *arguments)
    store.close()


main(*sys.argv[1:])
