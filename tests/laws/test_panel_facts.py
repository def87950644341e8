"""Every fact of an advice is in the advice panel, at once or in a fold, whichever plan it is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, render_template
from hypothesis import HealthCheck, given, settings

from advisor.advice import advise_event
from advisor.advice.losses import losses
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Event, Plan, Recommendation, recommendation_of
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import code_sheet
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.question_list import question_list
from markup import Element, read_page

from .archetypes import plans

PAGE = CodePage(None, None, "2026-11-26")


def panel_of(app: Flask, plan: Plan, chosen: Chosen) -> Element:
    """Return the advice panel of a plan's first event."""
    with app.test_request_context():
        panel = advice_panel(plan, 0)
        html = render_template("advice_panel/panel.html", panel=panel, code=code_sheet(plan, panel.event, chosen, PAGE))
    return read_page(html).root


def facts(plan: Plan, event: Event, advice: Recommendation) -> Iterator[str]:
    """Yield every text that the panel must contain, except those of the calls."""
    for reason in (*advice.reasons, *advice.tradeoffs):
        yield from (reason.text, reason.strength)
    yield from (tradeoff.remedy for tradeoff in advice.tradeoffs)
    for loss in losses(plan, event):
        yield from (loss.what, loss.cost, loss.answer)
    for value in advice.handoff:
        yield from (value.value, value.from_, value.to, value.why)
    for step in advice.setup:
        yield from (destination_name(step.destination), step.setting, step.value, step.default, step.why)
    for missed in advice.unreachable:
        yield from (destination_name(missed.destination), missed.message)
        yield f"Use instead: {destination_name(missed.alternative)}." if missed.alternative else ""
    for pair in advice.shared_ids:
        yield from (destination_name(pair.client), destination_name(pair.server), pair.property)
    told_elsewhere = ("unsettled", "unreachable", "shared-event-id")
    yield from (item.message for item in advice.findings if item.code not in told_elsewhere)
    yield from (destination_name(delivery.destination) for delivery in advice.deliveries)
    if event.decision:
        yield from (event.decision.reason, event.decision.author)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(plan=plans())
def test_every_fact_of_the_advice_is_in_the_panel(app: Flask, plan: Plan) -> None:
    """Reasons, trade-offs, remedies, losses, hand-off, settings, refusals, shared ids, findings: none is left out."""
    event = advise_event(plan, 0)
    text = panel_of(app, plan, Chosen()).text
    for fact in facts(plan, event, recommendation_of(event)):
        assert " ".join(fact.split()) in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(plan=plans())
def test_every_call_shows_what_it_withholds(app: Flask, plan: Plan) -> None:
    """Each library of the plan has its call: the object, the properties that it leaves out, and a tab where there are several."""
    event = advise_event(plan, 0)
    for call in recommendation_of(event).calls:
        chosen = Chosen(**{call.side: call.library}) if call.library else Chosen()
        pane = panel_of(app, plan, chosen).by_id(f"code-{call.side}")
        objects = [block["aria-label"] for block in pane.all("pre") if block["aria-label"].startswith("integrations")]
        library = f", {LIBRARIES[call.library].name}" if call.library else ""
        assert objects == [f"integrations object of the {call.side} call{library}"]
        assert all(name in pane.text.partition("Withheld from the ")[2] for name in call.withheld)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(plan=plans())
def test_the_questions_say_what_would_change_the_advice(app: Flask, plan: Plan) -> None:
    """Each answer that moves the event has its outcome at the answer; each question is asked once; open ones are never folded."""
    event = advise_event(plan, 0)
    advice = recommendation_of(event)
    with app.test_request_context():
        panel = advice_panel(plan, 0)
        asked = question_list(EventForm(data=event.answers), panel.derived, panel.changes, panel.state)
    keys = [item.field.question.key for item in asked.all]
    assert len(keys) == len(set(keys)) == 10
    moves = {
        (item.field.question.key, answer, place.mark) for item in asked.all for answer, place in item.moves.items()
    }
    assert {(question, answer) for question, answer, _ in moves} == {
        (flip.question, flip.answer) for flip in advice.flips
    }
    assert {item.field.question.key for item in asked.mattering} == {
        *advice.decisive,
        *(f.question for f in advice.flips),
    }
    assert all(item.together == (not item.moves) for item in asked.mattering)


@given(plan=plans())
def test_few_warnings_are_in_view_and_none_is_lost(plan: Plan) -> None:
    """All errors and at most three warnings stand above the objects; a fold has the others, and is never there for one."""
    panel = advice_panel(plan, 0)
    first, others = panel.main_warnings, panel.other_warnings
    assert (*first, *others) == panel.warnings
    assert len(others) != 1
    assert all(item.severity == "warning" for item in others)
    assert len(first) <= 3 or sum(item.severity == "error" for item in first) >= len(first) - 1
    assert bool(panel.other_warning_titles) == bool(others)


@given(plan=plans())
def test_one_reason_for_several_tools_is_shown_once(plan: Plan) -> None:
    """The rows in view name different reasons; a fold has the other tools, and is never there for one row."""
    panel = advice_panel(plan, 0)
    shown, folded = panel.lost.shown, panel.lost.folded
    assert len(folded) != 1
    if folded:
        reasons = [row.because.replace(row.what, "") for row in shown if row.side is None]
        assert len(reasons) == len(set(reasons))
        assert len(shown) <= 3
    missed = [row.what for row in (*shown, *folded) if row.side is None]
    assert sorted(missed) == sorted(destination_name(item.destination) for item in panel.advice.unreachable)


@pytest.mark.parametrize("public", [None, "https://plans.example/events/1"])
def test_what_is_copied_says_where_it_is_from(app: Flask, public: str | None) -> None:
    """Each block with a Copy button ends in a comment with rules, date and the address if there is one."""
    plan = Plan(events=(Event(name="Order Completed", answers={"payment": "yes", "needs_cookies": "yes"}),))
    with app.test_request_context():
        panel = advice_panel(plan, 0)
        sheet = code_sheet(plan, panel.event, Chosen(server="analytics-ruby"), CodePage(None, public, "2026-11-26"))
        html = render_template("advice_panel/panel.html", panel=panel, code=sheet)
    blocks = [element for element in read_page(html).root if "data-copy" in element]
    assert len(blocks) > 3
    for block in blocks:
        first, *rest = block["data-copy-note"].splitlines()
        assert f"Tracking Advisor, rules {recommendation_of(panel.event).ruleset}, 2026-11-26" in first
        assert [line.partition("http")[1:] for line in rest] == (
            [("http", public.removeprefix("http"))] if public else []
        )
