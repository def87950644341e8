"""The list of events that PostHog's wizard leaves in a repository (``.posthog-events.json``), with the file of each call.

The path says on which side the call runs. Keys vary between versions and agents: ``event``, ``event_name`` or ``name``, ``file``,
``file_path`` or ``filePath``. Some lists name properties, too.
"""

from __future__ import annotations

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.event_lists import VERDICT, ListKind, named_entries, read_list, write_list
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import Written
from advisor.formats.own_slot import SLOT
from advisor.formats.reading import PlanReading
from advisor.model import Plan

KEY = "posthog-events"
_KIND = ListKind(
    key=KEY,
    file=".posthog-events.json",
    carries=frozenset({"properties"}),
    names=("event", "event_name", "eventName", "name"),
    descriptions=("description", "event_description", "eventDescription"),
    files=("file", "file_path", "filePath", "path", "files"),
)
_OWN_KEYS = frozenset({"event", "event_description", "eventDescription", *_KIND.files})
"""Keys that Amplitude's list has not."""
_FAMILIAR_KEYS = frozenset({*_KIND.names, *_KIND.descriptions, *_KIND.files, "properties", "status", VERDICT, SLOT})
"""Keys that are seen in lists of wizards and agents. Any other one may be the column of a table."""


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the file is a list of PostHog's wizard; None if it is none."""
    marks: set[str] = set()
    keys: set[str] = set()
    for _, value in tree.json_values():
        entries = named_entries(value, _KIND)
        if any(not _OWN_KEYS.isdisjoint(entry) for entry in entries):
            marks.add("a list of objects with the name of an event")
            keys |= {key for entry in entries for key in entry}
    marks |= {f"the key “{key}”" for key in _OWN_KEYS & keys}
    if not marks:
        return None
    if keys <= _FAMILIAR_KEYS or not keys.isdisjoint(_KIND.files):
        return Recognition(Confidence.LIKELY, tuple(sorted(marks)))
    return Recognition(Confidence.POSSIBLE, ("a list of objects with the name of an event",))


def read(tree: FileTree) -> PlanReading:
    """Return the events of the list. Raises `FormatError`."""
    return read_list(tree, _KIND)


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as a list of its track events."""
    return write_list(plan, options, _KIND)


FORMAT = Format(
    key=KEY,
    title="PostHog wizard, list of events",
    fidelity="lossless",
    looked_for="a list of objects with “event” and “file”",
    recognise=recognise,
    read=read,
    write=write,
    carries=_KIND.carries,
)
