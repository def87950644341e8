"""The list of events that Amplitude's wizard leaves in a repository (``.amplitude/events.json``): names and descriptions."""

from __future__ import annotations

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.event_lists import VERDICT, ListKind, named_entries, read_list, write_list
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import Written
from advisor.formats.own_slot import SLOT
from advisor.formats.reading import PlanReading
from advisor.model import Plan

KEY = "amplitude-events"
_KIND = ListKind(
    key=KEY,
    file=".amplitude/events.json",
    carries=frozenset(),
    names=("name", "event_name", "eventName"),
    descriptions=("description",),
)
_KEYS = frozenset({*_KIND.names, *_KIND.descriptions, VERDICT, SLOT})


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the file is a list of Amplitude's wizard; None if it is none."""
    for _, value in tree.json_values():
        entries = named_entries(value, _KIND) if isinstance(value, list) else []
        if entries and all(entry.keys() <= _KEYS for entry in entries):
            return Recognition(Confidence.LIKELY, ("a list of objects with a name, a description and nothing else",))
    return None


def read(tree: FileTree) -> PlanReading:
    """Return the events of the list. Raises `FormatError`."""
    return read_list(tree, _KIND)


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as a list of its track events."""
    return write_list(plan, options, _KIND)


FORMAT = Format(
    key=KEY,
    title="Amplitude wizard, list of events",
    fidelity="lossless",
    looked_for="a list of objects with a name, a description and nothing else",
    recognise=recognise,
    read=read,
    write=write,
    carries=_KIND.carries,
)
