"""The findings of a plan and of its events, by kind; those that the team dismissed are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Finding, Plan, Recommendation, Severity

LISTED = 50
"""So many findings of one kind are listed; the others are counted."""
_SHOWN_ELSEWHERE = frozenset({"unsettled"})


@dataclass(frozen=True)
class FindingLine:
    """One finding: which event it is about, if it is about one, and what it says."""

    event_id: str | None
    event: str
    message: str


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind and severity. ``lines`` are the first of them, ``count`` says how many there are."""

    code: str
    severity: Severity
    title: str
    meaning: str
    count: int
    lines: tuple[FindingLine, ...]


def finding_groups(plan: Plan, event_ids: tuple[str, ...]) -> tuple[FindingGroup, ...]:
    """All findings of an advised plan, the gravest first."""
    lines: dict[tuple[int, str], list[FindingLine]] = {}
    for found, index in _all_findings(plan):
        key = (SEVERITIES.index(found.severity), found.code)
        known = index is not None and index < len(event_ids)
        line = FindingLine(
            event_ids[index] if known and index is not None else None,
            plan.events[index].name if known and index is not None else "",
            found.message,
        )
        lines.setdefault(key, []).append(line)
    return tuple(_group(SEVERITIES[rank], code, lines[rank, code]) for rank, code in sorted(lines))


def _group(severity: Severity, code: str, lines: list[FindingLine]) -> FindingGroup:
    kind = FINDINGS[code]
    return FindingGroup(code, severity, kind.title, kind.meaning, len(lines), tuple(lines[:LISTED]))


def _all_findings(plan: Plan) -> Iterator[tuple[Finding, int | None]]:
    hidden = {item.code for item in plan.dismissed}
    if not isinstance(plan.findings, tuple):
        raise TypeError("the plan has not been advised")
    for found in plan.findings:
        index = _event_index(found.pointer)
        if found.code not in hidden and not (index is not None and _is_dismissed(plan, index, found.code)):
            yield found, index
    for index, event in enumerate(plan.events):
        assert isinstance(event.recommendation, Recommendation)
        for found in event.recommendation.findings:
            if found.code not in _SHOWN_ELSEWHERE and not _is_dismissed(plan, index, found.code):
                yield found, index


def _is_dismissed(plan: Plan, index: int, code: str) -> bool:
    return any(item.code == code for item in plan.events[index].dismissed)


def _event_index(pointer: str) -> int | None:
    parts = pointer.split("/")
    return int(parts[2]) if len(parts) > 2 and parts[1] == "events" and parts[2].isdecimal() else None
