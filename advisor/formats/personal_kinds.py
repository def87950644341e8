"""Which kind of personal data the words of other tools mean."""

from __future__ import annotations

import re

_KINDS = (
    (re.compile("mail|phone|address|contact", re.IGNORECASE), "contact"),
    (re.compile("health|medical", re.IGNORECASE), "health"),
    (re.compile("bank|card|financ|payment", re.IGNORECASE), "finance"),
    (re.compile("location|gps|geo", re.IGNORECASE), "location"),
    (re.compile("password|token|secret|credential", re.IGNORECASE), "credential"),
)


def personal_kind(word: str) -> str:
    """Return the kind of personal data that a word of another tool means; identity for all that it can't tell."""
    return next((kind for pattern, kind in _KINDS if pattern.search(word)), "identity")
