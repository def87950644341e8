"""Remarks about a route: unreached, uncertain and doubly fed destinations, and calls without a library.

Used by `advisor.advice.routing.consequences`.
"""

from collections.abc import Iterator

from advisor.advice.finding import Remark
from advisor.advice.reach.network import Network, Scope, Tool
from advisor.advice.routing.integrations import not_mine
from advisor.advice.routing.route import Circumstances, Route
from advisor.advice.routing.setup import pair_mapping
from advisor.knowledge.catalogue import STORAGE_KIND
from advisor.knowledge.libraries import ONLY_ON
from advisor.knowledge.vendors import COUNTED_TWICE, PLUGINS
from advisor.model import SharedId
from advisor.text import join_names

_VARIANT_WORDS = frozenset(
    {"actions", "action", "legacy", "classic", "web", "cloud", "mobile", "device", "mode", "plugin", "destination"}
)


def remarks(
    network: Network, scope: Scope, given: Circumstances, way: Route, shared_ids: tuple[SharedId, ...]
) -> Iterator[Remark]:
    """Yield every remark about the route."""
    yield from _unreached(scope, way)
    yield from _without_library(network, scope, way)
    for pair in shared_ids:
        message = (
            f"{pair.client} and {pair.server} count this twice unless both get one id, in “{pair.property}”. "
            f"Never share the messageId: Segment drops the second call.{pair_mapping(pair)}"
        )
        yield _about(scope, pair.server, "shared-event-id", message)
    yield from _double_counts(scope, way)
    for item in scope.loaded:
        message = f"{item.name} takes no calls. Loading Analytics.js with it enabled is all it needs."
        yield _about(scope, item.key, "loads-only", message)
    for item in scope.tools:
        yield from _on_storage(item, scope, given, way)
        if item.key in scope.wanted:
            yield from _on_catalogue(item, scope)
            yield from _on_call_type(item, scope, given, way)
            yield from _on_plugins(item, scope, way)


def _about(scope: Scope, key: str, code: str, message: str) -> Remark:
    """Return a remark that points to the destination in the event's list, or else in the plan's list."""
    if isinstance(scope.listed, tuple) and key in scope.listed:
        return Remark(code, message, f"/destinations/{scope.listed.index(key)}", inside=True)
    return Remark(code, message, f"/destinations/{scope.places[key]}", inside=False)


def _unreached(scope: Scope, way: Route) -> Iterator[Remark]:
    for missed in way.unreachable:
        use = f" Use {missed.alternative} instead." if missed.alternative else ""
        yield _about(scope, missed.destination, "unreachable", missed.message + use)
    for item, without in way.partial:
        message = f"{item.name} does not get what happens on {join_names(library.name for library in without)}."
        yield _about(scope, item.key, "partial-reach", message)
    if scope.wanted and not way.delivered:
        yield Remark("nothing-delivered", "No destination receives this event.", "", inside=True)


def _without_library(network: Network, scope: Scope, way: Route) -> Iterator[Remark]:
    for leg in way.legs:
        if leg.library is not None:
            continue
        if leg.side == "client" and network.clients:
            yield Remark("no-such-call", _no_such_call(network, scope), "", inside=True)
        else:
            message = f"This event needs a call from the {leg.side}, and the plan names no {leg.side} library."
            yield Remark("no-source", message, f"/sources/{leg.side}", inside=False)


def _no_such_call(network: Network, scope: Scope) -> str:
    other = {"page": "screen", "screen": "page"}.get(scope.call)
    if other is None or ONLY_ON[scope.call] in network.types:
        return f"None of this event’s sources makes a {scope.call} call. Choose one that does."
    return f"None of the plan’s libraries makes a {scope.call} call. Plan it as a {other} call, or add a library that does."


def _double_counts(scope: Scope, way: Route) -> Iterator[Remark]:
    fed = [item for item in scope.tools if item.key in way.delivered and item.family]
    for place, one in enumerate(fed):
        for other in fed[place + 1 :]:
            if counts_twice(one, other):
                message = (
                    f"{one.name} and {other.name} are one tool, which will count this event twice. Keep one of them."
                )
                yield _about(scope, other.key, "double-count", message)


def counts_twice(one: Tool, other: Tool) -> bool:
    """Return whether two destinations of one vendor both count an event that reaches both, without a common id."""
    pair = {one.key, other.key}
    return one.family == other.family and (pair in COUNTED_TWICE or _is_one_tool_twice(one, other))


def _is_one_tool_twice(one: Tool, other: Tool) -> bool:
    """Return whether these are the classic and the Actions version of one tool."""
    if not one.row or not other.row or one.row.is_actions == other.row.is_actions:
        return False
    return _stem(one.name) == _stem(other.name)


def _stem(name: str) -> frozenset[str]:
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    return frozenset(words) - _VARIANT_WORDS


def _on_storage(item: Tool, scope: Scope, given: Circumstances, way: Route) -> Iterator[Remark]:
    if item.kind == STORAGE_KIND and any(item in not_mine(leg, way, scope, given) for leg in way.legs):
        message = f"{item.name} stores every call and ignores the integrations object."
        yield _about(scope, item.key, "storage-ignores-object", message)


def _on_catalogue(item: Tool, scope: Scope) -> Iterator[Remark]:
    if not item.is_certain:
        message = f"How sources reach {item.name} could not be confirmed. Check it in your workspace."
        yield _about(scope, item.key, "catalogue-uncertain", message)


def _on_call_type(item: Tool, scope: Scope, given: Circumstances, way: Route) -> Iterator[Remark]:
    """Yield a remark if its browser code may not take the call, and a website's call delivers it or only a server can."""
    if item.key not in scope.perhaps or given.refuses(item):
        return
    on_web = any(leg.type == "web" and item.key in leg.delivers for leg in way.legs)
    if not on_web and item not in scope.server_only:
        return
    doubt = f"Segment’s catalogue says that {item.name} takes {scope.call} calls, and its code for websites doesn’t."
    now = "Try one before you rely on it." if on_web else "So it counts as reached from the server only."
    cloud = " Its cloud mode on websites would do." if item.row and "cloud" in item.row.reaches("web") else ""
    yield _about(scope, item.key, "call-type-uncertain", f"{doubt} {now}{cloud}")


def _on_plugins(item: Tool, scope: Scope, way: Route) -> Iterator[Remark]:
    for leg in way.legs:
        if leg.library is None or leg.type != "mobile" or leg.delivers.get(item.key) != "device":
            continue
        if item.key not in PLUGINS.get(leg.library.key, {item.key}):
            message = f"No plugin of {item.name} for {leg.library.name} is documented. Check that there is one."
            yield _about(scope, item.key, "plugin-unverified", message)
