"""Handles a pitfall of alias in Segment's JavaScript libraries: without a new user id, the call loses its object.

Used by `browser_call` and `call`.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.locate.found import ABSENT, Found
from advisor.explain.parse.values import OpenObject, Path, Value
from advisor.explain.report.problem import Problem
from advisor.knowledge.libraries import LIBRARIES


def lose_object(found: Found, message: dict[str, Value], library: str) -> Found:
    """Return what is found in an alias call without a user id: its object is lost, and moves to ``meant``."""
    if found.integrations is ABSENT or isinstance(message, OpenObject):
        return found
    meant, path = (found.integrations, found.path) if found.meant is ABSENT else (found.meant, found.meant_path)
    without = replace(found, integrations=ABSENT, path=(), meant=meant, meant_path=path)
    return without.with_problems([lost_object(found.path, library)])


def lost_object(path: Path, library: str) -> Problem:
    """Return the problem of an object that an alias call loses."""
    message = "An alias without the new user id goes out without its object, and without an error."
    fix = "Give the user id that the former id becomes."
    return Problem("lost-with-alias", path, message, fix, LIBRARIES[library].docs)
