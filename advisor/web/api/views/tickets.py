"""``POST /api/v1/tickets``: what there is to build, as a text for each event of the plan document that is sent."""

from __future__ import annotations

from flask import Response
from msgspec import Struct

from advisor import document
from advisor.advice import advise
from advisor.formats.ticket import ticket
from advisor.model import Plan, Status
from advisor.web.api.views.parameters import max_body, sent_document
from advisor.web.app import current
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf


class Ticket(Struct, frozen=True, kw_only=True):
    """The ticket of one event, as Markdown, with the event's name and status."""

    event: str
    status: Status
    text: str


class TicketList(Struct, frozen=True, kw_only=True):
    """The tickets of a plan, in the order of its events."""

    tickets: tuple[Ticket, ...]


@csrf.exempt  # it neither reads nor changes stored data
def tickets() -> Response:
    """Return the tickets of all events of the sent plan document, with any status."""
    return ticket_answer(advise(document.read(sent_document(), max_body=max_body()).plan))


def ticket_answer(plan: Plan) -> Response:
    """Return the answer with the tickets of an advised plan."""
    today = current.today()
    texts = (ticket(plan, index, today) for index in range(len(plan.events)))
    found = (
        Ticket(event=event.name, status=event.status, text=text) for event, text in zip(plan.events, texts, strict=True)
    )
    return json_answer(TicketList(tickets=tuple(found)))
