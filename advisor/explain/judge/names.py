"""Determines what a key of the object names: a destination, one by another name, something special, or nothing known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from advisor.advice.reach.network import Tool
from advisor.explain.judge.segment import SEGMENT
from advisor.knowledge.aliases import ALIASES, OWN_KEYS
from advisor.knowledge.catalogue import (
    CATALOGUE,
    Match,
    find_destination,
    find_exactly,
    fold,
    misspelt,
    storage_names,
)
from advisor.knowledge.vendors import SECOND_NAMES

ALL = "All"
WAREHOUSES = "Warehouses"
ENGAGE = "Personas"
SPECIAL = (ALL, SEGMENT, WAREHOUSES, ENGAGE)
"""Keys that aren't destinations: the default, Segment itself, warehouses, and Engage."""
MAX_LOOKUPS = 20
"""The number of unknown keys for which similar known ones are looked up; comparing names is slow."""
_LONGEST_NAME = 100
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


@dataclass
class Names:
    """The destinations of an inquiry, and what keys name among them. ``chosen`` is True if the inquiry lists them."""

    tools: dict[str, Tool]
    chosen: bool
    entries: frozenset[str] = frozenset()
    _matches: dict[str, Match] = field(default_factory=dict, init=False)
    _misses: int = field(default=0, init=False)

    def naming(self, key: str) -> Naming:
        """Return what the key names."""
        if key in SPECIAL:
            return Naming("special", key)
        if key in self.tools and (self.chosen or key in CATALOGUE):
            return Naming("exact", key)
        if special := next((name for name in SPECIAL if fold(name) == fold(key)), None):
            return Naming("wrong-case", special)
        if owner := next(
            (owner for owner, second in SECOND_NAMES.items() if second == key and owner in self.entries), None
        ):
            return Naming("second-name", owner)
        if key in CATALOGUE:
            twin = self._twin(key)
            return Naming("twin", twin, named=key) if twin else Naming("exact", key)
        return self._by_other_name(key)

    def may_let_in(self, key: str) -> bool:
        """Return whether a destination may have this key."""
        return key not in (ALL, SEGMENT, WAREHOUSES) and self.naming(key).kind not in (
            "unknown",
            "instance",
            "warehouse",
        )

    def _twin(self, key: str) -> str | None:
        """Return the chosen destination that an unchosen key means: one without an entry, with the same folded name or vendor."""
        if not self.chosen or key in self.tools:
            return None
        family = CATALOGUE[key].family
        absent = [tool for tool in self.tools.values() if tool.key not in self.entries and tool.row]
        alike = [
            tool.key for tool in absent if fold(key) in {fold(name) for name in (tool.row.names if tool.row else ())}
        ]
        related = [tool.key for tool in absent if family and tool.family == family]
        return next(iter(alike + related), None)

    def _by_other_name(self, key: str) -> Naming:
        custom = [tool.key for tool in self.tools.values() if tool.key != key and fold(tool.key) == fold(key)]
        if len(custom) == 1:
            return Naming("wrong-case", custom[0])
        if fold(key) in storage_names():
            return Naming("warehouse", WAREHOUSES)
        if own := OWN_KEYS.get(fold(key)):
            return Naming("warehouse" if own == WAREHOUSES else "unknown", own if own == WAREHOUSES else None, (own,))
        match = self._match(key)
        if match is None:
            return Naming("function" if is_function(key) else "unknown")
        if match.key is not None and (twin := self._twin(match.key)):
            return Naming("twin", twin, named=match.key)
        if match.key is not None:
            kind: Kind = "other-name" if key in CATALOGUE[match.key].names else "wrong-case"
            return Naming(kind, match.key)
        if several := tuple(each for each in match.candidates if self._differs_in_case(key, each)):
            listed = [each for each in several if each in self.tools]
            return Naming("wrong-case", listed[0] if len(listed) == 1 else None, several)
        return self._unknown(key, match.candidates)

    def _match(self, key: str) -> Match | None:
        """Return what the catalogue finds for a name, or None after too many slow lookups."""
        if key not in self._matches:
            if self._misses >= MAX_LOOKUPS or len(key) > _LONGEST_NAME:
                return None
            self._matches[key] = find_destination(key)
            self._misses += self._matches[key].key is None
        return self._matches[key]

    @staticmethod
    def _differs_in_case(key: str, candidate: str) -> bool:
        return fold(key) in {fold(name) for name in CATALOGUE[candidate].names}

    def _unknown(self, key: str, candidates: tuple[str, ...]) -> Naming:
        if instance_of := _instance_of(key):
            return Naming("instance", candidates=(instance_of,))
        near = sorted(candidates, key=lambda each: each not in self.tools)
        meant = [] if fold(key) in ALIASES else [each for each in misspelt(key) if each in near]
        listed = [each for each in meant if each in self.tools]
        sure = listed if len(listed) == 1 else meant if len(meant) == 1 else []
        if not sure and is_function(key):
            return Naming("function")
        return Naming("unknown", (self._twin(sure[0]) or sure[0]) if sure else None, tuple(near))


def _instance_of(key: str) -> str | None:
    """Return the destination of which a key names one instance: the destination's name with an addition."""
    parts = _INSTANCE.fullmatch(key) if len(key) <= _LONGEST_NAME else None
    return find_exactly(parts[1]) if parts else None


def is_function(key: str) -> bool:
    """Return whether the key has the form of a destination function's: ``Name (Workspace)``."""
    return len(key) <= _LONGEST_NAME and _FUNCTION.fullmatch(key) is not None


def has_case_twin(key: str) -> str | None:
    """Return another destination whose key differs from this one in capitals only."""
    return next((other for other in _keys_by_fold().get(fold(key), ()) if other != key), None)


@cache
def _keys_by_fold() -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for key in CATALOGUE:
        keys[fold(key)] = (*keys.get(fold(key), ()), key)
    return keys
