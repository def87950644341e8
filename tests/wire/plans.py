"""The plan that is sent through every library: ten ordinary events, hostile ones, and three that both sides share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Call, Decision, Destination, Event, Plan, Property, Recommendation, Sources
from advisor.snippets.files import snippets_of
from advisor.snippets.function_names import FunctionName, function_names

DESTINATIONS = (
    Destination(key="Facebook Pixel"),
    Destination(key="Facebook Conversions API (Actions)"),
    Destination(key="Google Analytics"),
    Destination(key="Drift"),
    Destination(key="Mixpanel", web_mode="cloud"),
    Destination(key="Actions Amplitude"),
    Destination(key="Braze Web Mode (Actions)"),
    Destination(key="AppsFlyer", mobile_mode="device"),
    Destination(key="Adjust", mobile_mode="device"),
)
"""Device mode on the web (classic and Actions), device mode on a phone, and the cloud."""

HOSTILE = (
    'both "double" and \'single\' `back` \\ slash \\" end \\',
    "</script><script>alert(1)</script><!-- -->",
    "line\nfeed\r\nreturn\ttab",
    "separators \u2028 and \u2029",
    "emoji 😀 👩‍👩‍👧 🇫🇷",
    "${name} $(touch x) `touch x` #{x} %s {{ x }}",
    "עברית \u202eright to left\u202c العربية",
    "x" * 500,
    "dots.in.the.name",
    "it''s @file $'x' */ // #",
)


@dataclass(frozen=True)
class Written:
    """A function of a generated file, and the call that it promises to make."""

    function: FunctionName
    event: Event
    call: Call

    @property
    def advice(self) -> Recommendation:
        """Return what was recommended for the event."""
        assert isinstance(self.event.recommendation, Recommendation)
        return self.event.recommendation


def _items(*names: str, **kinds: str) -> tuple[Property, ...]:
    return tuple(Property(name=name, type=kinds.get(name, "string")) for name in names)


def _ordinary(library: str) -> Iterator[Event]:
    is_mobile = LIBRARIES[library].type == "mobile"
    yield Event(name="Signed Up", properties=_items("method", "plan"))
    yield Event(
        name="Product Viewed", properties=_items("sku", "price", "in_stock", price="number", in_stock="boolean")
    )
    yield Event(name="Video Played", destinations=("Google Analytics", "Drift"))
    yield Event(name="Not For Facebook", destinations=tuple(each.key for each in DESTINATIONS[2:]))
    yield Event(name="Nobody Wants It", destinations=(), properties=_items("why"))
    yield Event(
        name="Diagnosis Opened",
        answers={"sensitive": "yes"},
        destinations=("Mixpanel",),
        properties=(Property(name="code", sensitive=True), Property(name="kind", values=("a", "b"))),
    )
    yield Event(
        name="Home",
        call="screen" if is_mobile else "page",
        properties=_items("section"),
        destinations=("Drift", "Mixpanel"),
    )
    yield Event(name="profile", call="identify", properties=_items("plan", "age", age="integer"))
    yield Event(
        name="team", call="group", properties=_items("size", size="integer"), destinations=("Mixpanel", "Drift")
    )
    yield Event(name="merge", call="alias", destinations=("Mixpanel",))


def _hostile() -> Iterator[Event]:
    for number, text in enumerate(HOSTILE):
        inner = Property(name="inner", type="object", properties=(Property(name=text, values=(text,)),))
        yield Event(
            name=text,
            properties=(Property(name=text, values=(text,)), inner),
            destinations=("all", ("Drift", "Mixpanel"), ())[number % 3],
        )


def _shared() -> Iterator[Event]:
    yield Event(
        name="Order Completed",
        answers={"payment": "yes", "needs_cookies": "yes", "needs_client_context": "yes"},
        properties=(
            Property(name="total", type="number", required=True, known_by="server"),
            Property(name="currency", values=("EUR", "USD")),
            Property(name="coupon seen", type="boolean", known_by="client"),
            Property(
                name="products",
                type="array",
                properties=(Property(name="sku", type="string"), Property(name="margin", sensitive=True)),
            ),
            Property(name="email", type="string", sensitive=True),
        ),
    )
    yield Event(name="Shelf Scrolled", answers={"browser_only": "yes", "payment": "yes"})
    yield Event(name="Subscription Renewed", answers={"user_absent": "yes", "needs_cookies": "yes"})


def _on(side: str, event: Event) -> Event:
    changes = {name: getattr(event, name) for name in event.__struct_fields__}
    return Event(**(changes | {"decision": Decision(placement=side)}))


def plan_for(library: str) -> Plan:
    """Return the advised plan. Ordinary and hostile events are placed on the library's side; the others where the law
    puts them.
    """
    side = LIBRARIES[library].side
    sources = (
        Sources(client=(library,), server="analytics-node")
        if side == "client"
        else Sources(client=("analytics.js",), server=library)
    )
    placed = (_on(side, event) for event in (*_ordinary(library), *_hostile()))
    return advise(
        Plan(sources=sources, destinations=DESTINATIONS, warehouse=True, events=(*_shared(), *placed)),
    )


def written_calls(plan: Plan, library: str) -> list[Written]:
    """Return the functions of the library's file, in their order."""
    names = function_names((event.call, event.name) for event in plan.events)
    return [
        Written(name, event, call)
        for name, event in zip(names, plan.events, strict=True)
        if isinstance(event.recommendation, Recommendation)
        for call in event.recommendation.calls
        if call.library == library
    ]


def file_of(plan: Plan, library: str) -> str:
    """Return the text of the library's file, as ``advisor snippets`` writes it."""
    return snippets_of(plan, [library])[0].text
