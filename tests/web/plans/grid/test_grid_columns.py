"""The columns of the grid: chosen by its address, remembered by the browser, labels among them."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from advisor.document import check
from advisor.model import Event, Plan, Property
from advisor.web.plans.grid.cells import phrase
from advisor.web.plans.grid.columns import CHOOSABLE, MOST_LABELS, columns_of
from grid_requests import Grid
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of
from page_client import PageClient

CHOSEN = "?columns=chosen&show=payment&show=destinations&label=team"


def _headings(client: PageClient) -> list[str]:
    return [head["data-field"] for head in client.page.root.all("th") if head["data-field"]]


def test_the_columns_are_in_the_address_and_remembered_by_the_browser(app: Flask, client: PageClient) -> None:
    """The choice counts for the grid and the plain table of this plan; other plans show all columns."""
    plan_id, other = own(app, client), own(app, client)
    client.get(f"/plans/{plan_id}/grid{CHOSEN}", status=200)
    assert _headings(client) == ["name", "payment", "destinations", "label:team", "placement"]
    client.get(f"/plans/{plan_id}/grid", status=200)
    assert _headings(client) == ["name", "payment", "destinations", "label:team", "placement"]
    client.get(f"/plans/{plan_id}/grid/plain", status=200)
    assert [select["name"] for select in client.page.root.all("select") if select["form"]][:1] == ["payment"]
    client.get(f"/plans/{other}/grid", status=200)
    assert _headings(client) == ["name", *CHOOSABLE, "label:team", "placement"]


def test_columns_are_chosen_on_a_page_without_scripts(app: Flask, client: PageClient) -> None:
    """The form of the page has the current columns and the labels of the plan, and takes the name of another label."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/columns?view=plain", status=200)
    client.submit("/grid/plain", show=["payment"], label=["team", "owner"], status=200)
    assert [head.text for head in client.page.root.all("th") if head["scope"] == "col"] == [
        "For the column",
        "Event",
        "Payment",
        "Label: team",
        "Label: owner",
        "Placement",
        "Save",
    ]


def test_a_row_comes_back_in_the_columns_of_its_page(app: Flask, client: PageClient) -> None:
    """The columns are those of the page that sent the request, even if another window has chosen other ones since."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid{CHOSEN}", status=200)
    address = client.page.root.by_id("grid")["data-changes"]
    grid = Grid(client, plan_id)
    client.get(f"/plans/{plan_id}/grid?columns=chosen", status=200)
    answer = grid.send(
        query=f"?{address.partition('?')[2]}",
        cells=[{"id": event_ids(app, plan_id)[1], "field": "label:team", "was": "checkout", "value": "growth"}],
    )
    assert answer["rows"].count("<td") == 5
    assert "<bdi>growth</bdi>" in answer["rows"]


def test_a_label_two_people_change_is_a_conflict(app: Flask, client: PageClient) -> None:
    """Nobody's text is lost, as with any other cell."""
    plan_id = own(app, client)
    grid, event_id = Grid(client, plan_id), event_ids(app, plan_id)[1]
    grid.put(event_id, "label:team", "checkout", "growth")
    (conflict,) = grid.put(event_id, "label:team", "checkout", "billing")["conflicts"]
    assert (conflict["title"], conflict["theirs"], conflict["mine"]) == ("team", "growth", "billing")


def test_a_list_of_labels_is_one_cell_and_stays_a_list(app: Flask, client: PageClient) -> None:
    """Shown and edited with commas; undoing brings the very list back, also after the cell was emptied."""
    labels = {"team": ("a, b", "c")}
    nameless = (Property(name=""), Property(name=" ", type="number"))
    event = Event(name="A", labels=labels, version=2, status="agreed", owner="Ada", properties=nameless)
    plan_id = own(app, client, replace(SHOP, events=(event,)))
    grid, (event_id,) = Grid(client, plan_id), event_ids(app, plan_id)
    for value, expected in (("", {}), ("x,y", {"team": ("x", "y")})):
        answer = grid.put(event_id, "label:team", "a, b, c", value)
        assert (answer["conflicts"], answer["refused"]) == ([], [])
        assert plan_of(app, plan_id).events[0].labels == expected
        grid.undo(answer)
        assert plan_of(app, plan_id).events[0] == event
    client.get(f"/plans/{plan_id}/grid/plain?columns=chosen&show=payment&label=team", status=200)
    assert [box["value"] for box in client.page.root.all("input") if box["name"] == "label:team"] == ["a, b, c"]
    client.submit(f"/plain/{event_id}", payment="no")
    assert plan_of(app, plan_id).events[0] == replace(event, answers={"payment": "no"})


def test_saving_a_plain_row_keeps_labels_and_hidden_columns(app: Flask, client: PageClient) -> None:
    """A plain row keeps unusual labels, with any choice of columns."""
    events = tuple(
        Event(name="A", answers={"payment": "yes"}, labels={"team": text[:200], text[:200]: "x"}) for text in HOSTILE
    )
    plan = check(Plan(name="Odd", events=events))[0]
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/grid/plain?columns=chosen&show=sensitive&label=team&label={HOSTILE[1]}", status=200)
    for event_id in event_ids(app, plan_id):
        client.submit(f"/plain/{event_id}")
    assert plan_of(app, plan_id) == plan


def test_viewers_can_choose_columns(app: Flask, client: PageClient) -> None:
    """The choice of columns belongs to the viewer's own browser."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/columns", status=200)
    assert client.page.form("/grid")["method"] == "get"


@pytest.mark.parametrize(
    "text", ["", "columns=", "columns=chosen&show=qqq", "a" * 9_000, "&" * 3_000, "columns=chosen%00&label=\ud800"]
)
def test_no_cookie_breaks_the_grid(text: str) -> None:
    """With any cookie the grid has columns, and only known ones."""
    columns = columns_of(MultiDict(), {"columns": text})
    assert {*columns.shown} <= {*CHOOSABLE}


def test_only_a_few_labels_are_shown_at_once() -> None:
    """Blank, long and repeated names are left out."""
    names = ["", "  ", "x" * 201, "a", "a", *map(str, range(20))]
    columns = columns_of(MultiDict([("columns", "chosen"), *(("label", name) for name in names)]), {})
    assert columns.label_names == ("a", *map(str, range(MOST_LABELS - 1)))
    assert columns_of(MultiDict(columns.query), {}) == columns


def test_group_headings_span_their_columns() -> None:
    """Each group heading spans its visible columns, and the labels have their own heading."""
    columns = columns_of(
        MultiDict([("columns", "chosen"), ("show", "payment"), ("show", "destinations"), ("label", "t")]), {}
    )
    assert columns.groups == (("What it is", 1, 0, 0), ("Where it goes", 0, 1, 0), ("Labels", 0, 0, 1))
    assert columns.ends == (3, 4, 5)


def test_names_are_spoken_exactly_and_long_lists_are_cut(app: Flask, client: PageClient) -> None:
    """In a sentence, answers are in lower case; labels and destinations keep their case."""
    plan_id = own(app, client)
    grid, ids = Grid(client, plan_id), event_ids(app, plan_id)

    def said(field: str, value: object) -> str:
        cells = [{"id": event_id, "field": field, "was": None, "value": value} for event_id in ids]
        return str(grid.send(cells=cells)["says"])

    assert "team set to Check-Out for 4 events." in said("label:team", "Check-Out")
    assert "Destinations set to Facebook Pixel for 4 events." in said("destinations", ["Facebook Pixel"])
    assert "Destinations set to none for 4 events." in said("destinations", [])
    assert "Not sure for 2 events." in said("payment", "unsure")
    assert (
        phrase("destinations", ["Slack", "Webhooks", "Iterable", "Hotjar", "FullStory"])
        == "Slack, Webhooks, Iterable and 2 more"
    )
