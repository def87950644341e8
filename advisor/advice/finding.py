"""Findings and their order, and remarks: findings about routing that are not yet assigned to an event.

Used by all modules of the advice that report findings.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Finding, Severity

Rank = tuple[int, str, str]


class Remark(NamedTuple):
    """A finding that many events share. ``place`` is a pointer into the plan, or into the event if ``inside``."""

    code: str
    message: str
    place: str
    inside: bool


def finding(code: str, message: str, pointer: str, severity: Severity | None = None) -> Finding:
    """Return a finding of a registered kind, of its usual severity unless another is given."""
    return Finding(code=code, severity=severity or FINDINGS[code].severity, message=message, pointer=pointer)


def found(remark: Remark, event: str) -> Finding:
    """Return the remark as a finding about the event at this pointer."""
    return finding(remark.code, remark.message, event + remark.place if remark.inside else remark.place)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings sorted by severity, code and pointer."""
    return tuple(sorted(findings, key=_rank))


class Ranked(NamedTuple):
    """Sorted findings, each with its sort key in ``ranks``."""

    findings: tuple[Finding, ...]
    ranks: tuple[Rank, ...]


def rank_findings(findings: Iterable[Finding]) -> Ranked:
    """Return the findings sorted, so that `put_among` can add others."""
    ordered = sort_findings(findings)
    return Ranked(ordered, tuple(map(_rank, ordered)))


def put_among(shared: Ranked, findings: list[Finding]) -> tuple[Finding, ...]:
    """Return all findings in their order. This is fast because most events share many findings and add few."""
    if not findings:
        return shared.findings
    ordered, ranks = list(shared.findings), list(shared.ranks)
    for item in findings:
        rank = _rank(item)
        place = bisect_right(ranks, rank)
        ranks.insert(place, rank)
        ordered.insert(place, item)
    return tuple(ordered)


def _rank(item: Finding) -> Rank:
    return _RANKS[item.severity], item.code, item.pointer


_RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
