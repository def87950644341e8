"""The explanation and the advice agree: what the advice promises of its objects, the explanation finds in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise
from advisor.explain import Explanation, Inquiry, explain
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, Call, CustomReach, Decision, Destination, Event, Plan, Recommendation, Sources

CLIENTS = [key for key, library in LIBRARIES.items() if library.side == "client"]
SERVERS = [key for key, library in LIBRARIES.items() if library.side == "server"]
QUIRKY = [
    *("Actions Amplitude", "Actions Google Enhanced Conversions", "Ms Bing Capi", "Appboy", "Braze Web Mode (Actions)"),
    *("Braze Cloud Mode (Actions)", "Salesforce", "AWS S3", "FullStory", "Fullstory", "Facebook Pixel", "Mixpanel"),
    *("Firebase", "AppsFlyer", "Adjust", "Crisp", "Google Analytics", "Drift", "Customer.io", "LinkedIn Insight Tag"),
]
MODES = st.sampled_from([None, "device", "cloud"])


@st.composite
def destinations(draw: st.DrawFn) -> tuple[Destination, ...]:
    """Up to eight destinations of the catalogue, the difficult ones more often, and perhaps one of one's own."""
    keys = st.sampled_from(QUIRKY) | st.sampled_from(list(CATALOGUE))
    chosen = draw(st.lists(keys, max_size=8, unique=True))
    found = [_with_modes(key, draw(MODES), draw(MODES)) for key in chosen]
    if draw(st.booleans()):
        reach = st.sampled_from(["device", "cloud", "none"])
        custom = CustomReach(web=draw(reach), mobile=draw(reach), server=draw(st.sampled_from(["cloud", "none"])))
        found.append(Destination(key="Our own (Acme)", custom=custom))
    return tuple(found)


def _with_modes(key: str, web: str | None, mobile: str | None) -> Destination:
    row = CATALOGUE[key]
    return Destination(
        key=key,
        web_mode=web if len(row.reaches("web")) > 1 else None,
        mobile_mode=mobile if len(row.reaches("mobile")) > 1 else None,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of one event with any answers, sources, destinations, and perhaps a decision."""
    tools = draw(destinations())
    clients = tuple(draw(st.lists(st.sampled_from(CLIENTS), max_size=3, unique=True)))
    wanted = (
        st.just("all") | st.lists(st.sampled_from([item.key for item in tools]), unique=True).map(tuple)
        if tools
        else st.just("all")
    )
    placements = st.sampled_from(["client", "server", "both"])
    event = Event(
        name="Any",
        call=draw(st.sampled_from(CALL_TYPES)),
        answers=draw(st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]))),
        destinations=draw(wanted),
        decision=draw(st.none() | placements.map(lambda placement: Decision(placement=placement))),
    )
    return Plan(
        sources=Sources(client=clients, server=draw(st.none() | st.sampled_from(SERVERS))),
        destinations=tools,
        warehouse=draw(st.booleans()),
        events=(event,),
    )


def _explained(plan: Plan, call: Call) -> Explanation:
    return explain(
        Inquiry(
            object=call.integrations,
            library=call.library,
            destinations=plan.destinations,
            call=plan.events[0].call,
            warehouse=plan.warehouse,
        )
    )


def _advised(plan: Plan) -> tuple[Plan, Recommendation]:
    (event,) = advise(plan).events
    assert isinstance(event.recommendation, Recommendation)
    return plan, event.recommendation


@given(plans())
def test_the_promised_deliveries_are_found_in_the_objects(plan: Plan) -> None:
    """For every call of the advice, the explanation names the receivers and modes of the recommendation. Stores
    such as S3 keep every call, and the advice has its own finding for them.
    """
    plan, advice = _advised(plan)
    for call in (call for call in advice.calls if call.library):
        found = {
            (verdict.key, verdict.mode)
            for verdict in _explained(plan, call).destinations
            if verdict.verdict in ("receives", "check") and verdict.rule != "storage"
        }
        promised = {
            (delivery.destination, delivery.mode)
            for delivery in advice.deliveries
            if delivery.library == call.library and not _is_storage(delivery.destination)
        }
        assert found == promised, call.integrations


def _is_storage(key: str) -> bool:
    return key in CATALOGUE and CATALOGUE[key].kind == "storage"


@given(plans())
def test_the_objects_of_the_advice_have_no_problem(plan: Plan) -> None:
    """The only problem that may occur is a store that keeps every call."""
    plan, advice = _advised(plan)
    for call in (call for call in advice.calls if call.library):
        explained = _explained(plan, call)
        told = {problem.code for problem in explained.problems}
        allowed = {"storage-ignores-object"} if any(map(_is_storage, call.integrations)) else set()
        assert told <= allowed
        assert explained.corrected is None or told
        assert explained.segment.verdict == "receives"
