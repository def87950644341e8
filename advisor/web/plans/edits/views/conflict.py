"""The page that shows two versions of an event or of settings, and reading what was chosen there."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import render_template, request
from flask.typing import ResponseReturnValue

from advisor.event_fields import Fields, T
from advisor.web.plans.conflict.merge import differences


def conflict_page(parts: Fields[T], mine: T, theirs: T, seen: str, **page: Any) -> ResponseReturnValue:
    """Return the page to choose from two versions, part by part, with status 409.

    ``seen`` are the fingerprints of their common base. ``page`` has the values of the template that depend on the page.
    """
    html = render_template(
        "plans/conflict/conflict.html",
        mine=msgspec.json.encode(mine).decode(),
        seen=seen,
        differences=differences(parts, mine, theirs, seen),
        **page,
    )
    return html, 409


def chosen_versions(parts: Fields[T]) -> dict[str, str]:
    """Return the version that was chosen for each part, as `merge_fields` takes it."""
    everything = request.form.get("all")
    return {part.key: everything or request.form.get(f"keep-{part.key}", "theirs") for part in parts}
