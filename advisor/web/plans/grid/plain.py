"""The views of the grid for browsers without JavaScript: a table with a form in every row."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, Event, Plan
from advisor.store import EventConflict, PlanFull
from advisor.web.app.rights import plain_store, signed_store
from advisor.web.app.send_once import fresh, made, made_before
from advisor.web.forms.event_form import Problem
from advisor.web.forms.fields import kept
from advisor.web.plans.conflict.fields import EVENT_PARTS
from advisor.web.plans.conflict.merge import seen
from advisor.web.plans.event.views import conflict_page
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, RefusedCellError, answered, read, write
from advisor.web.plans.grid.column_choice import remembered
from advisor.web.plans.grid.columns import columns_of
from advisor.web.plans.grid.page import grid_page

ROWS = 50
"""Number of rows on a page. Each row has about twelve controls."""
_NEW = "new"


@dataclass
class SentRow:
    """A sent row: the id of its event, its typed values by field, and its errors."""

    id: str
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def show(plan_id: str) -> ResponseReturnValue:
    """Show one page of the table."""
    return _page(plan_id, None)


def save(plan_id: str, event_id: str) -> ResponseReturnValue:
    """Save one row."""
    store = signed_store()
    kept_event = store.load_event(g.owner, plan_id, event_id)
    settings = store.load_settings(g.owner, plan_id)
    sent = SentRow(event_id, {name: value for name, value in request.form.items() if _is_cell(name)})
    event = _event(settings.plan, kept_event.event, sent)
    if sent.problems:
        return _page(plan_id, sent)
    revision = request.form.get("revision", "")
    edited = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
    try:
        store.save_event(g.owner, plan_id, event_id, edited, event)
    except EventConflict as conflict:
        return conflict_page(settings, event, conflict.current, request.form.get("seen", ""))
    return _back(plan_id, event_id)


def add(plan_id: str) -> ResponseReturnValue:
    """Add an event after the last one."""
    if before := made_before():
        return before
    settings = plain_store().load_settings(g.owner, plan_id)
    sent = SentRow(_NEW, {NAME: request.form.get(NAME, ""), CALL: request.form.get(CALL, "track")})
    event = _event(settings.plan, Event(name="-"), sent)
    if not sent.problems:
        try:
            event_id = signed_store().add_event(g.owner, plan_id, event)
        except PlanFull as error:
            sent.problems.append(Problem(f"{_NEW}-{NAME}", str(error)))
        else:
            return made(url_for("grid.plain", plan_id=plan_id, page=99_999, saved=event_id, _anchor="new-name"))
    return _page(plan_id, sent)


def _is_cell(name: str) -> bool:
    """Return whether a field of the form is a cell. A row sends only the cells of visible columns."""
    return name in (NAME, CALL, *QUESTION_KEYS) or name.startswith(LABEL)


def _event(settings: Plan, original: Event, sent: SentRow) -> Event:
    """Return the event of the row, and add its errors to ``sent``."""
    event = original
    for name, value in sent.values.items():
        try:
            if name in QUESTION_KEYS:
                # A row shows a suggestion as an answer. Only a different answer replaces the suggestion.
                is_same = value == str(read(original, name)).removesuffix("?")
                event = event if is_same else answered(event, name, value)
            else:
                event = write(settings, event, name, kept(value, str(read(original, name))))
        except RefusedCellError as error:
            sent.problems.append(Problem(f"{sent.id}-{name}", str(error)))
    return event


def _back(plan_id: str, event_id: str) -> ResponseReturnValue:
    page = request.form.get("page", "")[:6]
    return redirect(url_for("grid.plain", plan_id=plan_id, page=page, saved=event_id, _anchor=f"row-{event_id}"), 303)


def _page(plan_id: str, sent: SentRow | None) -> ResponseReturnValue:
    asked = request.form.get("page") or request.args.get("page", "")
    columns = columns_of(request.args, request.cookies)
    page = grid_page(plain_store(), g.owner, plan_id, asked, ROWS, columns)
    html = render_template(
        "plans/grid/plain.html",
        plan_id=plan_id,
        plan=page.plan,
        unread=page.unread,
        page=page,
        lines=list(zip(page.rows, page.events, page.revisions, strict=True)),
        fingerprints=[seen(EVENT_PARTS, event) for event in page.events],
        columns=page.columns,
        calls=CALL_TYPES,
        sent=sent,
        saved=request.args.get("saved", ""),
        problems=tuple(sent.problems) if sent else (),
        once=fresh,
    )
    return remembered(html, columns)
