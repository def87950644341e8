"""How each consumer (browser library, mobile plugin, Segment's servers) interprets the value of an entry.

Browser, Node and React Native were measured on the real libraries; the other apps were read in their code. How
Segment's servers interpret values other than true, false and an object is not published.
"""

from __future__ import annotations

import math
from typing import Literal

from advisor.explain.locate.found import ABSENT, Absent
from advisor.explain.parse.values import Undefined, Value, Variable
from advisor.knowledge.libraries import Library
from advisor.model import Mode

_WORDS_FOR_NO = ("", "false", "no", "off", "0", "null", "none")

Reading = Literal["on", "off", "pass", "unknown"]
"""``pass``: the entry decides nothing, so All decides."""


def is_truthy(value: Value) -> bool:
    """Return whether JavaScript takes the value as true."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return value not in (None, Undefined.UNDEFINED, False, "") if not isinstance(value, list | dict) else True


def read_entry(value: Value | Absent, key: str, library: Library, mode: Mode) -> Reading:
    """Return how a destination's own entry is read."""
    if value is ABSENT or value is Undefined.UNDEFINED:
        return "pass"
    if isinstance(value, Variable):
        return "unknown"
    if mode == "cloud":
        return _plainly(value)
    if library.type == "web":
        return "pass" if value is None else "on" if is_truthy(value) else "off"
    if library.key == "swift" and "." in key:
        return "pass"  # Swift reads the dot as a step into an object
    if library.key == "react-native":
        return "off" if value is False else "on"
    return _plainly(value)


def read_all(entries: dict[str, Value], library: Library, mode: Mode) -> Reading:
    """Return what the object decides for destinations without an entry; ``pass`` if nothing."""
    value = entries.get("All", ABSENT)
    if mode == "device" and library.type == "mobile" and not library.honours_all:
        return "pass"
    if isinstance(value, Variable):
        return "unknown"
    if mode == "device" and library.type == "web":
        return "pass" if value is ABSENT else "off" if value is False else "on"
    if value is ABSENT or value is Undefined.UNDEFINED:
        return _read_lower_case(entries, library, mode)
    return _plainly(value)


def _read_lower_case(entries: dict[str, Value], library: Library, mode: Mode) -> Reading:
    value = entries.get("all", ABSENT)
    if value is ABSENT or value is True:
        return "pass"
    if library.key == "ios" and mode == "device":
        return _plainly(value)
    return "pass" if mode == "device" else "unknown"


def _plainly(value: Value | Absent) -> Reading:
    if value is True or isinstance(value, dict):
        return "on"
    return "off" if value is False else "unknown"


def meant_boolean(value: Value) -> bool:
    """Return the boolean that was most likely meant by a value in place of true or false."""
    if isinstance(value, str):
        return value.strip().casefold() not in _WORDS_FOR_NO
    return bool(value) and value is not Undefined.UNDEFINED
