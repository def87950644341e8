"""Determines what a key of the object names: a destination, one by another name, something special, or nothing known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from advisor.advice.reach.network import Tool, tool
from advisor.document_limits import MAX_DESTINATIONS
from advisor.explain.judge.segment import SEGMENT
from advisor.knowledge.aliases import OWN_KEYS
from advisor.knowledge.catalogue import (
    CATALOGUE,
    Match,
    aliased,
    find_destination,
    find_exactly,
    fold,
    misspelt,
    storage_names,
)
from advisor.knowledge.similar_names import LONGEST_COMPARED
from advisor.knowledge.vendors import SECOND_NAMES
from advisor.model import CustomReach, Destination

ALL = "All"
WAREHOUSES = "Warehouses"
ENGAGE = "Personas"
SPECIAL = (ALL, SEGMENT, WAREHOUSES, ENGAGE)
"""Keys that aren't destinations: the default, Segment itself, warehouses, and Engage."""
MAX_LOOKUPS = 20
"""The number of unknown keys for which similar known ones are looked up; comparing names is slow."""
_FUNCTION = re.compile(r"[^()]*[^\s()] \([^()]*[^\s()]\)")
_INSTANCE = re.compile(r"(.*[^\s\d])(?: *[-–—:#/|@] *[^\s].*| *[\[(][^()]+[\])]| +\d{1,2})")
"""A name with an addition: ``Mixpanel - EU``, ``Mixpanel (staging)``, ``Mixpanel 2``."""

Kind = Literal[
    "special",
    "exact",
    "second-name",
    "twin",
    "other-name",
    "wrong-case",
    "warehouse",
    "function",
    "instance",
    "unknown",
]


@dataclass(frozen=True)
class Naming:
    """What a key names. ``meant`` is the right key, if it is clear; ``candidates`` are similar keys.

    ``named`` is the key of the destination that it actually names, if another one is meant.
    """

    kind: Kind
    meant: str | None = None
    candidates: tuple[str, ...] = ()
    named: str | None = None


@dataclass(frozen=True)
class Names:
    """The destinations of an inquiry, and what keys name among them. `name_keys` creates it.

    ``chosen`` is True if the inquiry lists the destinations. ``entries`` are the keys of the objects. ``matches`` is what the
    catalogue finds for keys that it doesn't have; a key that isn't in it counts as unknown. ``namings`` is what each key of
    the inquiry and each special key names.
    """

    tools: Mapping[str, Tool]
    chosen: bool
    entries: frozenset[str]
    matches: Mapping[str, Match] = field(default_factory=dict)
    namings: Mapping[str, Naming] = field(default_factory=dict)

    def naming(self, key: str) -> Naming:
        """Return what any key names. For a key of the inquiry, ``namings`` has it already."""
        naming = self.naming_by_key(key)
        if naming is not None:
            return naming
        match = self.matches.get(key)
        if match is None:
            return Naming("function" if is_function(key) else "unknown")
        return self._by_match(key, match)

    def naming_by_key(self, key: str) -> Naming | None:
        """Return what the key names without looking for similar names; None if only that can tell."""
        if key in SPECIAL:
            return Naming("special", key)
        if key in self.tools and (self.chosen or key in CATALOGUE):
            return Naming("exact", key)
        if special := next((name for name in SPECIAL if fold(name) == fold(key.removeprefix(":"))), None):
            return Naming("wrong-case", special)
        owners = (owner for owner, second in SECOND_NAMES.items() if second == key and owner in self.entries)
        if owner := next(owners, None):
            return Naming("second-name", owner)
        if key in CATALOGUE:
            twin = self._twin(key)
            return Naming("twin", twin, named=key) if twin else Naming("exact", key)
        return self._by_fold(key)

    def may_let_in(self, key: str) -> bool:
        """Return whether a destination may have this key of the inquiry."""
        return key not in (ALL, SEGMENT, WAREHOUSES) and self.namings[key].kind not in (
            "unknown",
            "instance",
            "warehouse",
        )

    def _twin(self, key: str) -> str | None:
        """Return the chosen destination that an unchosen key means: one without an entry, with the same folded name or vendor."""
        if not self.chosen or key in self.tools:
            return None
        family = CATALOGUE[key].family
        absent = [each for each in self.tools.values() if each.key not in self.entries and each.row]
        alike = [
            each.key for each in absent if fold(key) in {fold(name) for name in (each.row.names if each.row else ())}
        ]
        related = [each.key for each in absent if family and each.family == family]
        return next(iter(alike + related), None)

    def _by_fold(self, key: str) -> Naming | None:
        """Return what a key names that differs in case and blanks only from a chosen one, or that names a warehouse."""
        custom = [each for each in self.tools if each != key and fold(each) == fold(key)]
        if len(custom) == 1:
            return Naming("wrong-case", custom[0])
        if fold(key) in storage_names():
            return Naming("warehouse", WAREHOUSES)
        if own := OWN_KEYS.get(fold(key)):
            return Naming("warehouse" if own == WAREHOUSES else "unknown", own if own == WAREHOUSES else None, (own,))
        return None

    def _by_match(self, key: str, match: Match) -> Naming:
        """Return what a key names by what the catalogue finds for it."""
        if match.key is not None and (twin := self._twin(match.key)):
            return Naming("twin", twin, named=match.key)
        if match.key is not None:
            kind: Kind = "other-name" if key in CATALOGUE[match.key].names else "wrong-case"
            return Naming(kind, match.key)
        if several := tuple(each for each in match.candidates if _differs_in_case(key, each)):
            here = [each for each in several if each in self.tools]
            return Naming("wrong-case", here[0] if len(here) == 1 else None, several)
        return self._unknown(key, match.candidates)

    def _unknown(self, key: str, candidates: tuple[str, ...]) -> Naming:
        if instance_of := _instance_of(key):
            return Naming("instance", candidates=(instance_of,))
        near = sorted(candidates, key=lambda each: each not in self.tools)
        meant = [] if aliased(key) else [each for each in misspelt(key) if each in near]
        here = [each for each in meant if each in self.tools]
        sure = here if len(here) == 1 else meant if len(meant) == 1 else []
        if not sure and is_function(key):
            return Naming("function")
        return Naming("unknown", (self._twin(sure[0]) or sure[0]) if sure else None, tuple(near))


def name_keys(entries: Iterable[str], tools: Mapping[str, Tool], others: Iterable[str] = ()) -> Names:
    """Return what the keys of the entries name, and ``others``, which are keys without an entry.

    The destinations are the chosen ``tools``; without any, those that the entries name.
    """
    keys = tuple(dict.fromkeys(entries))
    names = Names(tools, chosen=bool(tools), entries=frozenset(keys))
    every = tuple(dict.fromkeys((*keys, *others)))
    if matches := _matches(names, every):
        names = replace(names, matches=matches)
    names = names if names.chosen else _with_named_tools(names, keys)
    return replace(names, namings={key: names.naming(key) for key in (*SPECIAL, *every)})


def _matches(names: Names, keys: Iterable[str]) -> dict[str, Match]:
    """Return what the catalogue finds for keys that it doesn't have; after `MAX_LOOKUPS` misses, it isn't asked any more."""
    matches: dict[str, Match] = {}
    misses = 0
    for key in keys:
        if misses == MAX_LOOKUPS:
            break
        if key not in matches and len(key) <= LONGEST_COMPARED and names.naming_by_key(key) is None:
            matches[key] = find_destination(key)
            misses += matches[key].key is None
    return matches


def _with_named_tools(names: Names, keys: Iterable[str]) -> Names:
    """Return the names with the destinations that the keys name. One that is added changes what later keys name."""
    for key in keys:
        if len(names.tools) == MAX_DESTINATIONS:
            break
        known = _named_tool(names.naming(key), key)
        if known is not None and known.key not in names.tools:
            names = replace(names, tools={**names.tools, known.key: known})
    return names


def _named_tool(naming: Naming, key: str) -> Tool | None:
    if naming.kind == "function":
        return function_tool(key)
    meant = key if naming.kind == "exact" else naming.meant
    return tool(Destination(key=meant)) if meant in CATALOGUE else None


def function_tool(key: str) -> Tool:
    """Return a destination function as a tool: Segment's servers run it for every kind of source."""
    return tool(Destination(key=key, custom=CustomReach(web="cloud", mobile="cloud", server="cloud")))


def _differs_in_case(key: str, candidate: str) -> bool:
    return fold(key) in {fold(name) for name in CATALOGUE[candidate].names}


def _instance_of(key: str) -> str | None:
    """Return the destination of which a key names one instance: the destination's name with an addition."""
    parts = _INSTANCE.fullmatch(key) if len(key) <= LONGEST_COMPARED else None
    return find_exactly(parts[1]) if parts else None


def is_function(key: str) -> bool:
    """Return whether the key has the form of a destination function's: ``Name (Workspace)``."""
    return len(key) <= LONGEST_COMPARED and _FUNCTION.fullmatch(key) is not None


def has_case_twin(key: str) -> str | None:
    """Return another destination whose key differs from this one in capitals only."""
    return next((other for other in _keys_by_fold().get(fold(key), ()) if other != key), None)


@cache
def _keys_by_fold() -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for key in CATALOGUE:
        keys[fold(key)] = (*keys.get(fold(key), ()), key)
    return keys
