"""The views of the page for developers: show it, download its tickets, and take a built event off its list."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from advisor.formats.ticket import joined_tickets, ticket
from advisor.model import Event
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.app import current
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name
from advisor.web.plans.developers.job import Job, job
from advisor.web.plans.developers.work import BUILD, EVERY, Work, calls_in_words, link_to, move_in_words, work
from advisor.web.plans.edits.views.several_events import change_events
from advisor.web.plans.edits.views.undo import number_sent
from advisor.web.plans.summary.cache import overview_of
from advisor.web.plans.summary.overview import Overview

_NO_TICKETS = {
    BUILD: "No event of this list is agreed and not built yet.\n",
    EVERY: "This list has no event.\n",
}


def show(plan_id: str) -> ResponseReturnValue:
    """Show the events that are to be built, one of them in full."""
    stored = current.whole_plan(plan_id)
    whole = overview_of(stored)
    listed = work(whole, request.args)
    built = request.args.get("built", "")
    return render_template(
        "plans/developers/show.html",
        plan_id=plan_id,
        plan=stored.plan,
        unread=stored,
        work=listed,
        facets=whole.facets,
        job=_job(plan_id, whole, listed),
        calls_in_words=calls_in_words,
        move_in_words=move_in_words,
        link_to=link_to,
        built=next((line for line in whole.lines if line.id == built), None),
        undoable=number_sent("saved"),
    )


def tickets(plan_id: str) -> Response:
    """Return the ticket of one event (``event``), or of all events that the page lists, as a Markdown file."""
    stored = require_whole(current.whole_plan(plan_id))
    whole = overview_of(stored)
    listed = work(whole, request.args)
    lines = listed.listing.matching
    if "event" in request.args:
        lines = tuple(line for line in lines if line.id == request.args["event"])
        if not lines:
            abort(404)
    pages = [(whole.places[line.id], _code_page(plan_id, line.id)) for line in lines]
    texts = [ticket(whole.plan, place, page.today, page.permalink) for place, page in pages]
    named = lines[0].name if "event" in request.args else f"{stored.plan.name} tickets"
    return Response(
        joined_tickets(texts) or _NO_TICKETS[listed.which],
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": disposition(file_name(named, "md"))},
    )


def implemented(plan_id: str) -> ResponseReturnValue:
    """Mark an event as implemented, which takes it off the list."""
    event_id = request.form.get("event", "")
    done = change_events(plan_id, [event_id], lambda _, event: as_implemented(event))
    if not done.found:
        abort(404)
    listed = work(overview_of(current.whole_plan(plan_id)), request.form)
    told: dict[str, Any] = {**listed.query, "built": event_id, "saved": done.number}
    return redirect(url_for("plans.developers.show", plan_id=plan_id, **told), 303)


def as_implemented(event: Event) -> Event:
    """Return the event with the status *implemented*."""
    return replace(event, status="implemented")


def _job(plan_id: str, whole: Overview, listed: Work) -> Job | None:
    if listed.current is None:
        return None
    return job(whole.plan, whole.places[listed.current.id], _code_page(plan_id, listed.current.id))


def _code_page(plan_id: str, event_id: str) -> CodePage:
    # Every event is found by this address, whatever its status.
    address = url_for("plans.developers.show", plan_id=plan_id, show="all", event=event_id)
    return CodePage(address, current.permalink(address), current.today())
