"""Fixes of findings: each removes its finding and does no harm."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import Standing, standing
from advisor.advice.plan_findings.fixes import Fix, fixes, fixes_of_kind
from advisor.document import check
from advisor.model import Against, Decision, Destination, Event, Plan, Property, Recommendation
from plan_documents import plans
from plan_examples import EXAMPLES, Example, plan

WORDS = st.sampled_from(
    [
        "Order Completed",
        "order_completed",
        "$Paid",
        "View Item",
        "Paid 2024-01-02",
        "Home | Seen",
        "orderTotal",
        "Friend Count",
    ]
)
KEYS = ("Actions Google Analytic 4", "Google Analytics 4 Web", "Facebook Pixel", "Hotjar")
DECIDED = Decision(placement="client", against=Against(placement="both"))
properties = st.lists(
    st.builds(
        Property,
        name=st.sampled_from(["email", "orderTotal", "order_total", "$city", "revenue", "phone"]),
        type=st.sampled_from(["any", "string", "number"]),
        required=st.booleans(),
        sensitive=st.booleans(),
    ),
    max_size=4,
).map(tuple)
events = st.builds(
    Event,
    name=WORDS,
    call=st.sampled_from(["track", "page", "identify"]),
    answers=st.dictionaries(
        st.sampled_from(["payment", "sensitive", "browser_only", "user_absent", "client_only_destination"]),
        st.sampled_from(["yes", "no"]),
    ),
    suggested=st.sampled_from([(), ("payment",)]),
    destinations=st.sampled_from(["all", (), KEYS[:2], KEYS[2:]]),
    properties=properties,
    decision=st.sampled_from(
        [None, DECIDED, replace(DECIDED, placement="server", against=Against(placement="client"))]
    ),
)
careless_plans = st.lists(events, max_size=4).map(lambda some: plan(*some, to=KEYS))


def _offers(advised: Plan) -> list[tuple[Standing, Fix]]:
    return [(item, fix) for item in standing(advised) for fix in fixes(advised, item.finding, item.event)]


def _counts(advised: Plan) -> tuple[Counter[str], Counter[str]]:
    """How many findings there are of each code, and how many errors."""
    found = [item.finding for item in standing(advised)]
    return Counter(item.code for item in found), Counter(item.code for item in found if item.severity == "error")


def _holds(some_plan: Plan) -> None:
    advised = advise(check(some_plan)[0])
    codes, errors = _counts(advised)
    for item, fix in _offers(advised):
        changed, _ = check(fix.change(advised))
        codes_after, errors_after = _counts(advise(changed))
        what = f"{item.finding}: {fix.label}"
        assert codes_after[item.finding.code] < codes[item.finding.code], what
        assert not errors_after - errors, what


@given(careless_plans)
def test_a_fix_removes_its_finding_and_causes_no_error(some_plan: Plan) -> None:
    """In plans with many findings: fewer findings of the kind, no additional error, and a valid document."""
    _holds(some_plan)


@given(plans)
def test_a_fix_is_safe_with_any_names(any_plan: Plan) -> None:
    """The same in plans with every kind of hostile text."""
    _holds(any_plan)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.pointer}")
def test_the_fixes_of_the_examples_remove_their_findings(example: Example) -> None:
    """Each finding of the table of examples is fixed in each offered way."""
    _holds(example.having)


FIXABLE = {
    "value-in-name": "Rename to “Signed Up”",
    "spec-name-variant": "Rename to “Order Completed”",
    "event-name-style": "Rename to “Friend Invited”",
    "property-name-style": "Rename to “order_total” everywhere",
    "near-duplicate-property": "Write “total” everywhere",
    "unknown-naming": "Use Title Case",
    "duplicate-property": "Remove this copy",
    "reserved-property-type": "Make it number",
    "sensitive-looking": "Mark as sensitive",
    "name-refused": "Rename to “Home Profile Opened”",
    "reserved-name": "Rename to “Signup Finished”",
}


@pytest.mark.parametrize("code", FIXABLE)
def test_the_button_of_a_fix_says_what_it_does(code: str) -> None:
    """The first example of each kind has a fix, and its words say what it will do."""
    example = next(example for example in EXAMPLES if example.code == code)
    advised = advise(example.having)
    labels = [fix.label for item, fix in _offers(advised) if item.finding.code == code]
    assert labels[0] == FIXABLE[code]


def _labels(some_plan: Plan, code: str) -> list[str]:
    return [fix.label for item, fix in _offers(advise(some_plan)) if item.finding.code == code]


def test_a_fix_never_offers_a_name_that_is_in_use() -> None:
    """A rename would make two events of one name."""
    assert "Rename to “Friend Invited”" not in _labels(
        plan(Event(name="friend_invited"), Event(name="Friend Invited")), "event-name-style"
    )


def test_a_fix_removes_the_value_from_a_refused_name() -> None:
    """It does not only remove hyphens."""
    dated = plan(Event(name="Signed Up 2024-05-01"), to=KEYS[:1])
    assert _labels(dated, "name-refused") == ["Rename to “Signed Up”"]


def test_a_required_property_of_a_client_call_is_not_masked() -> None:
    """If it were marked, no call would carry it."""
    email = Property(name="email", required=True)
    seen = Event(name="Order Completed", answers={"browser_only": "yes"}, properties=(email,))
    assert _labels(plan(seen), "sensitive-looking") == []
    assert _labels(plan(replace(seen, answers={"payment": "yes"})), "sensitive-looking") == ["Mark as sensitive"]


def test_findings_about_one_event_have_their_fixes() -> None:
    """Suggested answers are accepted, a copy of a vendor and an unreachable destination left out, a decision kept or dropped."""
    suggested = Event(name="Order Completed", answers={"payment": "yes"}, suggested=("payment",))
    assert _labels(plan(suggested), "suggested-answers") == ["Accept the suggested answers"]
    paid = replace(suggested, suggested=())
    assert _labels(plan(paid, to=KEYS[:2]), "double-count") == ["Leave Google Analytics 4 Web out of this event"]
    absent = replace(paid, answers={"user_absent": "yes"})
    assert _labels(plan(absent, to=("Hotjar", "Mixpanel")), "unreachable") == ["Leave Hotjar out of this event"]
    listing = replace(absent, destinations=("Mixpanel", "Hotjar"))
    assert _labels(plan(listing, to=("Hotjar", "Mixpanel")), "unreachable") == ["Leave Hotjar out of this event"]
    decided = replace(paid, decision=Decision(placement="both", against=Against(placement="client")))
    assert _labels(plan(decided), "decision-outdated") == ["Keep the decision", "Follow the advice"]
    overruled = replace(paid, answers={"client_only_destination": "no"})
    assert _labels(plan(overruled, to=("Hotjar",)), "answer-overruled") == ["Answer yes"]
    assert _labels(plan(paid, paid), "duplicate-event") == ["Remove this copy"]
    assert _labels(plan(paid, replace(paid, answers={})), "duplicate-event") == []


def test_the_most_common_style_can_become_the_style_of_the_plan() -> None:
    """It is offered for the kind as a whole, only if most names have the style, and then fewer names have findings."""
    few, many = ([Event(name=name) for name in names.split()] for names in ("a_b", "a_b_done c_d_done e_f_done"))
    other = Event(name="Friend Invited")
    assert fixes_of_kind(plan(other, other, *few), "event-name-style") == ()
    (fix,) = fixes_of_kind(plan(other, *many), "event-name-style")
    assert fix.label == "Use snake_case in this plan"
    found = [item.finding for item in standing(advise(fix.change(plan(other, *many))))]
    assert [item.pointer for item in found if item.code == "event-name-style"] == ["/events/0/name"]
    camel = plan(Event(name="Seen", properties=(Property(name="orderTotal"), Property(name="orderTax"))))
    assert [fix.label for fix in fixes_of_kind(camel, "property-name-style")] == ["Use camelCase in this plan"]
    assert fixes_of_kind(camel, "value-in-name") == ()


def test_a_fix_changes_nothing_else() -> None:
    """Renaming one event keeps every other part of the plan, down to the objects themselves."""
    before = advise(plan(Event(name="friend_invited"), Event(name="Friend Seen"), to=("Mixpanel",)))
    assert before.destinations == (Destination(key="Mixpanel"),)
    (item, fix) = next(pair for pair in _offers(before) if pair[0].finding.code == "event-name-style")
    after = fix.change(before)
    assert after.events[1] is before.events[1]
    assert isinstance(before.events[0].recommendation, Recommendation)
    assert replace(after.events[0], name="friend_invited") == before.events[0]
    assert item.event == 0
