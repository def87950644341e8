"""Everything that follows from a route, computed once for all events that share it.

Used by `advisor.advice.advisor`.
"""

from dataclasses import dataclass

from advisor.advice.finding import Ranked, Remark, found, rank_findings
from advisor.advice.reach.network import Network, Scope
from advisor.advice.routing.integrations import integrations
from advisor.advice.routing.remarks import remarks
from advisor.advice.routing.route import Circumstances, Leg, Route, route
from advisor.knowledge.vendors import SHARED_IDS
from advisor.model import Delivery, Integrations, SharedId, Side, Unreachable


@dataclass(frozen=True, slots=True, eq=False)
class Routing:
    """The calls of an event with their integrations objects, what they deliver, what is not reached, and the remarks.

    ``fed`` are the destinations that receive something, ``fed_by`` the same, each with the sides that deliver it;
    ``from_server`` are those of the server call, ``feeding`` the sides that deliver something. ``inside`` are remarks
    that point into the event; ``elsewhere`` are findings that point to other places of the plan and are the same for
    every event.
    """

    calls: tuple[tuple[Leg, Integrations], ...]
    deliveries: tuple[Delivery, ...]
    unreachable: tuple[Unreachable, ...]
    shared_ids: tuple[SharedId, ...]
    fed: tuple[str, ...]
    fed_by: tuple[tuple[str, frozenset[Side]], ...]
    from_server: tuple[str, ...]
    feeding: frozenset[Side]
    inside: tuple[Remark, ...]
    elsewhere: Ranked


def plan_routing(network: Network, scope: Scope, given: Circumstances) -> Routing:
    """Return the routing of an event's scope under its circumstances."""
    way = route(network, scope, given)
    shared_ids = _shared_ids(way)
    deliveries = _deliveries(way, scope)
    sides: dict[str, list[Side]] = {}
    for each in deliveries:
        sides.setdefault(each.destination, []).append(each.side)
    remarked = tuple(remarks(network, scope, given, way, shared_ids))
    return Routing(
        calls=tuple((leg, integrations(leg, way, scope, given, warehouse=network.warehouse)) for leg in way.legs),
        deliveries=deliveries,
        unreachable=way.unreachable,
        shared_ids=shared_ids,
        fed=tuple(sides),
        fed_by=tuple((key, frozenset(by)) for key, by in sides.items()),
        from_server=tuple(delivery.destination for delivery in deliveries if delivery.side == "server"),
        feeding=frozenset(leg.side for leg in way.legs if leg.delivers),
        inside=tuple(remark for remark in remarked if remark.inside),
        elsewhere=rank_findings(found(remark, "") for remark in remarked if not remark.inside),
    )


def _deliveries(way: Route, scope: Scope) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(destination=item.key, side=leg.side, library=leg.library.key, mode=leg.delivers[item.key])
        for leg in way.legs
        if leg.library
        for item in scope.tools
        if item.key in leg.delivers
    )


def _shared_ids(way: Route) -> tuple[SharedId, ...]:
    """Return the pairs of one vendor of which a client call feeds one and the server call feeds the other."""
    client = {key for leg in way.legs if leg.side == "client" for key in leg.delivers}
    server = {key for leg in way.legs if leg.side == "server" for key in leg.delivers}
    return tuple(pair for pair in SHARED_IDS if pair.client in client and pair.server in server)
