"""The pure part of the questions: what is asked, in which order, how much is settled, and what a screen's ticks answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.knowledge.starters import starter_plan
from advisor.model import Answer, Destination, Event, Plan, Property
from advisor.store import FoundEvent
from advisor.web.plans.questions.board import question_board
from advisor.web.plans.questions.screen import PER_PAGE, screen_of
from advisor.web.plans.questions.ticks import RESTS, ListedEvent, Rest, TickedScreen, listed_event
from advisor.web.plans.questions.walk import Walk
from answered_plans import ANSWERS, some_plans
from owned_plans import CLOUD, SHOP
from serving import ROOT


def ids_of(plan: Plan) -> tuple[str, ...]:
    """Return an id for each event of a plan: its place."""
    return tuple(map(str, range(len(plan.events))))


@given(some_plans())
def test_the_counter_says_what_the_advice_says(plan: Plan) -> None:
    """An event is settled if its advice is; one is not counted if its placement is settled without any answer."""
    board = question_board(plan, ids_of(plan))
    advised = advise(plan).events
    bare = advise(replace(plan, events=tuple(replace(one, answers={}, suggested=()) for one in plan.events))).events
    needed = [
        event
        for event, without in zip(advised, bare, strict=True)
        if event.decision is None and not without.recommendation.settled
    ]
    assert len(board.events) == len(needed)
    assert board.settled == sum(event.recommendation.settled for event in needed)
    assert board.total == len(plan.events)


@given(some_plans())
def test_the_question_that_settles_most_comes_first(plan: Plan) -> None:
    """The order is by the number of answers that settle an event; every question that can move one is there."""
    board = question_board(plan, ids_of(plan))
    counted = {
        key: sum(outcome.settled for item in board.events for outcome in item.outlook.outcomes.get(key, {}).values())
        for key in QUESTION_KEYS
    }
    steps = [step.question.key for step in board.open_steps]
    assert [counted[key] for key in steps] == sorted((counted[key] for key in steps), reverse=True)
    assert set(steps) == {key for item in board.events for key in item.outlook.outcomes}
    for step in board.open_steps:
        assert step.movable == sum(step.question.key in item.outlook.outcomes for item in board.events)


@given(some_plans())
def test_a_screen_lists_every_event_that_its_question_can_move_once(plan: Plan) -> None:
    """Each is in one of three groups: what we think yes, what we think no, and what only the person knows."""
    board = question_board(plan, ids_of(plan))
    for step in board.open_steps:
        screen = screen_of(board, step, "")
        listed = [row.id for row in (*screen.decide, *screen.think_yes, *screen.think_no)]
        assert sorted(listed) == sorted(item.id for item in board.events if step.question.key in item.outlook.outcomes)
        for row in screen.think_yes:
            assert row.hint is not None
            assert (row.hint.answer, row.hint.maybe) == ("yes", False)


def test_a_hint_at_yes_is_shown_and_not_ticked() -> None:
    """A click is perhaps seen by the page only: the person decides, and reads why."""
    plan = replace(SHOP, events=(Event(name="Banner Clicked"), Event(name="Order Completed")))
    board = question_board(plan, ids_of(plan))
    step = board.step("browser_only")
    assert step is not None
    screen = screen_of(board, step, "")
    ((row,), (other,)) = (screen.decide, screen.think_no)
    assert (row.hint.answer, row.hint.maybe, row.hint.source) == ("yes", True, "the word “Clicked”")
    assert (other.name, screen.think_yes) == ("Order Completed", ())


def test_a_property_for_money_and_a_stored_suggestion_are_reasons_too() -> None:
    """Revenue hints at a payment where the name says nothing; a suggestion that is stored stays as it is."""
    events = (
        Event(name="Qq Zz", properties=(Property(name="revenue"),)),
        Event(name="Qq Yy", answers={"payment": "yes"}, suggested=("payment",)),
        Event(name="Order Completed", answers={"payment": "no"}, suggested=("payment",)),
        Event(name="Order Completed", answers={"payment": "yes"}, suggested=("payment",)),
    )
    board = question_board(replace(SHOP, events=events), "0123")
    step = board.step("payment")
    assert step is not None
    screen = screen_of(board, step, "")
    assert {row.id: row.hint.source for row in screen.think_yes} == {
        "0": "has revenue",
        "1": "suggested before",
        "3": "Segment’s spec",
    }
    assert [(row.id, row.was) for row in screen.think_no] == [("2", "no?")]


@given(st.sampled_from(RESTS), st.booleans(), st.booleans(), ANSWERS | st.just("unsure"), st.booleans())
def test_each_listed_event_is_answered_exactly_as_ticked(
    rest: Rest, has_box: bool, was_ticked: bool, chosen: Answer, is_ticked: bool
) -> None:
    """A box is yes if ticked. What is not ticked follows the button; radios always say what they say."""
    event = Event(name="Qq Zz", answers={"payment": "yes"} if was_ticked else {}, suggested=("payment",) * was_ticked)
    was = "yes?" if was_ticked else ""
    listed = ListedEvent("a", was, was_ticked if has_box else None, chosen, is_ticked)
    sent = TickedScreen("payment", rest, (listed,))
    batch = sent(SHOP, {"a": FoundEvent(event=event, deleted=False)})
    after = batch.saved.get("a", event)
    if not has_box:
        meant = "no" if rest == "all" and chosen == "unsure" and not was else chosen
        assert after.answers.get("payment", "unsure") == meant
        assert "payment" not in after.suggested
    elif is_ticked and not (rest == "kept" and was_ticked):
        assert (after.answers["payment"], after.suggested) == ("yes", ())
    elif rest in ("no", "all") or (rest == "kept" and was_ticked and not is_ticked):
        assert (after.answers["payment"], after.suggested) == ("no", ())
    elif rest == "open":
        assert "payment" not in after.answers
    else:
        assert after is event


def test_what_somebody_answered_meanwhile_is_kept_and_counted() -> None:
    """An answer that is not the one that the screen showed stays; the same answer is no conflict."""
    events = {
        "a": FoundEvent(event=Event(name="A", answers={"payment": "yes"}), deleted=False),
        "b": FoundEvent(event=Event(name="B", answers={"payment": "no"}), deleted=False),
        "c": FoundEvent(event=Event(name="C"), deleted=True),
    }
    listed = tuple(ListedEvent(key, "", False, "unsure", is_ticked=False) for key in "abcd")
    sent = TickedScreen("payment", "no", listed)
    assert sent(SHOP, events).saved == {}
    assert sent.kept == 1


@given(st.text(max_size=30), st.text(max_size=9), st.sets(st.text(max_size=9)))
def test_any_text_can_be_sent_as_a_listed_event(text: str, chosen: str, ticked: set[str]) -> None:
    """A hidden field that somebody changed is no event, or an event with some answer; nothing fails."""
    found = listed_event(text, chosen, ticked)
    assert found is None or found.answer("no") in ("yes", "no", "unsure")


def test_a_long_list_is_asked_about_in_pages() -> None:
    """A screen has at most 200 events to answer, and as many that were answered before."""
    many = tuple(Event(name=f"Qq {number}") for number in range(450))
    done = tuple(Event(name=f"Yy {number}", answers={"payment": "yes"}) for number in range(250))
    plan = replace(SHOP, events=many + done)
    board = question_board(plan, ids_of(plan))
    step = board.step("payment")
    assert step is not None
    sizes = [len(screen_of(board, step, page).decide) for page in ("1", "2", "3", "99")]
    assert sizes == [PER_PAGE, PER_PAGE, 50, 50]
    assert (len(screen_of(board, step, "1").before), screen_of(board, step, "1").more_before) == (PER_PAGE, 50)


def test_a_walk_goes_through_every_question_and_back() -> None:
    """What was seen is not asked again by itself; Back leads to the question before."""
    board = question_board(replace(SHOP, events=(Event(name="Qq Zz"),)), "0")
    walk, asked = Walk("", ()), []
    while step := walk.current(board):
        asked.append(step.question.key)
        walk = Walk(step.question.key, walk.seen).left()
    assert asked == [step.question.key for step in board.open_steps]
    assert walk.seen == tuple(asked)
    assert walk.back() == Walk(asked[-1], tuple(asked[:-1]))
    assert Walk("", ()).back() == Walk("", ())
    assert Walk.of(Walk(asked[0], tuple(asked[1:])).query()) == Walk(asked[0], tuple(asked[1:]))
    assert Walk.of({"question": "bogus", "seen": "bogus payment payment"}) == Walk("", ("payment",))


@pytest.mark.parametrize("key", ["e-commerce", "b2b-saas"])
def test_seven_screens_settle_two_hundred_names(key: str) -> None:
    """Pasted names in a plan with the destinations of a starter need seven questions, where every suggestion is right."""
    table = (ROOT / "tests" / "knowledge" / "known_names.txt").read_text(encoding="utf-8")
    names = [line[9:39].strip() for line in table.splitlines()[2:]]
    plan = replace(
        starter_plan(key), events=tuple(Event(name=f"{name}{tail}") for name in names for tail in ("", " 2"))
    )
    walk, screens = Walk("", ()), 0
    while step := walk.current(board := question_board(plan, ids_of(plan))):
        screens += 1
        question = step.question.key
        said: dict[str, Answer] = {}
        for page in range(1, screen_of(board, step, "").pager.pages + 1):
            screen = screen_of(board, step, str(page))
            said |= {row.id: "yes" for row in screen.think_yes}
            said |= {row.id: "no" for row in (*screen.think_no, *screen.decide)}
        events = [
            with_answer(event, question, said[place]) if place in said else event
            for place, event in zip(ids_of(plan), plan.events, strict=True)
        ]
        plan = replace(plan, events=tuple(events))
        walk = Walk(question, walk.seen).left()
    assert board.settled == len(board.events)
    assert screens <= 7


def test_a_plan_without_destinations_asks_for_a_tool_that_the_server_cannot_reach() -> None:
    """That question is answered by the destinations as soon as there are any."""
    events = (Event(name="Qq Zz"),)
    without = question_board(replace(SHOP, destinations=(), events=events), "0")
    with_some = question_board(replace(SHOP, destinations=(Destination(key=CLOUD),), events=events), "0")
    assert without.step("client_only_destination") is not None
    assert with_some.step("client_only_destination") is None
