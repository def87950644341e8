"""Advises one event, step by step: facts, verdict, routing, hand-off, findings (law, parts 1 and 2).

Used by `advisor.advice`, by fixes and by comparisons.
"""

from functools import lru_cache

from msgspec.structs import replace

from advisor.advice.event_findings import Case, observe
from advisor.advice.finding import found, put_among
from advisor.advice.placement import reasons as words
from advisor.advice.placement.decide import Flipped, Verdict, decide
from advisor.advice.placement.facts import Facts, gather
from advisor.advice.reach.masking import SortedProperties, sort_properties
from advisor.advice.reach.network import Network, Scope
from advisor.advice.routing.consequences import Routing, plan_routing
from advisor.advice.routing.handoff import handoff
from advisor.advice.routing.route import Circumstances
from advisor.advice.routing.setup import Occasion, setup_steps
from advisor.advice.setting_findings import setting_findings
from advisor.knowledge.ruleset import RULESET
from advisor.model import (
    Call,
    Event,
    Flip,
    HandoffValue,
    Reason,
    Recommendation,
    SourceType,
    Tradeoff,
)


class Advisor:
    """Advises the events of one plan. Results that several events share are computed once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._routings: dict[tuple[Scope, Circumstances], Routing] = {}
        self._reasons: dict[tuple[object, ...], tuple[Reason, ...]] = {}
        self._tradeoffs: dict[tuple[object, ...], tuple[Tradeoff, ...]] = {}

    def recommend(self, event: Event, pointer: str) -> Recommendation:
        """Return the recommendation for the event at this pointer."""
        scope = self.network.scope(event)
        properties = sort_properties(event.properties, self.network.common)
        facts = gather(event, properties, scope)
        verdict = verdict_for(event, facts)
        advised = _advised(facts, verdict)
        given = _in_force(event, advised)
        usual = self._routing(scope, advised)
        routing = usual if given is advised else self._routing(scope, given)
        known = properties.computed.property.name if properties.computed else None
        relay = _relay(facts, given)
        findings = observe(Case(event, pointer, properties, scope, facts, verdict, given, routing))
        findings += [found(remark, pointer) for remark in routing.inside]
        findings += setting_findings(event, pointer, routing.fed, properties.names, payment=facts.holds("payment"))
        handed = _handoff(properties, scope, facts, given, routing, relay=relay)
        occasion = Occasion(event.call, _types(scope), facts.holds("needs_cookies"), given.user_absent, scope.wording)
        return Recommendation(
            ruleset=RULESET,
            placement=verdict.placement,
            strength=verdict.strength,
            settled=verdict.settled,
            reasons=self._said_for(verdict, scope, known, sensitive=given.sensitive),
            # Trade-offs depend on the calls of the recommended placement, also if the team decided on another.
            tradeoffs=self._said_against(verdict, scope, known, usual, sensitive=given.sensitive),
            decisive=verdict.decisive,
            flips=_flips(verdict.flips),
            relay=relay,
            handoff=handed,
            calls=_calls(properties, routing),
            deliveries=routing.deliveries,
            unreachable=routing.unreachable,
            shared_ids=routing.shared_ids,
            setup=setup_steps(routing.fed_by, routing.shared_ids, handed, occasion),
            findings=put_among(routing.elsewhere, findings),
        )

    def _routing(self, scope: Scope, given: Circumstances) -> Routing:
        key = (scope, given)
        routing = self._routings.get(key)
        if routing is None:
            routing = self._routings[key] = plan_routing(self.network, scope, given)
        return routing

    def _said_for(self, verdict: Verdict, scope: Scope, known: str | None, *, sensitive: bool) -> tuple[Reason, ...]:
        key = (scope, verdict.reasons, known, sensitive)
        said = self._reasons.get(key)
        if said is None:
            said = self._reasons[key] = words.reasons(verdict, scope, known, sensitive=sensitive)
        return said

    def _said_against(
        self, verdict: Verdict, scope: Scope, known: str | None, routing: Routing, *, sensitive: bool
    ) -> tuple[Tradeoff, ...]:
        key = (routing, verdict.tradeoffs, verdict.quiet, verdict.relay, known, sensitive)
        said = self._tradeoffs.get(key)
        if said is None:
            said = self._tradeoffs[key] = words.tradeoffs(
                verdict, scope, known, routing.unreachable, sensitive=sensitive
            )
        return said


def verdict_for(event: Event, facts: Facts) -> Verdict:
    """Return the verdict. Suggested answers count as open for what is settled and what is decisive (law, point 9)."""
    verdict = decide(facts)
    if not event.suggested:
        return verdict
    reopened = decide(facts.reopened(event.suggested))
    strength = "should" if not reopened.settled and verdict.strength == "must" else verdict.strength
    return replace(verdict, settled=reopened.settled, strength=strength, decisive=reopened.decisive)


def _advised(facts: Facts, verdict: Verdict) -> Circumstances:
    return Circumstances(verdict.placement, verdict.main, facts.holds("sensitive"), facts.holds("user_absent"))


def _in_force(event: Event, advised: Circumstances) -> Circumstances:
    """Return the circumstances of the placement in force: the decision's if it differs from the advice."""
    if event.decision is None or event.decision.placement == advised.placement:
        return advised
    placement = event.decision.placement
    return advised._replace(placement=placement, main="client" if placement == "client" else "server")


@lru_cache(maxsize=4096)
def _flips(flips: tuple[Flipped, ...]) -> tuple[Flip, ...]:
    return tuple(Flip(question=question, answer=answer, placement=placement) for question, answer, placement in flips)


def _relay(facts: Facts, given: Circumstances) -> bool:
    return given.placement != "client" and facts.holds("browser_only") and not given.user_absent


def _calls(properties: SortedProperties, routing: Routing) -> tuple[Call, ...]:
    withheld = tuple([place.name for place in properties.masked])
    return tuple([
        Call(
            side=leg.side,
            library=leg.library.key if leg.library else None,
            integrations=integrations,
            properties=properties.names if leg.side == "server" else properties.open,
            withheld=() if leg.side == "server" else withheld,
        )
        for leg, integrations in routing.calls
    ])  # fmt: skip


def _types(scope: Scope) -> tuple[SourceType, ...]:
    """Return the source types whose values a server call may need: the event's, else one of the plan, else the web."""
    return scope.types or scope.wording.types[:1]


def _handoff(
    properties: SortedProperties,
    scope: Scope,
    facts: Facts,
    given: Circumstances,
    routing: Routing,
    *,
    relay: bool,
) -> tuple[HandoffValue, ...]:
    if given.placement == "client":
        return ()
    needs = relay or facts.holds("needs_cookies") or facts.holds("needs_client_context")
    return handoff(
        _types(scope),
        routing.from_server,
        tuple([place.name for place in properties.from_client]),
        whole=needs or bool(properties.from_client),
        user_absent=given.user_absent,
        traits=scope.call in ("identify", "group"),
    )
