"""Setup steps are shown everywhere: on the page, in the report and in the decision record."""

from __future__ import annotations

import pytest

from advisor.advice import advise
from advisor.formats import decision_record, html_report
from advisor.knowledge.catalogue import destination_name
from advisor.model import Destination, Event, Plan, Recommendation, SetupStep, Sources
from markup import read_page

KEYS = ("Facebook Pixel", "Facebook Conversions API (Actions)", "Actions Google Analytic 4")
PLAN = advise(
    Plan(
        sources=Sources(client=("analytics.js",), server="analytics-node"),
        destinations=tuple(Destination(key=key) for key in KEYS),
        events=(Event(name="Order Completed", answers={"payment": "yes"}),),
    )
)


def _steps(plan: Plan) -> tuple[SetupStep, ...]:
    (event,) = plan.events
    assert isinstance(event.recommendation, Recommendation)
    return event.recommendation.setup


def test_the_report_has_every_step_with_its_source() -> None:
    """And the hand-off says which setting reads a value where it is put."""
    root = read_page(html_report.write(PLAN).decode()).root
    text = " ".join(root.text.split())
    links = {link["href"] for link in root.all("a")}
    for step in _steps(PLAN):
        assert destination_name(step.destination) in text
        assert {step.setting in text, step.value in text, step.why in text, step.citation in links} == {True}
    assert "map Client ID of Google Analytics 4 Cloud to it" in text


def test_the_decision_record_has_every_step_with_its_source() -> None:
    """As a table, after the hand-off."""
    text = decision_record.write(PLAN).decode()
    part = text.partition("# To be set in the destinations")[2]
    for step in _steps(PLAN):
        assert f"`{step.value}`" in part
        assert step.citation in part
    assert "map Client ID of Google Analytics 4 Cloud to it" in text


@pytest.mark.parametrize("writer", [html_report.write, decision_record.write])
def test_no_steps_are_shown_where_nothing_has_to_be_set(writer) -> None:
    """A plan whose defaults fit has no such part."""
    fitting = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            destinations=(Destination(key="Mixpanel"),),
            events=(Event(name="Order Completed", answers={"payment": "yes"}),),
        )
    )
    assert _steps(fitting) == ()
    assert "To be set in the destinations" not in writer(fitting).decode()
