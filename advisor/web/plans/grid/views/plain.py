"""The views of the grid for browsers without JavaScript: a table with a form in every row."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.event_fields import EVENT_FORM_FIELDS
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, Event, Plan
from advisor.store import EventConflictError, PlanFullError
from advisor.web.app import current
from advisor.web.app.send_once import earlier_result, finish, new_token
from advisor.web.forms.event_form import Problem
from advisor.web.forms.fields import typed_or_original
from advisor.web.plans.conflict.merge import fingerprints
from advisor.web.plans.edits.views.undo import number_sent
from advisor.web.plans.event.views.conflict import conflict_page
from advisor.web.plans.grid.cells import CALL, LABEL, NAME, RefusedCellError, check_value, new_event, read, write
from advisor.web.plans.grid.filter import ANSWER_CHOICES, PLACES, filter_choices
from advisor.web.plans.grid.views.column_choice import remember_columns
from advisor.web.plans.grid.views.shown_page import filter_sent, page_shown, shows_tip

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
    store = current.store()
    kept_event = store.load_event(current.owner(), plan_id, event_id)
    settings = store.load_settings(current.owner(), plan_id)
    sent = SentRow(event_id, {name: value for name, value in request.form.items() if _is_cell(name)})
    event = _event(settings.plan, kept_event.event, sent)
    if sent.problems:
        return _page(plan_id, sent)
    try:
        store.save_event(current.owner(), plan_id, event_id, current.revision_sent(), event)
    except EventConflictError as conflict:
        return conflict_page(settings, event, conflict.current, request.form.get("seen", ""))
    return _back(plan_id, event_id)


def add(plan_id: str) -> ResponseReturnValue:
    """Add an event after the last one."""
    if earlier := earlier_result():
        return earlier
    settings = current.settings_of(plan_id)
    sent = SentRow(_NEW, {NAME: request.form.get(NAME, ""), CALL: request.form.get(CALL, "track")})
    event = _new_event(settings.plan, sent)
    if event is not None:
        try:
            event_id = current.store().add_event(current.owner(), plan_id, event)
        except PlanFullError as error:
            sent.problems.append(Problem(f"{_NEW}-{NAME}", str(error)))
        else:
            return finish(url_for("plans.grid.plain", plan_id=plan_id, page=99_999, saved=event_id, _anchor="new-name"))
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
                event = event if is_same else write(settings, event, name, value)
            else:
                event = write(settings, event, name, typed_or_original(value, str(read(original, name))))
        except RefusedCellError as error:
            sent.problems.append(Problem(f"{sent.id}-{name}", str(error)))
    return event


def _new_event(settings: Plan, sent: SentRow) -> Event | None:
    """Return the event of the row for a new one; None if it has errors, which are added to ``sent``."""
    for name, value in sent.values.items():
        try:
            check_value(settings, name, value)
        except RefusedCellError as error:
            sent.problems.append(Problem(f"{sent.id}-{name}", str(error)))
    return None if sent.problems else new_event(settings, sent.values)


def _back(plan_id: str, event_id: str) -> ResponseReturnValue:
    page = request.form.get("page", "")[:6]
    return redirect(
        url_for(
            "plans.grid.plain",
            plan_id=plan_id,
            page=page,
            saved=event_id,
            _anchor=f"row-{event_id}",
            **filter_sent().query,
        ),
        303,
    )


def _page(plan_id: str, sent: SentRow | None) -> ResponseReturnValue:
    chosen, saved = filter_sent(), request.args.get("saved", "")
    page = page_shown(plan_id, chosen, ROWS, request.form.get("page", ""), saved or (sent.id if sent else ""))
    html = render_template(
        "plans/grid/plain.html",
        plan_id=plan_id,
        plan=page.plan,
        unread=page.unread,
        page=page,
        lines=list(zip(page.rows, page.events, page.revisions, strict=True)),
        fingerprints=[fingerprints(EVENT_FORM_FIELDS, event) for event in page.events],
        columns=page.columns,
        calls=CALL_TYPES,
        sent=sent,
        saved=saved,
        problems=tuple(sent.problems) if sent else (),
        once=new_token,
        chosen=chosen,
        places=PLACES,
        answer_choices=ANSWER_CHOICES,
        choices=filter_choices(page.plan, page.events, chosen),
        tip=shows_tip(),
        changed=number_sent("changed"),
        column=request.args.get("column", ""),
    )
    return remember_columns(html, page.columns)
