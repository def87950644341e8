"""Finds values in names. A value belongs in a property, because each value makes a new name.

Used by the findings about names.
"""

from __future__ import annotations

import re

_MAYBE = re.compile(r"\d{5}|(?:19|20)\d\d|\d[-/.]\d|[@$€£¥{}<>%]|://|\d\s?[A-Z]{3}\b|[0-9a-fA-F]{12}")
"""A quick first test: every value contains a match."""
_PLAIN_WORD = r"(?:[A-Z]?[a-z]+|(?!19|20)[0-9]{1,4})"
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:[ _]{_PLAIN_WORD})*")
"""Words, and numbers that are not a year: a name without a value. Most names need no further test."""
# Each pattern begins where a word or a number begins, so that a long name is read once and not from each of its letters.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a placeholder", re.compile(r"\{\{?[^{}]*\}?\}|\$\{[^{}]*\}|<[\w .-]+>|%[sdif]\b")),
    ("an e-mail address", re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+\.\w+")),
    ("a web address", re.compile(r"\b\w++://\S+")),
    ("an id", re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")),
    ("a date", re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)")),
    (
        "a price",
        re.compile(r"[$€£¥]\s?\d[\d.,]*|(?<![\w.])(?<!\d,)\d[\d.,]*+\s?(?:€|£|¥|USD\b|EUR\b|GBP\b|CHF\b|JPY\b)"),
    ),
    ("an id", re.compile(r"\b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{12,}\b|(?<!\d)\d{5,}(?!\d)")),
    ("a year", re.compile(r"(?<![A-Za-z0-9.])(?:19|20)\d{2}(?![A-Za-z0-9.])")),
)
"""The kind of a value, and its pattern; the first match counts."""


def value_in(name: str) -> tuple[str, str] | None:
    """Return the kind of value that is in the name, and the value; None if there is no value."""
    if _PLAIN.fullmatch(name) or not _MAYBE.search(name):
        return None
    for kind, pattern in _KINDS:
        if match := pattern.search(name):
            return kind, match.group()
    return None


def without_values(name: str) -> str:
    """Return the name without its values, and without the separators and brackets around them. It may be empty."""
    while found := value_in(name):
        name = name.replace(found[1], " ")
    name = re.sub(r"\(\s*\)|\[\s*\]|(?<![^\s])[#№](?![^\s])", " ", name)
    return re.sub(r"\s+", " ", name).strip(" -_:,;|/#·–()[]")
