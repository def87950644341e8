"""The common properties of a plan: every event carries them as if they were its own, unless it has its own of that name."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from msgspec.structs import replace

from advisor.advice import advise, advise_again, derived
from advisor.document import check
from advisor.formats.decision_record import write_event
from advisor.model import (
    Destination,
    Event,
    Plan,
    Property,
    Sources,
    placement_in_force,
    recommendation_of,
    with_all_properties,
)
from advisor.presentation.calls import call_sheets
from advisor.snippets.files import snippets_of
from advisor.snippets.handoff_code import handoff_code
from plan_documents import plans

VERSION = Property(name="app_version", known_by="client")
MARGIN = Property(name="margin", sensitive=True)
BALANCE = Property(name="balance", known_by="server", required=True)
SHOP = Plan(
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key="Facebook Pixel"), Destination(key="Mixpanel")),
)


def _written_out(plan: Plan) -> Plan:
    """The same plan, with its common properties in each event instead."""
    return replace(plan, common=(), events=tuple(with_all_properties(plan, event) for event in plan.events))


@given(plans)
def test_common_properties_are_advised_like_the_events_own(any_plan: Plan) -> None:
    """The calls, the hand-off and everything else are the same; findings differ in their pointers only."""
    plan, _ = check(any_plan)
    ours, theirs = advise(plan), advise(_written_out(plan))
    for one, other in zip(ours.events, theirs.events, strict=True):
        mine, yours = recommendation_of(one), recommendation_of(other)
        assert replace(mine, findings=()) == replace(yours, findings=())
        assert Counter((item.code, item.severity, item.message) for item in mine.findings) == Counter(
            (item.code, item.severity, item.message) for item in yours.findings
        )
        assert [(fact.question, fact.answer) for fact in derived(plan, one)] == [
            (fact.question, fact.answer) for fact in derived(_written_out(plan), other)
        ]


@given(plans)
def test_the_code_of_a_call_carries_common_properties(any_plan: Plan) -> None:
    """Snippets and hand-off code are those of the plan in which each event lists them itself."""
    plan, _ = check(any_plan)
    ours, theirs = advise(plan), advise(_written_out(plan))
    assert snippets_of(ours) == snippets_of(theirs)
    for one, other in zip(ours.events, theirs.events, strict=True):
        assert handoff_code(ours, one) == handoff_code(theirs, other)


@given(plans)
def test_findings_lead_to_common_properties(any_plan: Plan) -> None:
    """Every pointer of a finding leads to something in the plan, or to a list of answers."""
    plan, _ = check(any_plan)
    advised = advise(plan)
    found = [
        *(advised.findings or ()),
        *(item for event in advised.events for item in recommendation_of(event).findings),
    ]
    for pointer in (item.pointer for item in found if item.pointer.startswith("/common/")):
        _, _, first, *rest = pointer.split("/")
        item = plan.common[int(first)]
        while rest[:1] == ["properties"]:
            item, rest = item.properties[int(rest[1])], rest[2:]
        assert rest in ([], ["name"], ["type"])


def test_each_kind_of_common_property_takes_part() -> None:
    """A masked one is withheld, one of the client is handed over, one of the server speaks for the server."""
    event = Event(name="Order Completed", answers={"client_only_destination": "yes"})
    plan = advise(replace(SHOP, common=(VERSION, MARGIN, BALANCE), events=(event,)))
    advice = recommendation_of(plan.events[0])
    client, server = advice.calls
    assert (client.side, client.properties, client.withheld) == ("client", ("app_version",), ("margin", "balance"))
    assert (server.side, server.properties, server.withheld) == ("server", ("app_version", "margin", "balance"), ())
    assert "properties.app_version" in {value.to for value in advice.handoff}
    assert "computed" in {reason.rule for reason in advice.reasons}
    (fact,) = [fact for fact in derived(plan, plan.events[0]) if fact.question == "computed_from_database"]
    assert fact.pointer == "/common/2"
    sheets = call_sheets(with_all_properties(plan, plan.events[0]), advice)
    assert [(item.name, item.why) for item in sheets[0].withheld] == [
        ("margin", "sensitive"),
        ("balance", "only the server knows it"),
    ]
    assert b"`app_version`" in write_event(plan, 0)


def test_an_event_s_own_property_wins() -> None:
    """It comes in its own place, with its own marks, and the common one of that name is not there."""
    own = Property(name="margin", type="number")
    event = Event(name="Click", properties=(own,), answers={"browser_only": "yes"})
    plan = advise(replace(SHOP, common=(MARGIN, VERSION), events=(event, replace(event, properties=()))))
    first, second = map(recommendation_of, plan.events)
    assert with_all_properties(plan, plan.events[0]).properties == (own, VERSION)
    assert (first.calls[0].properties, first.calls[0].withheld) == (("margin", "app_version"), ())
    assert (second.calls[0].properties, second.calls[0].withheld) == (("app_version",), ("margin",))
    pointers = [item.pointer for item in second.findings if item.code == "property-not-sent"]
    assert pointers == ["/common/0"]


def test_a_change_of_common_properties_advises_every_event_again() -> None:
    """The fast way to advise a plan again notices it."""
    event = Event(name="Click", answers={"browser_only": "yes"})
    before = advise(replace(SHOP, events=(event,)))
    after = replace(SHOP, events=(event,), common=(BALANCE,))
    assert placement_in_force(before.events[0]) == "client"
    assert advise_again(after, before) == advise(after)
    assert advise_again(after, before).events != before.events
