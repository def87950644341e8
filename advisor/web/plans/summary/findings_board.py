"""The findings of a plan for its pages: by severity, kind and message, each with its field and fixes; the dismissals.

Findings of several events with the same message are one line with one fix. Messages that begin with the same sentence are
one line, too, with the rest of each below it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from advisor.advice.plan_findings.dismissals import Standing, standing
from advisor.advice.plan_findings.fixes import fixes, fixes_of_kind, fixes_together
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Dismissal, Finding, Plan, Severity

LISTED = 50
"""Maximum number of listed lines of a kind, and of events of a line. The others are only counted."""
LISTED_BESIDE = 3
"""The same for pages that show findings among other content. Finding the fixes of each listed finding takes time."""
SHOWN_ELSEWHERE = frozenset({"unsettled"})
"""Codes that the page of a plan shows elsewhere, as the open questions."""
_END_OF_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")


@dataclass(frozen=True)
class Line:
    """One message: the finding with its event (empty if it concerns the plan), the id of its field, and its fixes.

    If ``count`` events have the same message, ``events`` has the ids and names of the first of them, and ``group`` is
    the key of the message. If their messages only begin alike, ``message`` is that sentence, and ``parts`` are the first of
    the lines that it joins, each with the rest of its message.
    """

    code: str
    pointer: str
    message: str
    event_id: str
    event: str
    anchor: str
    fixes: tuple[str, ...]
    count: int = 1
    events: tuple[tuple[str, str], ...] = ()
    group: str = ""
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Kind:
    """The findings of one kind and severity. ``lines`` are the first messages, ``count`` is the number of all findings.

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

    @property
    def unlisted(self) -> int:
        """Return the number of findings that no line shows."""
        return self.count - sum(line.count for line in self.lines)


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
    lines = tuple(_lines(plan, ids, items, listed))
    labels = tuple(fix.label for fix in fixes_of_kind(plan, code))
    events = frozenset(item.event for item in items if item.event is not None)
    return Kind(code, severity, kind.title, kind.meaning, len(items), lines, labels, events)


def group_key(message: str) -> str:
    """Return the key that a form sends for all findings with this message."""
    return hashlib.sha256(message.encode(errors="surrogatepass")).hexdigest()[:16]


def _lines(plan: Plan, ids: tuple[str, ...], items: list[Standing], listed: int) -> Iterator[Line]:
    """Yield a line for each sentence that messages begin with, in the order of the findings.

    Findings of the plan itself are not joined.
    """
    groups: dict[object, dict[object, list[Standing]]] = {}
    for item in items:
        message, pointer = item.finding.message, item.finding.pointer
        key = message if item.event is not None else (pointer, message)
        start = _sentences(message)[0] if item.event is not None else key
        groups.setdefault(start, {}).setdefault(key, []).append(item)
    for alike in islice(groups.values(), listed):
        lines = (_one_message(plan, ids, found, listed) for found in islice(alike.values(), listed))
        yield next(lines) if len(alike) == 1 else _near(tuple(lines), sum(map(len, alike.values())))


def _near(lines: tuple[Line, ...], count: int) -> Line:
    """Return the line of ``count`` findings whose messages begin with the same sentence; ``lines`` are the first of them."""
    parts = tuple(replace(line, message=_sentences(line.message)[1]) for line in lines)
    return Line(lines[0].code, "", _sentences(lines[0].message)[0], "", "", "", (), count=count, parts=parts)


def _sentences(message: str) -> tuple[str, str]:
    """Return the first sentence of a message, and the rest, which may be empty."""
    first, *rest = _END_OF_SENTENCE.split(message, maxsplit=1)
    return first, "".join(rest)


def _one_message(plan: Plan, ids: tuple[str, ...], found: list[Standing], listed: int) -> Line:
    return _line(plan, ids, found[0]) if len(found) == 1 else _joined(plan, ids, found, listed)


def _joined(plan: Plan, ids: tuple[str, ...], items: list[Standing], listed: int) -> Line:
    message = items[0].finding.message
    places = [item.event for item in items[:listed] if item.event is not None]
    return Line(
        code=items[0].finding.code,
        pointer="",
        message=message,
        event_id="",
        event="",
        anchor="",
        fixes=tuple(fix.label for fix in fixes_together(plan, items)),
        count=len(items),
        events=tuple((ids[place], plan.events[place].name) for place in places),
        group=group_key(message),
    )


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
