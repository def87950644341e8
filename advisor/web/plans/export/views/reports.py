"""Documents to read or share: the report of a plan in the browser, and the decision record of one event as a file."""

from __future__ import annotations

import base64
import hashlib

from flask import Response, abort
from msgspec.structs import replace

from advisor.formats import html_report
from advisor.formats.decision_record import EXPORT as RECORD
from advisor.formats.decision_record import write_event
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name


def report(plan_id: str) -> Response:
    """Show the report, the same file as the export. The content security policy allows its inline styles by their hash."""
    page = html_report.write(require_whole(current.whole_plan(plan_id)).plan)
    response = Response(page, content_type=html_report.EXPORT.media_type)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src '{_hash_of_styles(page)}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return response


def record(plan_id: str, event_id: str) -> Response:
    """Return the decision record of one event as a Markdown file."""
    plan = current.settings_of(plan_id).plan
    kept = current.event_of(plan_id, event_id)
    if kept.deleted:
        abort(404)
    text = write_event(replace(plan, events=(kept.event,)), 0)
    name = file_name(kept.event.name, RECORD.extension)
    return Response(text, content_type=RECORD.media_type, headers={"Content-Disposition": disposition(name)})


def _hash_of_styles(page: bytes) -> str:
    """Return the hash of the page's only style element, as a content security policy writes it."""
    styles = page.partition(b"<style>")[2].partition(b"</style>")[0]
    return f"sha256-{base64.b64encode(hashlib.sha256(styles).digest()).decode()}"
