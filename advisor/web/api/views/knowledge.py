"""The knowledge part of the HTTP API: questions, rules, libraries, destinations and findings."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from msgspec import Struct
from werkzeug.exceptions import NotFound

from advisor.knowledge.catalogue import CATALOGUE, Row
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.destination_search import search
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTIONS, Question
from advisor.knowledge.rules import RULES
from advisor.knowledge.ruleset import RULESET
from advisor.model import CALL_TYPES, CallType, Mode, Severity, Side, SourceType, Strength
from advisor.web.app.json_answers import json_answer


class QuestionList(Struct, frozen=True, kw_only=True):
    """The questions in the order they are asked. ``citations`` has the title of every address that is cited."""

    ruleset: str
    questions: tuple[Question, ...]
    citations: dict[str, str]


class RuleEntry(Struct, frozen=True, kw_only=True):
    """One rule: what it reads, when it matches, what it speaks for, and why."""

    key: str
    side: Side
    strength: Strength
    questions: tuple[str, ...]
    when: str
    text: str
    remedy: str
    citation: str


class RuleList(Struct, frozen=True, kw_only=True):
    """The rules in the order of the decision table. ``citations`` has the title of every address that is cited."""

    ruleset: str
    rules: tuple[RuleEntry, ...]
    citations: dict[str, str]


class LibraryEntry(Struct, frozen=True, kw_only=True):
    """One library."""

    key: str
    name: str
    side: Side
    type: SourceType
    status: str
    package: str
    docs: str


class LibraryList(Struct, frozen=True, kw_only=True):
    """The libraries, client ones first."""

    libraries: tuple[LibraryEntry, ...]


class DestinationReach(Struct, frozen=True, kw_only=True):
    """The modes in which a source reaches it, per source type, the default first; none if it does not."""

    web: tuple[Mode, ...]
    mobile: tuple[Mode, ...]
    server: tuple[Mode, ...]


class DestinationEntry(Struct, frozen=True, kw_only=True):
    """One destination of the catalogue. ``key`` is its exact name in an integrations object."""

    key: str
    name: str
    categories: tuple[str, ...]
    status: str
    reach: DestinationReach
    methods: tuple[CallType, ...]
    """The calls that it takes."""
    web_methods: tuple[CallType, ...] | None
    """The calls that its browser code takes, where that is known."""
    loads_only: bool
    """Whether it takes no calls at all: loading Analytics.js with it enabled is all that it needs."""
    previous_names: tuple[str, ...]
    docs_path: str
    kind: str
    family: str
    confidence: str
    note: str


class SearchMatch(Struct, frozen=True, kw_only=True):
    """Why a search found a destination: ``name`` is what matched, ``why`` what that is to the destination."""

    key: str
    name: str
    why: str


class DestinationList(Struct, frozen=True, kw_only=True):
    """Destinations in the order of the catalogue, or of the search: then each has an entry in ``matches``.

    ``warehouse`` says that the search names a warehouse, which is a setting of a plan and none of its destinations.
    """

    destinations: tuple[DestinationEntry, ...]
    matches: tuple[SearchMatch, ...] = ()
    warehouse: bool = False


class FindingEntry(Struct, frozen=True, kw_only=True):
    """One kind of finding."""

    code: str
    severity: Severity
    title: str
    meaning: str


class FindingList(Struct, frozen=True, kw_only=True):
    """Every kind of finding there is."""

    findings: tuple[FindingEntry, ...]


def questions() -> Response:
    """Return the questions that are asked about an event."""
    return json_answer(QuestionList(ruleset=RULESET, questions=QUESTIONS, citations=CITATIONS))


def rules() -> Response:
    """Return the rules of the decision table."""
    entries = tuple(RuleEntry(**_members(rule, RuleEntry)) for rule in RULES)
    return json_answer(RuleList(ruleset=RULESET, rules=entries, citations=CITATIONS))


def libraries() -> Response:
    """Return the libraries that a plan's sources can name."""
    entries = (LibraryEntry(**_members(library, LibraryEntry)) for library in LIBRARIES.values())
    return json_answer(LibraryList(libraries=tuple(entries)))


def destinations() -> Response:
    """Return the catalogue, or only the destinations that ``q`` finds by any name that people use, and why each."""
    wanted = request.args.get("q", "").strip()
    if not wanted:
        return json_answer(DestinationList(destinations=tuple(map(_destination, CATALOGUE.values()))))
    hits = search(wanted)
    tools = [hit for hit in hits if hit.is_destination]
    return json_answer(
        DestinationList(
            destinations=tuple(_destination(hit.row) for hit in tools),
            matches=tuple(SearchMatch(key=hit.row.key, name=hit.name, why=hit.why) for hit in tools),
            warehouse=any(hit.is_warehouse for hit in hits),
        )
    )


def destination(key: str) -> Response:
    """Return one destination by its exact key."""
    if key not in CATALOGUE:
        raise NotFound
    return json_answer(_destination(CATALOGUE[key]))


def findings() -> Response:
    """Return every kind of finding."""
    entries = (
        FindingEntry(code=code, severity=kind.severity, title=kind.title, meaning=kind.meaning)
        for code, kind in FINDINGS.items()
    )
    return json_answer(FindingList(findings=tuple(entries)))


def _members(value: object, kind: type[Struct]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in kind.__struct_fields__}


def _destination(row: Row) -> DestinationEntry:
    own = {"reach", "methods", "web_methods"}
    same = {name: getattr(row, name) for name in DestinationEntry.__struct_fields__ if name not in own}
    return DestinationEntry(
        **same,
        reach=DestinationReach(web=row.reaches("web"), mobile=row.reaches("mobile"), server=row.reaches("server")),
        methods=_in_order(row.methods),
        web_methods=None if row.web_methods is None else _in_order(row.web_methods),
    )


def _in_order(methods: frozenset[str]) -> tuple[CallType, ...]:
    return tuple(call for call in CALL_TYPES if call in methods)
