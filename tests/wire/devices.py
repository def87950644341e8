"""Destinations in device mode: which a plan has, and whether exactly the promised ones got a message."""

from __future__ import annotations

from typing import Literal

from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination

from .plans import DESTINATIONS, Written


def device_destinations(source_type: Literal["web", "mobile"]) -> list[tuple[str, list[str]]]:
    """Keys of the destinations that the app or page itself feeds, and the call types that each takes."""
    takes_more = ["screen"] if source_type == "mobile" else []  # an app passes screens to every destination
    return [(each.key, _takes(each.key) + takes_more) for each in DESTINATIONS if _mode(each, source_type) == "device"]


def _mode(destination: Destination, source_type: Literal["web", "mobile"]) -> str | None:
    chosen = destination.web_mode if source_type == "web" else destination.mobile_mode
    return chosen or next(iter(CATALOGUE[destination.key].reaches(source_type)), None)


def _takes(key: str) -> list[str]:
    row = CATALOGUE[key]
    return sorted({"track" if each == "ecom" else each for each in row.methods | (row.web_methods or frozenset())})


def in_deliveries(written: Written, message_id: str, delivered: list[tuple[str, str]]) -> list[str]:
    """How the deliveries in device mode differ from what the advice promises for this call."""
    promised = sorted(
        each.destination
        for each in written.advice.deliveries
        if each.library == written.call.library and each.mode == "device"
    )
    got = sorted(key for key, given in delivered if given == message_id)
    return [] if got == promised else [f"device mode: {got} for {promised}"]
