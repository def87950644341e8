"""A stored plan in the format of another tool: its files, and what the tool can't hold."""

from __future__ import annotations

from base64 import b64encode

from flask import Response, request
from msgspec import Struct
from werkzeug.exceptions import NotFound as NoSuchAddress
from werkzeug.exceptions import UnprocessableEntity

from advisor.advice import advise
from advisor.formats.exchange import FormatError, Loss
from advisor.formats.tool_formats import ADDITIONS, options_for, tool_format
from advisor.web.api.views.errors import bad_parameter
from advisor.web.api.views.plans import stored_plan
from advisor.web.app.json_answers import json_answer


class ToolFile(Struct, frozen=True, kw_only=True):
    """A file of an export. ``text`` is null for a file that is no text, and ``base64`` for one that is."""

    path: str
    text: str | None
    base64: str | None


class ToolExport(Struct, frozen=True, kw_only=True):
    """A plan in the format of another tool, with the report of what it can't hold: ``event`` is empty for the plan itself."""

    format: str
    files: tuple[ToolFile, ...]
    losses: tuple[Loss, ...]


def export_for(plan_id: str, tool_key: str) -> Response:
    """Return the files of a stored plan for another tool, and the report.

    Raises `DocumentError` for another value of ``with`` than those of `ADDITIONS`.
    """
    form = tool_format(tool_key)
    if form is None or form.write is None:
        raise NoSuchAddress
    addition = next((each for each in ADDITIONS if each == request.args.get("with", "side")), None)
    if addition is None:
        raise bad_parameter("with", f"the values are {', '.join(ADDITIONS)}.")
    try:
        written = form.write(advise(*stored_plan(plan_id)), options_for(addition))
    except FormatError as error:
        raise UnprocessableEntity(str(error)) from error
    files = tuple(_file(path, data) for path, data in written.files.items())
    return json_answer(ToolExport(format=form.key, files=files, losses=tuple(dict.fromkeys(written.losses))))


def _file(path: str, data: bytes) -> ToolFile:
    try:
        return ToolFile(path=path, text=data.decode(), base64=None)
    except UnicodeDecodeError:
        return ToolFile(path=path, text=None, base64=b64encode(data).decode())
