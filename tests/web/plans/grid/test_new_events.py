"""An event that the grid adds: it has the name that was typed, or that of the event it is copied from."""

from __future__ import annotations

import secrets

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.model import Event
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, RefusedCellError, check_value, new_event, read
from grid_requests import Grid
from owned_plans import SHOP, event_ids, own, plan_of
from page_client import PageClient


def test_a_copy_keeps_the_name_of_an_event_that_is_called_by_a_dash(app: Flask, client: PageClient) -> None:
    """A dash is a name like any other: no name stands for a missing one."""
    plan_id = own(app, client, replace(SHOP, events=(Event(name="-", answers={"payment": "yes"}),)))
    (copied,) = event_ids(app, plan_id)
    answer = Grid(client, plan_id).send(add=[{"id": secrets.token_hex(16), "cells": {}, "copy": copied}])
    assert answer["refused"] == []
    assert [event.name for event in plan_of(app, plan_id).events] == ["-", "-"]


def test_a_new_event_without_a_name_is_refused(app: Flask, client: PageClient) -> None:
    """Nothing is added, and the message asks for the name."""
    plan_id = own(app, client)
    answer = Grid(client, plan_id).send(add=[{"id": secrets.token_hex(16), "cells": {CALL: "page"}}])
    assert [each["message"] for each in answer["refused"]] == ["Enter a name for the event."]
    assert plan_of(app, plan_id).events == SHOP.events


def test_a_new_event_has_exactly_the_values_of_its_cells() -> None:
    """Fields without a cell have the value of an empty event."""
    cells = {CALL: "page", NAME: "Home", "payment": "yes?", f"{LABEL}team": "web"}
    event = new_event(SHOP, cells)
    assert {field: read(event, field) for field in cells} == cells
    assert replace(event, name="-", call="track", answers={}, suggested=(), labels={}) == Event(name="-")


@pytest.mark.parametrize(
    ("field", "value"), [(NAME, " "), (CALL, "Track"), ("payment", "maybe"), (f"{LABEL} ", "x"), ("other", "x")]
)
def test_a_value_that_a_cell_refuses_is_refused_for_a_new_event_too(field: str, value: str) -> None:
    """The same check holds for a cell that is typed and for a row that is added."""
    with pytest.raises(RefusedCellError):
        check_value(SHOP, field, value)
    with pytest.raises(RefusedCellError):
        new_event(SHOP, {NAME: "Home", field: value})


def test_a_new_row_says_what_its_name_suggests_and_fills_in_nothing(app: Flask, client: PageClient) -> None:
    """The message names the source; the event has no answers until somebody accepts them."""
    plan_id = own(app, client)
    grid = Grid(client, plan_id)
    known = grid.send(add=[{"id": secrets.token_hex(16), "cells": {NAME: "orderCompleted"}}])
    assert "Segment’s spec suggests 9 answers: Questions and the event’s page have them." in known["says"]
    unknown = grid.send(add=[{"id": secrets.token_hex(16), "cells": {NAME: "Qq Zz"}}])
    assert "suggests" not in unknown["says"]
    assert [event.answers for event in plan_of(app, plan_id).events[-2:]] == [{}, {}]
