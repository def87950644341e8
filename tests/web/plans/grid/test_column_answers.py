"""Answering a column: exactly the chosen events get the answer, as one change that one undo takes back."""

from __future__ import annotations

import msgspec
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import derived
from advisor.document import canonical_events, check
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer, Destination, Event, Plan, Property
from advisor.store import FoundEvent
from advisor.web.plans.grid.changes import Changes, Draft, column_cells, with_column_cells
from advisor.web.plans.grid.column_answers import ACTS, Act, ColumnChange
from grid_requests import Grid
from owned_plans import SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

SETTINGS = Plan(destinations=(Destination(key="Facebook Pixel"), Destination(key="Mixpanel")))
ANSWERS: st.SearchStrategy[Answer] = st.sampled_from(("yes", "no"))


@st.composite
def events(draw: st.DrawFn) -> tuple[Event, ...]:
    """Draw events with answers, suggestions among them in the order of the questions, and a property that derives one."""
    made = []
    for number in range(draw(st.integers(0, 6))):
        answers = draw(st.dictionaries(st.sampled_from(QUESTION_KEYS), ANSWERS))
        suggested = [key for key in QUESTION_KEYS if key in answers and draw(st.booleans())]
        served = Property(name="total", required=True, known_by="server")
        made.append(
            Event(
                name=f"E{number}",
                answers=answers,
                suggested=tuple(suggested),
                labels=draw(st.just({}) | st.just({"team": "growth"})),
                properties=draw(st.just(()) | st.just((served,))),
            )
        )
    return check(replace(SETTINGS, events=tuple(made)))[0].events


def _changed(made: tuple[Event, ...], changes: Changes) -> tuple[dict[str, Event], Changes]:
    """Return all events after the changes, by id, and what undoes these."""
    found = {str(number): FoundEvent(event=event, deleted=False) for number, event in enumerate(made)}
    draft = Draft(changes)
    batch = draft(SETTINGS, found)
    assert not any((batch.added, batch.removed, batch.returned, batch.moved, batch.settings))
    after = {key: item.event for key, item in found.items()} | dict(batch.saved)
    stored = canonical_events(SETTINGS, tuple(after.values()))
    return dict(
        zip(after, (msgspec.json.decode(item.content, type=Event) for item in stored), strict=True)
    ), draft.undo({})


def _expected(event: Event, key: str, act: Act, first: Answer) -> tuple[str, bool]:
    """Return the answer that the event has after the act, and whether it is suggested."""
    if act == "accept":
        return event.answers.get(key, "unsure"), False
    return (first if act == "fill" else act), False


@given(events(), st.sampled_from(QUESTION_KEYS), st.sampled_from(ACTS), st.data())
def test_exactly_the_chosen_answers_change_and_undo_restores_every_byte(
    made: tuple[Event, ...], key: str, act: Act, data: st.DataObject
) -> None:
    """Every other answer, suggestion, label and property stays, of the chosen events and of the others."""
    chosen = [number for number in range(len(made)) if data.draw(st.booleans())]
    rows = [(str(number), made[number]) for number in chosen]
    after, undo = _changed(made, Changes(cells=column_cells(key, act, rows)))
    first = rows[0][1].answers.get(key, "unsure") if rows else "unsure"
    for number, event in enumerate(made):
        now = after[str(number)]
        if number not in chosen:
            assert now == event
            continue
        if act == "fill" and number == chosen[0]:
            assert now.answers == event.answers
        answer, suggested = _expected(event, key, act, first)
        assert (now.answers.get(key, "unsure"), key in now.suggested) == (answer, suggested)
        rest = {each: text for each, text in now.answers.items() if each != key}
        assert rest == {each: text for each, text in event.answers.items() if each != key}
        assert [each for each in now.suggested if each != key] == [each for each in event.suggested if each != key]
        assert replace(now, answers={}, suggested=()) == replace(event, answers={}, suggested=())
    restored, _ = _changed(tuple(after.values()), undo)
    assert [msgspec.json.encode(event) for event in restored.values()] == [msgspec.json.encode(event) for event in made]


@given(events(), st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]))
def test_the_open_events_are_those_without_an_answer_of_any_kind(made: tuple[Event, ...], key: str, act: Act) -> None:
    """An event that is answered, has a suggestion, or whose answer follows from its properties is left alone."""
    rows = [(str(number), event) for number, event in enumerate(made)]
    changes = with_column_cells(Changes(columns=(ColumnChange(key, act, "open"),)), SETTINGS, rows)
    plan = replace(SETTINGS, events=made)
    expected = [
        event_id
        for event_id, event in rows
        if key not in event.answers and key not in {fact.question for fact in derived(plan, event)}
    ]
    assert [cell.id for cell in changes.cells] == expected


def _columns(key: str, act: str, which: str) -> list[dict[str, str]]:
    return [{"field": key, "act": act, "which": which}]


def test_a_whole_column_is_one_step_of_the_history(app: Flask, client: PageClient) -> None:
    """The answer counts the events and the moved ones, and undoing it restores the plan."""
    plan_id = own(app, client)
    grid, before = Grid(client, plan_id), plan_of(app, plan_id)
    start = the_store(app).history.latest("me", plan_id)
    answer = grid.send(columns=_columns("payment", "no", "all"))
    assert the_store(app).history.latest("me", plan_id) == start + 1
    assert {event.answers["payment"] for event in plan_of(app, plan_id).events} == {"no"}
    assert answer["says"].startswith("No for ")
    grid.undo(answer)
    assert plan_of(app, plan_id) == before


@pytest.mark.parametrize("field", ["name", "destinations", "label:team", "bogus"])
def test_only_questions_are_answered_by_column(app: Flask, client: PageClient, field: str) -> None:
    """Any other column is refused as a whole, with a message."""
    plan_id = own(app, client)
    before = plan_of(app, plan_id)
    answer = Grid(client, plan_id).send(422, columns=_columns(field, "yes", "all"))
    assert answer["message"] == "Only questions are answered by column."
    assert plan_of(app, plan_id) == before


def test_a_column_of_ten_thousand_events_is_one_change(app: Flask, client: PageClient) -> None:
    """The rows are not sent back, the page is told to load them, and one undo restores all."""
    events = tuple(Event(name=f"E{number}") for number in range(10_000))
    plan_id = own(app, client, Plan(name="Large", events=events))
    grid, before = Grid(client, plan_id), plan_of(app, plan_id)
    answer = grid.send(columns=_columns("payment", "no", "all"))
    assert answer["reload"]
    assert answer["says"] == "No for 10,000 events."
    grid.undo(answer)
    assert plan_of(app, plan_id) == before


def _plain(app: Flask, client: PageClient, query: str = "") -> tuple[str, tuple[str, ...]]:
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/plain{query}", status=200)
    return plan_id, event_ids(app, plan_id)


def test_the_ticked_events_are_answered_without_scripts_and_undone(app: Flask, client: PageClient) -> None:
    """The table says how many events were answered; its button takes all of it back."""
    plan_id, ids = _plain(app, client)
    before = plan_of(app, plan_id)
    client.submit("/grid/column", "act=yes", question="accuracy", which="selected", event=[ids[0], ids[3]])
    now = plan_of(app, plan_id).events
    assert [event.answers.get("accuracy") for event in now] == [
        "yes" if place in (0, 3) else event.answers.get("accuracy") for place, event in enumerate(before.events)
    ]
    assert "Yes for 2 events." in client.page.root.text
    client.submit("/undo")
    assert plan_of(app, plan_id) == before


def test_what_a_filter_shows_is_answered_without_scripts(app: Flask, client: PageClient) -> None:
    """Only the events on the page are changed, and the filter is still on afterwards."""
    plan_id, _ = _plain(app, client, "?find=order")
    client.submit("/grid/column", "act=no", question="payment", which="shown")
    answers = {event.name: event.answers.get("payment") for event in plan_of(app, plan_id).events}
    assert answers["Order Completed"] == "no"
    assert answers["Page Viewed"] == {event.name: event.answers.get("payment") for event in SHOP.events}["Page Viewed"]
    assert client.page.root.by_id("find")["value"] == "order"


def test_an_answer_without_ticked_events_changes_nothing(app: Flask, client: PageClient) -> None:
    """The table says why."""
    plan_id, _ = _plain(app, client)
    before = plan_of(app, plan_id)
    client.submit("/grid/column", "act=yes", question="payment", which="selected")
    assert "No event is ticked." in client.page.root.text
    assert plan_of(app, plan_id) == before


def test_the_tip_is_put_away_for_good(app: Flask, client: PageClient) -> None:
    """It is neither in the grid nor in the plain table any more, also of another plan."""
    plan_id, _ = _plain(app, client)
    other = own(app, client)
    client.submit("/grid/tip")
    for path in (f"/plans/{plan_id}/grid", f"/plans/{other}/grid", f"/plans/{other}/grid/plain"):
        client.get(path, status=200)
        assert "Fastest by column" not in client.page.root.text
