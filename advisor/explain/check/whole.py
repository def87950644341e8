"""Reports problems of the object as a whole: it is missing, it is something else, or it has a key twice.

Used by `explain`.
"""

from __future__ import annotations

from advisor.explain.locate.found import ABSENT, Absent
from advisor.explain.parse.values import Literal, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Input
from advisor.explain.report.report import Report
from advisor.explain.report.sources import COMMON_FIELDS


def check_whole(intended: Value | Absent, path: Path, report: Report) -> None:
    """Report a missing object, or another value in its place."""
    if intended is ABSENT or intended is None or intended is Undefined.UNDEFINED:
        message = "There is no integrations object, so that whatever is enabled for this source receives the call."
        report.add("no-object", path, message, "Add one if some destination shall not get it.", COMMON_FIELDS)
    elif isinstance(intended, Variable):
        message = f"The object is the value of {intended.name}, which isn’t here."
        report.add("variable", path, message, "Paste the object itself.", COMMON_FIELDS)
    elif not isinstance(intended, dict):
        message = (
            "This is no object. Node and browsers take a text apart by letters and a list by items, so that it names "
            "nothing; Python refuses it."
        )
        report.add("not-an-object", path, message, 'Write {"All": false, "Key": true}.', COMMON_FIELDS)


def report_duplicates(pasted: dict[Input, Literal], report: Report) -> None:
    """Report the keys that an object has twice."""
    for source, literal in pasted.items():
        for path in literal.duplicates:
            message = "This key is there twice, and the last one counts."
            report.add("duplicate-key", path, message, "Keep one of them.", COMMON_FIELDS, source)
