"""Saving changes made in the grid: one request, one transaction, and the changed rows as the response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.model import Event
from advisor.store import PlanFullError, UnstorableError
from advisor.web.app import current
from advisor.web.app.request_bodies import takes_json
from advisor.web.app.turns import MANY_EVENTS, take_turn
from advisor.web.plans.grid.cells import RefusedCellError, title, words
from advisor.web.plans.grid.changes import Changes, Draft, RejectedCell, read_changes, with_column_cells
from advisor.web.plans.grid.columns import columns_of
from advisor.web.plans.grid.messages import describe_changes
from advisor.web.plans.grid.rows import advise_events, grid_rows

MOST_ROWS = 1_000
"""Maximum number of rows in a response, as many as a page of the grid has. For more, the page is loaded again."""


@takes_json
def change(plan_id: str) -> ResponseReturnValue:
    """Apply the changes that were sent as JSON."""
    try:
        changes = read_changes(request.get_data())
    except msgspec.MsgspecError as error:
        return _answer({"message": f"These changes can’t be read: {error}"}, 422)
    try:
        answer = apply(plan_id, _with_cells(plan_id, changes), undoes="undo" in request.args)
    except (PlanFullError, UnstorableError, RefusedCellError) as error:
        return _answer({"message": str(error)}, 422)
    return _answer(answer, 200)


def _with_cells(plan_id: str, changes: Changes) -> Changes:
    """Return the changes with cells in place of columns. Those of a large plan take a turn: they are slow."""
    if not changes.columns:
        return changes
    stored = current.whole_plan(plan_id)
    if len(stored.event_ids) > MANY_EVENTS:
        take_turn()
    return with_column_cells(changes, stored.plan, list(zip(stored.event_ids, stored.plan.events, strict=True)))


def apply(
    plan_id: str, changes: Changes, *, undoes: bool = False, note: str = "", adds: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Apply changes. Returns the data that the page needs to show them, and the changes that undo them.

    ``adds`` are keys of destinations that the plan gets in the same step.
    Raises `PlanFullError`, `UnstorableError`.
    """
    store = current.store().batches
    draft = Draft(changes, adds=adds)
    moved = {event_id for event_id, _ in changes.move}
    order = _preceding(store.order(current.owner(), plan_id, deleted=True)) if moved else {}
    store.apply(current.owner(), plan_id, changes.ids, draft, note)
    batch = draft.batch
    # Placements are compared for several cells only: the message about one says where its event is now.
    compared = batch.saved if len(draft.changed) > 1 else ()
    before = _advise(draft, {key: event for key, event in draft.before.items() if key in compared})
    after = _advise(draft, draft.after)
    known = {one.cell.id for one in (*draft.conflicts, *draft.refused)}
    touched = {*batch.saved, *batch.added, *batch.returned, *known}
    shown = [key for key in after if key in touched]
    placed = {*batch.added, *batch.returned, *moved}
    places = _preceding(store.order(current.owner(), plan_id)) if placed else {}
    too_many = len(shown) > MOST_ROWS
    rows = [] if too_many else [(key, after[key]) for key in shown]
    return {
        "reload": too_many,
        "rows": render_template("plans/grid/rows.html", **_rows(plan_id, draft, rows)),
        "places": {} if too_many else {key: previous for key, previous in places.items() if key in placed},
        "removed": [key for key in changes.remove if key not in after],
        "undo": draft.undo({key: order[key] for key in order if key in moved}),
        "says": describe_changes(draft, before, after, undoes=undoes),
        "conflicts": list(_conflicts(draft.conflicts)),
        "refused": [
            {
                "id": one.cell.id,
                "field": one.cell.field,
                "value": one.cell.value,
                "message": one.message,
            }
            for one in draft.refused
        ],
    }


def _rows(plan_id: str, draft: Draft, rows: list[tuple[str, Event]]) -> dict[str, Any]:
    columns = columns_of(request.args, request.cookies)
    return {
        "rows": grid_rows(draft.settings, rows, columns),
        "columns": columns,
        "plan_id": plan_id,
        "first": 1,
    }


def _advise(draft: Draft, events: dict[str, Event]) -> dict[str, Event]:
    return dict(zip(events, advise_events(replace(draft.settings, events=()), tuple(events.values())), strict=True))


def _conflicts(rejected: Iterable[RejectedCell]) -> Iterator[dict[str, Any]]:
    for one in rejected:
        cell = one.cell
        yield {
            "id": cell.id,
            "field": cell.field,
            "event": one.event,
            "title": title(cell.field),
            "mine": cell.value,
            "theirs": one.theirs,
            "deleted": one.deleted,
            "mine_words": _words(cell.field, cell.value),
            "theirs_words": "Deleted" if one.deleted else _words(cell.field, one.theirs),
        }


def _words(field: str, value: Any) -> str:
    try:
        return words(field, value)
    except (KeyError, TypeError):
        return str(value)


def _preceding(order: tuple[str, ...]) -> dict[str, str]:
    """Return the id of the previous event for each event; empty for the first."""
    return dict(zip(order, ("", *order), strict=False))


def _answer(body: dict[str, Any], status: int) -> Response:
    return Response(msgspec.json.encode(body), status, content_type="application/json")
