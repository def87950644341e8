"""Findings and their order, and remarks: findings about routing before it is known which event they are for."""

from collections.abc import Iterable
from typing import NamedTuple

from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.model import Finding, Severity


class Remark(NamedTuple):
    """A finding that many events share. ``place`` is a pointer into the plan, or into the event if ``inside``."""

    code: str
    message: str
    place: str
    inside: bool


def finding(code: str, message: str, pointer: str, severity: Severity | None = None) -> Finding:
    """A finding of a registered kind, of its usual severity unless told otherwise."""
    return Finding(code=code, severity=severity or FINDINGS[code].severity, message=message, pointer=pointer)


def found(remark: Remark, event: str) -> Finding:
    """The remark as a finding about the event at this pointer."""
    return finding(remark.code, remark.message, event + remark.place if remark.inside else remark.place)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, code and pointer."""
    return tuple(sorted(findings, key=_rank))


def with_sorted(findings: Iterable[Finding], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings among others that are sorted already and more of them, as the findings of an event mostly are."""
    return sort_findings((*others, *findings)) if findings else others


def _rank(item: Finding) -> tuple[int, str, str]:
    return _RANKS[item.severity], item.code, item.pointer


_RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
