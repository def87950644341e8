"""Destinations, sources, answers and decisions of every kind that routing distinguishes, and plans made of them."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from advisor.model import CALL_TYPES, CustomReach, Decision, Destination, Event, Placement, Plan, Property, Sources

from .reference import QUESTIONS

CUSTOM_WEB = Destination(key="Our pixel", custom=CustomReach(web="device"))
CUSTOM_SERVER = Destination(key="Our ledger (Acme)", custom=CustomReach(server="cloud"))
CUSTOM_APP = Destination(key="Our app SDK", custom=CustomReach(mobile="device", server="cloud"))
DESTINATIONS = (
    Destination(key="Facebook Pixel"),  # device on the web only, advertising
    Destination(key="FullStory"),  # device on the web only, calls by its browser code
    Destination(key="LinkedIn Insight Tag"),  # only loads
    Destination(key="comScore"),  # its browser code takes pages only, its app SDK all
    Destination(key="Marketo V2"),  # takes track from servers, and from a page only in cloud mode
    Destination(key="Mixpanel"),  # both modes, device by default on the web
    Destination(key="Mixpanel", web_mode="cloud", mobile_mode="device"),
    Destination(key="Iterable"),  # cloud only, everywhere
    Destination(key="HubSpot"),  # device on the web, cloud elsewhere
    Destination(key="Customer.io"),  # takes group from the page only
    Destination(key="Firebase"),  # an SDK in an app only, advertising
    Destination(key="Localytics"),  # device on web and mobile, no server, no advertising
    Destination(key="AppsFlyer", mobile_mode="device"),  # mobile and server
    Destination(key="Actions Amplitude"),  # hybrid: a browser plugin enriches it
    Destination(key="Actions Google Enhanced Conversions"),  # hybrid with a second name
    Destination(key="Ms Bing Capi"),  # hybrid with a second name
    Destination(key="Bing Ads"),  # the pixel that shares ids with it
    Destination(key="Appboy"),  # Braze classic: both modes
    Destination(key="Braze Web Mode (Actions)"),
    Destination(key="Braze Cloud Mode (Actions)"),
    Destination(key="Salesforce"),  # off by default
    Destination(key="AWS S3"),  # does not look at the object
    Destination(key="Facebook Offline Conversions"),  # server only, catalogue unsure
    Destination(key="Klaviyo"),  # web only, catalogue unsure
    Destination(key="PERSONAS - Google AdWords"),  # audiences only
    Destination(key="Segment"),  # reverse ETL only
    CUSTOM_WEB,
    CUSTOM_SERVER,
    CUSTOM_APP,
)
SOURCES = (
    Sources(client=("analytics.js",), server="analytics-node"),
    Sources(client=("swift",), server="analytics-python"),
    Sources(client=("analytics.js", "kotlin"), server="analytics-go"),
    Sources(client=("ios", "react-native"), server="http-api"),
    Sources(client=("analytics.js",), server=None),
    Sources(client=("unity", "analytics.js"), server=None),
    Sources(client=(), server="analytics-ruby"),
    Sources(),
)


def _answers(**given: str) -> dict[str, str]:
    return {question: given[question] for question in QUESTIONS if question in given}


ANSWERS = (
    {},
    _answers(stored_in_database="yes"),
    _answers(stored_in_database="no"),
    _answers(needs_cookies="yes", sensitive="no"),
    _answers(accuracy="yes", needs_client_context="yes"),
    _answers(payment="yes", stored_in_database="yes", sensitive="no", needs_cookies="yes"),
    _answers(sensitive="yes"),
    _answers(sensitive="yes", browser_only="yes"),
    _answers(browser_only="yes", sensitive="no"),
    _answers(browser_only="yes", payment="yes"),
    _answers(browser_only="yes", accuracy="yes"),
    _answers(user_absent="yes", browser_only="yes"),
    _answers(client_only_destination="yes", computed_from_database="yes"),
)
DECISIONS: tuple[Decision | None, ...] = (
    None,
    Decision(placement="client"),
    Decision(placement="server"),
    Decision(placement="both"),
)
PROPERTIES = (
    Property(name="total", type="number", known_by="server"),
    Property(name="email", type="string", sensitive=True),
    Property(name="page", type="string", known_by="client"),
    Property(name="plan", type="string"),
)


def keys_of(plan: Plan) -> tuple[str, ...]:
    """The integrations keys of a plan's destinations."""
    return tuple(destination.key for destination in plan.destinations)


def groups(size: int) -> Iterator[tuple[Destination, ...]]:
    """Every group of destinations of this size with different keys, in the order above."""
    for group in combinations(DESTINATIONS, size):
        if len({destination.key for destination in group}) == size:
            yield group


def events_for(keys: tuple[str, ...], phase: int, count: int) -> Iterable[Event]:
    """Some of the events that this plan could have: the phase picks others for the next plan."""
    wanted = ["all", *(tuple(chosen) for size in range(len(keys)) for chosen in combinations(keys, size))]
    everything = len(wanted) * len(ANSWERS) * len(CALL_TYPES) * len(DECISIONS)
    # A stride without a common divisor with the number of events visits all of them over the plans.
    for step in range(count):
        number = (phase * count + step) * 2741 % everything
        number, which = divmod(number, len(wanted))
        number, answers = divmod(number, len(ANSWERS))
        decision, call = divmod(number, len(CALL_TYPES))
        yield Event(
            name=f"Event {step}",
            call=CALL_TYPES[call],
            answers=ANSWERS[answers],
            destinations=wanted[which],
            properties=PROPERTIES if step % 2 else PROPERTIES[:2],
            decision=DECISIONS[decision],
        )


def systematic_plans(size: int, events: int) -> Iterator[Plan]:
    """A plan for every group of destinations with every set of sources, its warehouse on and off in turn."""
    for phase, (group, sources) in enumerate(product(groups(size), SOURCES)):
        plan = Plan(sources=sources, destinations=group, warehouse=phase % 2 == 1)
        yield Plan(
            sources=sources,
            destinations=group,
            warehouse=plan.warehouse,
            events=tuple(events_for(keys_of(plan), phase, events)),
        )


def placements() -> st.SearchStrategy[Placement]:
    """A placement."""
    return st.sampled_from(["client", "server", "both"])


@st.composite
def plans(draw: st.DrawFn, *, most: int = 5) -> Plan:
    """Any plan of a few destinations of every kind, with any answers, sources, wants and decisions."""
    destinations = tuple(
        draw(st.lists(st.sampled_from(DESTINATIONS), max_size=most, unique_by=lambda destination: destination.key))
    )
    client = st.lists(
        st.sampled_from(["analytics.js", "swift", "kotlin", "flutter", "android"]), max_size=3, unique=True
    )
    sources = Sources(
        client=tuple(draw(client)), server=draw(st.sampled_from([None, "analytics-node", "analytics-java"]))
    )
    keys = [destination.key for destination in destinations]
    events = st.builds(
        Event,
        name=st.sampled_from(["Order Completed", "Page Viewed"]),
        call=st.sampled_from(CALL_TYPES),
        answers=st.fixed_dictionaries(
            {}, optional={question: st.sampled_from(["yes", "no"]) for question in QUESTIONS}
        ).map(lambda given: _answers(**given)),
        sources=st.one_of(st.just("all"), st.lists(st.sampled_from(sources.client), unique=True).map(tuple))
        if sources.client
        else st.just("all"),
        destinations=st.one_of(
            st.just("all"), st.sets(st.sampled_from(keys)).map(lambda some: tuple(key for key in keys if key in some))
        )
        if keys
        else st.just("all"),
        properties=st.lists(st.sampled_from(PROPERTIES), max_size=4, unique_by=lambda p: p.name).map(tuple),
        decision=st.one_of(st.none(), st.builds(Decision, placement=placements())),
    )
    return Plan(
        sources=sources,
        destinations=destinations,
        warehouse=draw(st.booleans()),
        events=tuple(draw(st.lists(events, min_size=1, max_size=4))),
    )
