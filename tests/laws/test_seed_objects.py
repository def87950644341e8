"""Objects that a reader can check by hand: Segment's own two examples, then one example for every quirk of the law."""

from dataclasses import dataclass, field

import pytest

from advisor.advice import advise
from advisor.model import CallType, Destination, Event, Plan, Recommendation, Sources

WEB_SHOP = Sources(client=("analytics.js",), server="analytics-node")
NOT_STORED = {"stored_in_database": "no"}
PAYMENT = {"payment": "yes"}
CLIENT, SERVER = "client", "server"
NEITHER_WAREHOUSE = {"all": False}
EVERY_WAREHOUSE = {"all": True}


def objects_of(plan: Plan) -> list[tuple[str, dict[str, object]]]:
    """Side and object of each call of the plan's only event."""
    recommendation = advise(plan).events[0].recommendation
    assert isinstance(recommendation, Recommendation)
    return [(call.side, dict(call.integrations)) for call in recommendation.calls]


def test_segments_example_excludes_one_tool() -> None:
    """A scroll is nothing a shop stores, so the page sends it; and it tells everyone but the advertising pixel.

    One of three tools is unwanted: naming it takes one entry, naming the other two and ``All`` takes three.
    """
    plan = Plan(
        sources=WEB_SHOP,
        destinations=(
            Destination(key="Google Analytics"),
            Destination(key="Mixpanel"),
            Destination(key="Facebook Pixel"),
        ),
        events=(Event(name="Article Scrolled", answers=NOT_STORED, destinations=("Google Analytics", "Mixpanel")),),
    )
    assert objects_of(plan) == [(CLIENT, {"Facebook Pixel": False})]


def test_segments_example_names_the_only_two_tools() -> None:
    """A chat that opens concerns the web statistics and the chat tool alone, out of six tools.

    Naming the four others takes four entries, and leaves out the next tool that someone connects; ``All`` and the
    two wanted ones take three.
    """
    plan = Plan(
        sources=WEB_SHOP,
        destinations=tuple(
            Destination(key=key)
            for key in ("Google Analytics", "Facebook Pixel", "Drift", "Mixpanel", "Hotjar", "Customer.io")
        ),
        events=(Event(name="Chat Opened", answers=NOT_STORED, destinations=("Google Analytics", "Drift")),),
    )
    assert objects_of(plan) == [(CLIENT, {"All": False, "Google Analytics": True, "Drift": True})]


@dataclass(frozen=True)
class Example:
    """An event, the plan around it, and the object of each of its calls."""

    shows: str
    destinations: tuple[str, ...]
    expected: list[tuple[str, dict[str, object]]]
    wanted: tuple[str, ...] | None = None
    answers: dict[str, str] = field(default_factory=lambda: NOT_STORED)
    sources: Sources = WEB_SHOP
    call: CallType = "track"
    warehouse: bool = False
    settings: dict[str, dict[str, str]] = field(default_factory=dict)

    def plan(self) -> Plan:
        """The plan with this one event."""
        destinations = tuple(Destination(key=key, **self.settings.get(key, {})) for key in self.destinations)
        event = Event(
            name="Anything",
            call=self.call,
            answers=self.answers,
            destinations="all" if self.wanted is None else self.wanted,
        )
        return Plan(sources=self.sources, destinations=destinations, warehouse=self.warehouse, events=(event,))


EXAMPLES = (
    Example("everything wanted needs no entry", ("Mixpanel", "Iterable"), [(CLIENT, {})]),
    Example(
        "nothing wanted closes the object",
        ("Mixpanel", "Iterable"),
        [(CLIENT, {"All": False, "Warehouses": EVERY_WAREHOUSE})],
        wanted=(),
        warehouse=True,
    ),
    Example(
        "of two objects of one size the closed one is taken",
        ("Mixpanel", "Iterable", "HubSpot"),
        [(CLIENT, {"All": False, "Iterable": True})],
        wanted=("Iterable",),
    ),
    Example(
        "the half that leads is stored, the other is not",
        ("Facebook Pixel", "Mixpanel"),
        [
            (CLIENT, {"All": False, "Facebook Pixel": True, "Warehouses": NEITHER_WAREHOUSE}),
            (SERVER, {}),
        ],
        answers=PAYMENT,
        warehouse=True,
    ),
    Example(
        "where the client leads, the server half is closed and not stored",
        ("Mixpanel", "Facebook Offline Conversions"),
        [
            (CLIENT, {"All": False, "Mixpanel": True, "Warehouses": EVERY_WAREHOUSE}),
            (SERVER, {"All": False, "Facebook Offline Conversions": True, "Warehouses": NEITHER_WAREHOUSE}),
        ],
        warehouse=True,
    ),
    Example(
        "a sensitive event names what receives it",
        ("Mixpanel", "Iterable"),
        [(SERVER, {"All": False, "Mixpanel": True, "Iterable": True, "Warehouses": EVERY_WAREHOUSE})],
        answers={"sensitive": "yes"},
        warehouse=True,
    ),
    Example(
        "on a page, a closed object names the hybrids and Braze that it excludes",
        ("Hotjar", "Actions Amplitude", "Appboy", "Mixpanel"),
        [
            (CLIENT, {"All": False, "Hotjar": True, "Actions Amplitude": False, "Appboy": False}),
            (SERVER, {}),
        ],
        answers=PAYMENT,
    ),
    Example(
        "in an app, a closed object names the SDKs that it excludes, since they ignore All",
        ("Firebase", "Localytics", "AppsFlyer", "Mixpanel"),
        [(CLIENT, {"All": False, "Firebase": False, "Localytics": True, "AppsFlyer": False}), (SERVER, {})],
        wanted=("Localytics", "AppsFlyer", "Mixpanel"),
        answers=PAYMENT,
        sources=Sources(client=("swift",), server="analytics-node"),
        settings={"AppsFlyer": {"mobile_mode": "device"}},
    ),
    Example(
        "the retired app libraries honour All",
        ("Firebase", "Localytics", "AppsFlyer", "Mixpanel"),
        [(CLIENT, {"All": False, "Localytics": True}), (SERVER, {})],
        wanted=("Localytics", "AppsFlyer", "Mixpanel"),
        answers=PAYMENT,
        sources=Sources(client=("ios",), server="analytics-node"),
        settings={"AppsFlyer": {"mobile_mode": "device"}},
    ),
    Example(
        "a plugin's own name says the same as the key, on a page",
        ("Mixpanel", "Iterable", "Actions Google Enhanced Conversions", "HubSpot", "Ms Bing Capi"),
        [
            (
                CLIENT,
                {"Actions Google Enhanced Conversions": False, "Google Ads Conversions": False},
            )
        ],
        wanted=("Mixpanel", "Iterable", "HubSpot", "Ms Bing Capi"),
    ),
    Example(
        "a closed object has both names, too",
        ("Facebook Pixel", "Ms Bing Capi"),
        [
            (
                CLIENT,
                {"All": False, "Facebook Pixel": True, "Ms Bing Capi": False, "Microsoft Bing CAPI (Actions)": False},
            ),
            (SERVER, {}),
        ],
        answers=PAYMENT,
    ),
    Example(
        "and on a server there is one name",
        ("Mixpanel", "Actions Google Enhanced Conversions", "Iterable"),
        [(SERVER, {"Actions Google Enhanced Conversions": False})],
        wanted=("Mixpanel", "Iterable"),
        answers=PAYMENT,
    ),
    Example(
        "Salesforce is switched on wherever it is wanted, even in an open object",
        ("Salesforce", "Customer.io"),
        [(SERVER, {"Salesforce": True})],
        answers={"accuracy": "yes"},
        call="identify",
    ),
    Example(
        "and it is off by itself where it is not",
        ("Salesforce", "Customer.io"),
        [(SERVER, {})],
        wanted=("Customer.io",),
        answers={"accuracy": "yes"},
        call="identify",
    ),
    Example(
        "what the catalogue is not sure of is excluded by name",
        ("Mixpanel", "Facebook Offline Conversions"),
        [(CLIENT, {"Facebook Offline Conversions": False})],
        wanted=("Mixpanel",),
    ),
    Example(
        "what is wanted and cannot be reached has no key",
        ("Mixpanel", "Firebase"),
        [(CLIENT, {})],
    ),
    Example(
        "a client half for a tool without a name delivers to nobody",
        (),
        [(CLIENT, {"All": False}), (SERVER, {})],
        answers={"payment": "yes", "client_only_destination": "yes"},
    ),
    Example(
        "two sources of one side each have an object of their own",
        ("Firebase", "Facebook Pixel", "Mixpanel"),
        [(CLIENT, {"Facebook Pixel": False}), (CLIENT, {"Firebase": False})],
        wanted=("Mixpanel",),
        sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.shows)
def test_each_quirk_has_an_example(example: Example) -> None:
    """The objects, entry by entry and in order."""
    ordered = [(side, list(entries.items())) for side, entries in objects_of(example.plan())]
    assert ordered == [(side, list(entries.items())) for side, entries in example.expected]
