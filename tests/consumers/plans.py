"""The plans that other tools read: every type and call, hostile names, and many events. And their export to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor import document
from advisor.model import Destination, Event, Plan, Property, Sources
from running import run

DESTINATIONS = (
    Destination(key="Facebook Pixel"),
    Destination(key="Mixpanel", web_mode="cloud"),
    Destination(key="Actions Amplitude"),
)
HOSTILE = (
    'both "double" and \'single\' `back` \\ slash \\" end \\',
    "</script><script>alert(1)</script><!-- -->",
    "line\nfeed\r\nreturn\ttab",
    "separators \u2028 and \u2029",
    "emoji 😀 👩‍👩‍👧 🇫🇷",
    "${name} %{ if x } $(touch x) #{x} %s {{ x }}",
    "עברית \u202eright to left\u202c العربية",
    "x" * 500,
    "dots.in.the.name",
    "=cmd|' /C calc'!A0",
    "- yes: no # null ~ 1-0 2026-01-01 !tag &a *a",
    "  blanks at both ends  ",
    "#1; end subgraph --> click href javascript:alert(1) |x|",
)


def _property(name: str, type_: str = "string", **more: Any) -> Property:
    return Property(name=name, type=type_, **more)


PRODUCTS = _property(
    "products",
    "array",
    properties=(_property("sku", required=True), _property("price", "number"), _property("gift", "boolean|null")),
)
PROPERTIES = (
    _property("order_id", required=True, description="The shop’s own number"),
    _property("total", "number", required=True, known_by="server"),
    _property("quantity", "integer"),
    _property("first", "boolean"),
    _property("paid_at", "datetime"),
    _property("coupon", "string|null"),
    _property("currency", values=("EUR", "USD")),
    _property("stars", "integer", values=(1, 2, 3)),
    _property("anything", "any"),
    _property("tags", "array"),
    _property("mixed", "integer|string"),
    PRODUCTS,
    _property("address", "object", properties=(_property("city", required=True), _property("zip", sensitive=True))),
)
"""A property of each type, with children, allowed values and null."""


def _plan(name: str, *events: Event, common: tuple[Property, ...] = ()) -> Plan:
    sources = Sources(client=("analytics.js",), server="analytics-node")
    return Plan(
        name=name,
        description="Made for a test",
        sources=sources,
        destinations=DESTINATIONS,
        common=common,
        events=events,
    )


def shop(*calls: str) -> Plan:
    """Return a plan with an event for each call, and ordinary names. Only track calls if none are named."""
    events = {
        "track": Event(
            name="Order Completed",
            description="The charge succeeded",
            labels={"team": "checkout", "areas": ("shop", "money")},
            answers={"payment": "yes", "stored_in_database": "yes"},
            properties=PROPERTIES,
        ),
        "page": Event(name="Home", call="page", properties=(_property("section"),)),
        "screen": Event(name="Start", call="screen", properties=(_property("section"),)),
        "identify": Event(name="Identify", call="identify", properties=(_property("email", sensitive=True),)),
        "group": Event(name="Group", call="group", properties=(_property("plan"),)),
    }
    others = [events[call] for call in calls or ("track",)]
    more = (Event(name="Signed Up"), Event(name="Product Viewed", version=2, properties=(PRODUCTS,)))
    return _plan("Shop", *others, *more, common=(_property("app_version", required=True),) if "page" in calls else ())


def hostile(*, without: tuple[str, ...] = ()) -> Plan:
    """Return a plan whose names, descriptions and values are hostile."""
    return _plan(
        "Hostile <b>", *(_hostile_event(number, text) for number, text in enumerate(HOSTILE) if text not in without)
    )


def _hostile_event(number: int, text: str) -> Event:
    properties = (_property(text, description=text, values=(text, "other")), _property(f"plain_{number}", "number"))
    return Event(name=text, description=text, properties=properties)


def large(count: int) -> Plan:
    """Return a plan with many events."""
    return _plan(
        "Large", *(Event(name=f"Event {number}", properties=(_property("total", "number"),)) for number in range(count))
    )


EVERY_CALL = ("track", "page", "screen", "identify", "group")
SMALL = (shop(*EVERY_CALL), hostile())
"""A plan with every call that rules of Segment can be for, and one with hostile names."""


def saved(plan: Plan, folder: Path) -> Path:
    """Return the file of a plan document, written into a folder."""
    path = folder / "tracking-plan.json"
    path.write_bytes(document.write(document.check(plan)[0]))
    return path


def exported(plan: Plan, key: str, folder: Path, *options: str) -> dict[str, Path]:
    """Return the files of an export by their path in the folder that ``advisor export`` wrote."""
    target = folder / key
    done = run("export", saved(plan, folder), "--to", key, "-o", f"{target}/", *options)
    assert done.exit_code == 0, done.output
    return {path.relative_to(target).as_posix(): path for path in sorted(target.rglob("*")) if path.is_file()}
