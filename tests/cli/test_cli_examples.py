"""Ten events that everybody knows, through the command line, with the placements that the law gives them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PLAN = Path(__file__).parents[1] / "examples" / "ten-events.json"
PROGRAM = Path(sys.executable).with_name("advisor")

# Worked out by hand: the placement and its strength, the decisive rules, and the object of each call.
EXPECTED: dict[str, tuple[str, str, list[str], dict[str, dict[str, bool]]]] = {
    # Money puts it on the server; the pixel runs in the page only, and so carries the cookies there.
    "Order Completed": (
        "both",
        "must",
        ["payment", "client-only-destination", "accuracy", "stored"],
        {
            "client": {"All": False, "Facebook Pixel": True, "Actions Amplitude": False},
            "server": {"Actions Amplitude": False},
        },
    ),
    "Pricing": (
        "client",
        "should",
        ["cookies", "client-context", "not-stored"],
        {"client": {"All": False, "Mixpanel": True, "Actions Amplitude": False}},
    ),
    # Accuracy and context weigh the same: the server wins a tie, and says so.
    "Signed Up": ("server", "should", ["accuracy", "stored", "tie-break"], {"server": {}}),
    "Friend Count": ("server", "must", ["computed", "stored"], {"server": {"Mixpanel": False}}),
    "Subscription Renewed": (
        "server",
        "must",
        ["payment", "user-absent", "accuracy", "stored"],
        {"server": {"Actions Amplitude": False}},
    ),
    "Article Scrolled": (
        "client",
        "must",
        ["browser-only", "not-stored"],
        {"client": {"All": False, "Mixpanel": True, "Actions Amplitude": False}},
    ),
    "Order Refunded": ("server", "must", ["payment", "accuracy", "stored"], {"server": {}}),
    # Nothing speaks for the server, so that Mixpanel gets it from the page too.
    "Product Viewed": (
        "client",
        "must",
        ["client-only-destination", "cookies", "not-stored"],
        {"client": {"Actions Amplitude": False, "Hotjar": False}},
    ),
    # Sensitive: the object is closed, whatever it costs in entries.
    "Invoice Paid": (
        "server",
        "must",
        ["payment", "sensitive", "user-absent", "accuracy", "stored"],
        {"server": {"All": False, "Mixpanel": True}},
    ),
    "Heat Map Clicked": (
        "client",
        "must",
        ["browser-only", "client-only-destination", "not-stored"],
        {"client": {"All": False, "Actions Amplitude": False, "Hotjar": True}},
    ),
}


@pytest.fixture(scope="module")
def advised() -> dict[str, Any]:
    """The events of the plan as `advisor advise` gives them, by name."""
    done = subprocess.run([PROGRAM, "advise", PLAN], capture_output=True, check=True)
    assert done.stderr == b""
    return {event["name"]: event for event in json.loads(done.stdout)["events"]}


def test_the_plan_has_exactly_these_events(advised: dict[str, Any]) -> None:
    """Every event of the example file is worked out below."""
    assert list(advised) == list(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_is_placed_as_the_law_says(advised: dict[str, Any], name: str) -> None:
    """Placement, strength, reasons in their order, and the integrations object of every call."""
    advice = advised[name]["recommendation"]
    placement, strength, rules, objects = EXPECTED[name]
    assert (advice["placement"], advice["strength"], advice["settled"]) == (placement, strength, True)
    assert [reason["rule"] for reason in advice["reasons"]] == rules
    assert {call["side"]: call["integrations"] for call in advice["calls"]} == objects


def test_undeliverable_destinations_are_reported(advised: dict[str, Any]) -> None:
    """A pixel needs a page, and at the time of a renewal no page is open; Meta's server API takes it instead."""
    unreachable = advised["Subscription Renewed"]["recommendation"]["unreachable"]
    assert [(each["destination"], each["reason"]) for each in unreachable] == [("Facebook Pixel", "user-absent")]
    assert unreachable[0]["alternative"] == "Facebook Conversions API (Actions)"


def test_a_client_only_event_has_no_relay(advised: dict[str, Any]) -> None:
    """A relay is for server calls; a scroll has none."""
    assert [name for name, event in advised.items() if event["recommendation"]["relay"]] == []
