"""The exact ``integrations`` object of a call (law, part 2.3).

Used by `advisor.advice.routing.consequences`.
"""

from collections.abc import Iterable, Iterator

from advisor.advice.reach.network import Scope, Tool
from advisor.advice.routing.route import Circumstances, Leg, Route
from advisor.knowledge.vendors import BRAZE_FAMILY, HYBRID, SALESFORCE, SECOND_NAMES
from advisor.model import Integrations, IntegrationValue

_ALL = "All"
_WAREHOUSES = "Warehouses"


def not_mine(leg: Leg, route: Route, scope: Scope, given: Circumstances) -> tuple[Tool, ...]:
    """Return the plan's other destinations that the call must not feed: unwanted, delivered by another call, or refused.

    By the law, a wanted destination that is not reached gets no key. A destination that is refused because the event is
    sensitive is included, because some libraries deliver to it unless the object names it.
    """
    elsewhere = {key for other in route.legs if other is not leg for key in other.delivers}
    return tuple(
        item
        for item in scope.tools
        if item.key not in leg.delivers
        and item.may_reach(leg.type)
        and (item.key not in scope.wanted or item.key in elsewhere or given.refuses(item))
    )


def integrations(leg: Leg, route: Route, scope: Scope, given: Circumstances, *, warehouse: bool) -> Integrations:
    """Return the smallest object that feeds the destinations of the call and no others of the plan."""
    others = not_mine(leg, route, scope, given)
    closed = _closed(leg, others, scope)
    if warehouse:
        closed[_WAREHOUSES] = {"all": not _is_stored_elsewhere(leg, route, given)}
    if _must_be_closed(leg, scope, given):
        return closed
    deny_list = _deny_list(leg, others, scope)
    return deny_list if not others or len(deny_list) < len(closed) else closed


def _must_be_closed(leg: Leg, scope: Scope, given: Circumstances) -> bool:
    nothing_wanted = scope.named and not scope.wanted
    return nothing_wanted or given.sensitive or _is_other_half(leg, given)


def _is_other_half(leg: Leg, given: Circumstances) -> bool:
    """Return whether this is the client call of ``both``, or its server call if the client is the main side."""
    return given.placement == "both" and "client" in (leg.side, given.main)


def _is_stored_elsewhere(leg: Leg, route: Route, given: Circumstances) -> bool:
    """Return whether, in ``both``, a call of the main side stores the event already. It needs a library to do so."""
    is_main = given.placement != "both" or leg.side == given.main
    return not is_main and any(other.library for other in route.legs if other.side == given.main)


def _closed(leg: Leg, others: tuple[Tool, ...], scope: Scope) -> Integrations:
    named_false = {item.key for item in others if _slips_through(item, leg)}
    entries: Integrations = {_ALL: False}
    entries.update(_entries(scope.tools, leg, mine=leg.delivers, excluded=named_false))
    return entries


def _deny_list(leg: Leg, others: tuple[Tool, ...], scope: Scope) -> Integrations:
    """Return the open object: all destinations receive the call except the named ones; Salesforce only if it is named."""
    mine = [key for key in leg.delivers if key == SALESFORCE]
    return dict(_entries(scope.tools, leg, mine=mine, excluded={item.key for item in others} - {SALESFORCE}))


def _entries(
    tools: tuple[Tool, ...], leg: Leg, *, mine: Iterable[str], excluded: set[str]
) -> Iterator[tuple[str, IntegrationValue]]:
    for item in tools:
        if item.key in mine or item.key in excluded:
            yield item.key, item.key in mine
            if leg.type == "web" and (second := SECOND_NAMES.get(item.key)):
                yield second, item.key in mine


def _slips_through(item: Tool, leg: Leg) -> bool:
    """Return whether the call reaches this destination despite ``All: false``."""
    if leg.library is None:
        return False
    if leg.type == "web":
        return item.kind == HYBRID or item.family == BRAZE_FAMILY
    return leg.type == "mobile" and not leg.library.honours_all and item.modes.get("mobile") == "device"
