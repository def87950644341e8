"""The templates: plans that are valid, advised without an error, and whose every answer is a suggestion."""

from __future__ import annotations

import pytest

from advisor.advice import advise
from advisor.document import check, read, write
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.event_specs import event_specs
from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.knowledge.starters import starter_plan, starters

EVERY = pytest.mark.parametrize("key", starters())


def test_there_is_a_template_for_each_of_the_specs() -> None:
    """There are templates for a shop, software, video, an app, e-mail and chat; experiments alone make no plan."""
    used = {spec for template in starters().values() for spec in template.specs}
    assert used == {spec.spec for spec in event_specs()} - {"A/B testing"}
    assert len(starters()) == 5


@EVERY
def test_a_template_is_a_canonical_document(key: str) -> None:
    """A template is read without notes and written as the same bytes."""
    plan = starter_plan(key)
    assert check(plan) == (plan, ())
    assert read(write(plan)).plan == plan


@EVERY
def test_every_answer_of_a_template_is_a_suggestion(key: str) -> None:
    """Nobody can mistake our guess for their own answer, and the advice of each event says that answers are suggested."""
    for event in advise(starter_plan(key)).events:
        assert event.suggested == tuple(event.answers) != ()
        assert "suggested-answers" in {finding.code for finding in event.recommendation.findings}


@EVERY
def test_the_advice_for_a_template_has_no_errors(key: str) -> None:
    """No finding is an error, every destination gets something, and no destination is retired."""
    plan = advise(starter_plan(key))
    findings = [*plan.findings, *(item for event in plan.events for item in event.recommendation.findings)]
    # Segment's own specs give a few properties, such as position, another type from event to event; and which mappings
    # a destination has is set in Segment, not in a plan.
    assert {item.code for item in findings if item.severity != "info"} <= {"property-type-conflict", "not-subscribed"}
    assert "error" not in {item.severity for item in findings}
    reached = {item.destination for event in plan.events for item in event.recommendation.deliveries}
    assert reached == {item.key for item in plan.destinations}
    assert {CATALOGUE[item.key].status for item in plan.destinations} <= {"PUBLIC", "PUBLIC_BETA"}


@EVERY
def test_a_template_names_only_its_own_events(key: str) -> None:
    """If a destination wants an event, the template has that event."""
    names = {event.name for event in starter_plan(key).events}
    for destination, wanted in starters()[key].destinations.items():
        assert wanted == "all" or set(wanted) <= names, destination


@EVERY
def test_sensitive_properties_of_a_template_are_marked(key: str) -> None:
    """Properties with sensitive names are marked, at the top level and inside objects."""
    for event in starter_plan(key).events:
        for item in event.properties:
            assert item.sensitive == (sensitive_kind(item.name) is not None)
