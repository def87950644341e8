"""Reads numbers as the languages write them. Used by `tokens`."""

from __future__ import annotations

import math
import re

from advisor.document_limits import MAX_DIGITS
from advisor.explain.parse.source import LARGEST

NUMBER = re.compile(
    r"0[xX][0-9a-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++"
    r"|(?:[0-9][0-9_]*+(?:\.(?![.\w])|\.[0-9][0-9_]*+)?|\.[0-9][0-9_]*+)(?:[eE][+-]?[0-9]++)?"
)
_SUFFIX = re.compile(r"[lLfFdDmMnNuU]{1,3}|[iuf](?:8|16|32|64|128|size)")


def number_end(text: str, end: int) -> int:
    """Return the end of a number, including a suffix for its type: ``1L``, ``2.5f``, ``3u64``."""
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix else end


def number_value(digits: str) -> int | float:
    """Return the value of a number without sign or suffix. Raises `ValueError` with the reason if it isn't valid."""
    plain = digits.replace("_", "")
    if plain[1:2].lower() in ("x", "o", "b"):
        if len(plain) == 2:
            raise ValueError("this number isn’t complete.")
        value = int(plain, 0) if len(plain) <= MAX_DIGITS else LARGEST + 1
        if value > LARGEST:
            raise ValueError("this number is too large.")
        return value
    if re.match(r"0[0-9]", plain):
        raise ValueError("a number can’t begin with 0.")
    number = float(plain)
    if math.isinf(number):
        raise ValueError("this number is too large.")
    return int(plain) if plain.isdecimal() else number
