"""Handles the controls of the table of properties on the page of an event, besides saving.

They add a row inside another, preview pasted rows, and take what is offered.
"""

from __future__ import annotations

from typing import Any

from flask import request

from advisor.document_limits import MAX_PROPERTIES
from advisor.model import Event
from advisor.web.forms.event_form import EventForm
from advisor.web.forms.property_rows import place_rows
from advisor.web.paste.properties import Pasting, pasting
from advisor.web.plans.event.known_events import offer, with_taken

PASTED = "pasted"
_ADDS = "add"
_UNCONFIRMED = "Look at the pasted rows: take them, or empty the field"


def only_looks(form: EventForm) -> bool:
    """Return whether the form was sent for a preview or a new row, and not to be saved.

    Adds the row, or the error about unconfirmed rows, to the form.
    """
    if inside := request.form.get("inside", ""):
        _make_room(form, inside)
        return True
    if request.form.get("paste") == "preview":
        return True
    if request.form.get(PASTED, "").strip() and request.form.get("paste") != _ADDS:
        form.properties.errors = [*form.properties.errors, _UNCONFIRMED]
        return True
    return False


def with_extras(event: Event) -> Event:
    """Return the event of the form with the offers that were taken and the pasted rows that were confirmed."""
    event = with_taken(event, request.form.getlist("take"))
    shown = shown_pasting(event) if request.form.get("paste") == _ADDS else None
    return shown.event if shown else event


def shown_pasting(event: Event) -> Pasting | None:
    """Return the preview of the pasted text for the event that the form describes; None if nothing was pasted."""
    return pasting(request.form.get(PASTED, ""), event)


def properties_context(form: EventForm, event: Event) -> dict[str, Any]:
    """Return what the template needs besides the rows: the offer, the pasted text and its preview."""
    return {
        "offered": offer(form, event, request.form.getlist("take")),
        "pasted": request.form.get(PASTED, ""),
        "pasting": shown_pasting(event),
    }


def changes_properties() -> bool:
    """Return whether the form was sent by a control of the properties, so that the page should show them again."""
    return bool(request.form.getlist("take")) or request.form.get("paste") == _ADDS


def _make_room(form: EventForm, index: str) -> None:
    """Add a blank row inside the row with this index, after the rows that are already inside it."""
    rows = [entry.data for entry in form.properties]
    at = int(index) if index.isascii() and index.isdecimal() and len(index) < 5 else len(rows)
    if at >= len(rows) or len(rows) > MAX_PROPERTIES:
        return
    level = form.properties[at].form.depth
    end = at + 1
    while end < len(rows) and form.properties[end].form.depth > level:
        end += 1
    rows.insert(end, {"level": str(level + 1), "type": "any", "known_by": "either"})
    form.properties.process(None, rows)
    place_rows([entry.form for entry in form.properties])
