"""How firm the placement of an event is: settled, suggested or unsettled. Every page, list and report uses this module.

A suggested answer counts like any other for the placement, but as open for whether that is settled (law, part 1.2,
point 9). If all open questions that matter have suggested answers, the event goes where these say, *if the suggestions
hold*, and accepting them settles it. A placement that the team decided is settled without any answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from advisor.model import Event, Placement, placement_in_force, recommendation_of
from advisor.presentation.words import Place, place

State = Literal["settled", "suggested", "unsettled"]
STATE_WORDS: dict[State, str] = {
    "settled": "settled",
    "suggested": "if the suggestions hold",
    "unsettled": "not settled",
}
_PLACEMENTS: tuple[Placement, ...] = ("client", "server", "both")


def state_of(event: Event) -> State:
    """Return how firm the placement in force of an advised event is."""
    advice = recommendation_of(event)
    if event.decision or advice.settled:
        return "settled"
    return "suggested" if set(advice.decisive) <= set(suggested_answers(event)) else "unsettled"


def place_of(event: Event) -> Place:
    """Return the placement in force of an advised event as mark and words: the team's decision, or else the advice."""
    advice = recommendation_of(event)
    state = state_of(event)
    return place(
        placement_in_force(event), relay=advice.relay, settled=state == "settled", suggested=state == "suggested"
    )


def suggested_answers(event: Event) -> tuple[str, ...]:
    """Return the questions whose answer is a suggestion that nobody has accepted yet."""
    return tuple(key for key in event.suggested if key in event.answers)


def open_questions(event: Event) -> tuple[str, ...]:
    """Return the questions without any answer that can still change the placement of an advised event."""
    if event.decision:
        return ()
    suggested = suggested_answers(event)
    return tuple(key for key in recommendation_of(event).decisive if key not in suggested)


@dataclass(frozen=True)
class Tally:
    """The number of events by placement.

    ``client``, ``server`` and ``both`` count settled events; ``suggested`` and the fields that begin with it count those
    that rest on suggestions; ``open`` counts the unsettled ones.
    """

    client: int
    server: int
    both: int
    open: int
    suggested: int
    suggested_client: int
    suggested_server: int
    suggested_both: int

    @property
    def events(self) -> int:
        """Return the number of all events."""
        return self.client + self.server + self.both + self.suggested + self.open

    @property
    def guesses(self) -> tuple[tuple[Placement, int], ...]:
        """Return each placement with the number of suggested events that go there. Placements without any are left out."""
        counts = (self.suggested_client, self.suggested_server, self.suggested_both)
        return tuple((placement, count) for placement, count in zip(_PLACEMENTS, counts, strict=True) if count)


def tally(events: Iterable[Event]) -> Tally:
    """Count advised events by placement and state. Raises `TypeError` for an event without a recommendation."""
    counts = Counter((state_of(event), placement_in_force(event)) for event in events)
    open_ones = sum(count for (state, _), count in counts.items() if state == "unsettled")
    settled = {placement: counts["settled", placement] for placement in _PLACEMENTS}
    suggested = {placement: counts["suggested", placement] for placement in _PLACEMENTS}
    return Tally(
        client=settled["client"],
        server=settled["server"],
        both=settled["both"],
        open=open_ones,
        suggested=sum(suggested.values()),
        suggested_client=suggested["client"],
        suggested_server=suggested["server"],
        suggested_both=suggested["both"],
    )
