"""Reads what a visitor chose on the preview of an import from the fields of its form, and from where it is stored."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from advisor.formats.exchange import formats
from advisor.formats.import_review import ImportChoices
from advisor.formats.merge_plans import MODES
from advisor.knowledge.libraries import DEFAULT_CLIENT, DEFAULT_SERVER, LIBRARIES
from advisor.model import Side
from advisor.text import whole_number
from advisor.web.paste.column_sheets import chosen_columns

_LAST_HEADING_ROW = 200_000
_FIRST = ImportChoices(client=DEFAULT_CLIENT, server=DEFAULT_SERVER)


def stored_choices(text: str) -> ImportChoices:
    """Return the choices that were stored for an upload; the default ones if there are none."""
    try:
        return msgspec.json.decode(text, type=ImportChoices) if text else _FIRST
    except msgspec.DecodeError:
        return _FIRST


def choices_text(choices: ImportChoices) -> str:
    """Return choices as they are stored."""
    return msgspec.json.encode(choices).decode()


def sent_choices(fields: Mapping[str, str]) -> ImportChoices:
    """Return the choices in a form. What can't be chosen counts as not chosen.

    A column counts as chosen if its select differs from the guess that the page showed.
    """
    key = fields.get("format", "")
    mode = fields.get("mode", "")
    heading = whole_number(fields.get("heading")) if fields.get("heading") != fields.get("heading_was") else None
    kept = whole_number(fields.get("heading_chosen"))
    form = key if key in formats() and formats()[key].reads else ""
    return ImportChoices(
        format=form if form != fields.get("format_was") else fields.get("format_chosen", ""),
        columns=chosen_columns(fields),
        heading_row=kept if heading is None or heading > _LAST_HEADING_ROW else heading,
        sheet=fields.get("sheet", ""),
        mode=mode if mode in MODES else "update",
        missing="without" if fields.get("missing") == "without" else "add",
        unknown="nearest" if fields.get("unknown") == "nearest" else "without",
        suggest=fields.get("suggest") == "yes" or "suggest_shown" not in fields,
        client=_library(fields, "client", DEFAULT_CLIENT),
        server=_library(fields, "server", DEFAULT_SERVER),
    )


def _library(fields: Mapping[str, str], side: Side, default: str) -> str:
    """Return the library that was chosen for a side; empty for none."""
    key = fields.get(side, default)
    return key if key in LIBRARIES and LIBRARIES[key].side == side else ""
