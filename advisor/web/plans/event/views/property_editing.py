"""Handles the controls of the table of properties on the page of an event, besides saving.

They add a row inside another, preview pasted rows, and take what is offered.
"""

from __future__ import annotations

from typing import Any

from flask import request

from advisor.document_limits import MAX_PROPERTIES
from advisor.formats.columns.property_cells import TITLES
from advisor.model import Event
from advisor.text import whole_number
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.property_rows import place_rows
from advisor.web.paste.properties import PropertiesPreview, chosen_heads, preview_properties
from advisor.web.plans.event.known_events import suggestions, with_taken

PASTED = "pasted"
_PASTED_COLUMN, _PASTED_ROW = "pasted-column", "pasted-row"
_UNCONFIRMED = "Look at the pasted rows: take them, or empty the field"


def is_preview() -> bool:
    """Return whether the form was sent for a new row or for a preview of pasted rows, and not to be saved."""
    has_pasted_rows = bool(request.form.get(PASTED, "").strip())
    return bool(request.form.get("inside")) or _asks_for_preview() or (has_pasted_rows and not _adds_pasted_rows())


def apply_row_actions(form: EventForm) -> None:
    """Add the row that was asked for. For pasted rows that were neither previewed nor confirmed, add an error."""
    if inside := request.form.get("inside", ""):
        _add_row_inside(form, inside)
    elif not _asks_for_preview():
        form.properties.errors = [*form.properties.errors, _UNCONFIRMED]


def with_extras(event: Event) -> Event:
    """Return the event of the form with the offers that were taken and the pasted rows that were confirmed."""
    event = with_taken(event, request.form.getlist("take"))
    preview = pasting_preview(event) if _adds_pasted_rows() else None
    return preview.event if preview else event


def pasting_preview(event: Event) -> PropertiesPreview | None:
    """Return the preview of the pasted text for the event that the form describes; None if nothing was pasted."""
    chosen = chosen_heads(request.form.getlist(_PASTED_COLUMN))
    return preview_properties(request.form.get(PASTED, ""), event, chosen, request.form.get(_PASTED_ROW, ""))


def properties_context(form: EventForm, event: Event) -> dict[str, Any]:
    """Return what the template needs besides the rows: the offer, the pasted text and its preview."""
    return {
        "offered": suggestions(form, event, request.form.getlist("take")),
        "pasted": request.form.get(PASTED, ""),
        "pasting": pasting_preview(event),
        "pasted_titles": TITLES,
    }


def changes_properties() -> bool:
    """Return whether the form was sent by a control of the properties, so that the page should show them again."""
    return bool(request.form.getlist("take")) or _adds_pasted_rows()


def _asks_for_preview() -> bool:
    return request.form.get("paste") == "preview"


def _adds_pasted_rows() -> bool:
    return request.form.get("paste") == "add"


def _add_row_inside(form: EventForm, index: str) -> None:
    """Add a blank row inside the row with this index, after the rows that are already inside it."""
    rows = [entry.data for entry in form.properties]
    at = whole_number(index)
    if at is None or at >= len(rows) or len(rows) > MAX_PROPERTIES:
        return
    level = form.properties[at].form.depth
    end = at + 1
    while end < len(rows) and form.properties[end].form.depth > level:
        end += 1
    rows.insert(end, {"level": str(level + 1), "type": "any", "known_by": "either"})
    form.properties.process(None, rows)
    place_rows([entry.form for entry in form.properties])
