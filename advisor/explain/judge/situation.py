"""The input of a verdict besides the destination, and its result."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.explain.judge.effective import Effective
from advisor.explain.locate.circumstances import NOTHING_TOLD, Circumstances
from advisor.explain.report.explanation import Outcome, Verdict
from advisor.explain.report.report import Report
from advisor.knowledge.libraries import Library
from advisor.model import CallType


@dataclass(frozen=True)
class Situation:
    """What a verdict depends on besides the destination."""

    library: Library
    call: CallType | None
    effective: Effective
    segment: Verdict
    report: Report
    told: Circumstances = NOTHING_TOLD
    doubt: str = ""


@dataclass(frozen=True)
class Decision:
    """An outcome, the rule behind it, its sentence, and the key of the entry that decided."""

    outcome: Outcome
    rule: str
    text: str = ""
    entry: str | None = None
