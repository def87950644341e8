"""The view for pasting rows into the grid: a preview that changes nothing, then the change after confirmation."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.knowledge.catalogue import destination_name
from advisor.presentation.states import place_of
from advisor.store import StoredPlan
from advisor.web.app import current
from advisor.web.app.send_once import FIELD, new_token
from advisor.web.paste.column_sheets import chosen_columns
from advisor.web.paste.shown_text import shown_text
from advisor.web.plans.grid.cells import TITLES
from advisor.web.plans.grid.changes import with_destinations
from advisor.web.plans.grid.more_cells import MORE_TITLES
from advisor.web.plans.grid.paste_preview import PastedRow, PastePreview, preview_rows
from advisor.web.plans.grid.rows import advise_events
from advisor.web.plans.grid.table import read_table
from advisor.web.plans.grid.views.saving import apply

SHOWN = 200
"""Maximum number of rows in a preview. Rows that are left out take precedence."""
_HEADINGS = {"yes": True, "no": False}


def paste(plan_id: str) -> ResponseReturnValue:
    """Ask for rows, show a preview, or apply them. With ``part`` in the address, answer for the dialog of the grid."""
    stored = current.whole_plan(plan_id)
    if request.method != "POST":
        return _page(stored, None, "")
    text = request.form.get("text", "")
    heading = _HEADINGS.get(request.form.get("heading", ""))
    table = read_table(text, heading=heading, chosen=chosen_columns(request.form))
    settings = replace(stored.plan, events=())
    fill = request.form.get("fill", "yes") == "yes"
    adds = request.form.get("missing", "add") == "add"
    done = preview_rows(table, settings, stored.event_ids, stored.plan.events, fill=fill, adds=adds)
    confirmed = request.form.get("confirm", "")
    if confirmed != done.digest or done.problem:
        return _page(stored, done, text, changed=bool(confirmed), fill=fill)
    events = dict(zip(stored.event_ids, stored.plan.events, strict=True))
    answer = apply(
        plan_id,
        done.changes(events, f"{plan_id}/{request.form.get(FIELD) or new_token()}"),
        note="paste",
        adds=done.adds,
    )
    if "part" in request.args:
        return Response(msgspec.json.encode(answer), content_type="application/json")
    return redirect(url_for("plans.grid.plain", plan_id=plan_id, page=99_999, pasted=done.count("new") or None), 303)


def _page(stored: StoredPlan, done: PastePreview | None, text: str, *, changed: bool = False, fill: bool = True) -> str:
    template = "plans/grid/preview.html" if done and "part" in request.args else "plans/grid/paste.html"
    shown = _shown(done) if done else []
    return render_template(
        template,
        plan_id=stored.id,
        plan=stored.plan,
        text=text,
        paste=done,
        changed=changed,
        fill=fill,
        once=new_token,
        titles=TITLES | MORE_TITLES,
        shown_text=shown_text,
        rows=shown,
        missing=[destination_name(key) for key in done.missing] if done else [],
        beyond=any(column >= len(done.table.columns) for row in shown for column in row.bad) if done else False,
        places=_places(stored, shown, done.adds if done else ()),
        left=len(done.rows) - len(shown) if done else 0,
    )


def _shown(done: PastePreview) -> list[PastedRow]:
    """Return the rows of the preview in order. If there are too many, rows that are left out take precedence."""
    chosen = sorted(done.rows, key=lambda row: row.kind != "left out")[:SHOWN]
    return sorted(chosen, key=lambda row: row.number)


def _places(stored: StoredPlan, rows: list[PastedRow], adds: tuple[str, ...]) -> dict[int, Any]:
    """Return the placement of each row's event, by the number of the row."""
    given = [(row.number, row.event) for row in rows if row.event and row.kind != "left out"]
    events = advise_events(with_destinations(replace(stored.plan, events=()), adds), [event for _, event in given])
    return {number: place_of(event) for (number, _), event in zip(given, events, strict=True)}
