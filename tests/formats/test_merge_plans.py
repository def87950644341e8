"""Merging the plan of a file into a plan: what each mode takes, what stays, and what is reported."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from advisor import document
from advisor.formats.merge_plans import MODES, Mode, events_by_key, merge_plans
from advisor.model import Decision, Destination, Event, Plan, Property, Sources

_properties = st.lists(
    st.builds(Property, name=st.sampled_from("pqr"), required=st.booleans(), sensitive=st.booleans()),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)
_events = st.builds(
    Event,
    name=st.sampled_from(["A", "B", "C "]),
    call=st.sampled_from(["track", "page"]),
    description=st.sampled_from(["", "one", "two"]),
    answers=st.sampled_from([{}, {"payment": "yes"}, {"payment": "no", "sensitive": "no"}]),
    decision=st.sampled_from([None, Decision(placement="server")]),
    properties=_properties,
    extra=st.sampled_from([UNSET, {"segment": {"x": 1}}, {"other": 2}]),
)
_plans = st.builds(
    Plan, name=st.sampled_from(["Shop", "Untitled plan"]), events=st.lists(_events, max_size=5).map(tuple)
)
_modes = st.sampled_from(MODES)


@given(_plans, _plans, _modes)
def test_the_report_accounts_for_every_event(plan: Plan, brought: Plan, mode: Mode) -> None:
    """Added, changed and unchanged events are those of the result; removed and the others are those of before."""
    merge = merge_plans(plan, brought, mode, "segment")
    assert len(merge.added) + len(merge.changed) + merge.unchanged == len(merge.plan.events)
    assert len(merge.removed) + len(merge.changed) + merge.unchanged == len(plan.events)
    assert all(update.fields for update in merge.changed)


@given(_plans, _plans, _modes)
def test_what_a_merge_makes_is_a_valid_plan(plan: Plan, brought: Plan, mode: Mode) -> None:
    """The document accepts it, as it accepted both plans."""
    document.check(merge_plans(plan, brought, mode, "segment").plan)


@given(_plans, _plans, _modes)
def test_merging_twice_changes_nothing_more(plan: Plan, brought: Plan, mode: Mode) -> None:
    """The second time everything is there already."""
    once = merge_plans(plan, brought, mode, "segment").plan
    again = merge_plans(once, brought, mode, "segment")
    assert (again.added, again.changed, again.removed, again.plan) == ((), (), (), once)


@given(_plans, _plans)
def test_add_leaves_every_event_as_it_was(plan: Plan, brought: Plan) -> None:
    """The events of before come first, unchanged."""
    merge = merge_plans(plan, brought, "add")
    assert merge.plan.events[: len(plan.events)] == plan.events
    assert (merge.changed, merge.removed) == ((), ())


@given(_plans, _plans)
def test_replace_makes_the_events_those_of_the_file(plan: Plan, brought: Plan) -> None:
    """In the order of the file."""
    assert merge_plans(plan, brought, "replace").plan.events == brought.events


@given(_plans, _plans)
def test_update_keeps_every_answer_and_decision_that_the_file_does_not_give(plan: Plan, brought: Plan) -> None:
    """What is ours stays unless the file says something about it; and no event is removed."""
    merge = merge_plans(plan, brought, "update")
    found, given_ones = events_by_key(merge.plan.events), events_by_key(brought.events)
    assert merge.removed == ()
    for key, event in events_by_key(plan.events).items():
        said = given_ones.get(key)
        assert found[key].answers == event.answers | (said.answers if said else {})
        assert found[key].decision == ((said and said.decision) or event.decision)


def test_update_takes_descriptions_and_properties_and_keeps_what_is_sensitive() -> None:
    """A property that the file doesn't have goes; the marks of one that it has stay."""
    before = Event(
        name="A",
        description="old",
        properties=(Property(name="email", sensitive=True, known_by="server"), Property(name="gone")),
    )
    found = Event(name="A", description="new", properties=(Property(name="email", type="string", required=True),))
    (update,) = merge_plans(Plan(events=(before,)), Plan(events=(found,)), "update").changed
    assert update.after.description == "new"
    assert update.after.properties == (
        Property(name="email", type="string", required=True, sensitive=True, known_by="server"),
    )
    assert [each.key for each in update.fields] == ["description", "properties"]


def test_an_event_is_found_again_if_only_one_side_has_a_version() -> None:
    """Formats without versions lose them, and Segment's gives one to every event."""
    plan = Plan(events=(Event(name="A"), Event(name="B", version=3)))
    found = Plan(events=(Event(name="A", version=1), Event(name="B")))
    merge = merge_plans(plan, found, "update")
    assert (merge.added, [event.name for event in merge.plan.events]) == ((), ["A", "B"])


def test_settings_of_the_plan_stay() -> None:
    """A plan without sources takes the file's; destinations that it does not have are left out of events, with a warning."""
    plan = Plan(name="Shop", destinations=(Destination(key="Mixpanel"),))
    events = tuple(Event(name=name, destinations=("Mixpanel", "Slack")) for name in "AB")
    brought = Plan(
        name="File",
        sources=Sources(client=("swift",)),
        destinations=(Destination(key="Mixpanel"), Destination(key="Slack")),
        events=events,
    )
    merge = merge_plans(plan, brought, "add")
    assert (merge.plan.name, merge.plan.destinations) == ("Shop", plan.destinations)
    assert merge.plan.sources == brought.sources
    assert [event.destinations for event in merge.plan.events] == [("Mixpanel",)] * 2
    assert merge.warnings == (
        "2 events name “Slack”, which this plan does not have. Add it to the plan and import again, or leave it.",
    )


def test_what_another_format_keeps_stays_under_extra() -> None:
    """Only what the format of the file keeps is replaced."""
    plan = Plan(events=(Event(name="A", extra={"segment": {"x": 1}, "avo": 2}),))
    brought = Plan(events=(Event(name="A", description="d", extra={"segment": {"y": 1}}),))
    (event,) = merge_plans(plan, brought, "update", "segment").plan.events
    assert event.extra == {"avo": 2, "segment": {"y": 1}}
    (event,) = merge_plans(
        plan, Plan(events=(replace(brought.events[0], extra=UNSET),)), "update", "segment"
    ).plan.events
    assert event.extra == {"avo": 2}
