"""What a search among the destinations finds for a plan: one name with all that it may mean, or several pasted names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from advisor.knowledge.destination_search import (
    LONGEST_SEARCH,
    MAX_NAMES,
    Hit,
    ReadName,
    Status,
    read_name,
    search,
    split_names,
)
from advisor.knowledge.destination_slugs import slug_of_row
from advisor.model import Destination, Plan
from advisor.presentation.destination_words import what_sets_apart, why_found
from advisor.text import quantity, shorten
from advisor.web.plans.settings.changes import with_destinations
from advisor.web.plans.settings.destinations import Reach, destination_note, reach_of

FEWEST_LETTERS = 2
_MOST_FOUND = 12
_LONGEST_SHOWN = 60
_RESULTS: dict[Status | Literal["chosen"], str] = {
    "found": "found",
    "chosen": "chosen",
    "storage": "for the warehouse",
    "several": "to choose",
    "near": "perhaps misspelt",
    "unknown": "unknown",
}
_WAREHOUSE = "That is a warehouse: turn on the warehouse, and it stores every call."


@dataclass(frozen=True)
class FoundDestination:
    """A destination that a search finds.

    ``pieces`` are the parts of its name, each with whether it matches the search. ``why`` says why it was found if its name
    does not show it, and ``apart`` what distinguishes it from the others of that name. ``key`` is empty for storage, and
    ``is_warehouse`` says that a setting of the plan turns it on.
    """

    key: str
    name: str
    slug: str
    pieces: tuple[tuple[str, bool], ...]
    why: str
    apart: str
    reach: Reach
    note: str
    is_planned: bool
    is_warehouse: bool


@dataclass(frozen=True)
class NameRow:
    """A pasted name, and what it may mean."""

    written: str
    status: Status
    found: tuple[FoundDestination, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether several destinations fit the name, and the plan has one of them."""
        return self.status == "several" and any(item.is_planned for item in self.found)

    @property
    def to_add(self) -> str | None:
        """The key to add for a name that is found and not yet in the plan."""
        return self.found[0].key if self.status == "found" and not self.found[0].is_planned else None


@dataclass(frozen=True)
class ToolSearch:
    """The result of a search: a message about it, and the destinations of one name, or the rows of several.

    ``own`` is the name to add as the team's own tool, if nothing fits. ``rest`` are the names beyond the limit.
    """

    text: str
    says: str = ""
    count: int = 0
    rows: tuple[FoundDestination, ...] = ()
    names: tuple[NameRow, ...] = ()
    own: str = ""
    rest: tuple[str, ...] = ()

    @property
    def to_add(self) -> tuple[str, ...]:
        """The keys of the pasted names that are found and not yet in the plan, each once."""
        return tuple(dict.fromkeys(row.to_add for row in self.names if row.to_add))

    @property
    def left(self) -> str:
        """The pasted names that are not found, or not looked up, one on each line."""
        return "\n".join((*(row.written for row in self.names if row.status != "found"), *self.rest))


def find(plan: Plan, text: str) -> ToolSearch:
    """Return what a text finds: one name, or several names on lines or between commas."""
    if len(text) > LONGEST_SEARCH:
        return ToolSearch(text, f"That is too much to look up at once: paste at most {LONGEST_SEARCH:,} characters.")
    names = split_names(text)
    return _several(plan, text, names) if len(names) > 1 else _one(plan, text, names[0] if names else "")


def with_tools(plan: Plan, text: str) -> tuple[Plan, str]:
    """Return the plan with the destinations and the warehouse that a list of names found, and the names that are left."""
    names = split_names(text)
    read = [read_name(name) for name in names[:MAX_NAMES]]
    found = [Destination(key=each.hits[0].row.key) for each in read if each.status == "found"]
    stores = any(map(_names_warehouse, read))
    left = [each.written for each in read if each.status != "found" and not _names_warehouse(each)]
    changed = replace(with_destinations(plan, found), warehouse=plan.warehouse or stores)
    return changed, "\n".join((*left, *names[MAX_NAMES:]))


def _names_warehouse(read: ReadName) -> bool:
    return read.status == "storage" and any(hit.is_warehouse for hit in read.hits)


def _one(plan: Plan, text: str, name: str) -> ToolSearch:
    hits = search(name)
    if len(name) < FEWEST_LETTERS and not hits:
        return ToolSearch(text, "Type two letters or more." if name else "")
    shown = shorten(name, _LONGEST_SHOWN)
    rows = tuple(_found(plan, hit, name) for hit in hits[:_MOST_FOUND])
    if not hits:
        return ToolSearch(text, f"Nothing fits “{shown}”. Is it your own tool?", own=name)
    if hits[0].why == "similar":
        return ToolSearch(text, f"Nothing is called “{shown}”. The nearest names:", 0, rows, own=name)
    if all(hit.is_warehouse for hit in hits):
        return ToolSearch(text, _WAREHOUSE, len(hits), rows)
    says = f"{quantity(len(hits), 'match', 'matches')} for “{shown}”."
    if len(hits) > _MOST_FOUND:
        says = f"{len(hits)} matches for “{shown}”. The first {_MOST_FOUND}; type more letters to narrow it down:"
    return ToolSearch(text, says, len(hits), rows)


def _several(plan: Plan, text: str, names: tuple[str, ...]) -> ToolSearch:
    rows = tuple(_row(plan, read_name(name)) for name in names[:MAX_NAMES])
    found = sum(row.status == "found" for row in rows)
    says = f"{', '.join((quantity(len(names), 'name'), *_counts(rows)))}."
    if len(names) > MAX_NAMES:
        says += f" These are the first {MAX_NAMES}."
    return ToolSearch(text, says, found, names=rows, rest=names[MAX_NAMES:])


def _counts(rows: Iterable[NameRow]) -> Iterator[str]:
    """Yield the number of names with each result, those to do something about last."""
    counted = Counter("chosen" if row.is_chosen else row.status for row in rows)
    for status, words in _RESULTS.items():
        if counted[status]:
            yield f"{counted[status]} {words}"


def _row(plan: Plan, read: ReadName) -> NameRow:
    return NameRow(read.written, read.status, tuple(_found(plan, hit, read.written) for hit in read.hits))


def _found(plan: Plan, hit: Hit, wanted: str) -> FoundDestination:
    row = hit.row
    is_planned = plan.warehouse if hit.is_warehouse else any(item.key == row.key for item in plan.destinations)
    return FoundDestination(
        key=row.key if hit.is_destination else "",
        name=row.name,
        slug=slug_of_row(row),
        pieces=_pieces(row.name, " ".join(wanted.split()).casefold()),
        why=why_found(hit),
        apart=what_sets_apart(row),
        reach=reach_of(row),
        note=destination_note(row),
        is_planned=is_planned,
        is_warehouse=hit.is_warehouse,
    )


def _pieces(name: str, wanted: str) -> tuple[tuple[str, bool], ...]:
    lower = name.casefold()
    at = lower.find(wanted)
    if at < 0 or len(lower) != len(name):
        return ((name, False),)
    end = at + len(wanted)
    pieces = ((name[:at], False), (name[at:end], True), (name[end:], False))
    return tuple(piece for piece in pieces if piece[0])
