"""One event of a plan: its form and the live advice, saving, two people at once, deleting, and its neighbours."""

from __future__ import annotations

import msgspec
import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise_event
from advisor.document import check
from advisor.model import Decision, Event, Practice, Property, Recommendation
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from markup import filled_in
from owned_plans import CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient


def _open(app: Flask, client: PageClient, index: int = 1) -> tuple[str, str]:
    plan_id = own(app, client)
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[index]}"
    client.get(path)
    return plan_id, path


def test_saving_an_unchanged_event_changes_nothing(app: Flask, client: PageClient) -> None:
    """The content may have labels, decisions, nested and unusual properties, line breaks, blanks and extra keys."""
    nested = Property(name="products", type="array|object", values=("a", 1), properties=(Property(name="sku"),))
    odd = [
        Event(name=name, description=f"{name}\n", labels={name[:200]: name[:200], "team": name[:200]})
        for name in HOSTILE
    ]
    odd += [Event(name="A", properties=(nested, *(Property(name=name) for name in HOSTILE)), extra={"x": [1]})]
    odd += [Event(name="B", decision=Decision(placement="client", reason="Why\nnot", author="Ann", date="2026-01-02"))]
    odd += [Event(name="C", answers={"payment": "yes"}, suggested=("payment",), sources=(), destinations=())]
    plan = check(replace(SHOP, events=(*odd, *SHOP.events)))[0]
    plan_id = own(app, client, plan)
    for event_id in event_ids(app, plan_id):
        client.get(f"/plans/{plan_id}/events/{event_id}")
        client.submit(f"/events/{event_id}")
    assert plan_of(app, plan_id) == plan
    assert set(the_store(app).load("me", plan_id).event_revisions) == {1}


def test_everything_about_an_event_can_be_changed(app: Flask, client: PageClient) -> None:
    """The form's fields and the rows of its properties can be changed without script."""
    plan_id, path = _open(app, client)
    changes = {"name": "Order Paid", "call": "identify", "team": "billing", "description": "X", "accuracy": "yes"}
    changes |= {"payment": "unsure", "wanted_scope": "some", "wanted": [PIXEL]}
    changes |= {"properties-0-required": None, "properties-1-remove": "yes", "properties-2-name": "coupon"}
    changes |= {"properties-2-type": "string", "properties-2-known_by": "client", "properties-2-description": "Code"}
    changes |= {"owner": "Ines", "version": "2", "properties-0-personal": "finance"}
    changes |= {"practice_placement": "client", "practice_evidence": "labels.source = web"}
    client.submit(path, **changes)
    assert client.address == path
    event = plan_of(app, plan_id).events[1]
    assert (event.owner, event.version) == ("Ines", 2)
    assert event.practice == Practice(placement="client", evidence="labels.source = web")
    assert (event.name, event.call, event.labels, event.description) == (
        "Order Paid",
        "identify",
        {"team": "billing"},
        "X",
    )
    assert event.answers == {"stored_in_database": "yes", "sensitive": "no", "accuracy": "yes"}
    assert event.destinations == (PIXEL,)
    coupon = Property(name="coupon", type="string", known_by="client", description="Code")
    assert event.properties == (Property(name="total", type="number", personal="finance"), coupon)


@pytest.mark.parametrize(
    ("typed", "version"), [("", None), ("3", 3), ("03", "03"), ("1.2", "1.2"), ("-1", "-1"), ("9" * 30, "9" * 30)]
)
def test_a_version_is_a_number_or_a_text(app: Flask, client: PageClient, typed: str, version: int | str | None) -> None:
    """The version is kept as it was typed; an untouched one keeps its kind; the status is one of three."""
    plan_id, path = _open(app, client)
    sent = dict(filled_in(client.page.form(path))) | {"version": typed, "status": "agreed"}
    client.post(path, data=sent, status=303)
    assert (plan_of(app, plan_id).events[1].version, plan_of(app, plan_id).events[1].status) == (version, "agreed")
    client.get(path)
    client.submit(path, owner="Ines")
    assert plan_of(app, plan_id).events[1].version == version
    client.post(path, data=dict(filled_in(client.page.form(path))) | {"status": "<b>"}, status=200)
    assert "#event-status" in {link["href"] for link in client.page.root.by_id("problems").all("a")}


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_advice_beside_the_form_is_that_of_the_plan(app: Flask, client: PageClient, key: str) -> None:
    """Every event's page shows the placement, strength and objects that the advice of the whole plan has."""
    plan = example_plan(key)
    plan_id = own(app, client, plan)
    for index, event_id in enumerate(event_ids(app, plan_id)):
        client.get(f"/plans/{plan_id}/events/{event_id}")
        advice = advise_event(plan, index).recommendation
        assert isinstance(advice, Recommendation)
        panel = client.page.root.by_id("advice")
        assert f", {advice.strength}, " in panel["data-announce"]
        blocks = [each for each in panel.by_id("calls").all("pre") if each["aria-label"].startswith("integrations")]
        first = {
            side: next(call for call in advice.calls if call.side == side)
            for side in ("client", "server")
            if any(call.side == side for call in advice.calls)
        }
        assert [msgspec.json.decode(block.text) for block in blocks] == [call.integrations for call in first.values()]


def test_the_live_advice_equals_the_page_after_saving(app: Flask, client: PageClient) -> None:
    """The fragment during typing has the advice of the page after saving, and saves nothing itself."""
    plan_id, path = _open(app, client, 3)
    form = client.page.form(path)
    sent = {control["name"]: control["value"] for control in form.all("input") if control["type"] == "hidden"}
    sent |= {"name": "Untold", "call": "track", "payment": "yes", "wanted_scope": "all", "placement": "follow"}
    before = plan_of(app, plan_id)
    fragment = client.post(f"{path}/advice", data=sent).text
    assert plan_of(app, plan_id) == before
    client.submit(path, payment="yes", wanted_scope="all")
    page = client.get(path).text
    start = fragment.index('<div class="verdict')
    assert fragment[start : fragment.index("</h2>", start)] in page


def test_errors_of_an_event_are_shown_at_their_field(app: Flask, client: PageClient) -> None:
    """The errors are in a summary as well, nothing typed is lost, nothing is stored, and the advice is shown."""
    plan_id, path = _open(app, client)
    client.submit(path, **{"name": " ", "placement": "client", "properties-2-description": "nameless", "team": "kept"})
    anchors = [link["href"] for link in client.page.root.by_id("problems").all("a")]
    assert anchors == ["#name", "#decision_reason", "#properties-2-name"]
    for anchor in anchors:
        assert client.page.root.by_id(f"{anchor[1:]}-error").text
    assert client.page.root.by_id("team")["value"] == "kept"
    assert client.page.root.by_id("properties-2-description")["value"] == "nameless"
    assert client.page.root.by_id("advice")
    assert plan_of(app, plan_id) == SHOP


def test_a_decision_can_be_made_and_withdrawn(app: Flask, client: PageClient) -> None:
    """A decision keeps reason, author, today's date and the advice at that time; one button follows the advice again."""
    plan_id, path = _open(app, client)
    client.submit(path, placement="client", decision_reason="No backend yet", decision_author="Ann")
    decision = plan_of(app, plan_id).events[1].decision
    assert decision is not None
    assert (decision.placement, decision.reason, decision.author) == ("client", "No backend yet", "Ann")
    assert decision.date is not None
    assert decision.against is not None
    assert decision.against.placement == "both"
    assert "No backend yet" in client.page.root.by_id("advice").text
    client.submit(path, button="follow=yes", decision_reason=None)
    assert plan_of(app, plan_id).events[1].decision is None


def test_a_decision_is_prefilled_with_the_visitors_name(app: Flask, client: PageClient) -> None:
    """The field is empty for a visitor without a name, another name may be typed, and an earlier author stays."""
    plan_id, path = _open(app, client)
    assert client.page.root.by_id("decision_author")["value"] == ""
    with client.session_transaction() as session:
        session["name"] = "Maya"
    client.get(path)
    assert client.page.root.by_id("decision_author")["value"] == "Maya"
    client.submit(path, placement="follow")
    assert plan_of(app, plan_id).events[1].decision is None
    client.submit(path, placement="client", decision_reason="No backend yet")
    decision = plan_of(app, plan_id).events[1].decision
    assert decision is not None
    assert decision.author == "Maya"
    with client.session_transaction() as session:
        session["name"] = "Jonas"
    client.get(path)
    assert client.page.root.by_id("decision_author")["value"] == "Maya"


def test_suggested_answers_are_accepted_one_by_one_or_all_at_once(app: Flask, client: PageClient) -> None:
    """Accepting takes the mark of a suggestion away and keeps the answer."""
    answers = {"stored_in_database": "yes", "payment": "yes", "accuracy": "no"}
    event = Event(name="A", answers=answers, suggested=("payment", "stored_in_database", "accuracy"))
    plan_id = own(app, client, replace(SHOP, events=(event,)))
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    client.submit(path, "accepted=payment")
    assert plan_of(app, plan_id).events[0].suggested == ("stored_in_database", "accuracy")
    client.submit(path, button="accept_all=yes")
    assert plan_of(app, plan_id).events[0] == replace(event, suggested=())


def test_an_event_is_added_by_the_whole_form(app: Flask, client: PageClient) -> None:
    """Name, answers and properties are added at once; without a name, the event is refused and nothing is lost."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/events/new")
    client.submit("/events/new", payment="yes", **{"properties-0-name": "total"})
    assert client.page.root.by_id("name-error")
    assert client.page.root.by_id("properties-0-name")["value"] == "total"
    client.submit("/events/new", name="Refunded")
    added = plan_of(app, plan_id).events[-1]
    assert added == Event(name="Refunded", answers={"payment": "yes"}, properties=(Property(name="total"),))


def test_two_people_saving_one_event_lose_nothing(app: Flask, client: PageClient) -> None:
    """The second person sees both versions of every differing part and who changed it, and the choice is stored."""
    plan_id, path = _open(app, client)
    mine = client.page
    client.submit(path, description="Theirs", sensitive="yes")
    client.page = mine
    client.submit(path, team="mine", sensitive="unsure", **{"properties-2-name": "added"}, status=409)
    parts = {field["name"]: field["value"] for field in client.page.root.all("input") if "checked" in field}
    assert parts == {
        "keep-labels": "mine",
        "keep-description": "theirs",
        "keep-sensitive": "mine",
        "keep-properties": "mine",
    }
    text = client.page.root.first("main").text
    assert "Theirs" in text
    assert "team: mine" in text
    assert text.count("Both of you changed this") == 1
    client.submit(f"{path}/merge", **{"keep-sensitive": "theirs"})
    event = plan_of(app, plan_id).events[1]
    assert (event.description, event.labels, event.answers["sensitive"]) == ("Theirs", {"team": "mine"}, "yes")
    assert [item.name for item in event.properties] == ["total", "margin", "added"]


def test_all_of_one_version_can_be_chosen(app: Flask, client: PageClient) -> None:
    """One button takes every part of my version; their version is stored already."""
    plan_id, path = _open(app, client)
    mine = client.page
    client.submit(path, description="Theirs", name="Their name")
    client.page = mine
    client.submit(path, team="mine", status=409)
    assert path in [link["href"] for link in client.page.root.first("main").all("a")]
    client.submit(f"{path}/merge", button="all=mine")
    assert plan_of(app, plan_id).events[1] == replace(SHOP.events[1], labels={"team": "mine"})


def test_a_third_version_is_shown_as_another_conflict(app: Flask, client: PageClient) -> None:
    """If someone saves again during the choice, both versions are shown again, and nothing is overwritten."""
    plan_id, path = _open(app, client)
    mine = client.page
    client.submit(path, description="Second")
    client.page = mine
    client.submit(path, team="mine", status=409)
    choosing = client.page
    client.get(path)
    client.submit(path, description="Third")
    client.page = choosing
    client.submit(f"{path}/merge", status=409)
    assert "Third" in client.page.root.first("main").text
    client.submit(f"{path}/merge")
    assert plan_of(app, plan_id).events[1] == replace(SHOP.events[1], description="Third", labels={"team": "mine"})


def test_saving_a_deleted_event_can_restore_it(app: Flask, client: PageClient) -> None:
    """My version is shown, and restores the event if I choose it."""
    plan_id, path = _open(app, client)
    mine = client.page
    client.post(f"{path}/delete", status=303)
    client.page = mine
    client.submit(path, team="mine", status=409)
    assert "deleted" in client.page.root.first("h1").text
    client.submit(f"{path}/merge", button="all=mine")
    assert plan_of(app, plan_id).events[1] == replace(SHOP.events[1], labels={"team": "mine"})


def test_the_same_save_twice_is_no_conflict(app: Flask, client: PageClient) -> None:
    """A double click, or sending a form again after Back, stores the event once."""
    plan_id, path = _open(app, client)
    mine = client.page
    client.submit(path, team="mine")
    client.page = mine
    client.submit(path, team="mine")
    assert the_store(app).load("me", plan_id).event_revisions[1] == 2


def test_a_merge_stores_only_valid_events(app: Flask, client: PageClient) -> None:
    """The hidden version of mine is checked like any document."""
    plan_id, path = _open(app, client)
    for mine in (
        "",
        "{}",
        "[1]",
        '{"name": ""}',
        '{"name": "A", "destinations": ["Nowhere"]}',
        '{"name": "A", "call": "x"}',
    ):
        client.post(f"{path}/merge", data={"mine": mine, "revision": "1", "all": "mine"}, status=400)
    assert plan_of(app, plan_id) == SHOP


def test_deleting_an_event_asks_first_and_can_be_undone(app: Flask, client: PageClient) -> None:
    """The plan's page offers the undo, which restores the event to its place; the address of the event offers it,
    too.
    """
    plan_id, path = _open(app, client)
    client.get(f"{path}/delete")
    client.submit(f"{path}/delete")
    assert [event.name for event in plan_of(app, plan_id).events] == ["Page Viewed", "Renewed", "Untold"]
    client.get(path, status=410)
    assert client.page.form(f"{path}/restore")
    client.get(f"/plans/{plan_id}?deleted={path.rsplit('/', 1)[1]}")
    client.submit(f"{path}/restore")
    assert plan_of(app, plan_id) == SHOP
    for action in ("restore", "delete", "delete"):
        client.post(f"{path}/{action}", status=303)
    client.get(f"/plans/{plan_id}?deleted=nonsense")


def test_previous_and_next_lead_through_the_events(app: Flask, client: PageClient) -> None:
    """Next and previous follow the plan's order; there is none before the first and after the last."""
    plan_id, _ = _open(app, client)
    ids = event_ids(app, plan_id)
    for place, event_id in enumerate(ids):
        client.get(f"/plans/{plan_id}/events/{event_id}")
        links = {link["rel"]: link["href"] for link in client.page.root.all("a") if link["rel"]}
        there = {"prev": place > 0, "next": place < len(ids) - 1}
        assert set(links) == {rel for rel in there if there[rel]}
        for rel, step in (("prev", -1), ("next", 1)):
            if rel in links:
                assert client.get(links[rel], status=303).location == f"/plans/{plan_id}/events/{ids[place + step]}"
    client.get(f"/plans/{plan_id}/events/{ids[0]}")
    client.submit(f"/events/{ids[0]}", button="then=next", team="web")
    assert client.page.root.first("h1").text == "Order Completed"


def test_hostile_names_stay_text_on_every_page_of_an_event(app: Flask, client: PageClient) -> None:
    """A hostile name of a plan, event, property, destination, label or decision is shown as text, never as markup."""
    for name in HOSTILE:
        event = Event(
            name=name,
            answers={"payment": "yes", "browser_only": "yes"},
            properties=(Property(name=name, sensitive=True, required=True, description=name),),
            decision=Decision(placement="both", reason=name, author=name[:200]),
            destinations=(CLOUD,),
        )
        plan_id = own(app, client, replace(SHOP, name=name, events=(event, event)))
        path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
        for page in (path, f"{path}/delete", f"/plans/{plan_id}/delete", f"/plans/{plan_id}/export/json"):
            client.get(page)
        client.post(f"{path}/advice", data={"name": name, "placement": "follow", "properties-0-name": name})
        client.get(path)
        mine = client.page
        client.submit(path, team="theirs")
        client.page = mine
        client.submit(path, team="mine", status=409)
        client.submit(f"{path}/merge")
        assert replace(plan_of(app, plan_id).events[0], labels={}) == event


def test_forms_keep_what_they_do_not_show(app: Flask, client: PageClient) -> None:
    """Fields without a control, lists of labels and properties without a name survive every form that is sent untouched.

    A change of one property leaves them as they are, too.
    """
    properties = (
        Property(name="", personal="contact"),
        Property(name=" ", type="string|null", values=(None, True, 1, 1.5, "x"), properties=(Property(name=""),)),
        Property(name="total", personal="finance"),
    )
    event = Event(
        name="Order Completed",
        labels={"platform": ("web", "iOS"), "team": ("a, b", "c")},
        version="2",
        practice=Practice(placement="both", evidence="source = web\nsource = backend"),
        status="implemented",
        owner="Ada",
        properties=properties,
    )
    plan = replace(
        SHOP,
        destinations=(replace(SHOP.destinations[0], consent="ads", contract="none"), *SHOP.destinations[1:]),
        common=(Property(name="app_version"), Property(name="")),
        events=(event,),
    )
    plan_id = own(app, client, plan)
    (event_id,) = event_ids(app, plan_id)
    for page, form in (
        (f"/events/{event_id}", f"/events/{event_id}"),
        ("/settings", "/settings"),
        ("/grid/plain", f"/plain/{event_id}"),
    ):
        client.get(f"/plans/{plan_id}{page}", status=200)
        client.submit(form)
        assert plan_of(app, plan_id) == plan, page
    client.get(f"/plans/{plan_id}/events/{event_id}", status=200)
    client.submit(f"/events/{event_id}", **{"properties-3-required": "yes", "description": "Paid"})
    changed = (*properties[:2], replace(properties[2], required=True))
    assert plan_of(app, plan_id).events == (replace(event, description="Paid", properties=changed),)
