"""Which rows the grid shows: the filter of its address, with what its form offers.

It has options of the event list of the plan (`EventFilter`) and one of its own: the events with one answer to a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.model import Event, Plan
from advisor.web.plans.grid.rows import Derivations, shown_answer
from advisor.web.plans.summary.facets import LISTED, PLACEMENTS, PRACTICES, STATES, STATUSES
from advisor.web.plans.summary.filter import LONGEST, EventFilter, listing
from advisor.web.plans.summary.overview import Overview

FIND, ASKED, ANSWERED = "find", "asked", "answered"
FACETS = ("placement", "state", "practice", "status", "owner", "to")
"""The facets of the event list that the grid offers, too."""
ANSWERS = {"yes": "Yes", "no": "No", "unsure": "Not answered", "suggested": "Suggested"}


@dataclass(frozen=True)
class RowFilter:
    """The filter of an address: texts by the name of their parameter, without blank ones."""

    sent: Mapping[str, str]

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> RowFilter:
        """Return the filter of an address. An answer counts only together with its question."""
        names = (FIND, *FACETS, ASKED, ANSWERED)
        sent = {name: arguments.get(name, "").strip()[:LONGEST] for name in names}
        if sent[ASKED] not in QUESTION_KEYS or sent[ANSWERED] not in ANSWERS:
            sent[ASKED] = sent[ANSWERED] = ""
        return cls({name: text for name, text in sent.items() if text})

    @property
    def is_on(self) -> bool:
        """Whether the filter leaves out anything."""
        return bool(self.sent)

    @property
    def query(self) -> dict[str, Any]:
        """The filter as the query of an address."""
        return dict(self.sent)

    def ids(self, whole: Overview, kept: str = "") -> tuple[str, ...]:
        """Return the ids of the events that match, in the order of the plan, and the event with the id ``kept``."""
        matching = {line.id for line in listing(whole, EventFilter.of(self.sent, whole)).matching}
        facts = Derivations(whole.plan)
        return tuple(
            line.id
            for line, event in zip(whole.lines, whole.plan.events, strict=True)
            if line.id == kept or (line.id in matching and self._has_answer(event, facts))
        )

    def _has_answer(self, event: Event, facts: Derivations) -> bool:
        """Return whether the cell of the asked question shows the answer; a suggestion is found both ways."""
        if ASKED not in self.sent:
            return True
        shown = shown_answer(event, self.sent[ASKED], facts.of(event))
        wanted = self.sent[ANSWERED]
        return shown.endswith("?") if wanted == "suggested" else shown.removesuffix("?") == wanted


@dataclass(frozen=True)
class FilterChoice:
    """One list of the form: its parameter and label, the text for no choice, and the values with their texts."""

    name: str
    label: str
    every: str
    options: tuple[tuple[str, str], ...]


PLACES = tuple(PLACEMENTS.items())
ANSWER_CHOICES = (
    FilterChoice(ASKED, "Question", "Any answers", tuple((item.key, item.label) for item in QUESTIONS)),
    FilterChoice(ANSWERED, "Answer", "Answer", tuple(ANSWERS.items())),
)


def filter_choices(plan: Plan, events: Iterable[Event], chosen: RowFilter) -> tuple[FilterChoice, ...]:
    """Return the lists of the form besides the placement, for the settings of a plan and the events to take owners from."""
    owners = sorted({event.owner for event in events if event.owner} | {*filter(None, [chosen.sent.get("owner")])})
    keys = [(item.key, destination_name(item.key)) for item in plan.destinations]
    found = (
        FilterChoice("state", "State", "Settled or not", tuple(STATES.items())),
        FilterChoice("practice", "Today", "Any practice", tuple(PRACTICES.items())),
        FilterChoice("status", "Status", "Any status", tuple(STATUSES.items())),
        FilterChoice("owner", "Owner", "Any owner", tuple((name, name) for name in owners[:LISTED])),
        FilterChoice("to", "Destination", "Every destination", tuple(keys)),
    )
    return tuple(choice for choice in found if choice.options)
