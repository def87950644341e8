"""Handles a pitfall of alias in Segment's JavaScript libraries: without a new user id, the call loses its object.

Used by `browser_call` and `call`.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.locate.found import ABSENT, Found
from advisor.explain.parse.values import OpenObject, Value
from advisor.explain.report.report import Report
from advisor.knowledge.libraries import LIBRARIES


def without_user(found: Found, message: dict[str, Value], library: str, report: Report) -> Found:
    """Return what is found in an alias call without a user id: its object is lost, and moves to ``meant``."""
    if found.integrations is ABSENT or isinstance(message, OpenObject):
        return found
    report_lost(found.path, library, report)
    meant, path = (found.integrations, found.path) if found.meant is ABSENT else (found.meant, found.meant_path)
    return replace(found, integrations=ABSENT, path=(), meant=meant, meant_path=path)


def report_lost(path: tuple[str | int, ...], library: str, report: Report) -> None:
    """Report an object that an alias call loses."""
    message = "An alias without the new user id goes out without its object, and without an error."
    report.add(
        "lost-with-alias", path, message, "Give the user id that the former id becomes.", LIBRARIES[library].docs
    )
