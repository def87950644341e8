"""What is done in the grid is saved: cells, rows, several at once, undone, and by two people at the same time."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import check
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event, Plan, Property
from advisor.presentation.states import place_of
from advisor.store.event_order import reorder
from advisor.web.plans.grid.cells import FIELDS, RefusedCellError, is_same, read, write
from grid_requests import Grid, cell, new
from owned_plans import CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient


def _grid(app: Flask, client: PageClient, plan: Plan = SHOP) -> tuple[Grid, str, tuple[str, ...]]:
    plan_id = own(app, client, plan)
    return Grid(client, plan_id), plan_id, event_ids(app, plan_id)


def test_every_row_shows_the_placement_of_the_plan(app: Flask, client: PageClient) -> None:
    """Each event is shown once, in order, with its answers, derived ones marked, and the placement of the whole plan's advice."""
    _grid(app, client)
    rows = [row for row in client.page.root.all("tr") if row["data-id"]]
    advised = advise(check(SHOP)[0]).events
    assert [row.first("bdi").text for row in rows] == [event.name for event in advised]
    for row, event in zip(rows, advised, strict=True):
        place = place_of(event)
        assert row.by_class("p")[0].text == " ".join(filter(None, (place.word, place.more)))
    assert [item["aria-rowindex"] for item in rows] == ["3", "4", "5", "6"]
    derived = rows[1].by_class("d")
    assert [one.text for one in derived] == ["Yes, derived"]


def test_saving_an_answer_returns_the_placement(app: Flask, client: PageClient) -> None:
    """The response has the changed row as the grid renders it, and the sentence for screen readers."""
    grid, plan_id, ids = _grid(app, client)
    answer = grid.put(ids[3], "payment", "unsure", "yes")
    assert plan_of(app, plan_id).events[3].answers == {"payment": "yes"}
    assert answer["says"] == "Yes. Untold: server, settled."
    client.get(grid.path)
    rendered = next(row for row in client.page.root.all("tr") if row["data-id"] == ids[3])
    assert (
        rendered.text in " ".join(answer["rows"].replace("<i>", "").replace("</i>", "").split())
        or ids[3] in answer["rows"]
    )


def test_an_overruled_answer_is_kept_and_marked_as_not_counting(app: Flask, client: PageClient) -> None:
    """The answer is stored, the cell still shows the fact, and the words name it."""
    grid, plan_id, ids = _grid(app, client)
    answer = grid.put(ids[1], "client_only_destination", "unsure", "no")
    assert plan_of(app, plan_id).events[1].answers["client_only_destination"] == "no"
    assert "Facebook Pixel is reached from the browser only. That counts as yes." in answer["says"]
    assert 'data-own="no"' in answer["rows"]


def test_several_rows_are_changed_in_one_step_of_the_history(app: Flask, client: PageClient) -> None:
    """One change answers, retargets or labels all rows, one undo takes it back, and a sentence counts the flips."""
    grid, plan_id, ids = _grid(app, client)
    history = the_store(app).history
    before, start = plan_of(app, plan_id), history.latest("me", plan_id)
    answer = grid.send(cells=[cell(ids[0], "payment", "unsure", "yes"), cell(ids[3], "payment", "unsure", "yes")])
    assert history.latest("me", plan_id) == start + 1
    assert answer["says"] == "Yes for 2 events. 1 moved to both sides."
    labelled = grid.send(cells=[cell(one, "label:team", None, "growth") for one in ids])
    wanted = grid.send(cells=[cell(ids[0], "destinations", "all", [CLOUD, PIXEL])])
    now = plan_of(app, plan_id).events
    assert {event.labels["team"] for event in now} == {"growth"}
    assert now[0].destinations == (PIXEL, CLOUD)
    for one in (wanted, labelled, answer):
        grid.undo(one)
    assert plan_of(app, plan_id) == before
    assert history.latest("me", plan_id) == start + 6


def test_events_are_added_copied_moved_and_deleted_and_all_of_it_undone(app: Flask, client: PageClient) -> None:
    """Rows are in the order that was asked for, and undoing puts everything back to its place."""
    grid, plan_id, ids = _grid(app, client)

    def names() -> list[str]:
        return [event.name for event in plan_of(app, plan_id).events]

    before = plan_of(app, plan_id)
    done = [grid.send(add=[new("Store Opened")])]
    done.append(grid.send(add=[new("Copy", copy=ids[1], after=ids[1])]))
    assert names() == ["Page Viewed", "Order Completed", "Copy", "Renewed", "Untold", "Store Opened"]
    assert plan_of(app, plan_id).events[2].properties == SHOP.events[1].properties
    done.append(grid.send(remove=[ids[0], ids[3]]))
    assert done[-1]["says"] == "2 events deleted."
    done.append(grid.send(move=[[ids[2], ""], [ids[1], ids[2]]]))
    assert names() == ["Renewed", "Order Completed", "Copy", "Store Opened"]
    assert done[-1]["places"] == {ids[2]: "", ids[1]: ids[2]}
    for one in reversed(done):
        grid.undo(one)
    assert plan_of(app, plan_id) == before


@given(st.data())
def test_several_moves_are_applied_in_turn(data: st.DataObject) -> None:
    """The order after any moves is that of a plain list in which each is taken out and put behind its target."""
    ids = [str(number) for number in range(data.draw(st.integers(1, 8)))]
    one = st.sampled_from(ids)
    moves = data.draw(st.lists(st.tuples(one, st.one_of(st.just(""), one, st.just("unknown"))), max_size=8))
    expected = list(ids)
    for moved, target in moves:
        if moved != target and target in ("", *ids):
            expected.remove(moved)
            expected.insert(expected.index(target) + 1 if target else 0, moved)
    assert reorder(ids, moves) == expected


def test_deleted_events_come_back_to_their_place_after_a_move(app: Flask, client: PageClient) -> None:
    """A deleted event keeps its neighbours while others move."""
    grid, plan_id, ids = _grid(app, client)
    gone = grid.send(remove=[ids[1]])
    grid.send(move=[[ids[3], ""]])
    grid.undo(gone)
    assert [event.name for event in plan_of(app, plan_id).events] == [
        "Untold",
        "Page Viewed",
        "Order Completed",
        "Renewed",
    ]


def test_a_request_sent_twice_is_applied_once(app: Flask, client: PageClient) -> None:
    """When the first answer was lost, the second copy changes nothing and is no conflict."""
    grid, plan_id, ids = _grid(app, client)
    changes: dict[str, Any] = {
        "add": [new("Once")],
        "cells": [cell(ids[0], "name", "Page Viewed", "Seen")],
        "remove": [ids[3]],
    }
    grid.send(**changes)
    once = plan_of(app, plan_id)
    again = grid.send(**changes)
    assert plan_of(app, plan_id) == once
    assert again["conflicts"] == again["refused"] == []
    assert len(once.events) == 4


def test_two_people_in_different_cells_never_conflict(app: Flask, client: PageClient) -> None:
    """Even in one event, both changes are stored, and the answer shows both."""
    grid, plan_id, ids = _grid(app, client)
    grid.put(ids[1], "payment", "yes", "no")
    answer = grid.put(ids[1], "accuracy", "unsure", "yes")
    assert answer["conflicts"] == []
    answers = plan_of(app, plan_id).events[1].answers
    assert (answers["payment"], answers["accuracy"]) == ("no", "yes")


def test_two_people_in_one_cell_lose_nothing(app: Flask, client: PageClient) -> None:
    """The second person is told both values, and that cell is not stored; the rest of what they sent is."""
    grid, plan_id, ids = _grid(app, client)
    grid.put(ids[1], "name", "Order Completed", "Order Paid")
    answer = grid.send(
        cells=[cell(ids[1], "name", "Order Completed", "Bought"), cell(ids[0], "payment", "unsure", "yes")]
    )
    (conflict,) = answer["conflicts"]
    assert (conflict["mine"], conflict["theirs"], conflict["deleted"]) == ("Bought", "Order Paid", False)
    assert "1 cell changed by someone else meanwhile." in answer["says"]
    assert plan_of(app, plan_id).events[1].name == "Order Paid"
    assert plan_of(app, plan_id).events[0].answers["payment"] == "yes"
    grid.put(ids[1], "name", conflict["theirs"], "Bought")
    assert plan_of(app, plan_id).events[1].name == "Bought"


def test_changing_what_someone_deleted_is_a_conflict_that_can_bring_it_back(app: Flask, client: PageClient) -> None:
    """The answer says that the event was deleted; if the event is brought back, the change is made."""
    grid, plan_id, ids = _grid(app, client)
    the_store(app).delete_event("me", plan_id, ids[1])
    (conflict,) = grid.put(ids[1], "payment", "yes", "no")["conflicts"]
    assert conflict["deleted"]
    assert len(plan_of(app, plan_id).events) == 3
    grid.send(**{"return": [ids[1]], "cells": [cell(ids[1], "payment", conflict["theirs"], "no")]})
    assert plan_of(app, plan_id).events[1].answers["payment"] == "no"


REFUSED = [
    ("name", " ", "Enter a name"),
    ("name", "n" * 501, "500 characters"),
    ("call", "click", "isn’t a call type"),
    ("payment", "maybe", "isn’t yes, no or not sure"),
    ("payment", 7, "takes text"),
    ("destinations", ["Slack"], "destinations of the plan"),
    ("destinations", "some", "destinations of the plan"),
    ("label:team", "x" * 201, "1 to 200"),
    ("label: ", "x", "1 to 200"),
    ("colour", "red", "no column"),
]


@pytest.mark.parametrize(("field", "value", "why"), REFUSED)
def test_an_invalid_cell_value_is_refused_alone(
    app: Flask, client: PageClient, field: str, value: Any, why: str
) -> None:
    """The other cells are saved, and the answer says why one was not and repeats what was typed."""
    grid, plan_id, ids = _grid(app, client)
    answer = grid.send(cells=[cell(ids[0], field, None, value), cell(ids[1], "accuracy", "unsure", "yes")])
    (refused,) = answer["refused"]
    assert why in refused["message"]
    assert refused["value"] == value
    after = plan_of(app, plan_id).events
    assert after[0] == check(SHOP)[0].events[0]
    assert after[1].answers["accuracy"] == "yes"


def test_an_unreadable_request_changes_nothing(app: Flask, client: PageClient) -> None:
    """A request of another shape, with other keys, without token or with ids of another plan is refused without an error."""
    grid, plan_id, ids = _grid(app, client)
    before = plan_of(app, plan_id)
    for changes in ({"cells": 1}, {"cells": [{"id": ids[0]}]}, {"unknown": []}, {"move": [["x"]]}):
        assert "can’t be read" in grid.send(422, **changes)["message"]
    grid.send(400, token=False, remove=[ids[0]])
    for unknown in ("", "nothing", "\0", "f" * 32):
        assert grid.put(unknown, "payment", "unsure", "yes")["conflicts"]
        grid.send(remove=[unknown], move=[[unknown, ""]], **{"return": [unknown]})
    other = the_store(app).create("other", SHOP)
    taken = the_store(app).load("other", other).event_ids[0]
    grid.send(404, add=[{"id": taken, "cells": {"name": "X"}}])
    assert plan_of(app, plan_id) == before
    assert plan_of(app, other, "other") == SHOP


def test_an_event_with_any_name_can_be_copied(app: Flask, client: PageClient) -> None:
    """A copy needs no name in the request, and a new event needs one."""
    grid, plan_id, ids = _grid(app, client, Plan(name="Odd", events=(Event(name="-"), Event(name="?"))))
    copies = [{"id": secrets.token_hex(16), "copy": event_id} for event_id in ids]
    grid.send(add=copies)
    assert [event.name for event in plan_of(app, plan_id).events] == ["-", "?", "-", "?"]
    answer = grid.send(add=[{"id": secrets.token_hex(16)}])
    assert [item["message"] for item in answer["refused"]] == ["Enter a name for the event."]


def test_a_full_plan_refuses_more_events(app: Flask, client: PageClient) -> None:
    """The message states the limit of events, and nothing of the batch is done."""
    full = Plan(name="Full", events=tuple(Event(name=f"E{number}") for number in range(10_000)))
    grid, plan_id, ids = _grid(app, client, full)
    message = grid.send(422, add=[new("One more")], cells=[cell(ids[0], "name", "E0", "X")])["message"]
    assert "at most 10,000 events" in message
    assert plan_of(app, plan_id).events[0].name == "E0"


def test_pages_of_a_large_plan_show_every_row_once(app: Flask, client: PageClient) -> None:
    """Pages have 1,000 numbered rows each, and only the last page has the row for a new event."""
    plan_id = own(app, client, Plan(name="Large", events=tuple(Event(name=f"E{number}") for number in range(1_500))))
    seen: list[str] = []
    for page in ("1", "2"):
        client.get(f"/plans/{plan_id}/grid?page={page}")
        rows = [row for row in client.page.root.all("tr") if row["data-id"]]
        seen += [row.first("bdi").text for row in rows]
        assert rows[0]["aria-rowindex"] == ("3" if page == "1" else "1003")
        assert bool(client.page.root.by_class("new")) == (page == "2")
    assert seen == [f"E{number}" for number in range(1_500)]
    for odd in ("0", "-1", "x", "99999", "²"):
        client.get(f"/plans/{plan_id}/grid", query_string={"page": odd}, status=200)


def test_hostile_names_go_through_the_grid_unchanged(app: Flask, client: PageClient) -> None:
    """In a page, as the value of a cell and in a duplicate, the text is the same and never markup."""
    plan = Plan(name="Odd", events=tuple(Event(name=name) for name in HOSTILE))
    grid, plan_id, ids = _grid(app, client, plan)
    for event_id, name in zip(ids, HOSTILE, strict=True):
        shown = name.replace("\r\n", "\n").replace("\r", "\n")
        answer = grid.put(event_id, "name", shown, name + "!" if len(name) < 500 else name[:-1])
        assert answer["conflicts"] == []
        grid.undo(answer)
    assert plan_of(app, plan_id) == plan


@given(
    st.sampled_from(FIELDS),
    st.fixed_dictionaries({}, optional={key: st.sampled_from(["yes", "no"]) for key in QUESTION_KEYS}),
    st.sampled_from(["yes", "no", "unsure", "yes?", "no?", "all", "screen", "A name", ["Facebook Pixel"], []]),
)
def test_writing_a_cell_changes_only_that_cell(field: str, answers: Any, value: Any) -> None:
    """Reading a cell gives what was written; other cells, the order of answers and the properties stay."""
    answers = {key: answers[key] for key in QUESTION_KEYS if key in answers}
    event = Event(name="E", answers=answers, suggested=tuple(answers)[:1], properties=(Property(name="p"),))
    try:
        changed = write(SHOP, event, field, value)
    except RefusedCellError:
        return
    assert is_same(read(changed, field), value)
    for other in set(FIELDS) - {field}:
        assert read(changed, other) == read(event, other)
    assert list(changed.answers) == [key for key in QUESTION_KEYS if key in changed.answers]
    assert set(changed.suggested) <= set(changed.answers)
    assert replace(changed, name="", call="track", answers={}, suggested=(), destinations="all") == replace(
        event, name="", call="track", answers={}, suggested=(), destinations="all"
    )


def test_a_suggested_answer_is_marked_and_accepted(app: Flask, client: PageClient) -> None:
    """An accepted suggestion stays an answer; undoing makes it a suggestion again."""
    plan = Plan(name="S", events=(Event(name="A", answers={"payment": "yes"}, suggested=("payment",)),))
    grid, plan_id, (event_id,) = _grid(app, client, plan)
    assert "Yes, suggested" in [one.text for one in client.page.root.by_class("g")]
    answer = grid.put(event_id, "payment", "yes?", "yes")
    assert plan_of(app, plan_id).events[0].suggested == ()
    grid.undo(answer)
    assert plan_of(app, plan_id) == plan


def test_viewers_get_a_read_only_grid(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """A view link shows the rows without controls, and changes are refused. Without a link the grid is not found."""
    grid, plan_id, ids = _grid(app, client)
    other_client.get(grid.path, status=404)
    with other_client.session_transaction() as session:
        session["owner"] = "guest"
    shares = the_store(app).shares
    shares.create("me", plan_id, "a" * 32, "b" * 64, "view", "")
    shares.open("b" * 64, "guest")
    looking = Grid(other_client, plan_id)
    root = other_client.page.root
    assert "data-edit" not in root.by_id("grid")
    assert root.by_class("new") == root.by_class("selbar") == []
    looking.send(403, cells=[cell(ids[0], "payment", "unsure", "yes")])
    other_client.get(f"{grid.path}/plain")
    assert [form for form in other_client.page.root.all("form") if form["method"] == "post"] == []
    assert plan_of(app, plan_id) == check(SHOP)[0]
