"""One event, straight through: facts, verdict, route, hand-off, findings (law, parts 1 and 2)."""

from msgspec.structs import replace

from advisor.advice.decide import Verdict, decide
from advisor.advice.facts import Facts, computed_by, gather
from advisor.advice.handoff import handoff
from advisor.advice.integrations import integrations
from advisor.advice.masking import carried, known_by_client
from advisor.advice.network import Network, Scope
from advisor.advice.observe import Case, observe
from advisor.advice.route import Circumstances, Leg, Route, route
from advisor.advice.words import reasons, tradeoffs
from advisor.knowledge.ruleset import RULESET
from advisor.knowledge.vendors import SHARED_IDS
from advisor.model import Call, Delivery, Event, Flip, HandoffValue, Recommendation, SharedId, Side, SourceType


class Advisor:
    """Advises the events of one plan; what they have in common is worked out once."""

    def __init__(self, network: Network, *, warehouse: bool) -> None:
        self.network = network
        self.warehouse = warehouse
        self._routes: dict[tuple[int, Circumstances], Route] = {}

    def recommend(self, event: Event, pointer: str) -> Recommendation:
        """The recommendation for an event that stands at this pointer."""
        scope = self.network.scope(event)
        facts = gather(event, scope, warehouse=self.warehouse)
        verdict = _with_suggestions(event, facts)
        given = _circumstances(event, facts, verdict)
        way = self._route(scope, given)
        shared_ids = _shared_ids(way)
        case = Case(event, pointer, self.network, scope, facts, verdict, verdict.settled, given, way, shared_ids)
        computed = computed_by(event)
        known = computed[1] if computed else None
        return Recommendation(
            ruleset=RULESET,
            placement=verdict.placement,
            strength=verdict.strength,
            settled=verdict.settled,
            reasons=reasons(verdict, scope, known),
            tradeoffs=tradeoffs(verdict, scope, known, way.unreachable),
            decisive=verdict.decisive,
            flips=tuple(
                Flip(question=question, answer=answer, placement=placement)
                for question, answer, placement in verdict.flips
            ),
            relay=_relay(facts, given),
            handoff=_handoff(event, scope, facts, given, way),
            calls=tuple(self._call(leg, event, way, scope, given) for leg in way.legs),
            deliveries=_deliveries(way, scope),
            unreachable=way.unreachable,
            shared_ids=shared_ids,
            findings=observe(case),
        )

    def _route(self, scope: Scope, given: Circumstances) -> Route:
        # Scopes live as long as their network, so their identity is a key.
        key = (id(scope), given)
        if key not in self._routes:
            self._routes[key] = route(self.network, scope, given)
        return self._routes[key]

    def _call(self, leg: Leg, event: Event, way: Route, scope: Scope, given: Circumstances) -> Call:
        properties, withheld = carried(event.properties, leg.side)
        return Call(
            side=leg.side,
            library=leg.library.key if leg.library else None,
            integrations=integrations(leg, way, scope, given, warehouse=self.warehouse),
            properties=properties,
            withheld=withheld,
        )


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
    return Circumstances(placement, main, sensitive=facts.holds("sensitive"), user_absent=facts.holds("user_absent"))


def _relay(facts: Facts, given: Circumstances) -> bool:
    return facts.holds("browser_only") and given.placement != "client" and not given.user_absent


def _deliveries(way: Route, scope: Scope) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(destination=item.key, side=leg.side, library=leg.library.key, mode=leg.delivers[item.key])
        for leg in way.legs
        if leg.library
        for item in scope.tools
        if item.key in leg.delivers
    )


def _shared_ids(way: Route) -> tuple[SharedId, ...]:
    fed: dict[Side, set[str]] = {
        side: {key for leg in way.legs if leg.side == side for key in leg.delivers} for side in ("client", "server")
    }
    return tuple(pair for pair in SHARED_IDS if pair.client in fed["client"] and pair.server in fed["server"])


def _handoff(event: Event, scope: Scope, facts: Facts, given: Circumstances, way: Route) -> tuple[HandoffValue, ...]:
    server = way.leg("server")
    if server is None:
        return ()
    properties = tuple(name for name, _, _ in known_by_client(event.properties))
    types: tuple[SourceType, ...] = tuple(dict.fromkeys(library.type for library in scope.libraries)) or ("web",)
    whole = (
        facts.holds("needs_cookies") or facts.holds("needs_client_context") or bool(properties) or _relay(facts, given)
    )
    return handoff(
        types, tuple(server.delivers), properties,
        whole=whole, user_absent=given.user_absent, traits=event.call in ("identify", "group"),
    )  # fmt: skip
