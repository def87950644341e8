"""A second implementation of which call feeds which destination (law, parts 2.1 to 2.3), independent of the engine.

It shares the catalogue and the nouns with the engine and nothing else. `route` says, for one event of a plan,
which calls there are, what each delivers, which object it carries, and what no call delivers.
"""

from dataclasses import dataclass
from functools import cache

from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Plan, Property

from .reference import QUESTIONS, Surroundings, Verdict, verdict
from .segment import ALSO_KNOWN_AS, LOOK_AT_THEIR_OWN_KEY_ONLY, OFF_BY_DEFAULT, Connected

WEB = {"analytics.js"}
MOBILE = {"swift", "kotlin", "react-native", "flutter", "ios", "android", "unity"}


@dataclass(frozen=True)
class Tool:
    """A destination of a plan. ``modes`` maps a source type to ``device``, ``cloud`` or ``none``.

    None ``methods`` are a custom tool's: it takes every call. None ``web_methods``: nobody read its browser code.
    """

    key: str
    modes: tuple[tuple[str, str], ...]
    methods: frozenset[str] | None = None
    web_methods: frozenset[str] | None = None
    kind: str = "custom"
    family: str = ""
    sure: bool = True
    advertising: bool = False

    def mode(self, source_type: str) -> str:
        """How sources of this type reach it."""
        return "none" if self.kind in ("audience", "retl") else dict(self.modes).get(source_type, "none")

    def certainty(self, call: str, source_type: str) -> str:
        """Whether it takes this call from such a source: ``yes``, ``no`` or ``maybe``."""
        if self.methods is None:
            return "yes"
        if call == "screen":
            if source_type == "mobile":
                return "yes"
            call = "page"
        if source_type == "web" and self.mode("web") == "device" and self.web_methods is not None:
            if call in self.web_methods:
                return "yes"
            return "maybe" if call in self.methods else "no"
        return "yes" if call in self.methods else "no"

    def takes(self, call: str, source_type: str) -> bool:
        """Whether it surely takes this call from such a source."""
        return self.certainty(call, source_type) == "yes"

    def delivered_from(self, source_type: str, call: str) -> bool:
        """Whether a call from such a source reaches it and is surely taken."""
        return self.mode(source_type) != "none" and self.takes(call, source_type)

    def perhaps_from(self, source_type: str, call: str) -> bool:
        """Whether a call from such a source reaches it and is taken or not, nobody knows."""
        return self.mode(source_type) != "none" and self.certainty(call, source_type) == "maybe"

    def may_be_reached_from(self, source_type: str) -> bool:
        """By mode alone, and where the catalogue is not sure that the answer is no."""
        return self.kind not in ("audience", "retl") and (self.mode(source_type) != "none" or not self.sure)

    def connected(self, source_type: str) -> Connected:
        """What Segment knows of it, for the simulation."""
        return Connected(
            key=self.key,
            mode=self.mode(source_type),
            uncertain=not self.sure and self.kind not in ("audience", "retl"),
            rewritten=self.kind == "actions-hybrid" or self.family == "braze",
            storage=self.kind == "storage",
        )


@cache
def tool_of(destination: Destination) -> Tool:
    """What the catalogue, or the plan itself, says of a destination."""
    if destination.custom is not None:
        reach = destination.custom
        return Tool(destination.key, (("web", reach.web), ("mobile", reach.mobile), ("server", reach.server)))
    row = CATALOGUE[destination.key]
    web = [mode for mode, has in (("device", row.device_web), ("cloud", row.cloud_web)) if has]
    mobile = [mode for mode, has in (("cloud", row.cloud_mobile), ("device", row.device_mobile)) if has]
    modes = (
        ("web", _chosen(destination.web_mode, web)),
        ("mobile", _chosen(destination.mobile_mode, mobile)),
        ("server", "cloud" if row.cloud_server else "none"),
    )
    return Tool(
        key=row.key,
        modes=modes,
        methods=row.methods,
        web_methods=row.web_methods,
        kind=row.kind,
        family=row.family,
        sure=row.confidence == "H",
        advertising=not {"Advertising", "Tag Managers"}.isdisjoint(row.categories),
    )


def _chosen(setting: str | None, options: list[str]) -> str:
    return setting if setting in options else options[0] if options else "none"


def type_of(library: str) -> str:
    """The source type of a library."""
    return "web" if library in WEB else "mobile" if library in MOBILE else "server"


def sources_of(plan: Plan, event: Event) -> list[str]:
    """The client libraries on which an event happens: pages on websites, screens in apps."""
    everywhere = [lib for lib in plan.sources.client if event.sources == "all" or lib in event.sources]
    suited = {"page": WEB, "screen": MOBILE}.get(event.call, WEB | MOBILE)
    return [library for library in everywhere if library in suited]


def only_loads(destination: Destination) -> bool:
    """Whether its browser code takes no call, so that it counts as not in the plan."""
    return destination.custom is None and CATALOGUE[destination.key].loads_only


def tools_of(plan: Plan) -> list[Tool]:
    """The destinations of a plan that can get a call, in the plan's order."""
    return [tool_of(destination) for destination in plan.destinations if not only_loads(destination)]


def wanted_of(plan: Plan, event: Event) -> list[Tool]:
    """The destinations that an event should reach, in the plan's order."""
    return [tool for tool in tools_of(plan) if event.destinations == "all" or tool.key in event.destinations]


def knows_only_the_server(properties: tuple[Property, ...]) -> bool:
    """Whether some required property is known by the server only."""
    return any(p.required and (p.known_by == "server" or knows_only_the_server(p.properties)) for p in properties)


def advice_of(plan: Plan, event: Event) -> Verdict:
    """The advice of the reference, from the answers and what the plan derives."""
    types = {type_of(library) for library in sources_of(plan, event)}
    wanted = wanted_of(plan, event)
    by_server = {tool for tool in wanted if tool.delivered_from("server", event.call)}
    by_client = {tool for tool in wanted for kind in types if tool.delivered_from(kind, event.call)}
    answers = {question: event.answers.get(question, "unsure") for question in QUESTIONS}
    if knows_only_the_server(event.properties):
        answers["computed_from_database"] = "yes"
    around = Surroundings(
        named=bool(tools_of(plan)),
        client_only=bool(by_client - by_server),
        client_only_if_sensitive=any(not tool.advertising for tool in by_client - by_server),
        server_only=bool(by_server - by_client),
        server_only_if_sensitive=any(not tool.advertising for tool in by_server - by_client),
        server_delivers=bool(by_server),
        client_delivers=bool(by_client),
        warehouse=plan.warehouse,
    )
    return verdict(answers, around)


@dataclass
class Made:
    """One call of an event: who makes it, which tools it delivers, and its object."""

    side: str
    library: str | None
    mine: list[Tool]
    integrations: dict[str, object] | None = None


@dataclass
class Routed:
    """All calls of an event, and the wanted tools that none delivers or only some client sources reach."""

    advice: Verdict
    placement: str
    main: str
    calls: list[Made]
    unreachable: list[str]
    partial: list[str]


def route(plan: Plan, event: Event) -> Routed:
    """The calls that follow from the placement in force."""
    advice = advice_of(plan, event)
    placement = event.decision.placement if event.decision else advice.placement
    main = placement if placement != "both" else advice.main if advice.placement == "both" else "server"
    libraries = sources_of(plan, event)
    sensitive = event.answers.get("sensitive") == "yes"
    allowed = [tool for tool in wanted_of(plan, event) if not (sensitive and tool.advertising)]

    def from_client(library: str) -> list[Tool]:
        return [tool for tool in allowed if tool.delivered_from(type_of(library), event.call)]

    by_server = [tool for tool in allowed if tool.delivered_from("server", event.call)] if plan.sources.server else []
    clients = [Made("client", library, from_client(library)) for library in libraries]
    if placement == "both" and main == "server":
        for call in clients:
            call.mine = [tool for tool in call.mine if tool not in by_server]
    elif placement == "both":
        by_server = [tool for tool in by_server if not any(tool in call.mine for call in clients)]
    if placement == "both":
        for_the_record = plan.warehouse and (main == "client" or plan.sources.server is None)
        clients = [call for call in clients if call.mine or for_the_record] or clients[:1]
    calls = (clients or [Made("client", None, [])]) if placement != "server" else []
    if placement != "client":
        calls = [*calls, Made("server", plan.sources.server, by_server)]
    sent_by_server = {tool for call in calls if call.side == "server" for tool in call.mine}
    for call in calls:
        if call.side == "client" and call.library:
            kind = type_of(call.library)
            maybe = {tool for tool in allowed if tool.perhaps_from(kind, event.call)} - sent_by_server
            call.mine = [tool for tool in allowed if tool in call.mine or tool in maybe]

    delivered = {tool for call in calls for tool in call.mine}
    for call in calls:
        call.integrations = object_of(plan, event, call, calls, main, sensitive=sensitive)
    makers = {tool: [call.library for call in calls if tool in call.mine] for tool in delivered - sent_by_server}
    return Routed(
        advice=advice,
        placement=placement,
        main=main,
        calls=calls,
        unreachable=[tool.key for tool in wanted_of(plan, event) if tool not in delivered],
        partial=[tool.key for tool in allowed if tool in makers and set(libraries) - set(makers[tool])],
    )


def object_of(
    plan: Plan, event: Event, call: Made, calls: list[Made], main: str, *, sensitive: bool
) -> dict[str, object]:
    """The integrations object of one call. What is refused counts as excluded: some libraries would deliver to it."""
    tools, wanted = tools_of(plan), wanted_of(plan, event)
    elsewhere = {tool for other in calls if other is not call for tool in other.mine}
    kind = type_of(call.library) if call.library else call.side if call.side == "server" else "web"
    refused = {tool for tool in wanted if sensitive and tool.advertising}
    not_mine = [
        tool
        for tool in tools
        if tool not in call.mine
        and tool.may_be_reached_from(kind)
        and (tool not in wanted or tool in elsewhere or tool in refused)
    ]
    both = {other.side for other in calls} == {"client", "server"}
    closed = {
        "All": False,
        **_entries(call, tools, lambda tool: tool in not_mine and _needs_a_false(tool, call.library, kind)),
    }
    deny = _entries(call, tools, lambda tool: tool in not_mine and tool.key not in OFF_BY_DEFAULT, only=OFF_BY_DEFAULT)
    if plan.warehouse:
        main_is_made = any(other.library for other in calls if other.side == main)
        closed["Warehouses"] = {"all": not (both and call.side != main and main_is_made)}
    must_close = (bool(tools) and not wanted) or sensitive or (both and (call.side == "client" or main == "client"))
    if must_close or (not_mine and len(closed) <= len(deny)):
        return closed
    return deny


def _entries(call: Made, tools: list[Tool], excluded, only: set[str] | None = None) -> dict[str, object]:
    entries: dict[str, object] = {}
    for tool in tools:
        if tool in call.mine and (only is None or tool.key in only):
            entries[tool.key] = True
        elif tool not in call.mine and excluded(tool):
            entries[tool.key] = False
        if tool.key in entries and call.library == "analytics.js" and tool.key in ALSO_KNOWN_AS:
            entries[ALSO_KNOWN_AS[tool.key]] = entries[tool.key]
    return entries


def _needs_a_false(tool: Tool, library: str | None, kind: str) -> bool:
    """Whether ``All: false`` does not stop it on this library."""
    if library == "analytics.js":
        return tool.kind == "actions-hybrid" or tool.family == "braze"
    return library in LOOK_AT_THEIR_OWN_KEY_ONLY and tool.mode(kind) == "device"
