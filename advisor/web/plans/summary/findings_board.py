"""The findings of a plan for its pages: by severity and kind, each with its field and fixes, and the dismissals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from advisor.advice.plan_findings.dismissals import Standing, standing
from advisor.advice.plan_findings.fixes import fixes, fixes_of_kind
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Dismissal, Finding, Plan, Severity

LISTED = 50
"""Maximum number of listed findings of a kind. The others are only counted."""
LISTED_BESIDE = 3
"""The same for pages that show findings among other content. Finding the fixes of each listed finding takes time."""
SHOWN_ELSEWHERE = frozenset({"unsettled"})
"""Codes that the page of a plan shows elsewhere, as the questions to answer next."""


@dataclass(frozen=True)
class Line:
    """One finding: its event (empty if it concerns the plan), the id of its field, and the labels of its fixes."""

    code: str
    pointer: str
    message: str
    event_id: str
    event: str
    anchor: str
    fixes: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """The findings of one kind and severity. ``lines`` are the first of them, ``count`` is the number of all of them.

    ``events`` are the indexes in the plan of the events with these findings.
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
    """A dismissal, of the plan or of one event, and the number of findings it hides now."""

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
    """All findings, the most severe first, and the dismissals."""

    kinds: tuple[Kind, ...]
    dismissed: tuple[Dismissed, ...]

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """The number of findings of each severity."""
        counted = Counter[Severity]()
        for kind in self.kinds:
            counted[kind.severity] += kind.count
        return tuple((severity, counted[severity]) for severity in SEVERITIES)

    @property
    def count(self) -> int:
        """The number of open findings."""
        return sum(kind.count for kind in self.kinds)


def board(plan: Plan, event_ids: tuple[str, ...], listed: int = LISTED) -> Board:
    """Return the board of an advised plan, with at most ``listed`` lines of each kind."""
    found: defaultdict[tuple[Severity, str], list[Standing]] = defaultdict(list)
    hidden: Counter[tuple[str, str]] = Counter()
    for item in standing(plan):  # more than a hundred thousand in a large plan
        kind, dismissal = item.finding, item.dismissal
        if dismissal is None:
            found[kind.severity, kind.code].append(item)
        else:
            hidden[_whose(plan, event_ids, item), kind.code] += 1
    keys = sorted(found, key=lambda key: (SEVERITIES.index(key[0]), key[1]))
    kinds = tuple(_kind(plan, event_ids, found[key], listed) for key in keys if key[1] not in SHOWN_ELSEWHERE)
    return Board(kinds, _dismissals(plan, event_ids, hidden))


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
    """Return the id of the finding's field on the page of the event."""
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
    """Return the id of the event that has the dismissal; empty for a dismissal of the plan."""
    if item.event is not None and item.dismissal in plan.events[item.event].dismissed:
        return ids[item.event]
    return ""


def _dismissals(plan: Plan, ids: tuple[str, ...], hidden: Counter[tuple[str, str]]) -> tuple[Dismissed, ...]:
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
