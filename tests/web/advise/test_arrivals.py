"""The event on its way on the first page: what it says about reach is what the advice says, in every case."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.losses import losses
from advisor.knowledge import citations as cite
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.model import Decision, Destination, Event, Plan, Recommendation, Sources, recommendation_of
from advisor.web.advise.arrivals import BLOCKED, NOBODY_THERE, REFUSED, TRIPS, Trip, outcome
from advisor.web.advise.example_plan import EVENT, PLAN
from advisor.web.advise.example_sheet import example_result
from advisor.web.advise.stage import example_stage, stage
from advisor.web.advise.trip_words import CAUSES, sentences
from page_client import PageClient
from serving import ROOT

BY_KEY = {trip.key: trip for trip in TRIPS}
SHEET = ROOT / "static" / "advise" / "cases.css"
KEYS = st.sampled_from(sorted(CATALOGUE))
PLANS = st.builds(
    lambda keys, consents, answers: Plan(
        sources=PLAN.sources,
        destinations=tuple(Destination(key=key, consent=consents.get(key, "")) for key in keys),
        events=(Event(name="E", answers={key: answers[key] for key in QUESTION_KEYS if key in answers}),),
    ),
    st.lists(KEYS, unique=True, max_size=12),
    st.dictionaries(KEYS, st.just("analytics"), max_size=300),
    st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"])),
)


def advised(plan: Plan, trip: Trip) -> tuple[Plan, Event, Recommendation]:
    """Return the plan, its event and the advice, as if the team had decided for the sides of a case."""
    event = replace(plan.events[0], decision=Decision(placement=trip.sides))
    event = with_answer(event, "user_absent", "yes") if trip.away else event
    plan = advise(replace(plan, events=(event,)))
    return plan, plan.events[0], recommendation_of(plan.events[0])


@given(PLANS, st.sampled_from(TRIPS))
def test_a_tool_gets_the_event_if_the_advice_delivers_it_and_nothing_stops_that_call(plan: Plan, trip: Trip) -> None:
    """Somebody who is away or has a blocker stops the calls of the client only; a refusal stops tools with a category."""
    _, _, advice = advised(plan, trip)
    refused = {item.key for item in plan.destinations if item.consent}
    expected = {
        each.destination
        for each in advice.deliveries
        if not (each.side == "client" and (trip.away or trip.blocker))
        and not (trip.refusal and each.destination in refused)
    }
    result = outcome(plan, trip)
    assert {each.key for each in result.arrived} == expected
    assert {each.key for each in result.arrivals} == {each.destination for each in advice.deliveries} | {
        each.destination for each in advice.unreachable
    }


@given(PLANS, st.sampled_from(TRIPS))
def test_every_tool_that_gets_nothing_has_the_first_cause_that_holds(plan: Plan, trip: Trip) -> None:
    """First the reason of the law, then that nobody is there, then the blocker, then the refusal."""
    plan, event, advice = advised(plan, trip)
    reasons = {each.destination: each.reason for each in advice.unreachable}
    stops = any(each.side == "client" and each.citation == cite.ADVERTISING_FUNNEL for each in losses(plan, event))
    for each in outcome(plan, trip).arrivals:
        if each.key in reasons:
            assert (each.cause, each.delivery) == (reasons[each.key], None)
        elif each.cause == NOBODY_THERE:
            assert trip.away
            assert each.delivery is not None
            assert each.delivery.side == "client"
        elif each.cause == BLOCKED:
            assert trip.blocker
            assert not trip.away
            assert stops
        else:
            assert each.cause == (REFUSED if trip.refusal and _consent(plan, each.key) else "")


def _consent(plan: Plan, key: str) -> str:
    return next(item.consent for item in plan.destinations if item.key == key)


@given(PLANS)
def test_only_a_client_call_has_a_loss_that_a_blocker_causes(plan: Plan) -> None:
    """The page takes from the losses what a blocker stops, so each client call needs one, and a server call alone has none."""
    for sides in ("both", "client", "server"):
        plan_, event, _ = advised(plan, Trip(sides))
        found = [each for each in losses(plan_, event) if each.citation == cite.ADVERTISING_FUNNEL]
        assert len(found) == (sides != "server")


def test_with_nobody_there_the_example_arrives_where_the_server_alone_delivers() -> None:
    """The advice for an event of the server that can happen with nobody there says the same, with the same reasons."""
    _, _, advice = advised(PLAN, Trip("server", away=True))
    for sides in ("both", "server"):
        result = outcome(PLAN, Trip(sides, away=True))
        assert {each.key for each in result.arrived} == {each.destination for each in advice.deliveries}
        assert {(each.key, each.cause) for each in result.arrivals if each.cause} == {
            (each.destination, each.reason) for each in advice.unreachable
        }


def test_the_example_is_advised_to_come_from_both_sides_and_all_its_tools_get_it() -> None:
    """The picture begins with the case that the advice recommends."""
    plan = advise(PLAN)
    assert recommendation_of(plan.events[0]).placement == "both"
    assert outcome(PLAN, TRIPS[0]).arrived == outcome(PLAN, TRIPS[0]).arrivals
    assert TRIPS[0] == Trip("both")
    assert EVENT.suggested


def test_a_tool_that_runs_in_the_page_is_reached_from_no_server() -> None:
    """The words for the reason code ``mode`` hold for the tools of the example."""
    for each in outcome(PLAN, Trip("server")).arrivals:
        assert (each.cause == "mode") == (not CATALOGUE[each.key].reaches("server"))


@pytest.mark.parametrize("trip", TRIPS, ids=lambda trip: trip.key)
def test_the_picture_shows_each_case_as_it_is(trip: Trip) -> None:
    """Tools, causes and sentences are shown in the cases that they belong to, and every cause has its words."""
    result, shown = outcome(PLAN, trip), example_stage()
    tools = {tool.key: tool for lane in shown.lanes for tool in lane.tools}
    assert set(tools) == {each.key for each in result.arrivals}
    for each in result.arrivals:
        tool = tools[each.key]
        assert (trip.key in tool.off.split()) == bool(each.cause)
        told = [cause.text for cause in tool.causes if trip.key in cause.cases.split()]
        assert told == ([CAUSES[each.cause]] if each.cause else [])
    said = [each.text for each in shown.says if trip.key in each.cases.split()]
    assert said == list(sentences(PLAN, result))
    assert said
    for lane in shown.lanes:
        is_fed = any(each.delivery and each.key in {t.key for t in lane.tools} for each in result.arrivals)
        makes_call = bool(result.calls) and ("server" in result.calls or not trip.away) and is_fed
        assert (trip.key in lane.silent.split()) == (
            not makes_call or (lane.side == "client" and "client" not in result.calls)
        )


@pytest.mark.parametrize("trip", TRIPS, ids=lambda trip: trip.key)
def test_a_case_is_said_in_one_to_three_sentences(trip: Trip) -> None:
    """Each is a whole one, and no longer than two lines of the page."""
    said = sentences(PLAN, outcome(PLAN, trip))
    assert 1 <= len(said) <= 3
    assert all(re.fullmatch(r"[A-Z].*[.]", text) and len(text) <= 130 for text in said), said


def test_a_plan_without_refusals_never_speaks_of_them() -> None:
    """The sentence about consent depends on the categories of the tools that a call is meant to reach."""
    plain = replace(PLAN, destinations=tuple(replace(item, consent="") for item in PLAN.destinations))
    assert "refused" not in " ".join(each.text for each in stage(plain).says)
    assert outcome(plain, Trip("both", refusal=True)).arrived == outcome(plain, Trip("both")).arrived


def test_the_stylesheet_has_one_selector_for_each_case() -> None:
    """A case without its selector would show another one's words; the selectors name the switches and nothing else."""
    text = SHEET.read_text()
    for attribute in ("data-in", "data-off"):
        found = re.findall(rf'^  (\.sim.*) \[{attribute}~="(\w+)"\]', text, re.MULTILINE)
        assert sorted(key for _, key in found) == sorted(BY_KEY)
        for selector, key in found:
            trip = BY_KEY[key]
            on, _, off = selector.partition(":not(")
            flags = {"blocker": trip.blocker, "refusal": trip.refusal, "away": trip.away}
            assert set(re.findall(r"#sim-(\w+):checked", on)) == {
                trip.sides,
                *(name for name, is_on in flags.items() if is_on),
            }
            assert set(re.findall(r"#sim-(\w+):checked", off)) == {name for name, is_on in flags.items() if not is_on}


def test_the_page_shows_the_whole_picture_as_words(client: PageClient) -> None:
    """Names, lanes and sentences are text; each tool leads to its page; the switches are plain radios and tick boxes."""
    client.get("/")
    way = client.page.root.by_class("sim")[0]
    for lane in example_stage().lanes:
        assert lane.library in way.text
        for tool in lane.tools:
            assert any(link.text == tool.name and "/destinations/" in link["href"] for link in way.all("a"))
    assert all(each.text in way.text for each in example_stage().says)
    assert [each["id"] for each in way.all("input") if "checked" in each.attributes] == ["sim-both"]


def test_the_example_of_a_pasted_plan_is_read_and_advised() -> None:
    """Its numbers add up, and its rows are those of the sheet."""
    result = example_result()
    lines = (ROOT / "advisor" / "web" / "advise" / "example_sheet.csv").read_text().splitlines()[1:]
    assert result.events == len(lines)
    assert result.settled + result.open == result.events
    assert 0 < result.differing < result.events
    sides = {"web": "client", "backend": "server"}
    assert all(
        f"{row.name},{word}" in lines for row in result.rows for word, side in sides.items() if side == row.sheet
    )
    assert {row.sheet == row.advice for row in result.rows} == {True, False}


def test_a_sheet_of_other_sources_says_other_libraries() -> None:
    """The picture follows the plan, not the example."""
    app = replace(PLAN, sources=Sources(client=("swift",), server="analytics-python"))
    assert [lane.library for lane in stage(app).lanes] == ["swift", "analytics-python"]
