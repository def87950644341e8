"""Serves the pages that save every change at once: the answers for their script, and the undo of a change.

``static/plans/edits/form-saving.js`` sends the whole form after each change and asks for JSON. Without scripts, the same form is
sent by its button and answered with a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

import msgspec
from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from advisor.document import Problem as Refused
from advisor.store import NotFound, Outdated, PlanFull, Unstorable
from advisor.web.app.current import owner, the_store
from advisor.web.forms.event_form import Problem, problems
from advisor.web.plans.conflict.merge import Parts, T, merged

_PAGES = {"show": "plans.show", "settings": "plans.settings", "event": "plans.event"}


@dataclass(frozen=True)
class Checked(Generic[T]):
    """A version without the parts that were refused, and the problems of these parts."""

    version: T
    problems: tuple[Problem, ...]


def saves_itself() -> bool:
    """Return whether the form was sent by the script that saves each change."""
    return request.accept_mimetypes.best == "application/json"


def change_number(seen: int, plan_id: str, event_id: str | None = None) -> int | None:
    """Return the number of the first change of the event, or of the settings, after point ``seen``; None without one."""
    return the_store().history.first_after(owner(), plan_id, seen, event_id)


def point(plan_id: str) -> int:
    """Return the latest point in the history of the plan."""
    return the_store().history.latest(owner(), plan_id)


def without_refused(
    parts: Parts[T],
    mine: T,
    stored: T,
    form: Form,
    part_of: Mapping[str, str],
    check: Callable[[T], tuple[Refused, ...]],
) -> Checked[T]:
    """Return ``mine`` with the stored value for every invalid part, and the problems.

    ``part_of`` maps fields of the form to parts with another name. ``check`` returns what a plan document would refuse.
    """
    keys = {part.key for part in parts}
    wrong = {part_of.get(name, name) for name in form.errors}
    found = list(problems(form))
    version = _keeping(parts, mine, stored, wrong)
    if refused := check(version):
        wrong |= {part_of.get(place, place) for place in map(_place, refused)}
        found += [Problem(anchor=_place(item), message=item.message) for item in refused]
        version = _keeping(parts, mine, stored, min(wrong, keys))
    return Checked(stored if check(version) else version, tuple(found))


def number_sent(name: str) -> int | None:
    """Return the number of a change from the request; None if there is no valid one."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def answer(**told: Any) -> Response:
    """Return the JSON answer to the script that saves each change."""
    return Response(msgspec.json.encode(told), content_type="application/json")


def told(checked: tuple[Problem, ...]) -> list[dict[str, str]]:
    """Return the problems as the JSON answer lists them."""
    return [{"anchor": item.anchor, "message": item.message} for item in checked]


def undo(plan_id: str) -> ResponseReturnValue:
    """Undo a change. Return JSON with the number of the new change for the script, a redirect for other requests."""
    said, made = "", None
    try:
        made = the_store().history.undo(owner(), plan_id, number_sent("number") or 0)
    except (NotFound, Outdated, PlanFull, Unstorable) as error:
        said = str(error)
    if saves_itself():
        return answer(message=said, undo=made)
    flash(said or "Undone.")
    return redirect(_page_after(plan_id), 303)


def _page_after(plan_id: str) -> str:
    event_id = request.form.get("event", "")
    page = "event" if event_id else request.form.get("page", "")
    return url_for(_PAGES.get(page, "plans.show"), plan_id=plan_id, event_id=event_id or None)


def _keeping(parts: Parts[T], mine: T, stored: T, wrong: set[str]) -> T:
    return merged(parts, mine, stored, {part.key: "mine" for part in parts if part.key not in wrong})


def _place(problem: Refused) -> str:
    """Return the key of the part that a problem points into: ``/events/0/properties/2`` → ``properties``."""
    words = [word for word in problem.pointer.split("/") if word and word != "events" and not word.isdecimal()]
    return words[1] if words[:1] == ["answers"] and len(words) > 1 else words[0] if words else ""
