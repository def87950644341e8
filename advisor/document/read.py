"""Reads a document: from bytes to a plan in canonical form, or to the list of its problems."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.document import parse as syntax
from advisor.document import typed
from advisor.document.collection import without_collection
from advisor.document.destinations import read_destinations
from advisor.document.events import EventReader, UnsettledError, read_dismissed, read_own_properties
from advisor.document.libraries import read_sources
from advisor.document.problems import DocumentError, EnoughFound, Found, Remarks, in_document_order
from advisor.document.shape import misfits
from advisor.document.unknown_keys import keep_unknown, refuse_unknown
from advisor.document.write import bare
from advisor.document_limits import MAX_BODY, MAX_DEPTH
from advisor.model import FORMAT, Finding, Naming, Plan
from advisor.text import quote

_OUR_MAJOR = re.compile(re.escape(FORMAT) + r"(\.\d+)?")
_ANY_MAJOR = re.compile(r"tracking-plan/\d+(\.\d+)?")


@dataclass(frozen=True)
class Reading:
    """The result of reading a document: its plan in canonical form, and notes about what was replaced."""

    plan: Plan
    notes: tuple[Finding, ...]


def read(data: bytes, *, max_body: int = MAX_BODY) -> Reading:
    """Read a plan document of at most ``max_body`` bytes. Raises `DocumentError` with all problems, at most 100.

    A document without problems is decoded straight into a plan; the slower walk of `read_tree` explains all others.
    """
    with without_collection():
        return _read(data, max_body)


def check(plan: Plan) -> tuple[Plan, tuple[Finding, ...]]:
    """Return the canonical form of a plan built in memory, and the notes, as `read` does. Raises `DocumentError`."""
    reading = read_tree(syntax.as_parsed(msgspec.to_builtins(bare(plan))))
    return reading.plan, reading.notes


def read_tree(tree: Any) -> Reading:
    """Read the JSON value of a plan document. Raises `DocumentError`."""
    _check_format(tree)
    remarks = Remarks(problems=[], notes=[])
    with suppress(EnoughFound):
        canonical = _canonical(tree, remarks)
    if not remarks.problems:
        with suppress(msgspec.ValidationError):
            return Reading(msgspec.convert(canonical, Plan), tuple(remarks.notes))
    problems = in_document_order([*misfits(tree), *remarks.problems], tree)
    raise DocumentError("plan", (found.problem() for found in problems))


def _read(data: bytes, max_body: int) -> Reading:
    body = syntax.body_of(data, max_body)
    plan = typed.decode(body)
    if plan is not None and typed.is_whole(body, plan) and (reading := _settled(plan)):
        return reading
    return read_tree(syntax.parse(data, max_body))


def _settled(plan: Plan) -> Reading | None:
    """Return the reading of a plan whose keys are all known; None if the walk has to say what is wrong or was replaced."""
    head = syntax.as_json(replace(plan, events=(), findings=UNSET))
    if not _OUR_MAJOR.fullmatch(plan.format) or syntax.depth(head) > MAX_DEPTH:
        return None
    remarks = Remarks(problems=[], notes=[])
    with suppress(EnoughFound, UnsettledError, msgspec.ValidationError):
        settings, reader = _settings(head, remarks)
        notes = tuple(remarks.notes)
        events = tuple([reader.settle(event, ("events", index)) for index, event in enumerate(plan.events)])
        # The walk lists the notes about an event in the order of its keys in the document.
        if not remarks.problems and len(remarks.notes) == len(notes):
            return Reading(replace(msgspec.convert(settings, Plan), events=events), notes)
    return None


def _canonical(tree: dict[str, Any], remarks: Remarks) -> dict[str, Any]:
    plan, reader = _settings(tree, remarks)
    plan["events"] = reader.read_all(plan.get("events", []))
    return plan


def _settings(tree: dict[str, Any], remarks: Remarks) -> tuple[dict[str, Any], EventReader]:
    """Return the plan with all but its events in canonical form, and the reader for these."""
    plan: dict[str, Any] = keep_unknown(tree, Plan, (), remarks)
    plan["format"] = FORMAT
    refuse_unknown(plan.get("naming"), Naming, ("naming",), remarks)
    read_dismissed(plan.get("dismissed"), ("dismissed",), remarks)
    if "common" in plan:
        plan["common"] = read_own_properties(plan["common"], ("common",), remarks)
    plan["sources"], sources = read_sources(plan.get("sources", {}), remarks)
    plan["destinations"], destinations = read_destinations(plan.get("destinations", []), remarks)
    return plan, EventReader(sources, destinations, remarks)


def _check_format(tree: Any) -> None:
    """Raise `DocumentError` for a value of another format: a list of its other problems would only confuse."""
    if type(tree) is not dict:
        raise _refusal((), "type", "A plan document is an object.")
    if "format" not in tree:
        raise _refusal((), "format", f"The key “format” is missing; this version reads {FORMAT}.")
    name = tree["format"]
    if type(name) is not str or not _ANY_MAJOR.fullmatch(name):
        raise _refusal(("format",), "format", f"Not a format of tracking plans; this version reads {FORMAT}.")
    if not _OUR_MAJOR.fullmatch(name):
        raise _refusal(("format",), "format", f"The document is {quote(name)}; this version reads {FORMAT}.")


def _refusal(path: tuple[str, ...], code: str, message: str) -> DocumentError:
    return DocumentError("plan", [Found(path, code, message).problem()])
