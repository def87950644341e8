"""The advised events that the routing laws check, and the parts of an event that the laws read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from advisor.advice import advise
from advisor.model import Call, Event, Plan, Recommendation

from .archetypes import systematic_plans
from .routing_model import Tool, sources_of, tools_of, type_of, wanted_of


@dataclass(frozen=True)
class Case:
    """One advised event of a plan."""

    plan: Plan
    event: Event

    @property
    def advice(self) -> Recommendation:
        """What the engine recommends."""
        assert isinstance(self.event.recommendation, Recommendation)
        return self.event.recommendation

    @property
    def in_force(self) -> str:
        """The placement that the calls follow."""
        return self.event.decision.placement if self.event.decision else self.advice.placement

    @cached_property
    def tools(self) -> list[Tool]:
        """The plan's destinations that can get a call."""
        return tools_of(self.plan)

    @cached_property
    def wanted(self) -> list[Tool]:
        """The destinations that the event should reach."""
        return wanted_of(self.plan, self.event)

    @property
    def sources(self) -> list[str]:
        """The client libraries on which it happens."""
        return sources_of(self.plan, self.event)

    @property
    def real_calls(self) -> list[Call]:
        """The calls that some library makes."""
        return [call for call in self.advice.calls if call.library is not None]

    def delivered_by(self, call: Call) -> set[str]:
        """The keys of the destinations that this call promises to deliver."""
        return {
            delivery.destination
            for delivery in self.advice.deliveries
            if (delivery.side, delivery.library) == (call.side, call.library)
        }

    def occurrences(self) -> list[list[Call]]:
        """For every place where the event can happen, the calls that are then made: one client's, and the server's."""
        server = [call for call in self.real_calls if call.side == "server"]
        places = [[call for call in self.real_calls if call.library == source] for source in self.sources]
        return [[*place, *server] for place in places] or [server]

    def said(self, code: str) -> list[str]:
        """The messages of the findings with this code."""
        return [finding.message for finding in self.advice.findings if finding.code == code]

    def __str__(self) -> str:
        """The event in words, for the message of a failing test."""
        given = {name: getattr(self.event, name) for name in ("call", "answers", "destinations", "sources", "decision")}
        keys = [tool.key for tool in self.tools]
        calls = [(call.side, call.library, call.integrations) for call in self.advice.calls]
        return f"{keys} from {self.plan.sources}, warehouse={self.plan.warehouse}, {given}: {self.in_force}, {calls}"


def cases_of(plan: Plan) -> Iterator[Case]:
    """The plan's events, advised."""
    advised = advise(plan)
    for event in advised.events:
        yield Case(advised, event)


@cache
def systematic_cases() -> tuple[Case, ...]:
    """Events for every pair of destinations, and for every seventh triple, with every set of sources."""
    plans = [*systematic_plans(2, events=4), *islice(systematic_plans(3, events=1), 0, None, 7)]
    return tuple(case for plan in plans for case in cases_of(plan))


def source_type(call: Call) -> str:
    """The source type of a call that some library makes."""
    assert call.library is not None
    return type_of(call.library)
