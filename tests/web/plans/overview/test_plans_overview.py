"""The page of one plan: numbers, matrix, findings, filters, and adding events."""

from __future__ import annotations

import json
from collections import Counter

from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.catalogue import destination_name
from advisor.model import Decision, Destination, Dismissal, Event, Plan, Recommendation, placement_in_force
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from advisor.web.plans.summary.filter import PER_PAGE
from markup import Element, Page, filled_in
from owned_plans import HOSTILE, SHOP, own, plan_of
from page_client import PageClient


def _advice(event: Event) -> Recommendation:
    assert isinstance(event.recommendation, Recommendation)
    return event.recommendation


def _rows(page: Page) -> list[Element]:
    return page.root.by_class("matrix")[0].first("tbody").all("tr")


def test_the_summary_counts_match_the_advice(app: Flask, client: PageClient) -> None:
    """Each event is counted once for client, server, both or not settled, by the placement in force."""
    for key in EXAMPLES:
        plan = example_plan(key)
        client.get(f"/plans/{own(app, client, plan)}")
        counted = Counter(
            placement_in_force(event) if event.decision or _advice(event).settled else "open"
            for event in advise(plan).events
        )
        shown = [int(number.text) for stat in client.page.root.by_class("stat") for number in stat.all("b")]
        assert shown == [counted["client"], counted["server"], counted["both"], counted["open"]]


def _is_settled(event: Event) -> bool:
    return event.decision is not None or _advice(event).settled


def test_every_cell_of_the_matrix_says_who_delivers(app: Flask, client: PageClient) -> None:
    """A cell names the calls and their modes, or says that it isn't reached or wanted; an open event has one link."""
    for key in EXAMPLES:
        plan = advise(example_plan(key))
        client.get(f"/plans/{own(app, client, example_plan(key))}")
        heads = [head.text for head in client.page.root.by_class("matrix__names")[0].all("th")][3:]
        for event, row in zip(plan.events, _rows(client.page), strict=True):
            cells = row.all("td")[2:]
            if not _is_settled(event):
                number = len(_advice(event).decisive)
                assert [cell.text for cell in cells] == [f"{number} open question{'s' if number > 1 else ''}"]
                continue
            shown = dict(zip(heads, cells, strict=True))
            for item in plan.destinations:
                if destination_name(item.key) in shown:
                    cell = shown[destination_name(item.key)]
                    assert cell.text == _expected(event, item.key, cell.text), (event.name, item.key)
                else:
                    assert _expected(event, item.key, "") == "not wanted"


def _expected(event: Event, key: str, found: str) -> str:
    advice = _advice(event)
    ways: dict[str, dict[str, None]] = {}
    for item in advice.deliveries:
        if item.destination == key:
            ways.setdefault(item.side, {})[item.mode] = None
    if ways:
        return "".join(f"{side} call, {' and '.join(modes)}" for side, modes in ways.items())
    if any(item.destination == key for item in advice.unreachable):
        assert found.startswith("not reached, ")
        return found
    return "not wanted"


def test_every_mark_has_a_shape_and_a_word(app: Flask, client: PageClient) -> None:
    """In the matrix, no mark is without a word; a blank cell is one without a mark, and says so to who can't see it."""
    client.get(f"/plans/{own(app, client, example_plan('shop'))}")
    for row in _rows(client.page):
        placement, count, *cells = row.all("td")
        assert placement.all("svg")
        assert count.text
        for cell in cells:
            assert cell.text
            assert bool(cell.by_class("to")) is (cell.text != "not wanted" and cell["class"] != "matrix__blank")


def test_decisions_count_and_open_events_are_marked(app: Flask, client: PageClient) -> None:
    """A decision of the team is in force, and a placement that isn't settled ends in a question mark."""
    decided = replace(SHOP.events[3], decision=Decision(placement="client", reason="No server"))
    client.get(f"/plans/{own(app, client, replace(SHOP, events=(SHOP.events[3], decided)))}")
    places = [row.all("td")[0].text for row in _rows(client.page)]
    assert places == ["Server?", "Client decided otherwise than advised"]


def test_events_are_added_by_name_one_after_the_other(app: Flask, client: PageClient) -> None:
    """Each submit returns to the same page with an empty focused field, and the event has the exact name."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}")
    names = [name for name in HOSTILE if name.splitlines() == [name]]
    for name in names:
        client.submit("/events", name=name, call="identify")
        field = client.page.root.by_id("name")
        assert field["value"] == ""
        assert "autofocus" in field
        assert client.page.root.by_class("add__done")
    assert [(event.name, event.call) for event in plan_of(app, plan_id).events] == [
        (name, "identify") for name in names
    ]


def test_several_events_are_added_at_once(app: Flask, client: PageClient) -> None:
    """Each line that isn't blank becomes an event, in the same order."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}")
    client.submit("/events/several", names="First\r\n\r\n  Second  \r\nThird", several_call="page")
    assert [event.name for event in plan_of(app, plan_id).events] == ["First", "Second", "Third"]
    assert {event.call for event in plan_of(app, plan_id).events} == {"page"}
    assert "3 events are in the plan now" in client.page.root.by_id("add").text


def test_a_refused_name_is_shown_again(app: Flask, client: PageClient) -> None:
    """For a blank name, a long one or too many, the error is at the field, the text stays, and nothing is stored."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}")
    client.submit("/events", name="  ")
    assert client.page.root.by_id("name-error")
    client.submit("/events", name="x" * 501)
    assert client.page.root.by_id("name")["value"] == "x" * 501
    client.submit("/events/several", names="fine\r\n" + "y" * 501)
    assert "Name 2 has 501 characters" in client.page.root.by_id("names-error").text
    assert client.page.root.by_id("names").text.startswith("fine yyy")
    client.post(f"/plans/{plan_id}/events/several", data={"names": "\n".join(map(str, range(10_000)))})
    assert "10,000 events" in client.page.root.by_id("names-error").text
    assert plan_of(app, plan_id) == SHOP


def test_the_filter_is_in_the_address(app: Flask, client: PageClient) -> None:
    """A text and a placement filter the events, and one link clears the filter."""
    plan_id = own(app, client, example_plan("shop"))
    client.get(f"/plans/{plan_id}?find=ORDER&placement=server")
    form = client.page.root.by_class("filters")[0]
    chosen = {name: value for name, value in filled_in(form) if value}
    assert chosen == {"find": "ORDER", "placement": "server", "rows": "roomy"}
    assert [row.all("th")[0].text for row in _rows(client.page)] == ["Order Refunded"]
    assert "1 of 12 events" in client.page.root.by_id("matrix").text
    client.get(f"/plans/{plan_id}?find=nothing&placement=nonsense&page=-3")
    assert "No events match" in client.page.root.by_id("matrix").text


def test_a_long_plan_is_paged(app: Flask, client: PageClient) -> None:
    """Every event is on exactly one page, and each page leads to the next."""
    names = [f"Event {number}" for number in range(2 * PER_PAGE + 1)]
    plan_id = own(app, client, replace(SHOP, events=tuple(Event(name=name) for name in names)))
    found = []
    for page in (1, 2, 3):
        client.get(f"/plans/{plan_id}?page={page}")
        found += [row.all("th")[0].text for row in _rows(client.page)]
    assert found == names
    assert [link["rel"] for link in client.page.root.by_class("pager")[0].all("a")] == ["prev"]
    client.get(f"/plans/{plan_id}?page=99999999")
    client.get(f"/plans/{plan_id}?page=400")
    assert len(_rows(client.page)) == 1


def test_the_height_of_the_rows_is_remembered(app: Flask, client: PageClient) -> None:
    """Dense rows stay dense on other plans and visits of this person, until they are roomy again; nonsense changes nothing."""
    first, second = own(app, client), own(app, client)
    for asked, expected in (("", "roomy"), ("rows=dense", "dense"), ("", "dense"), ("rows=tiny", "dense")):
        client.get(f"/plans/{first}?{asked}")
        assert ("rows", expected) in filled_in(client.page.root.by_id("filters"))
    client.get(f"/plans/{second}")
    assert ("rows", "dense") in filled_in(client.page.root.by_id("filters"))
    client.get(f"/plans/{second}/matrix?rows=roomy", lint=False)
    client.get(f"/plans/{first}")
    assert ("rows", "roomy") in filled_in(client.page.root.by_id("filters"))


def test_the_printed_plan_has_the_object_of_each_call(app: Flask, client: PageClient) -> None:
    """For every settled event, each object of its calls is there with its side."""
    client.get(f"/plans/{own(app, client, example_plan('shop'))}")
    settled = [event for event in advise(example_plan("shop")).events if _is_settled(event)]
    bodies = client.page.root.by_class("objects")[0].all("tbody")
    assert [body.first("th").text for body in bodies] == [event.name for event in settled]
    for event, body in zip(settled, bodies, strict=True):
        printed = [json.loads(code.text) for code in body.all("code")]
        assert all(call.integrations in printed for call in _advice(event).calls)
        assert all(item in [call.integrations for call in _advice(event).calls] for item in printed)


def test_findings_are_listed_and_dismissed_ones_are_not(app: Flask, client: PageClient) -> None:
    """The findings of the plan and of each event are listed; a dismissed kind is hidden where it was dismissed."""
    twice = (SHOP.events[2], SHOP.events[2])
    plan_id = own(app, client, replace(SHOP, events=twice))
    client.get(f"/plans/{plan_id}")
    text = client.page.root.by_id("findings").text
    assert "Two events with the same call, name and version" in text
    assert "A wanted destination isn’t reached 2" in text
    hidden = replace(SHOP.events[2], dismissed=(Dismissal(code="unreachable", reason="Known"),))
    plan_id = own(app, client, replace(SHOP, events=(hidden,), dismissed=(Dismissal(code="duplicate-event"),)))
    client.get(f"/plans/{plan_id}")
    assert "isn’t reached" not in client.page.root.by_id("findings").text


def test_any_plan_has_an_overview(app: Flask, client: PageClient) -> None:
    """A plan with none or many of each part, and with hostile names everywhere, has a valid page."""
    many = tuple(Destination(key=key) for key in ("Facebook Pixel", "Hotjar", "Actions Slack", "AppsFlyer"))
    shapes = [Plan(), replace(SHOP, destinations=(), events=(Event(name="A"),)), replace(SHOP, events=())]
    shapes += [replace(SHOP, destinations=many, events=(Event(name="A"), Event(name="B", call="screen")))]
    shapes += [replace(SHOP, name=name, events=(Event(name=name, destinations=()),)) for name in HOSTILE]
    for plan in shapes:
        client.get(f"/plans/{own(app, client, plan)}")
        assert client.page.root.first("h1").text == " ".join(plan.name.split())


def test_many_notes_are_one_line(app: Flask, client: PageClient) -> None:
    """One note is shown as it is; of several, the first is, and the others are in a fold that says how many they are."""
    plan_id = own(app, client)
    for number in (1, 6):
        notes = [f"“name {each}” is now “Name {each}”." for each in range(number)]
        with client.session_transaction() as session:
            session["_flashes"] = [("message", note) for note in notes]
        client.get(f"/plans/{plan_id}")
        shown = [note for note in client.page.root.by_class("note") if notes[0] in note.text]
        assert len(shown) == 1
        assert all(note in shown[0].text for note in notes)
        folds = list(shown[0].all("details"))
        assert [fold.first("summary").text for fold in folds] == ([f"{notes[0]} And 5 more"] if number > 1 else [])
