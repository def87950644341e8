"""Comparisons: every difference is listed, a flip names its cause, and equal things have no differences."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from advisor.advice import advise
from advisor.comparison import (
    EventComparison,
    PlanComparison,
    Stage,
    cause,
    compare_events,
    compare_plans,
    event_changes,
    settings_changes,
)
from advisor.document import fitted
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.model import (
    Against,
    CustomReach,
    Decision,
    Destination,
    Dismissal,
    Event,
    Naming,
    Plan,
    Property,
    Sources,
)

SHOP = Plan(
    name="Shop",
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key="Mixpanel"),),
)
PIXEL = Destination(key="Facebook Pixel")
ORDER = Event(name="Order Completed", answers={"payment": "yes"})

texts = st.text(max_size=12)
named = st.sampled_from(["a", "b", "a\n", " "])
extras = st.just(UNSET) | st.dictionaries(texts, st.none() | st.booleans() | st.integers(0, 1), min_size=1, max_size=2)
values = st.lists(st.sampled_from([1, True, 1.0, "1", None]), max_size=2).map(tuple)
people = st.sampled_from(["", "Maya", "Dismissed"])
properties = st.builds(
    Property,
    name=named,
    type=st.sampled_from(["any", "string|number"]),
    required=st.booleans(),
    sensitive=st.booleans(),
    known_by=st.sampled_from(["either", "client", "server"]),
    values=values,
    description=named,
    properties=st.just(()) | st.lists(st.builds(Property, name=named), max_size=2).map(tuple),
    extra=extras,
)
against = st.none() | st.builds(Against, placement=st.just("client"), ruleset=st.none() | st.just("1"))
decisions = st.builds(
    Decision,
    placement=st.sampled_from(["client", "both"]),
    reason=named,
    author=people,
    date=st.none() | st.just("2026-11-24"),
    against=against,
    extra=extras,
)
dismissals = st.builds(Dismissal, code=named, reason=people, author=people, date=st.none() | st.just("Maya"))
some_events = st.builds(
    Event,
    name=named,
    call=st.sampled_from(["track", "identify"]),
    description=named | st.just(""),
    labels=st.dictionaries(named, named, max_size=2),
    answers=st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]), max_size=3),
    suggested=st.lists(st.sampled_from(QUESTION_KEYS), max_size=2, unique=True).map(tuple),
    sources=st.just("all") | st.lists(st.sampled_from(["swift", "gone"]), unique=True).map(tuple),
    destinations=st.just("all") | st.lists(st.sampled_from(["Mixpanel", "Gone"]), unique=True).map(tuple),
    properties=st.lists(properties, max_size=2).map(tuple),
    decision=st.none() | decisions,
    dismissed=st.lists(dismissals, max_size=2).map(tuple),
    extra=extras,
)
tools = st.builds(
    Destination,
    key=st.sampled_from(["Mixpanel", "Facebook Pixel", "Ours"]),
    web_mode=st.sampled_from([None, "device"]),
    mobile_mode=st.sampled_from([None, "cloud"]),
    custom=st.none() | st.builds(CustomReach, web=st.sampled_from(["device", "none"])),
    extra=extras,
)
some_plans = st.builds(
    Plan,
    name=named,
    description=named | st.just(""),
    sources=st.builds(
        Sources,
        client=st.lists(st.sampled_from(["swift", "gone"]), unique=True).map(tuple),
        server=st.sampled_from([None, "analytics-node"]),
    ),
    destinations=st.lists(tools, max_size=3).map(tuple),
    warehouse=st.booleans(),
    naming=st.none() | st.builds(Naming, events=named),
    dismissed=st.lists(dismissals, max_size=2).map(tuple),
    extra=extras,
)


@given(one=some_events, other=some_events)
def test_two_events_have_listed_differences_exactly_if_they_differ(one: Event, other: Event) -> None:
    """Every field counts, including the type of a value and the order of a list; equal events have no differences."""
    same = msgspec.json.encode(one) == msgspec.json.encode(other)
    found = event_changes(one, other)
    assert (found == ()) is same
    assert all(change.before != change.after for change in found)
    assert [(c.topic, c.label, c.after, c.before) for c in event_changes(other, one)] != [] or same


@given(one=some_plans, other=some_plans)
def test_two_plans_have_listed_differences_exactly_if_their_settings_differ(one: Plan, other: Plan) -> None:
    """Every setting of a plan counts in the same way; its events are compared separately."""
    assert (settings_changes(one, other) == ()) is (msgspec.json.encode(one) == msgspec.json.encode(other))
    assert settings_changes(one, replace(one, events=(ORDER,))) == ()


@given(event=some_events, key=st.sampled_from(QUESTION_KEYS), answer=st.sampled_from(["yes", "no"]))
def test_an_answer_is_one_change_in_the_words_of_its_question(event: Event, key: str, answer: str) -> None:
    """The change shows the former answer, which is “Not sure” if it was open, and the present one."""
    before = replace(event, answers={}, suggested=())
    (change,) = event_changes(before, replace(before, answers={key: answer}))
    asks = {question.key: question.asks for question in QUESTIONS}[key]
    assert (change.topic, change.label, change.before) == ("Answers", asks, ("Not sure",))
    assert change.after == (answer.capitalize(),)


def test_only_the_differing_lines_are_listed() -> None:
    """Of a long description only the changed paragraph is listed, and of a property only what changed."""
    before = replace(ORDER, description="one\ntwo\nthree")
    (change,) = event_changes(before, replace(before, description="one\n2\n2b\nthree"))
    assert (change.removed, change.added) == (("two",), ("2", "2b"))
    total = Property(name="total", type="number", description="In euros")
    one, other = (replace(ORDER, properties=(item,)) for item in (total, replace(total, required=True)))
    (change,) = event_changes(one, other)
    assert (change.label, change.removed, change.added) == ("total", ("number",), ("number, required",))


def test_another_order_is_a_change() -> None:
    """Destinations and properties have an order, so another order is listed as a change."""
    one = replace(SHOP, destinations=(Destination(key="Mixpanel"), PIXEL))
    other = replace(one, destinations=one.destinations[::-1])
    (change,) = settings_changes(one, other)
    assert (change.topic, change.label, change.after) == (
        "Destinations", "Order", ("Facebook Pixel, Mixpanel (Legacy) (Mixpanel)",),
    )  # fmt: skip


def compared(before: Plan, after: Plan) -> PlanComparison:
    """Compare two plans whose events have their position as id."""
    stages = [
        Stage(replace(plan, events=()), {str(index): event for index, event in enumerate(plan.events)})
        for plan in (before, after)
    ]
    return compare_plans(*stages)


def flip(before: Plan, after: Plan) -> tuple[EventComparison, str]:
    """Return the flip of the only event whose placement flipped."""
    (item,) = compared(before, after).flipped
    return item, cause(before, after, item)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (ORDER, replace(ORDER, answers={}), None),
        (
            replace(ORDER, answers={"browser_only": "yes"}),
            ORDER,
            "“Does it record money: a payment, refund, renewal, invoice?” was answered with yes.",
        ),
        (
            replace(ORDER, answers={"browser_only": "yes", "needs_cookies": "yes"}),
            replace(ORDER, answers={"accuracy": "yes", "needs_cookies": "yes"}),
            "Several changes together moved it.",
        ),
        (
            replace(ORDER, answers={"browser_only": "yes"}),
            replace(ORDER, answers={"browser_only": "yes", "user_absent": "yes"}),
            "was answered with yes",
        ),
        (
            replace(ORDER, answers={"needs_cookies": "yes"}),
            replace(ORDER, answers={"needs_cookies": "yes", "payment": "yes"}),
            "It records money",
        ),
        (ORDER, replace(ORDER, decision=Decision(placement="client")), "decided to send it from the client."),
        (replace(ORDER, decision=Decision(placement="client")), ORDER, "The team follows the advice again."),
        (
            replace(ORDER, answers={"needs_cookies": "yes"}),
            replace(
                ORDER,
                answers={"needs_cookies": "yes"},
                properties=(Property(name="total", required=True, known_by="server"),),
            ),
            "Its properties changed. “total” is required and only the server knows it",
        ),
    ],
)
def test_a_flip_of_one_event_names_its_cause(before: Event, after: Event, says: str | None) -> None:
    """The cause is the change that alone would have flipped the event, with its reason; without a flip there is no cause."""
    one, other = (replace(SHOP, events=(event,)) for event in (before, after))
    if says is None:
        assert compared(one, other).flipped == ()
        return
    item, why = flip(one, other)
    assert says in why
    assert item.calls


def test_a_flip_by_the_plan_names_the_destination() -> None:
    """The event itself is the same, so it is listed under flipped and not under changed."""
    before = replace(SHOP, events=(ORDER,))
    after = replace(before, destinations=(*before.destinations, PIXEL, Destination(key="Actions Amplitude")))
    item, why = flip(before, after)
    assert item.changes == ()
    assert why.startswith("Facebook Pixel was added to the plan.")
    item, why = flip(after, before)
    assert why.startswith("Facebook Pixel was removed from the plan.")
    wanting = replace(ORDER, destinations=("Mixpanel",))
    _, why = flip(
        replace(after, events=(wanting,)), replace(after, events=(replace(ORDER, destinations=("Facebook Pixel",)),))
    )
    assert why.startswith(("Facebook Pixel wants it now", "Several changes"))


def test_a_flip_by_common_properties_names_them() -> None:
    """They are a setting of the plan, so the event itself is the same."""
    before = replace(SHOP, events=(replace(ORDER, answers={"needs_cookies": "yes"}),))
    after = replace(before, common=(Property(name="total", required=True, known_by="server"),))
    item, why = flip(before, after)
    assert item.changes == ()
    assert why.startswith("The plan’s common properties changed. “total” is required and only the server knows it")
    (change,) = compared(before, after).settings
    assert (change.topic, change.label) == ("Common properties", "total")


def test_an_event_that_did_not_flip_has_no_cause() -> None:
    """Asking for the cause of an event that did not flip raises an error."""
    (item,) = compare_events(SHOP, SHOP, {"x": ORDER}, {"x": replace(ORDER, description="new")})
    with pytest.raises(ValueError, match="did not flip"):
        cause(SHOP, SHOP, item)


def test_a_comparison_groups_events_by_what_happened_to_them() -> None:
    """Each event is in exactly one group: flipped, changed, added, removed, rerouted, or the same."""
    same, changed, gone = (Event(name=name, answers={"payment": "yes"}) for name in ("same", "changed", "gone"))
    before = Stage(SHOP, {"s": same, "c": changed, "g": gone, "f": Event(name="f", answers={"browser_only": "yes"})})
    after = Stage(
        replace(SHOP, name="Shop 2"),
        {"s": same, "c": replace(changed, description="x"), "n": Event(name="new"), "f": Event(name="f")},
    )
    found = compare_plans(before, after, untouched=7)
    ids = [[item.id for item in group] for group in (found.flipped, found.changed, found.added, found.removed)]
    assert ids == [["f"], ["c"], ["n"], ["g"]]
    assert (found.unchanged, found.rerouted) == (8, ())
    assert [change.label for change in found.settings] == ["Name"]
    more = replace(SHOP, destinations=(*SHOP.destinations, Destination(key="Actions Amplitude")))
    routed = compare_plans(before, Stage(more, before.events))
    assert [item.id for item in routed.rerouted] == ["s", "c", "g", "f"]
    assert {change.label for change in routed.rerouted[0].calls} == {"Amplitude (Actions)"}
    assert compare_plans(before, before).nothing
    assert compare_plans(before, before).unchanged == 4


@given(one=some_plans, other=some_plans, event=some_events, changed=some_events)
def test_any_two_stages_can_be_compared(one: Plan, other: Plan, event: Event, changed: Event) -> None:
    """Plans that nobody could save today can be compared, such as plans with libraries that no longer exist."""
    found = compare_plans(Stage(one, {"x": event, "y": event}), Stage(other, {"x": changed, "y": event, "z": event}))
    groups = (found.flipped, found.changed, found.added, found.removed, found.rerouted)
    assert sum(map(len, groups)) + found.unchanged == 3
    assert all(cause(one, other, item) for item in found.flipped)


@given(plan=some_plans, event=some_events)
def test_a_fitted_event_names_only_what_the_plan_has(plan: Plan, event: Event) -> None:
    """Fitting removes only what the plan does not have, and an event that fits already stays the same."""
    result = fitted(plan, event)
    assert result.destinations == "all" or set(result.destinations) <= {item.key for item in plan.destinations}
    assert result.sources == "all" or set(result.sources) <= set(plan.sources.client)
    assert replace(result, destinations=event.destinations, sources=event.sources) == event
    assert fitted(plan, result) is result


def test_compared_events_carry_the_advice_of_their_plan() -> None:
    """The recommendations in a comparison are those that `advise` gives."""
    (item,) = compare_events(SHOP, SHOP, {"x": ORDER}, {"x": replace(ORDER, description="new")})
    assert item.before == advise(replace(SHOP, events=(ORDER,))).events[0]
