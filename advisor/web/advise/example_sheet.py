"""What a pasted plan gives back, shown on the first page: an example sheet, read and advised like an imported one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from advisor.advice import advise
from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.import_review import ImportChoices, review_import
from advisor.model import Event, Placement, Plan, recommendation_of
from advisor.presentation.states import state_of
from advisor.presentation.verdict import verdict
from advisor.web.advise.example_plan import PLAN

_FILE = "example_sheet.csv"
_SHOWN = ("Product Viewed", "Order Completed", "Order Refunded", "Signed Up", "Trial Ended")

SAMPLE = (
    "Product Viewed",
    "Product Added",
    "Checkout Started",
    "Order Completed",
    "Order Refunded",
    "Signed Up",
    "Trial Started",
    "Trial Ended",
    "Subscription Cancelled",
    "Search Performed",
)
"""Ten names that the field for a plan shows, and fills in on request."""


@dataclass(frozen=True, slots=True)
class ComparedEvent:
    """An event of the sheet: where the sheet has it, where the advice has it, and why."""

    name: str
    sheet: Placement
    advice: Placement
    why: str


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What the example sheet gives back, with some of its rows."""

    events: int
    settled: int
    differing: int
    rows: tuple[ComparedEvent, ...]

    @property
    def open(self) -> int:
        """The number of events that need an answer."""
        return self.events - self.settled


@cache
def example_result() -> ExampleResult:
    """Return what the example sheet gives back for the example's sources and tools, with all usual answers accepted."""
    sheet = files("advisor.web.advise").joinpath(_FILE).read_bytes()
    brought = review_import(tree_of_files({_FILE: sheet}), None, ImportChoices()).outcome
    accepted = tuple(replace(event, suggested=()) for event in brought.events)
    advised = advise(replace(PLAN, events=accepted))
    compared = {event.name: _compared(advised, event) for event in advised.events}
    return ExampleResult(
        events=len(advised.events),
        settled=sum(state_of(event) == "settled" for event in advised.events),
        differing=sum(each.sheet != each.advice for each in compared.values()),
        rows=tuple(compared[name] for name in _SHOWN),
    )


def _compared(plan: Plan, event: Event) -> ComparedEvent:
    advice = recommendation_of(event)
    assert event.practice is not None, f"{_FILE} has no place for {event.name}"
    return ComparedEvent(event.name, event.practice.placement, advice.placement, verdict(plan, event, advice).second)
