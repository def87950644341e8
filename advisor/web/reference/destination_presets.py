"""The presets of a destination in words: which are active at once, which are offered, and what sets each off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.knowledge.catalogue import Row
from advisor.knowledge.destination_presets import Preset, PresetType, presets
from advisor.text import join_names

_TYPE = re.compile(r'\btype\s*=\s*"(\w+)"')
_EXCEPT = re.compile(r'\bevent\s*!=\s*"([^"]*)"')
_MOST_NAMED = 4
_ORDER: tuple[tuple[PresetType, str], ...] = (
    ("automatic", "Active as soon as it is connected"),
    ("prefilled", "Offered when you make a mapping"),
    ("none", "Offered without a trigger: you write it"),
)


@dataclass(frozen=True)
class PresetLine:
    """A preset, and the calls that set it off. ``trigger`` is its filter as Segment writes it."""

    name: str
    calls: str
    trigger: str


@dataclass(frozen=True)
class PresetGroup:
    """The presets of one type, and when they act."""

    type: PresetType
    says: str
    lines: tuple[PresetLine, ...]


def preset_groups(row: Row) -> tuple[PresetGroup, ...]:
    """Return the presets of a destination by type; none if they are unknown."""
    known = presets(row.key) or ()
    groups = []
    for type_, says in _ORDER:
        lines = tuple(dict.fromkeys(_line(each) for each in known if each.type == type_))
        if lines:
            groups.append(PresetGroup(type_, says, lines))
    return tuple(groups)


def _line(preset: Preset) -> PresetLine:
    return PresetLine(preset.name, _calls(preset), preset.trigger)


def _calls(preset: Preset) -> str:
    types = list(dict.fromkeys(_TYPE.findall(preset.trigger)))
    if preset.events:
        return _short(preset.events)
    if not preset.trigger:
        return "you choose"
    if not types:
        return "by its filter"
    calls = f"every {join_names(types)} call"
    excepted = _EXCEPT.findall(preset.trigger)
    return f"{calls} but {_short(excepted)}" if excepted else calls


def _short(names: tuple[str, ...] | list[str]) -> str:
    unique = list(dict.fromkeys(names))
    more = len(unique) - _MOST_NAMED
    return f"{', '.join(unique[:_MOST_NAMED])} and {more} more" if more > 0 else join_names(unique)
