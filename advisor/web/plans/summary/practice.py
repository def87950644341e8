"""Practice against advice: how many events are tracked where the plan says, and the differences to decide first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from advisor.document_limits import LONGEST_TEXT
from advisor.model import Event, Placement, Plan, Practice, Reason, recommendation_of
from advisor.presentation.matrix import Agreement, EventLine
from advisor.presentation.words import Place, place
from advisor.text import spell_number
from advisor.web.plans.summary.bars import bars

WORST = 3
"""The number of differences that the page of a plan shows."""
_STATES = ("settled", "suggested", "unsettled")
_STRENGTHS = ("must", "should", "lean")
_ANONYMOUS = "a member of the team"


@dataclass(frozen=True)
class PracticeGap:
    """An event that is tracked elsewhere today: both placements as marks and words, and the reason to move it."""

    line: EventLine
    today: Place
    reason: str

    @property
    def is_settled(self) -> bool:
        """Return whether no open question and no suggestion can still change the placement in force."""
        return self.line.state == "settled"


@dataclass(frozen=True)
class Audit:
    """How many events are tracked as advised, differ, are agreed to move, or have no known practice.

    ``moves`` counts the differing events by the placement that they should have, ``unsettled`` those whose placement
    can still change. ``worst`` are the differences to decide first.
    """

    agrees: int
    differs: int
    moving: int
    unknown: int
    moves: dict[Placement, int]
    unsettled: int
    worst: tuple[PracticeGap, ...]

    @property
    def is_known(self) -> bool:
        """Return whether the practice of at least one event is known."""
        return bool(self.agrees or self.differs or self.moving)

    @property
    def words(self) -> str:
        """Return a sentence that says where the differing events should go."""
        says = {
            "server": "should move to the server",
            "both": "should come from both sides",
            "client": "belong on the client",
        }
        if self.moves.get("client") == 1:
            says["client"] = "belongs on the client"
        parts = [
            f"{spell_number(self.moves[side])} {says[side]}"
            for side in ("server", "both", "client")
            if self.moves.get(side)
        ]
        if not parts:
            return ""
        open_ones = f" {_begin(spell_number(self.unsettled))} of them can still change." if self.unsettled else ""
        return f"{_begin(', '.join(parts))}.{open_ones}"

    @property
    def bars(self) -> tuple[tuple[Agreement, float, float], ...]:
        """Return the kinds of agreement as parts of a bar."""
        counts: tuple[tuple[Agreement, int], ...] = (
            ("agrees", self.agrees),
            ("differs", self.differs),
            ("moving", self.moving),
            ("unknown", self.unknown),
        )
        return bars(counts)


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]


def audit(plan: Plan, lines: tuple[EventLine, ...]) -> Audit:
    """Return the comparison of practice and advice for an advised plan and the lines of its events."""
    counts = Counter(line.agreement for line in lines)
    found = [(line, event) for line, event in zip(lines, plan.events, strict=True) if line.agreement == "differs"]
    worst = sorted(found, key=lambda pair: _rank(pair[0]))[:WORST]
    return Audit(
        agrees=counts["agrees"],
        differs=counts["differs"],
        moving=counts["moving"],
        unknown=counts["unknown"],
        moves=dict(Counter(line.in_force for line, _ in found)),
        unsettled=sum(line.state != "settled" for line, _ in found),
        worst=tuple(_gap(line, event) for line, event in worst),
    )


def said_practice(placement: Placement, author: str) -> Practice:
    """Return where an event is tracked today by the word of a person, who becomes the evidence."""
    return Practice(placement=placement, evidence=f"said by {' '.join(author.split()) or _ANONYMOUS}"[:LONGEST_TEXT])


def in_order_of_weight(lines: tuple[EventLine, ...]) -> tuple[EventLine, ...]:
    """Return the lines with the differences that weigh most first; equal ones keep the order of the plan."""
    return tuple(sorted(lines, key=_rank))


def _rank(line: EventLine) -> tuple[int, int, bool]:
    """Return the place of a difference: settled ones first, then the stronger advice, then what the client loses."""
    loses = line.practice is not None and line.practice.placement == "client"
    return _STATES.index(line.state), _STRENGTHS.index(line.strength), not loses


def _gap(line: EventLine, event: Event) -> PracticeGap:
    assert line.practice is not None
    return PracticeGap(line, place(line.practice.placement), _reason(line, recommendation_of(event).reasons))


def _reason(line: EventLine, reasons: tuple[Reason, ...]) -> str:
    """Return the first reason for a side that does not send the event today, or else of all, as one sentence."""
    assert line.practice is not None
    if line.decision is not None:
        return line.decision.reason or "Your team decided so."
    missing = [reason.text for reason in reasons if reason.side != line.practice.placement]
    first, *_ = next(iter(missing), line.reason or "Nothing points either way yet.").split(". ")
    return f"{first.rstrip('.')}."
