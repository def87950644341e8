"""Checks the object as a whole: it is missing, it is something else, or it has a key twice.

Used by `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.locate.found import ABSENT, Absent
from advisor.explain.parse.values import Path, Undefined, Value, Variable
from advisor.explain.report.pasted import Pasted
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import COMMON_FIELDS


def check_whole(intended: Value | Absent, path: Path) -> Iterator[Problem]:
    """Yield that there is no object, or another value in its place."""
    if intended is ABSENT or intended is None or intended is Undefined.UNDEFINED:
        message = (
            "There is no integrations object, so every destination that is enabled for this source receives the call."
        )
        yield Problem("no-object", path, message, "Add one if a destination must not get it.", COMMON_FIELDS)
    elif isinstance(intended, Variable):
        message = f"The object is the value of {intended.name}, which isn’t here."
        yield Problem("variable", path, message, "Paste the object itself.", COMMON_FIELDS)
    elif not isinstance(intended, dict):
        message = (
            "This is no object. Node and browsers take a text apart by letters and a list by items, so that it names "
            "nothing; Python refuses it."
        )
        is_quoted = isinstance(intended, str) and intended.lstrip().startswith("{")
        fix = (
            "Write the object itself, without quotes around it." if is_quoted else 'Write {"All": false, "Key": true}.'
        )
        yield Problem("not-an-object", path, message, fix, COMMON_FIELDS)


def check_duplicates(pasted: Pasted) -> Iterator[Problem]:
    """Yield the keys that an object has twice."""
    message = "This key is there twice, and the last one counts."
    for source, literal in pasted.literals():
        for path in literal.duplicates:
            yield Problem("duplicate-key", path, message, "Keep one of them.", COMMON_FIELDS, source)


def check_unread_load(pasted: Pasted) -> Iterator[Problem]:
    """Yield that the text of the call also loads Analytics.js with options, which aren't looked at there."""
    if pasted.load is None and pasted.object.loads and pasted.object.calls:
        message = "This text also loads Analytics.js with options, which are left out of account here."
        yield Problem("several-calls", (), message, "Paste the load call into its own field, too.", COMMON_FIELDS)
