"""Which call feeds which destination, and what is left unreached (law, part 2.2).

Used by `advisor.advice.routing.consequences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.advice.reach.network import SOURCE_TYPES, Network, Scope, Tool, advertises, tool
from advisor.knowledge.catalogue import FAMILIES, NEVER_FED, NOT_STREAMS
from advisor.knowledge.libraries import LIBRARIES, Library
from advisor.knowledge.vendors import FAMILIES_OF_DIFFERENT_PRODUCTS
from advisor.model import Destination, Mode, Placement, Side, SourceType, Unreachable

REASONS: dict[str, str] = {
    "not-a-stream": "{name} is fed by audiences or by storage, not by single events.",
    "call-type": "{name} does not take {call} calls.",
    "no-source": "The plan has no {sources} that reaches {name}.",
    "user-absent": "{name} is reached from the {carrier} only, and this can happen with no {place} of yours running.",
    "sensitive": "{name} is reached from the {carrier} only, where a sensitive event must not go.",
    "mode": "No call of this event reaches {name} from where and how it is made.",
}
"""Reason code -> its sentence, in the order in which they are tried. A refused destination gets `_REFUSED` instead. The
words in braces are filled in by `advisor.knowledge.wording`."""

_REFUSED = (
    "{name} is for advertising or manages tags, and a sensitive event must not reach such a tool from any side: that it "
    "happened is the secret. If only a value must stay off the device, mark that property sensitive and answer no here."
)

_SOURCES: dict[SourceType, str] = {"web": "web library", "mobile": "mobile library", "server": "server library"}


@dataclass(frozen=True, slots=True)
class Leg:
    """One call to make: its side, its library (None if the plan has none), and its destinations with their modes."""

    side: Side
    type: SourceType
    library: Library | None
    delivers: dict[str, Mode]


class Circumstances(NamedTuple):
    """The facts that decide, besides the scope, which call delivers: the placement in force and two answers."""

    placement: Placement
    main: Side
    sensitive: bool
    user_absent: bool

    def refuses(self, item: Tool) -> bool:
        """Return whether a sensitive event must not reach this destination from any side (law, point 2)."""
        return self.sensitive and item.is_refused_if_sensitive


@dataclass(frozen=True, slots=True)
class Route:
    """The calls of an event, what they deliver, the wanted destinations left out, and those that only some sources reach."""

    legs: tuple[Leg, ...]
    delivered: frozenset[str]
    unreachable: tuple[Unreachable, ...]
    partial: tuple[tuple[Tool, tuple[Library, ...]], ...]


def route(network: Network, scope: Scope, given: Circumstances) -> Route:
    """Assign every wanted destination to the call that delivers it, or say why none can."""
    server = tuple(_server_legs(scope, given))
    from_server = frozenset(key for leg in server for key in leg.delivers)
    client = [*_client_legs(scope, given, from_server, warehouse=network.warehouse)]
    legs = (*[_with_uncertain(leg, scope, given, from_server) for leg in client], *server)
    delivered = frozenset(key for leg in legs for key in leg.delivers)
    missed = [item for item in scope.tools if item.key in scope.wanted and item.key not in delivered]
    return Route(
        legs=legs,
        delivered=delivered,
        unreachable=tuple(_unreachable(item, network, scope, given, legs) for item in missed),
        partial=tuple(_partial(scope, legs)),
    )


def _client_legs(scope: Scope, given: Circumstances, from_server: frozenset[str], *, warehouse: bool) -> Iterator[Leg]:
    if given.placement == "server":
        return
    legs = [
        Leg("client", library.type, library, _client_delivers(library, scope, given, from_server))
        for library in scope.libraries
    ]
    if not legs:
        legs = [Leg("client", "mobile" if scope.call == "screen" else "web", None, {})]
    nothing_else_stores = given.main == "client" or scope.server is None
    if given.placement == "both" and not (warehouse and nothing_else_stores):
        legs = [leg for leg in legs if leg.delivers] or legs[:1]
    yield from legs


def _client_delivers(
    library: Library, scope: Scope, given: Circumstances, from_server: frozenset[str]
) -> dict[str, Mode]:
    """Return what a client library's call certainly delivers: what it reaches and the server call doesn't deliver."""
    return {
        item.key: scope.by_client[item.key][library.key]
        for item in scope.tools
        if library.key in scope.by_client.get(item.key, {}) and item.key not in from_server and not given.refuses(item)
    }


def _with_uncertain(leg: Leg, scope: Scope, given: Circumstances, from_server: frozenset[str]) -> Leg:
    """Return the call with the destinations that may not take it.

    No call is made for these alone, but a call that is made anyway delivers to them too.
    """
    if leg.type != "web" or leg.library is None:
        return leg
    more: dict[str, Mode] = {
        item.key: "device"
        for item in scope.tools
        if item.key in scope.perhaps and item.key not in from_server and not given.refuses(item)
    }
    return replace(leg, delivers=leg.delivers | more) if more else leg


def _server_legs(scope: Scope, given: Circumstances) -> Iterator[Leg]:
    if given.placement == "client":
        return
    left_to_client = scope.by_client if given.placement == "both" and given.main == "client" else {}
    if scope.server is None:
        yield Leg("server", "server", None, {})
        return
    delivers = {
        item.key: scope.by_server[item.key]
        for item in scope.tools
        if item.key in scope.by_server and item.key not in left_to_client and not given.refuses(item)
    }
    yield Leg("server", "server", LIBRARIES[scope.server], delivers)


def _partial(scope: Scope, legs: tuple[Leg, ...]) -> Iterator[tuple[Tool, tuple[Library, ...]]]:
    """Yield the destinations that only client calls feed, with the event's sources that don't reach them."""
    from_server = {key for leg in legs if leg.side == "server" for key in leg.delivers}
    from_client = {key for leg in legs if leg.side == "client" for key in leg.delivers}
    for item in scope.tools:
        if item.key in from_client - from_server:
            feeding = {leg.library for leg in legs if item.key in leg.delivers}
            without = tuple(library for library in scope.libraries if library not in feeding)
            if without:
                yield item, without


def _unreachable(
    item: Tool, network: Network, scope: Scope, given: Circumstances, legs: tuple[Leg, ...]
) -> Unreachable:
    code = _reason(item, network, scope, given, legs)
    missing = [type_ for type_ in item.modes if item.surely_takes(scope.call, type_) and type_ not in network.types]
    sources = " or ".join(_SOURCES[type_] for type_ in missing) or "library"
    sentence = _REFUSED if code == "sensitive" and given.refuses(item) else REASONS[code]
    return Unreachable(
        destination=item.key,
        reason=code,
        message=scope.wording.say(sentence, name=item.name, call=scope.call, sources=sources),
        alternative=_alternative(item, scope, given, legs),
    )


def _reason(item: Tool, network: Network, scope: Scope, given: Circumstances, legs: tuple[Leg, ...]) -> str:
    if item.kind in NEVER_FED:
        return "not-a-stream"
    reached = [type_ for type_ in SOURCE_TYPES if type_ in item.modes]
    taken = [type_ for type_ in reached if item.surely_takes(scope.call, type_)]
    if reached and not taken:
        return "call-type"
    if any(leg.library is None and leg.type in taken for leg in legs):
        return "no-source"
    if network.types.isdisjoint(taken):
        return "call-type" if item.key in scope.perhaps else "no-source"
    if given.refuses(item):
        return "sensitive"
    from_client = item.key in scope.by_client
    has_client_call = any(leg.side == "client" for leg in legs)
    if given.user_absent and from_client and not has_client_call:
        return "user-absent"
    return "sensitive" if given.sensitive and from_client and not has_client_call else "mode"


def _alternative(item: Tool, scope: Scope, given: Circumstances, legs: tuple[Leg, ...]) -> str | None:
    """Return another destination of the same vendor that a call of this event can feed, or None."""
    if not item.family or item.key in FAMILIES_OF_DIFFERENT_PRODUCTS:
        return None
    planned = {known.key: known for known in scope.tools}
    relatives = [
        planned.get(row.key) or tool(Destination(key=row.key))
        for row in FAMILIES[item.family]
        if row.key != item.key and row.kind not in NOT_STREAMS and not (given.sensitive and advertises(row))
    ]
    fitting = [
        other for other in relatives
        if other.key not in FAMILIES_OF_DIFFERENT_PRODUCTS and any(_could_feed(leg, other, scope, given) for leg in legs)
    ]  # fmt: skip
    fitting.sort(key=lambda other: (other.key not in scope.wanted, *_standing(other)))
    return fitting[0].key if fitting else None


def _standing(item: Tool) -> tuple[bool, bool]:
    row = item.row
    return (row is None or row.status != "PUBLIC", row is None or not row.is_actions)


def _could_feed(leg: Leg, item: Tool, scope: Scope, given: Circumstances) -> bool:
    if leg.library is None or given.refuses(item):
        return False
    return item.mode_for(scope.call, leg.type) is not None
