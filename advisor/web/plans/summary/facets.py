"""The facets by which the events of a plan can be filtered, and the events that match each option. For `EventFilter`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.questions import questions_in
from advisor.knowledge.wording import Wording
from advisor.model import CALL_TYPES
from advisor.presentation.matrix import Column, EventLine

LISTED = 200
"""The maximum number of options that a facet offers. An address may name the others, too."""


@dataclass(frozen=True)
class Option:
    """One option of a facet: its value in an address, its text, and the positions in the plan of the events that match."""

    value: str
    text: str
    events: frozenset[int]


@dataclass(frozen=True)
class Facet:
    """One thing to filter by. ``name`` is its URL parameter, ``label`` its title, ``every`` the text for no choice."""

    name: str
    label: str
    every: str
    options: dict[str, Option]

    def offered(self, chosen: str) -> list[Option]:
        """Return the options to offer: those that match an event, and the chosen one; at most `LISTED`."""
        found = [option for option in self.options.values() if option.events or option.value == chosen]
        return found[:LISTED]


Places = dict[str, list[int]]


def facets(
    lines: tuple[EventLine, ...],
    columns: tuple[Column, ...],
    by_finding: Mapping[str, Iterable[int]],
    wording: Wording,
) -> dict[str, Facet]:
    """Return all facets by name, in the order in which the page offers them."""
    asks = {question.key: question.asks for question in questions_in(wording)}
    labels = _places((label, place) for place, line in enumerate(lines) for label in line.labels)
    owners = _places((line.owner, place) for place, line in enumerate(lines) if line.owner)
    found = (
        _facet("placement", "Placement", "All", PLACEMENTS, _places(_placements(lines))),
        _facet("practice", "Today", "Any practice", PRACTICES, _each(lines, "agreement")),
        _facet("status", "Status", "Any status", STATUSES, _each(lines, "status")),
        _facet("owner", "Owner", "Any owner", {owner: owner for owner in sorted(owners)}, owners),
        _facet("owned", "Owned or not", "Owned or not", _OWNED, _places(_owned(lines))),
        _facet("state", "State", "Settled or not", STATES, _each(lines, "state")),
        Facet("to", "Destination", "Every destination", _destinations(lines, columns)),
        _facet("reach", "Reach", "Reached or not", {"unreachable": "Unreachable"}, _places(_unreachable(lines))),
        _facet("finding", "Finding", "Every finding", _FINDINGS, by_finding),
        _facet("label", "Label", "Every label", {label: label for label in sorted(labels)}, labels),
        _facet("call", "Call type", "Every call type", {call: call for call in CALL_TYPES}, _each(lines, "call")),
        _facet("decision", "Decision", "Decided or not", _DECISIONS, _places(_decisions(lines))),
        _facet("question", "Open question", "Open questions", asks, _places(_open(lines))),
    )
    return {facet.name: facet for facet in found}


PLACEMENTS = {"client": "Client", "server": "Server", "both": "Both", "suggested": "Suggested", "open": "Not settled"}
PRACTICES = {"agrees": "As advised", "differs": "Differs", "moving": "Agreed to move", "unknown": "Unknown"}
STATUSES = {"proposed": "Proposed", "agreed": "Agreed", "implemented": "Implemented"}
_OWNED = {"yes": "With an owner", "no": "Without an owner"}
STATES = {"settled": "Settled", "suggested": "Settled if the suggestions hold", "unsettled": "Not settled"}
_DECISIONS = {"yes": "Decided", "otherwise": "Decided otherwise", "outdated": "Decided, but the advice has changed"}
_FINDINGS = {code: kind.title for code, kind in FINDINGS.items()}


def _facet(name: str, label: str, every: str, texts: Mapping[str, str], places: Mapping[str, Iterable[int]]) -> Facet:
    options = {value: Option(value, text, frozenset(places.get(value, ()))) for value, text in texts.items()}
    return Facet(name, label, every, options)


def _places(pairs: Iterable[tuple[str, int]]) -> Places:
    found: Places = {}
    for value, place in pairs:
        found.setdefault(value, []).append(place)
    return found


def _placements(lines: tuple[EventLine, ...]) -> Iterable[tuple[str, int]]:
    return ((placement_of(line), place) for place, line in enumerate(lines))


def placement_of(line: EventLine) -> str:
    """Return the placement in force, or ``suggested`` or ``open`` if it is not settled. A relay counts as ``server``."""
    return line.place.tone if line.state != "settled" else line.place.word.lower()


def _destinations(lines: tuple[EventLine, ...], columns: tuple[Column, ...]) -> dict[str, Option]:
    cells = zip(*(line.cells for line in lines), strict=True) if lines else ((),) * len(columns)
    return {
        column.key: Option(
            column.key, column.name, frozenset(place for place, cell in enumerate(found) if cell.kind != "off")
        )
        for column, found in zip(columns, cells, strict=True)
    }


def _unreachable(lines: tuple[EventLine, ...]) -> Iterable[tuple[str, int]]:
    return (
        ("unreachable", place) for place, line in enumerate(lines) if line.unreachable and line.state != "unsettled"
    )


def _each(lines: tuple[EventLine, ...], field: Literal["agreement", "status", "state", "call"]) -> Places:
    return _places((getattr(line, field), place) for place, line in enumerate(lines))


def _owned(lines: tuple[EventLine, ...]) -> Iterable[tuple[str, int]]:
    return (("yes" if line.owner else "no", place) for place, line in enumerate(lines))


def _decisions(lines: tuple[EventLine, ...]) -> Iterable[tuple[str, int]]:
    for place, line in enumerate(lines):
        if line.decision:
            yield "yes", place
        if line.is_decided_otherwise:
            yield "otherwise", place
        if line.is_outdated:
            yield "outdated", place


def _open(lines: tuple[EventLine, ...]) -> Iterable[tuple[str, int]]:
    return ((key, place) for place, line in enumerate(lines) for key in line.decisive)
