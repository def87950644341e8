"""Reads the destinations that a document names: each becomes its exact integrations key, or is refused.

A refusal names the nearest known destination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from advisor.document.names import NameList, UnknownName
from advisor.document.problems import Path, Remarks
from advisor.document.unknown_keys import keep_unknown
from advisor.document_limits import LONGEST_NAME, MAX_DESTINATIONS
from advisor.knowledge.aliases import OWN_KEYS
from advisor.knowledge.catalogue import CATALOGUE, RESERVED_NAMES, find_destination, fold, storage_names
from advisor.model import Destination, SourceType
from advisor.text import did_you_mean, quote

_RESERVED = frozenset(map(fold, RESERVED_NAMES))
_WAREHOUSE = 'For a warehouse, write "warehouse": true.'
_OWN_KEYS = {
    "Warehouses": _WAREHOUSE,
    "Personas": "It is a part of Segment, which an integrations object calls Personas.",
    "Segment.io": "Segment itself gets every event.",
}
"""Each key that Segment itself uses -> what to say to somebody who names it as a destination."""
_MODES: dict[str, SourceType] = {"web_mode": "web", "mobile_mode": "mobile"}


def read_destinations(value: Any, remarks: Remarks) -> tuple[Any, NameList]:
    """Return a plan's destinations by key, equal ones merged, and the reader for its events' lists of destinations."""
    if type(value) is not list or len(value) > MAX_DESTINATIONS:
        return value, NameList(lambda _name: None, "name-replaced")
    reader = _PlanDestinations(remarks)
    for index, entry in enumerate(value):
        reader.add(entry, ("destinations", index))
    return reader.entries, _for_events(reader.by_key, frozenset(reader.refused))


class _PlanDestinations:
    """Collects the plan's destinations while they are read one after the other."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks
        self.entries: list[Any] = []
        self.by_key: dict[str, int] = {}
        self.refused: set[str] = set()
        self._catalogue = NameList(_key_of, "name-replaced")
        self._custom = NameList(_custom_key, "name-replaced")

    def add(self, value: Any, path: Path) -> None:
        """Read one entry and add it."""
        entry = keep_unknown(value, Destination, path, self.remarks)
        if type(entry) is not dict or type(entry.get("key")) is not str or not entry["key"].strip():
            self.entries.append(entry)
            return
        written = entry["key"]
        names = self._custom if entry.get("custom") is not None else self._catalogue
        before = len(self.remarks.problems)
        entry["key"] = names.key(written, (*path, "key"), self.remarks, place=lambda key: (*self._place(key), "key"))
        if len(self.remarks.problems) > before:
            self.refused |= {written}
            self.entries.append(entry)
            return
        self._check_reach(entry, path)
        self._keep(entry, path)

    def _place(self, key: str) -> Path:
        """Return where the entry of a key is, or will be, in the plan as read."""
        return ("destinations", self.by_key.get(key, len(self.entries)))

    def _check_reach(self, entry: dict[str, Any], path: Path) -> None:
        row = CATALOGUE.get(entry["key"])
        if entry.get("custom") is not None:
            row = None
        for field, source_type in _MODES.items():
            options = row.reaches(source_type) if row else ()
            if entry.get(field) in ("device", "cloud") and len(options) < 2:
                reached = f"{quote(entry['key'])} is reached from {source_type} in {_ways(options, entry)}"
                self.remarks.problem((*path, field), "mode", f"There is no choice: {reached}. Leave it out.")

    def _keep(self, entry: dict[str, Any], path: Path) -> None:
        key = entry["key"]
        if key not in self.by_key:
            self.by_key[key] = len(self.entries)
            self.entries.append(entry)
        elif _canonical(entry) == _canonical(self.entries[self.by_key[key]]):
            message = (
                f"{quote(key)} is named twice; the equal entries count as one, for one key addresses all instances."
            )
            self.remarks.note(self._place(key), "key-applies-to-all-instances", message)
        else:
            message = f"{quote(key)} is there already, with other settings. One key can be in a plan once."
            self.remarks.problem(path, "duplicate", message)


def _ways(options: tuple[str, ...], entry: dict[str, Any]) -> str:
    if entry.get("custom") is not None:
        return "the way that custom says"
    return f"{options[0]} mode only" if options else "no mode"


def _canonical(entry: dict[str, Any]) -> bytes:
    """Return an entry in a form to compare: defaults are filled in, and true differs from 1."""
    try:
        return msgspec.json.encode(msgspec.convert(entry, Destination))
    except msgspec.ValidationError:
        return msgspec.json.encode(entry)


def _key_of(name: str) -> str:
    """Return the integrations key of a destination's name. Raises `UnknownName`."""
    if name in CATALOGUE:
        return name
    _refuse_reserved(name)
    match = find_destination(name) if len(name) <= LONGEST_NAME else None
    if match and match.key is not None:
        return match.key
    candidates = match.candidates if match else ()
    if own := OWN_KEYS.get(fold(name)):
        raise UnknownName("unknown-destination", f"There is no destination {quote(name)}. {_OWN_KEYS[own]}")
    raise UnknownName(
        "unknown-destination", f"There is no destination {quote(name)}.{did_you_mean(map(quote, candidates))}"
    )


def _custom_key(name: str) -> str:
    """Return a custom key as it is written. Raises `UnknownName` for a name that no destination can have."""
    _refuse_reserved(name)
    return name


def _refuse_reserved(name: str) -> None:
    folded = fold(name)
    if folded in storage_names():
        raise UnknownName("not-a-destination", f"{quote(name)} is not a destination of a plan. {_WAREHOUSE}")
    if folded in _RESERVED:
        meaning = "has a meaning of its own in an integrations object"
        raise UnknownName("not-a-destination", f"{quote(name)} {meaning}; no destination is called so.")


def _for_events(named: Iterable[str], refused: frozenset[str]) -> NameList:
    return NameList(_of_plan(tuple(named), refused), "name-replaced")


def _of_plan(named: tuple[str, ...], refused: frozenset[str]) -> Callable[[str], str | None]:
    """Return a function that finds the plan's destination for a name in an event."""
    own: dict[str, list[str]] = {}
    for key in named:
        own.setdefault(fold(key), []).append(key)

    def key_of(name: str) -> str | None:
        if name in named:
            return name
        if name in refused:
            return None
        fits = own.get(fold(name), []) if name not in CATALOGUE else []
        try:
            key = _key_of(name)
        except UnknownName:
            if len(fits) != 1:
                raise
            key = fits[0]
        if key in named:
            return key
        if len(fits) == 1:
            return fits[0]
        raise UnknownName(
            "not-in-plan",
            f"{quote(name)} is not one of the plan’s destinations.{did_you_mean(map(quote, _kin(key, named)))}",
        )

    return key_of


def _kin(key: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return up to three of the plan's destinations that belong to the same vendor."""
    family = CATALOGUE[key].family
    return tuple(other for other in named if family and other in CATALOGUE and CATALOGUE[other].family == family)[:3]
