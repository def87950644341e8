"""One event, straight through: facts, verdict, routing, hand-off, findings (law, parts 1 and 2)."""

from functools import lru_cache

from msgspec.structs import replace

from advisor.advice import words
from advisor.advice.decide import Verdict, decide
from advisor.advice.facts import Facts, computed_by, gather
from advisor.advice.handoff import handoff
from advisor.advice.masking import SIDES, carried, known_by_client
from advisor.advice.network import Network, Scope
from advisor.advice.observe import Case, observe
from advisor.advice.remarks import found, sort_findings
from advisor.advice.route import Circumstances
from advisor.advice.routing import Routing, plan_routing
from advisor.knowledge.ruleset import RULESET
from advisor.model import (
    Answer,
    Call,
    Event,
    Flip,
    HandoffValue,
    Placement,
    Property,
    Reason,
    Recommendation,
    SourceType,
    Tradeoff,
)  # fmt: skip

Argument = tuple[tuple[Reason, ...], tuple[Tradeoff, ...]]


class Advisor:
    """Advises the events of one plan; what they have in common is worked out once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._routings: dict[tuple[Scope, Circumstances], Routing] = {}
        self._arguments: dict[tuple[object, ...], Argument] = {}

    def recommend(self, event: Event, pointer: str) -> Recommendation:
        """The recommendation for an event that stands at this pointer."""
        scope = self.network.scope(event)
        facts = gather(event, scope, warehouse=self.network.warehouse)
        verdict = _with_suggestions(event, facts)
        given = _circumstances(event, facts, verdict)
        routing = self._routing(scope, given)
        # What is said for the advice rests on the calls that it would make itself, whatever was decided.
        advised = self._routing(scope, given._replace(placement=verdict.placement, main=verdict.main))
        reasons, tradeoffs = self._argument(event, scope, verdict, advised)
        case = Case(event, pointer, scope, facts, verdict, given, routing)
        return Recommendation(
            ruleset=RULESET,
            placement=verdict.placement,
            strength=verdict.strength,
            settled=verdict.settled,
            reasons=reasons,
            tradeoffs=tradeoffs,
            decisive=verdict.decisive,
            flips=tuple(_flip(*flip) for flip in verdict.flips),
            relay=_relay(facts, given),
            handoff=_handoff(event, scope, facts, given, routing),
            calls=_calls(event.properties, routing),
            deliveries=routing.deliveries,
            unreachable=routing.unreachable,
            shared_ids=routing.shared_ids,
            findings=sort_findings([*observe(case), *(found(remark, pointer) for remark in routing.remarks)]),
        )

    def _routing(self, scope: Scope, given: Circumstances) -> Routing:
        key = (scope, given)
        if key not in self._routings:
            self._routings[key] = plan_routing(self.network, scope, given)
        return self._routings[key]

    def _argument(self, event: Event, scope: Scope, verdict: Verdict, routing: Routing) -> Argument:
        computed = computed_by(event)
        known = computed[1].name if computed else None
        key = (scope, routing, verdict.reasons, verdict.tradeoffs, verdict.quiet, verdict.relay, known)
        if key not in self._arguments:
            self._arguments[key] = (
                words.reasons(verdict, scope, known),
                words.tradeoffs(verdict, scope, known, routing.unreachable),
            )
        return self._arguments[key]


def _with_suggestions(event: Event, facts: Facts) -> Verdict:
    """The verdict; not settled while a suggested answer would be decisive if it were open (design, part 2)."""
    verdict = decide(facts)
    suggested = tuple(key for key in event.suggested if key in event.answers)
    if not suggested:
        return verdict
    reopened = decide(facts.reopened(suggested))
    if not set(suggested).intersection(reopened.decisive):
        return verdict
    strength = "should" if verdict.strength == "must" else verdict.strength
    return replace(verdict, settled=False, strength=strength, decisive=reopened.decisive)


def _circumstances(event: Event, facts: Facts, verdict: Verdict) -> Circumstances:
    placement, main = verdict.placement, verdict.main
    if event.decision and event.decision.placement != placement:
        placement = event.decision.placement
        main = "client" if placement == "client" else "server"
    return Circumstances(placement, main, facts.holds("sensitive"), facts.holds("user_absent"))


@lru_cache(maxsize=256)
def _flip(question: str, answer: Answer, placement: Placement) -> Flip:
    return Flip(question=question, answer=answer, placement=placement)


def _relay(facts: Facts, given: Circumstances) -> bool:
    return given.placement != "client" and facts.holds("browser_only") and not given.user_absent


def _calls(properties: tuple[Property, ...], routing: Routing) -> tuple[Call, ...]:
    cargo = {side: carried(properties, side) for side in SIDES}
    return tuple(
        Call(
            side=leg.side,
            library=leg.library.key if leg.library else None,
            integrations=integrations,
            properties=cargo[leg.side][0],
            withheld=cargo[leg.side][1],
        )
        for leg, integrations in routing.calls
    )


def _handoff(
    event: Event, scope: Scope, facts: Facts, given: Circumstances, routing: Routing
) -> tuple[HandoffValue, ...]:
    if given.placement == "client":
        return ()
    delivered = tuple(delivery.destination for delivery in routing.deliveries if delivery.side == "server")
    properties = tuple(name for name, _, _ in known_by_client(event.properties))
    types: tuple[SourceType, ...] = tuple(dict.fromkeys(library.type for library in scope.libraries)) or ("web",)
    needs = facts.holds("needs_cookies") or facts.holds("needs_client_context")
    whole = needs or bool(properties) or _relay(facts, given)
    traits = event.call in ("identify", "group")
    return handoff(types, delivered, properties, whole=whole, user_absent=given.user_absent, traits=traits)
