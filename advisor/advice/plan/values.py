"""Values in names: what belongs into a property and would make a new name each time."""

from __future__ import annotations

import re

_MAYBE = re.compile(r"\d{5}|(?:19|20)\d\d|\d[-/.]\d|[@$€£¥{}<>%]|://|\d\s?[A-Z]{3}\b|[0-9a-fA-F]{12}")
"""What every value has somewhere."""
_PLAIN_WORD = r"(?:[A-Z]?[a-z]+|(?!19|20)[0-9]{1,4})"
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:[ _]{_PLAIN_WORD})*")
"""Words and numbers that are no year, and so no value; most names are done with here."""
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a placeholder", re.compile(r"\{\{?[^{}]*\}?\}|\$\{[^{}]*\}|<[\w .-]+>|%[sdif]\b")),
    ("an e-mail address", re.compile(r"[^\s@]+@[^\s@]+\.\w+")),
    ("a web address", re.compile(r"\b\w+://\S+")),
    ("an id", re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")),
    ("a date", re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)")),
    (
        "a price",
        re.compile(r"[$€£¥]\s?\d[\d.,]*|(?<![\w.])\d[\d.,]*\s?(?:€|£|¥|USD\b|EUR\b|GBP\b|CHF\b|JPY\b)"),
    ),
    ("an id", re.compile(r"\b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{12,}\b|(?<!\d)\d{5,}(?!\d)")),
    ("a year", re.compile(r"(?<![A-Za-z0-9.])(?:19|20)\d{2}(?![A-Za-z0-9.])")),
)
"""What it is, and how it looks; the first that fits counts."""


def value_in(name: str) -> tuple[str, str] | None:
    """What kind of value is in the name, and the value."""
    if _PLAIN.fullmatch(name) or not _MAYBE.search(name):
        return None
    for kind, pattern in _KINDS:
        if match := pattern.search(name):
            return kind, match.group()
    return None


def without_values(name: str) -> str:
    """The name without its values, and without what is left of joints and brackets around them. It may be blank."""
    while found := value_in(name):
        name = name.replace(found[1], " ")
    name = re.sub(r"\(\s*\)|\[\s*\]|(?<![^\s])[#№](?![^\s])", " ", name)
    return re.sub(r"\s+", " ", name).strip(" -_:,;|/#·–()[]")
