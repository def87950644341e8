"""Builds the object that was probably meant: with the right keys, booleans, and an entry for each key that needs one.

Used by `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from advisor.advice.reach.network import Tool, tool
from advisor.explain.judge.effective import plain
from advisor.explain.judge.names import ALL, WAREHOUSES, Names
from advisor.explain.judge.plugins import slips_through
from advisor.explain.judge.segment import SEGMENT
from advisor.explain.judge.situation import Situation
from advisor.explain.judge.truthiness import is_truthy, meant_boolean
from advisor.explain.judge.warehouse import is_warehouse_rule
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.parse.values import OpenObject, Undefined, Value, Variable
from advisor.knowledge.catalogue import CATALOGUE, NOT_STREAMS
from advisor.knowledge.vendors import HYBRID, SECOND_NAMES
from advisor.model import Destination

Object = dict[str, Any]


def correct(found: Found, names: Names, at: Situation, *, warehouse: bool) -> tuple[Object | None, Object | None]:
    """Return the corrected objects of the call and of the load, None for one that needs no correction.

    ``warehouse`` is True if the inquiry also asks about warehouses.
    """
    corrector = _Corrector(names, at, warehouse)
    intended, _ = found.intended
    loaded = at.effective.loaded
    of_call = None if intended is ABSENT else corrector.correct_call(intended)
    of_load = None if loaded is None else corrector.correct_load(loaded.entries, of_call)
    in_force = intended if isinstance(found.integrations, Variable) else found.integrations
    return _if_different(of_call, in_force), _if_different(of_load, ABSENT if loaded is None else loaded.entries)


def list_texts(given: Value | Absent) -> list[str]:
    """Return the texts of a list, or the text itself: in place of the object, they name the only receivers of the event.

    A text that holds an object names no receiver.
    """
    given = [given] if isinstance(given, str) else given
    texts = [each for each in given if isinstance(each, str) and "{" not in each] if isinstance(given, list) else []
    return texts if isinstance(given, list) and len(texts) == len(given) else []


@dataclass(frozen=True)
class _Corrector:
    """Corrects the objects of one inquiry."""

    names: Names
    at: Situation
    warehouse: bool

    def correct_call(self, given: Value) -> Object | None:
        """Return the corrected object of the call, or None if it can't be known."""
        entries = self._readable_entries(given)
        if entries is None:
            return None
        loaded = self._load_entries()
        right = self._entries(entries, over=loaded)
        if right.get(ALL) is False:
            still_on = [key for key in self.names.tools if is_truthy(loaded.get(key)) and key not in right]
            right.update(dict.fromkeys(still_on, False))
        elif self.warehouse and ALL not in right and not is_truthy(loaded.get(ALL, True)):
            # The load-time object closes the call but can't hold this entry: the library reduces it to true and false.
            right.setdefault(WAREHOUSES, {"all": True})
        return self._complete(right, below=loaded)

    def correct_load(self, given: dict[str, Value], call: Object | None) -> Object | None:
        """Return the corrected load-time object, with Segment itself and what the call needs on the page."""
        entries = self._readable_entries(given)
        if entries is None:
            return None
        right = self._entries(entries, at_load=True)
        left_out = {self._key(key) for key, value in entries.items() if value is False}
        for key, known in self.names.tools.items():
            if (call or {}).get(key) in (None, False):
                continue
            has_code = known.modes.get("web") == "device" or known.kind == HYBRID
            if has_code and (right.get(ALL) is False or right.get(key) is False):
                right[key] = right.get(key) or True
            elif right.get(key) is False and key not in left_out:
                right[key] = True  # the call wants it, and the load-time object didn't switch it off explicitly
        completed = self._complete(right, at_load=True)
        if completed.get(ALL) is False and not is_truthy(completed.get(SEGMENT)):
            completed = {ALL: False, SEGMENT: True, **completed}
        return completed

    def _load_entries(self) -> Object:
        """Return the corrected entries of the load-time object, over which those of the call are laid."""
        given = self.at.effective.loaded.entries if self.at.effective.loaded else {}
        return self._complete(self._entries(self._readable_entries(given) or {}, at_load=True), at_load=True)

    def _readable_entries(self, given: Value) -> dict[str, Value] | None:
        """Return the entries, or None if they can't be corrected."""
        if texts := list_texts(given):
            return {ALL: False, **dict.fromkeys(texts, True)}
        if not isinstance(given, dict) or _holds_variable(given):
            return None
        return given

    def _entries(self, entries: dict[str, Value], *, at_load: bool = False, over: Object | None = None) -> Object:
        """Return the entries under their right keys. At load time, and over a load-time entry, undefined is a value."""
        right: Object = {}
        for key, value in entries.items():
            meant = self._key(key)
            is_absent = value is Undefined.UNDEFINED and not at_load and meant not in (over or {})
            if is_absent or (meant != key and meant in entries) or self._follows_another(key):
                continue
            if meant == WAREHOUSES:
                right[meant] = plain(value) if is_warehouse_rule(value) else {"all": _all_of(value)}
            elif meant == SEGMENT and self.at.library.key == "android":
                continue  # the key alone makes it throw
            elif isinstance(value, dict) and meant != ALL:
                right[meant] = plain(value)
            elif meant != SEGMENT or meant_boolean(value):
                right[meant] = meant_boolean(value)
        kept = self._without_idle(right)
        alone = {second for owner, second in SECOND_NAMES.items() if owner in right and owner not in kept}
        return {key: value for key, value in kept.items() if key not in alone}

    def _without_idle(self, right: Object) -> Object:
        """Return the entries without those that have no effect.

        Without its twin, a key may be read as a typo of it. Beside such a key, the twin is kept, although it has no effect.
        """
        idle = {key for key, value in right.items() if self._is_idle(key, value)}
        if not idle:
            return right
        kept = {key: value for key, value in right.items() if key not in idle}
        left = replace(self.names, entries=frozenset(kept))
        twins = {left.naming(key).meant for key in kept}
        return kept | {key: False for key in right if key in idle & twins and right[key] is not False}

    def _key(self, key: str) -> str:
        """Return the right key for a key of the inquiry."""
        naming = self.names.namings[key]
        return naming.meant or key if naming.kind != "second-name" else key

    def _follows_another(self, key: str) -> bool:
        """Return whether this is the second name of a key that was meant for another destination; it is dropped, too."""
        naming = self.names.namings[key]
        return naming.kind == "second-name" and self.names.namings[naming.meant or ""].kind != "exact"

    def _is_idle(self, key: str, value: Any) -> bool:
        """Return whether an entry for a known destination has no effect from this library."""
        known = self._tool(key)
        if known is None:
            return False
        unreachable = self.at.library.type not in known.modes and known.is_certain
        return (unreachable and value is not False) or (known.kind == "storage" and value is False)

    def _tool(self, key: str) -> Tool | None:
        if key in self.names.tools:
            return self.names.tools[key]
        return tool(Destination(key=key)) if key in CATALOGUE else None

    def _complete(self, right: Object, *, at_load: bool = False, below: Object | None = None) -> Object:
        """Return the entries, completed with all that ``All`` doesn't reach, in the usual order.

        ``below`` are the entries that they are laid over.
        """
        completed = dict(right)
        if right.get(ALL) is False and not at_load:
            unnamed = (key for key, known in self.names.tools.items() if key not in right and self._needs_naming(known))
            completed |= dict.fromkeys(unnamed, False)
            if self.warehouse:
                completed.setdefault(WAREHOUSES, {"all": True})
        if self.at.library.type == "web":
            in_force = _as_booleans(completed) if at_load else {**_as_booleans(below or {}), **completed}
            completed |= _second_names(in_force)
        middle = (key for key in completed if key not in (ALL, WAREHOUSES))
        return {key: completed[key] for key in (ALL, *middle, WAREHOUSES) if key in completed}

    def _needs_naming(self, known: Tool) -> bool:
        """Return whether a destination would or may receive the call although All is false."""
        library, call = self.at.library, self.at.call
        takes_it = call is None or known.takes(call, library.type)
        if library.type not in known.modes or known.kind in NOT_STREAMS or not takes_it:
            return False
        in_app = library.type == "mobile" and not library.honours_all and known.modes["mobile"] == "device"
        return in_app or slips_through(known, self.at)


def _holds_variable(value: Value) -> bool:
    """Return whether any part of a value is a variable. A correction is JSON, which has no variables."""
    if isinstance(value, dict):
        return isinstance(value, OpenObject) or any(_holds_variable(each) for each in value.values())
    if isinstance(value, list):
        return any(_holds_variable(each) for each in value)
    return isinstance(value, Variable)


def _as_booleans(entries: Object) -> Object:
    """Return the load-time entries as calls see them: as true or false. Settings count as true."""
    return {key: is_truthy(value) for key, value in entries.items()}


def _second_names(entries: Object) -> Object:
    """Return the entries to add under the second names of plugins, so that they agree with those of their keys."""
    added: Object = {}
    for key, second in SECOND_NAMES.items():
        value = entries.get(key)
        is_on_anyway = value and second not in entries and entries.get(ALL) is not False
        if isinstance(value, bool) and entries.get(second) is not value and not is_on_anyway:
            added[second] = value
    return added


def _all_of(value: Value) -> bool:
    """Return the value for all warehouses that another form of ``Warehouses`` means."""
    if isinstance(value, dict):
        inner = next((each for key, each in value.items() if key.casefold() == "all"), True)
        return meant_boolean(inner) if not isinstance(inner, Variable) else True
    return meant_boolean(value)


def _if_different(corrected: Object | None, given: Value | Absent) -> Object | None:
    """Return the corrected object, or None if it equals the given one."""
    if corrected is None or not isinstance(given, dict) or Undefined.UNDEFINED in given.values():
        return corrected
    # Compared as JSON, because 1 equals True in Python.
    written, read = (msgspec.json.encode(each, order="sorted") for each in (corrected, plain(given)))
    return None if written == read else corrected
