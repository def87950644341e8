"""The sources and destinations of a plan, and what each side of an event reaches (law, part 2.1).

Used by the routing, and by ``explain`` for the check of integrations objects.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from advisor.advice.reach.situation import Situation
from advisor.knowledge.catalogue import CATALOGUE, Row
from advisor.knowledge.libraries import LIBRARIES, ONLY_ON, Library
from advisor.knowledge.wording import Wording, event_wording
from advisor.model import CallType, CustomReach, Destination, Event, Mode, Plan, Side, SourceType

REFUSED_IF_SENSITIVE = frozenset({"Advertising", "Tag Managers"})
SOURCE_TYPES: tuple[SourceType, ...] = ("web", "mobile", "server")


@dataclass(frozen=True, slots=True)
class Tool:
    """A destination of a plan with its catalogue row; a custom destination has none. ``modes`` is by source type."""

    key: str
    name: str
    row: Row | None
    modes: dict[SourceType, Mode]

    @property
    def kind(self) -> str:
        """The catalogue's kind; empty for a custom destination."""
        return self.row.kind if self.row else ""

    @property
    def family(self) -> str:
        """The vendor that it shares with other destinations; empty if it shares none."""
        return self.row.family if self.row else ""

    @property
    def is_certain(self) -> bool:
        """Whether it is certain which sources reach it."""
        return self.row is None or self.row.confidence == "H"

    @property
    def loads_only(self) -> bool:
        """Whether it takes no calls and only needs to be loaded."""
        return self.row is not None and self.row.loads_only

    @property
    def is_refused_if_sensitive(self) -> bool:
        """Whether neither side may tell it of a sensitive event, because that the event happened is the secret."""
        return self.row is not None and advertises(self.row)

    def may_reach(self, source_type: SourceType) -> bool:
        """Return whether it could receive calls of this source type when it is enabled, judged by flags alone."""
        return source_type in self.modes or not self.is_certain

    def takes(self, call: CallType, source_type: SourceType) -> bool:
        """Return whether it accepts the call type from a source type that reaches it, or may: see `is_uncertain_of`."""
        if source_type != "server" and ONLY_ON.get(call, source_type) != source_type:
            return False
        if self.row is None or (call == "screen" and source_type == "mobile"):
            return True
        if self.row.loads_only:
            return False
        methods = self.row.methods
        if source_type == "web" and self.modes.get("web") == "device" and self.row.web_methods is not None:
            methods = methods | self.row.web_methods
        return call in methods or (call == "screen" and "page" in methods)

    def is_uncertain_of(self, call: CallType) -> bool:
        """Return whether it may ignore a website's call: the catalogue has the call type, its browser code does not."""
        if self.row is None or self.row.web_methods is None or self.modes.get("web") != "device":
            return False
        return call in self.row.methods - self.row.web_methods and not self.row.loads_only

    def surely_takes(self, call: CallType, source_type: SourceType) -> bool:
        """Return whether it certainly accepts the call type from a source type that reaches it."""
        return self.takes(call, source_type) and not (source_type == "web" and self.is_uncertain_of(call))

    def mode_for(self, call: CallType, source_type: SourceType) -> Mode | None:
        """Return the mode in which it certainly receives this call from this source type, or None."""
        mode = self.modes.get(source_type)
        return mode if mode and self.surely_takes(call, source_type) else None


def advertises(row: Row) -> bool:
    """Return whether the catalogue files a destination under a category that a sensitive event must not reach."""
    return not REFUSED_IF_SENSITIVE.isdisjoint(row.categories)


def tool(destination: Destination) -> Tool:
    """Return the destination with all that is known of it. Raises `KeyError` for an unknown key."""
    return _tool(destination.key, destination.web_mode, destination.mobile_mode, destination.custom)


@lru_cache(maxsize=4096)
def _tool(key: str, web_mode: Mode | None, mobile_mode: Mode | None, custom: CustomReach | None) -> Tool:
    if custom is not None:
        reach = {"web": custom.web, "mobile": custom.mobile, "server": custom.server}
        return Tool(key, key, None, {type_: mode for type_, mode in reach.items() if mode != "none"})  # type: ignore[misc]  # the keys are source types
    row = CATALOGUE[key]
    chosen: dict[SourceType, Mode | None] = {"web": web_mode, "mobile": mobile_mode}
    modes: dict[SourceType, Mode] = {}
    for source_type in SOURCE_TYPES:
        if options := row.reaches(source_type):
            wish = chosen.get(source_type)
            modes[source_type] = wish if wish in options else options[0]
    return Tool(key, row.name, row, modes)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What one event wants, and what its sources reach of it. Events that want the same share one scope.

    ``listed`` is the event's own list, ``wanted`` the keys that it means; ``places`` are the indexes of all destinations
    in the plan. Wanted destinations that only load are in ``loaded``, and in no other list of what is wanted or reached.
    ``libraries`` are its client sources that can make the call, ``types`` their source types. ``by_client`` and
    ``by_server`` have what each side certainly reaches: destination key -> mode, on the client per library key.
    ``perhaps`` are the destinations that a website reaches and that may not take the call. ``by_server`` is the same if
    the plan has no server library yet: that changes the routing only, not the advice (law, part 2.2). ``situation``
    has the facts among these that the advice depends on, ``wording`` the words for where the event happens.
    """

    call: CallType
    types: tuple[SourceType, ...]
    listed: Literal["all"] | tuple[str, ...]
    libraries: tuple[Library, ...]
    server: str | None
    tools: tuple[Tool, ...]
    loaded: tuple[Tool, ...]
    places: dict[str, int]
    wanted: frozenset[str]
    by_client: dict[str, dict[str, Mode]]
    by_server: dict[str, Mode]
    perhaps: frozenset[str]
    client_only: tuple[Tool, ...]
    server_only: tuple[Tool, ...]
    situation: Situation
    wording: Wording

    @property
    def named(self) -> bool:
        """Whether the plan names destinations."""
        return self.situation.named

    def reached_by_one(self, side: Side, *, sensitive: bool) -> tuple[Tool, ...]:
        """Return the wanted destinations that this side alone reaches, without those refused if ``sensitive``."""
        tools = self.client_only if side == "client" else self.server_only
        return _unless_refused(tools) if sensitive else tools


class Network:
    """The resolved sources and destinations of one plan, and its common properties. Each scope is computed once."""

    def __init__(self, plan: Plan) -> None:
        tools = [tool(destination) for destination in plan.destinations]
        self.places = {item.key: place for place, item in enumerate(tools)}
        self.tools = tuple(item for item in tools if not item.loads_only)
        self.loaded = tuple(item for item in tools if item.loads_only)
        self.clients = tuple(LIBRARIES[key] for key in plan.sources.client)
        self.server = plan.sources.server
        self.sources = plan.sources
        self.warehouse = plan.warehouse
        self.common = plan.common
        self.types: frozenset[SourceType] = frozenset(library.type for library in self.clients)
        if self.server:
            self.types |= {"server"}
        self._scopes: dict[tuple[object, ...], Scope] = {}

    def scope(self, event: Event) -> Scope:
        """Return what the event wants, and what its sources reach of it."""
        key = (event.call, event.sources, event.destinations)
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._scopes[key] = self._scope(event)
        return scope

    def _scope(self, event: Event) -> Scope:
        call, listed = event.call, event.destinations
        libraries = tuple(
            library
            for library in self.clients
            if (event.sources == "all" or library.key in event.sources)
            and ONLY_ON.get(call, library.type) == library.type
        )
        types = tuple(dict.fromkeys(library.type for library in libraries))
        wanted = [item for item in self.tools if listed == "all" or item.key in listed]
        by_client = {item.key: modes for item in wanted if (modes := _modes(item, call, libraries))}
        by_server = {item.key: mode for item in wanted if (mode := item.mode_for(call, "server"))}
        client_only = tuple(item for item in wanted if item.key in by_client and item.key not in by_server)
        server_only = tuple(item for item in wanted if item.key in by_server and item.key not in by_client)
        return Scope(
            call=call,
            types=types,
            listed=listed,
            libraries=libraries,
            server=self.server,
            tools=self.tools,
            loaded=tuple(item for item in self.loaded if listed == "all" or item.key in listed),
            places=self.places,
            wanted=frozenset(item.key for item in wanted),
            by_client=by_client,
            by_server=by_server,
            perhaps=frozenset(item.key for item in wanted if "web" in types and item.is_uncertain_of(call)),
            client_only=client_only,
            server_only=server_only,
            situation=Situation(
                named=bool(self.tools),
                client_only=bool(client_only),
                client_only_if_sensitive=bool(_unless_refused(client_only)),
                server_only=bool(server_only),
                server_only_if_sensitive=bool(_unless_refused(server_only)),
                server_delivers=bool(by_server),
                client_delivers=bool(by_client),
                warehouse=self.warehouse,
            ),
            wording=event_wording(self.sources, event),
        )


def _modes(item: Tool, call: CallType, libraries: tuple[Library, ...]) -> dict[str, Mode]:
    return {library.key: mode for library in libraries if (mode := item.mode_for(call, library.type))}


def _unless_refused(tools: tuple[Tool, ...]) -> tuple[Tool, ...]:
    return tuple(item for item in tools if not item.is_refused_if_sensitive)
