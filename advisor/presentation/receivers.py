"""Finds the destinations that an event reaches without a call made for them: storage, and tools that only load."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.reach.network import tool
from advisor.knowledge.catalogue import STORAGE_KIND
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Delivery, Destination, Event, recommendation_of


class Receivers:
    """The destinations of one plan. ``keys`` are their keys; ``takes_calls`` is whether at least one can get a call."""

    def __init__(self, destinations: tuple[Destination, ...]) -> None:
        tools = [tool(item) for item in destinations]
        self.keys = tuple(item.key for item in tools)
        self.takes_calls = not all(item.loads_only for item in tools)
        self._stores = [item for item in tools if item.kind == STORAGE_KIND]
        self._loading = [item.key for item in tools if item.loads_only]

    def storage_deliveries(self, event: Event) -> tuple[Delivery, ...]:
        """Return the deliveries to storage that the advice does not list: storage keeps every call that reaches it."""
        return tuple(self._storage_deliveries(event)) if self._stores else ()

    def _storage_deliveries(self, event: Event) -> Iterator[Delivery]:
        advice = recommendation_of(event)
        meant = {(item.destination, item.side, item.library) for item in advice.deliveries}
        for call in advice.calls:
            for item in self._stores if call.library else ():
                assert call.library is not None
                mode = item.mode_for(event.call, LIBRARIES[call.library].type)
                if mode and (item.key, call.side, call.library) not in meant:
                    yield Delivery(destination=item.key, side=call.side, library=call.library, mode=mode)

    def loading_only(self, event: Event) -> tuple[str, ...]:
        """Return the keys of the wanted destinations that only load and take no calls."""
        return tuple(key for key in self._loading if wants(event, key))

    def unwanted(self, event: Event) -> tuple[str, ...]:
        """Return the keys of the destinations that the event doesn't want and does not reach, in the plan's order."""
        if event.destinations == "all":
            return ()
        reached = {item.destination for item in self.storage_deliveries(event)}
        return tuple(
            key for key in self.keys if not wants(event, key) and key not in reached and key not in self._loading
        )


def wants(event: Event, key: str) -> bool:
    """Return whether the event wants this destination of its plan."""
    return event.destinations == "all" or key in event.destinations
