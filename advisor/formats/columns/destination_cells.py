"""Reads which destinations want an event: a list in one cell, or a column per destination with yes and no.

A destination that nobody knows never leaves a row out: it is counted, and one warning says how many rows name it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from advisor.document_limits import MAX_DESTINATIONS
from advisor.formats.columns import fields as f
from advisor.formats.columns.words import list_in
from advisor.formats.places import Place, shown
from advisor.formats.reading import EventReading, PlanReading, UnknownDestination
from advisor.knowledge.answer_words import answer_in, fold
from advisor.knowledge.catalogue import destination_name, find_destination, find_exactly, storage_names
from advisor.text import did_you_mean, nearest_name, quantity

_ALL = frozenset({"all", "all of the plan’s", "all of the plan's", "everything", "every"})
_NONE = frozenset({"none", "-", "–", "—", "no"})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_WAREHOUSE = frozenset({"warehouse", "warehouses", "data warehouse", "dwh"})


class DestinationCells:
    """The destinations that the tables of one import name.

    ``known`` are those of the plan that they are brought into, ``renamed`` the keys that a person chose for names.
    """

    def __init__(self, reading: PlanReading, known: Iterable[str] = (), renamed: Mapping[str, str] = _NO_NAMES) -> None:
        self._reading = reading
        self._renamed = renamed
        self._of_plan = {fold(name): key for key in known for name in (destination_name(key), key)}
        self.strangers: list[str] = []
        """What is wrong with names in the cell that was read last."""
        self._used: dict[str, None] = {}
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, Place] = {}
        self._keys: dict[str, str | None] = {}
        self._chosen: list[str] | None = None

    def read(self, field: str, text: str, at: Place) -> str:
        """Read a cell of the event at hand; returns what is wrong with it, or nothing. `finish` ends the event.

        Unknown names are not wrong: they are counted, and `strangers` has a message about each.
        """
        self.strangers = []
        if field == f.DESTINATIONS:
            if (names := named_destinations(text)) is not None:
                self._choose(names, at)
            return ""
        answer = answer_in(text)
        if answer is None:
            return f"{shown(text)} isn’t yes or no."
        name = field.removeprefix(f.DESTINATION)
        if key := self._key(name):
            self._used.setdefault(key)  # a plan has each destination that has a column
        self._choose([name] if answer == "yes" else [], at)
        return ""

    def finish(self, event: EventReading, *, is_ticked: bool) -> None:
        """Give an event the destinations that its cells name; all of the plan’s if they say nothing.

        ``is_ticked``: the table only ticks what is wanted, so that cells that say nothing say no.
        """
        if self._chosen is not None or is_ticked:
            event.destinations = list(dict.fromkeys(self._chosen or ()))
        self._chosen = None

    def finish_plan(self) -> None:
        """Add the destinations that were named to the plan, and warn of the others."""
        self._reading.destinations = [{"key": key} for key in self._used]
        for name, count in self._unknown.most_common():
            self._reading.warn(self._first[name], _unknown_text(name, count))
            self._reading.unknown_destinations.append(UnknownDestination(name, count, next(iter(_near(name)), "")))

    def _choose(self, names: list[str], at: Place) -> None:
        self._chosen = self._chosen or []
        for name in names:
            if fold(name) in storage_names() | _WAREHOUSE:
                self._reading.warehouse = True
            elif key := self._key(name):
                self._used.setdefault(key)
                self._chosen.append(key)
            else:
                self._unknown[name] += 1
                self._first.setdefault(name, at)
                self.strangers.append(unknown_destination_text(name))

    def _key(self, name: str) -> str | None:
        if name not in self._keys:
            self._keys[name] = self._find(name)
        return self._keys[name]

    def _find(self, name: str) -> str | None:
        key = self._renamed.get(name) or self._of_plan.get(fold(name)) or find_exactly(name)
        return key if key and (key in self._used or len(self._used) < MAX_DESTINATIONS) else None


def named_destinations(text: str) -> list[str] | None:
    """Return the names in a cell that lists destinations; None if it says that all of the plan’s are wanted."""
    folded = fold(text)
    if folded in _ALL:
        return None
    return [] if folded in _NONE else list_in(text)


def unknown_destination_text(name: str, planned: Iterable[str] = ()) -> str:
    """Return the message about a name that is no destination. The keys ``planned`` are suggested before others."""
    return f"{shown(name)} is no destination that is known here.{_hint(name, planned)}"


def _unknown_text(name: str, count: int) -> str:
    rows = quantity(count, "row names", "rows name")
    each = "this row" if count == 1 else "these rows"
    return f"{rows} {shown(name)}, which is no destination that is known here: it is left out of {each}.{_hint(name)}"


def _hint(name: str, planned: Iterable[str] = ()) -> str:
    of_plan = nearest_name(name, [each for key in planned for each in (destination_name(key), key)])
    return did_you_mean(map(destination_name, (of_plan,) if of_plan else _near(name)))


def _near(name: str) -> tuple[str, ...]:
    return tuple(find_destination(name).candidates[:3])
