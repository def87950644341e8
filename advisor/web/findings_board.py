"""The findings of a plan as its pages show them: by severity and kind, each with its field, its fixes and what hides it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from advisor.advice.plan.fixes import fixes, fixes_of_kind
from advisor.advice.plan.standing import Standing, standing
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Dismissal, Finding, Plan, Severity

LISTED = 50
"""So many findings of one kind are listed; the others are counted."""
LISTED_BESIDE = 3
"""So many are listed beside other things of a plan: each costs the trial of its fixes."""
SHOWN_ELSEWHERE = frozenset({"unsettled"})
"""Codes that the page of a plan shows in its own way: what to answer next."""


@dataclass(frozen=True)
class Line:
    """One finding: the event it is about, if there is one, where its field is, and the labels of its fixes."""

    code: str
    pointer: str
    message: str
    event_id: str
    event: str
    anchor: str
    fixes: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """The findings of one kind and severity. ``lines`` are the first of them, ``count`` says how many there are.

    ``events`` are the places in the plan of the events that they are about.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    count: int
    lines: tuple[Line, ...]
    fixes: tuple[str, ...]
    events: frozenset[int]


@dataclass(frozen=True)
class Dismissed:
    """A dismissal, of the plan or of one event, and how many findings it hides now."""

    code: str
    title: str
    event_id: str
    event: str
    reason: str
    author: str
    date: str
    hides: int


@dataclass(frozen=True)
class Board:
    """All findings, the gravest first, and the dismissals."""

    kinds: tuple[Kind, ...]
    dismissed: tuple[Dismissed, ...]

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """How many findings there are of each severity."""
        counted = Counter[Severity]()
        for kind in self.kinds:
            counted[kind.severity] += kind.count
        return tuple((severity, counted[severity]) for severity in SEVERITIES)

    @property
    def count(self) -> int:
        """All open findings."""
        return sum(kind.count for kind in self.kinds)


def board(plan: Plan, event_ids: tuple[str, ...], listed: int = LISTED) -> Board:
    """The board of an advised plan, with so many findings of each kind."""
    found: defaultdict[tuple[Severity, str], list[Standing]] = defaultdict(list)
    hidden: Counter[tuple[str, str]] = Counter()
    for item in standing(plan):  # a hundred thousand and more, in a large plan
        kind, dismissal = item.finding, item.dismissal
        if dismissal is None:
            found[kind.severity, kind.code].append(item)
        else:
            hidden[_whose(plan, event_ids, item), kind.code] += 1
    keys = sorted(found, key=lambda key: (SEVERITIES.index(key[0]), key[1]))
    kinds = tuple(_kind(plan, event_ids, found[key], listed) for key in keys if key[1] not in SHOWN_ELSEWHERE)
    return Board(kinds, _dismissed(plan, event_ids, hidden))


def _kind(plan: Plan, ids: tuple[str, ...], items: list[Standing], listed: int) -> Kind:
    code, severity = items[0].finding.code, items[0].finding.severity
    kind = FINDINGS[code]
    lines = tuple(_line(plan, ids, item) for item in items[:listed])
    labels = tuple(fix.label for fix in fixes_of_kind(plan, code))
    events = frozenset(item.event for item in items if item.event is not None)
    return Kind(code, severity, kind.title, kind.meaning, len(items), lines, labels, events)


def _line(plan: Plan, ids: tuple[str, ...], item: Standing) -> Line:
    found = item.finding
    return Line(
        code=found.code,
        pointer=found.pointer,
        message=found.message,
        event_id="" if item.event is None else ids[item.event],
        event="" if item.event is None else plan.events[item.event].name,
        anchor=anchor(found),
        fixes=tuple(fix.label for fix in fixes(plan, found, item.event)),
    )


def anchor(found: Finding) -> str:
    """The id of the field on the page of the event."""
    parts = found.pointer.split("/")[3:]
    match parts:
        case ["answers", question, *_]:
            return f"{question}-yes"
        case ["properties", *_]:
            return "properties"
        case ["decision", *_]:
            return "decide"
        case ["name"]:
            return "name"
    return "sensitive-yes" if found.code == "sensitive-unanswered" else "event"


def _whose(plan: Plan, ids: tuple[str, ...], item: Standing) -> str:
    """The event whose dismissal it is; empty for the plan's."""
    if item.event is not None and item.dismissal in plan.events[item.event].dismissed:
        return ids[item.event]
    return ""


def _dismissed(plan: Plan, ids: tuple[str, ...], hidden: Counter[tuple[str, str]]) -> tuple[Dismissed, ...]:
    whole = [_one(item, "", "", hidden) for item in plan.dismissed]
    pairs = zip(ids, plan.events, strict=True)
    return (*whole, *(_one(item, key, event.name, hidden) for key, event in pairs for item in event.dismissed))


def _one(item: Dismissal, event_id: str, event: str, hidden: Counter[tuple[str, str]]) -> Dismissed:
    title = FINDINGS[item.code].title if item.code in FINDINGS else item.code
    return Dismissed(
        code=item.code,
        title=title,
        event_id=event_id,
        event=event,
        reason=item.reason,
        author=item.author,
        date=item.date or "",
        hides=hidden[event_id, item.code],
    )
