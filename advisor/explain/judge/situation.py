"""The input of a verdict besides the destination, and its result."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.explain.judge.effective import Effective
from advisor.explain.locate.circumstances import Circumstances
from advisor.explain.report.explanation import Outcome, Verdict, Where
from advisor.explain.report.pasted import Pasted
from advisor.knowledge.libraries import Library
from advisor.model import CallType


@dataclass(frozen=True)
class Situation:
    """What a verdict depends on besides the destination.

    ``segment`` is the verdict on Segment itself. ``doubt`` says what else the library may read, if a variable decides.
    """

    library: Library
    call: CallType | None
    effective: Effective
    segment: Verdict
    circumstances: Circumstances
    doubt: str | None
    pasted: Pasted

    def place_of(self, key: str | None) -> Where | None:
        """Return the place of the entry in force for a key; None without a key or an entry."""
        origin = None if key is None else self.effective.origins.get(key)
        if origin is None:
            return None
        source, path = origin
        return self.pasted.where(path, source)


@dataclass(frozen=True)
class Decision:
    """An outcome, the rule behind it, and the key of the entry that decided.

    Without a ``text``, the meaning of the rule explains the outcome.
    """

    outcome: Outcome
    rule: str
    text: str | None = None
    entry: str | None = None
