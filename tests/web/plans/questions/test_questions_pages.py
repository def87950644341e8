"""The page that asks one question about many events: its screens, saving, undo, and who may see it."""

from __future__ import annotations

from flask import Flask
from msgspec.structs import replace

from advisor.knowledge.starters import starter_plan
from advisor.model import Decision, Event
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

EVENTS = (
    Event(name="Order Completed"),
    Event(name="Invoice Paid"),
    Event(name="Banner Clicked"),
    Event(name="Qq Zz"),
    Event(name="Decided", decision=Decision(placement="client")),
)
PLAN = replace(SHOP, events=EVENTS)


def _ask(client: PageClient, plan_id: str, key: str = "payment") -> None:
    client.get(f"/plans/{plan_id}/questions?question={key}")


def _answers(app: Flask, plan_id: str, key: str = "payment") -> dict[str, str]:
    return {event.name: event.answers.get(key, "") for event in plan_of(app, plan_id).events}


def test_a_screen_has_three_groups_with_reasons(app: Flask, client: PageClient) -> None:
    """What we think yes is ticked and says why; what we think no is not; the rest has radios at *Not sure*."""
    plan_id = own(app, client, PLAN)
    _ask(client, plan_id)
    page = client.page.root
    assert "Which of these 4 record money?" in page.by_id("ask").text
    assert "0 of 4 settled" in page.text
    assert "The other 1 event of the plan needs none of these questions." in page.text
    boxes = {box["value"]: "checked" in box.attributes for box in page.all("input") if box["name"] == "yes"}
    first, second, third, fourth, _ = event_ids(app, plan_id)
    assert boxes == {first: True, second: True, third: False}
    assert [text for text in ("Segment’s spec", "the word “Invoice”") if text in page.text]
    listed = [field["value"] for field in page.all("input") if field["name"] == "event"]
    assert listed == [f"{fourth} - radio", f"{first} - ticked", f"{second} - ticked", f"{third} - open"]


def test_none_of_the_rest_answers_every_listed_event_in_one_step(app: Flask, client: PageClient) -> None:
    """Ticks are yes, the others no, *Not sure* stays open; it is one change, its Undo takes it back, and the next
    question follows.
    """
    plan_id = own(app, client, PLAN)
    first, *_ = event_ids(app, plan_id)
    before = the_store(app).history.latest("me", plan_id)
    _ask(client, plan_id)
    client.submit("/questions", "rest=no", yes=[first])
    assert _answers(app, plan_id) == {
        "Order Completed": "yes",
        "Invoice Paid": "no",
        "Banner Clicked": "no",
        "Qq Zz": "",
        "Decided": "",
    }
    assert all(event.suggested == () for event in plan_of(app, plan_id).events)
    assert the_store(app).history.latest("me", plan_id) == before + 1
    assert "3 events answered." in client.page.root.text
    assert "record money" not in client.page.root.by_id("ask").text
    client.submit("/undo")
    assert set(_answers(app, plan_id).values()) == {""}
    assert client.address == f"/plans/{plan_id}/questions"


def test_saving_the_ticks_only_leaves_the_rest_open(app: Flask, client: PageClient) -> None:
    """Ticked events are yes, and nothing else changes."""
    plan_id = own(app, client, PLAN)
    _ask(client, plan_id)
    client.submit("/questions", "rest=open", **{"answer-0": "no"})
    assert _answers(app, plan_id) == {
        "Order Completed": "yes",
        "Invoice Paid": "yes",
        "Banner Clicked": "",
        "Qq Zz": "no",
        "Decided": "",
    }


def test_going_to_another_question_or_back_loses_no_tick(app: Flask, client: PageClient) -> None:
    """Only what the person changed is saved on the way: a suggestion that was left as it was is not accepted."""
    plan_id = own(app, client, PLAN)
    first, _, third, *_ = event_ids(app, plan_id)
    client.get(f"/plans/{plan_id}/questions?question=payment&seen=accuracy")
    client.submit("/questions", "to=back", yes=[first, third])
    assert _answers(app, plan_id) == {
        "Order Completed": "",
        "Invoice Paid": "no",
        "Banner Clicked": "yes",
        "Qq Zz": "",
        "Decided": "",
    }
    assert "must all arrive" in client.page.root.by_id("ask").text
    client.submit("/questions", "to=payment")
    assert "record money" in client.page.root.by_id("ask").text
    assert "Answered before 2, 1 yes" in client.page.root.text


def test_the_last_question_leads_to_what_is_still_open(app: Flask, client: PageClient) -> None:
    """Who goes on with *Not sure* everywhere sees each question once, and then the events that are left."""
    plan_id = own(app, client, replace(PLAN, events=(Event(name="Qq Zz"), *(Event(name=name) for name in HOSTILE))))
    client.get(f"/plans/{plan_id}/questions")
    seen = []
    while any(one["name"] == "rest" for one in client.page.root.all("button")):
        seen.append(client.page.root.by_id("ask").text)
        client.submit("/questions", "rest=open")
    assert len(seen) == len(set(seen)) <= 9
    assert "are still open" in client.page.root.by_id("ask").text
    assert "Qq Zz" in client.page.root.text


def test_a_settled_plan_and_an_empty_plan_say_so(app: Flask, client: PageClient) -> None:
    """Nothing is asked where nothing can change, or where there is nothing yet."""
    client.get(f"/plans/{own(app, client, replace(PLAN, events=EVENTS[-1:]))}/questions")
    assert client.page.root.by_id("ask").text == "Every event is settled"
    client.get(f"/plans/{own(app, client, replace(PLAN, events=()))}/questions")
    assert client.page.root.by_id("ask").text == "No events to ask about yet"


def test_viewers_neither_see_nor_answer_the_questions(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """The page is made of controls only, so a link to view leads to the other pages."""
    plan_id = own(app, client, PLAN)
    client.get(f"/plans/{plan_id}/share")
    client.submit("/share", may="view", label="")
    (link,) = [link["href"] for link in client.page.root.all("a") if "data-copy-link" in link]
    other_client.get("/shared/" + link.rpartition("/")[2], follow_redirects=True)
    assert other_client.address == f"/plans/{plan_id}"
    assert not [each for each in other_client.page.root.all("a") if each["href"].endswith("/questions")]
    other_client.get(f"/plans/{plan_id}/questions", status=403)


def test_a_form_that_the_page_does_not_have_is_refused(app: Flask, client: PageClient) -> None:
    """An unknown question or button changes nothing."""
    plan_id = own(app, client, PLAN)
    for data in ({"question": "bogus"}, {"question": "payment", "rest": "bogus"}, {}):
        assert client.post(f"/plans/{plan_id}/questions", data=data, status=400).status_code == 400
    assert plan_of(app, plan_id) == PLAN


def test_an_added_event_with_a_known_name_offers_its_answers(app: Flask, client: PageClient) -> None:
    """The line says where they come from; they are filled in as suggestions, and that can be undone."""
    plan_id = own(app, client, replace(PLAN, events=()))
    client.get(f"/plans/{plan_id}")
    client.submit("/events", name="order_completed")
    assert "Segment’s spec suggests 9 answers. Nothing counts yet." in client.page.root.text
    assert plan_of(app, plan_id).events[0].answers == {}
    client.submit("/questions/fill")
    (event,) = plan_of(app, plan_id).events
    assert event.suggested == tuple(event.answers)
    assert len(event.answers) == 9
    assert "suggests 9 answers" not in client.page.root.text
    client.submit("/events", name="Qq Zz")
    assert "Nothing counts yet." not in client.page.root.text


def test_several_added_names_bring_their_suggested_answers_along(app: Flask, client: PageClient) -> None:
    """Unless that is unticked; each is a suggestion."""
    for tick, count in (("yes", 9), (None, 0)):
        plan_id = own(app, client, replace(PLAN, events=()))
        client.get(f"/plans/{plan_id}")
        client.submit("/events/several", names="signed_up\nQq Zz", fill=tick)
        known, unknown = plan_of(app, plan_id).events
        assert (len(known.answers), known.suggested, unknown.answers) == (count, tuple(known.answers), {})


def test_suggested_answers_that_settle_events_can_be_accepted_on_the_first_screen(
    app: Flask, client: PageClient
) -> None:
    """The offer says what would be settled; accepting is one step that Undo takes back, and it leads back to the questions."""
    plan = starter_plan("video")
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/questions")
    count = sum(len(event.suggested) for event in plan.events)
    assert f"{count} answers are suggested by the names of {len(plan.events)} events." in client.page.root.text
    assert "every event is settled" in client.page.root.text
    client.submit("/accept")
    assert client.address.partition("?")[0] == f"/plans/{plan_id}/questions"
    assert "Every event is settled" in client.page.root.text
    assert not any(event.suggested for event in plan_of(app, plan_id).events)
    client.submit("/undo")
    assert plan_of(app, plan_id) == plan


def test_a_plan_without_tools_is_asked_for_them_before_the_questions(app: Flask, client: PageClient) -> None:
    """The first screen leads to the destinations; with one, or on later screens, it does not."""
    for plan, query, is_asked in (
        (replace(PLAN, destinations=()), "", True),
        (replace(PLAN, destinations=()), "?seen=payment", False),
        (PLAN, "", False),
    ):
        client.get(f"/plans/{own(app, client, plan)}/questions{query}")
        assert ("This plan names no tools yet." in client.page.root.text) is is_asked


def test_suggestions_that_settle_nothing_alone_are_not_offered(app: Flask, client: PageClient) -> None:
    """Nor are they offered on later screens, where the person looks at each."""
    event = Event(name="Qq Zz", answers={"payment": "no"}, suggested=("payment",))
    plan_id = own(app, client, replace(SHOP, events=(event,)))
    client.get(f"/plans/{plan_id}/questions")
    assert "suggested by the name" not in client.page.root.text
    plan_id = own(app, client, starter_plan("video"))
    client.get(f"/plans/{plan_id}/questions?seen=payment")
    assert "suggested by the name" not in client.page.root.text
