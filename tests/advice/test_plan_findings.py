"""Findings about a plan as a whole: an example of each code, and laws about all of them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.plan_findings.similar_names import likeness_keys
from advisor.advice.plan_findings.styles import find_style, follows, restyled
from advisor.advice.plan_findings.values_in_names import value_in, without_values
from advisor.knowledge.event_specs import event_specs
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.name_limits import LIMITS
from advisor.knowledge.name_styles import STYLES
from advisor.model import Destination, Event, Naming, Plan
from plan_documents import names as any_names
from plan_documents import plans
from plan_examples import EXAMPLES, Example, names, plan


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.pointer}")
def test_each_finding_is_given_once_where_its_condition_holds(example: Example) -> None:
    """With the severity of its kind, at the field to change."""
    found = [
        (item.severity, item.pointer) for item in advise(example.having).findings or () if item.code == example.code
    ]
    assert found == [(FINDINGS[example.code].severity, example.pointer)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.pointer}")
def test_no_finding_is_given_where_its_condition_does_not_hold(example: Example) -> None:
    """Each example is the most similar plan without the finding."""
    assert example.code not in {item.code for item in advise(example.lacking).findings or ()}


def test_events_of_the_specs_have_no_findings_about_names() -> None:
    """Segment's own names are accepted with any destination, and no two of them count as duplicates."""
    wanted = tuple(Destination(key=key) for limit in LIMITS for key in sorted(limit.keys))
    events = names(*(spec.name for spec in event_specs()))
    found = {item.code for item in advise(replace(plan(*events), destinations=wanted)).findings or ()}
    assert found <= {"idle-destination"}
    assert len(set(likeness_keys(spec.name for spec in event_specs()).values())) == len(event_specs())


@pytest.mark.parametrize("call", ["identify", "group", "alias"])
def test_names_that_never_reach_the_code_are_not_checked(call: str) -> None:
    """The name of such a call is a label in the plan."""
    events = names("$who 2024-01-01", "Who?", "who", call=call)  # type: ignore[arg-type]  # a call type by name
    assert [item.code for item in advise(plan(*events)).findings or ()] == []


@given(plans, st.randoms())
def test_the_order_of_events_is_irrelevant(any_plan: Plan, random: object) -> None:
    """Every order of the events gives the same number of findings of each code."""
    shuffled = list(any_plan.events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis doesn't export the type
    ours = Counter(item.code for item in advise(any_plan).findings or ())
    theirs = Counter(item.code for item in advise(replace(any_plan, events=tuple(shuffled))).findings or ())
    assert ours == theirs


@given(any_names, any_names)
def test_names_never_change_the_advice(one: str, other: str) -> None:
    """The recommendations stay the same with any name, even if it has findings."""
    before, after = (advise(plan(Event(name=name), Event(name="Order Completed"))) for name in (one, other))
    assert [event.recommendation for event in before.events] == [event.recommendation for event in after.events]


@given(st.sampled_from(list(STYLES)), any_names)
def test_a_name_written_in_a_style_follows_it(style: str, name: str) -> None:
    """Or there is no way to write it; and what follows a style already needs no writing to do so."""
    written = restyled(style, name)
    assert written is None or follows(style, written)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_follows_its_own_example_and_no_other(style: str) -> None:
    """Each example is written in one style only, and is what the others become in it."""
    assert [other for other in STYLES if follows(other, STYLES[style])] == [style]
    assert {restyled(style, example) for example in STYLES.values()} == {STYLES[style]}
    assert find_style(style.upper()) == style


@given(any_names)
def test_removing_the_values_from_a_name_leaves_none(name: str) -> None:
    """What is left may be blank, but it has no value in it."""
    assert value_in(without_values(name)) is None


def test_a_plan_without_a_style_is_checked_against_the_default() -> None:
    """Without a convention the default applies; `any` switches the check off."""
    bare, default, off = (
        {item.code for item in advise(plan(*names("friend_invited"), naming=naming)).findings or ()}
        for naming in (None, Naming(), Naming(events="any", properties="any"))
    )
    assert bare == default == {"event-name-style"}
    assert off == set()


def test_every_limit_names_destinations_of_the_catalogue_and_a_source() -> None:
    """No limit is of a destination that isn't there, or without the page that says so."""
    from advisor.knowledge.catalogue import CATALOGUE

    for limit in LIMITS:
        assert limit.keys <= CATALOGUE.keys()
        assert limit.citations
        assert all(address.startswith("https://") for address in limit.citations)


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 200_000 + end for end in ("5", "%", "@", "://")),
        *("x@" + "." * 200_000, "a:" * 100_000 + "//"),
        *(piece * 100_000 for piece in ("1,", "x@y", "5 ", "$", "<a", "{", "1.", "0a", "1-", "a@")),
    ],
    ids=range(16),
)
def test_searching_a_long_name_takes_linear_time(text: str) -> None:
    """A pattern that started again at each letter would take too long for these names."""
    found = value_in("x" + text)
    assert found is None or found[1] in "x" + text


@pytest.mark.parametrize(
    "name", ["Mail to jo@example.com", "a@b@jo@example.com", "Sent\tjo.b+c@mail.example.co.uk now"]
)
def test_an_email_address_in_a_name_is_found(name: str) -> None:
    """With any text around it."""
    kind, value = value_in(name) or ("", "")
    assert kind == "an e-mail address"
    assert value.startswith("jo")
    assert value.rpartition("@")[2].startswith(("example.com", "mail.example.co.uk"))
