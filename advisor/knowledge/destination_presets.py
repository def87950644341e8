"""The presets of destinations, which decide what a destination does before anybody makes a mapping.

``destination_presets.csv`` restates the presets of Segment's Actions destinations (``docs/credits.md``). Automatic ones
become mappings when a destination is connected; prefilled ones are only offered in a new mapping. Presets of Engage and
of browser plugins are left out, because no planned call reaches them. Used by the setup steps and by the findings about
settings.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from advisor.knowledge.preset_triggers import sets_off, texts_of
from advisor.model import CallType

_EVENT = re.compile(r'\bevent\s*=\s*"([^"]*)"')
_NO_NAME = "\0"
"""A name that no event has: a trigger that matches it matches calls of any name."""
PresetType = Literal["automatic", "prefilled", "none"]


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset. ``trigger`` is a filter, empty if there is none yet; ``sets`` are the fields that it fills in."""

    name: str
    action: str
    type: PresetType
    trigger: str
    sets: frozenset[str]

    @property
    def events(self) -> tuple[str, ...]:
        """The names of events that its trigger waits for."""
        return tuple(_EVENT.findall(self.trigger))

    def matches(self, call: CallType, name: str | None) -> bool:
        """Return whether a call of this type and name triggers it; without a name, whether a call of some name does."""
        return bool(self.trigger) and sets_off(self.trigger, call, name)


def name_for_triggers(name: str) -> str:
    """Return the name if some trigger compares names with it; else one name for all others, which triggers treat alike."""
    return name if name in _compared_names() else _NO_NAME


def presets(destination: str) -> tuple[Preset, ...] | None:
    """Return the presets of a destination, or None if they are unknown."""
    return _presets().get(destination)


def is_subscribed(destination: str, call: CallType, name: str | None) -> bool:
    """Return whether a destination with default settings acts on a call; without a name, on a call of some name.

    The result is also true if its presets are unknown.
    """
    known = presets(destination)
    return known is None or any(each.type == "automatic" and each.matches(call, name) for each in known)


def usable_presets(destination: str, call: CallType, name: str) -> tuple[Preset, ...]:
    """Return the presets that could serve a call.

    These are the ones for exactly its name. If there are none: those for any name, those without a trigger, and automatic
    ones for other names. Presets that are only offered for the names of other events are left out.
    """
    known = presets(destination) or ()
    offered = tuple(each for each in known if each.matches(call, name) and not each.matches(call, _NO_NAME))
    if offered:
        return _each_once(offered)
    return _each_once(
        tuple(
            each
            for each in known
            if not each.trigger or each.matches(call, name) or (each.type == "automatic" and each.matches(call, None))
        )
    )


@cache
def _compared_names() -> frozenset[str]:
    return frozenset(text for known in _presets().values() for each in known for text in texts_of(each.trigger))


def _each_once(found: tuple[Preset, ...]) -> tuple[Preset, ...]:
    return tuple({each.name: each for each in reversed(found)}.values())[::-1]


@cache
def _presets() -> dict[str, tuple[Preset, ...]]:
    text = files("advisor.knowledge").joinpath("destination_presets.csv").read_text(encoding="utf-8")
    found: dict[str, list[Preset]] = {}
    for row in csv.DictReader(text.splitlines()):
        sets = frozenset(filter(None, row["sets"].split("|")))
        preset = Preset(row["preset"], row["action"], _type(row["type"]), row["trigger"], sets)
        found.setdefault(row["destination"], []).append(preset)
    return {key: tuple(each) for key, each in found.items()}


def _type(cell: str) -> PresetType:
    match cell:
        case "automatic" | "prefilled" | "none":
            return cell
    raise ValueError(f"destination_presets.csv: {cell!r} is no type of a preset")
