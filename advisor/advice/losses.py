"""The losses of a placement: what each side that makes a call gives up, what it costs, and what the code does about it.

Shown in the advice panel and in decision records.

Sources: Segment's page on the advertising funnel (blockers), its Academy (calls of a page that closes), the matrix of
automatic context in its spec, and its pages on identity and on duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.knowledge import citations as cite
from advisor.knowledge.wording import Wording, event_wording
from advisor.model import (
    Call,
    Event,
    HandoffValue,
    Plan,
    Recommendation,
    Side,
    SourceType,
    placement_in_force,
    recommendation_of,
)
from advisor.text import join_names

_AUTOMATIC: dict[SourceType, tuple[tuple[str, str], ...]] = {
    "web": (
        ("campaign", "campaign"),
        ("page", "page and referrer"),
        ("userAgent", "browser"),
        ("ip", "IP address"),
        ("locale", "language"),
        ("timezone", "time zone"),
    ),
    "mobile": (
        ("device", "device"),
        ("app", "app version"),
        ("os", "operating system"),
        ("ip", "IP address"),
        ("locale", "language"),
        ("timezone", "time zone"),
    ),
}
"""Source type -> the context that its libraries add to every call and no server library adds: field, words."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss of a side. ``answer`` is what the code does about it; empty if nothing can be done in code."""

    side: Side
    what: str
    cost: str
    answer: str
    citation: str


def losses(plan: Plan, event: Event) -> tuple[Loss, ...]:
    """Return what the calls of an event give up, client before server. Raises `TypeError` if it was not advised."""
    placement = placement_in_force(event)
    advice = recommendation_of(event)
    wording = event_wording(plan.sources, event)
    found: list[Loss] = []
    if placement in ("client", "both"):
        found += _of_client(advice, wording)
    if placement in ("server", "both"):
        found += _of_server(event, advice, wording)
    if placement == "both":
        found.append(_TWICE)
    return tuple(found)


def _of_client(advice: Recommendation, wording: Wording) -> Iterator[Loss]:
    calls = [call for call in advice.calls if call.side == "client"]
    has_server_call = len(calls) < len(advice.calls)
    yield Loss(
        side="client",
        what=f"Calls that {wording.obstacles} stops.",
        cost="From a few in a hundred up to about seventy in a hundred, the most among technical people. "
        "Good enough for trends, not for exact figures.",
        answer="The server call does not depend on it: take exact figures from there." if has_server_call else "",
        citation=cite.ADVERTISING_FUNNEL,
    )
    yield Loss(
        side="client",
        what=f"Calls made while {wording.leaving}.",
        cost="The request may never leave.",
        answer="",
        citation=cite.ACADEMY,
    )
    yield Loss(
        side="client",
        what="Secrecy: whatever the call carries can be read on the device.",
        cost=f"Anyone with the {wording.place} open sees names and values.",
        answer=_on_withheld(calls),
        citation=cite.CLIENT_OR_SERVER,
    )


def _on_withheld(calls: list[Call]) -> str:
    withheld = dict.fromkeys(name for call in calls for name in call.withheld)
    if not withheld:
        return ""
    if len(withheld) == 1:
        return "One property is left out of the client call, and its comment names it."
    return f"{len(withheld)} properties are left out of the client call, and its comment names them."


def _of_server(event: Event, advice: Recommendation, wording: Wording) -> Iterator[Loss]:
    types = tuple(dict.fromkeys(value.source for value in advice.handoff)) or wording.types
    absent = event.answers.get("user_absent") == "yes"
    fields = {field: words for type_ in types for field, words in _AUTOMATIC.get(type_, ())}
    handed = {value.to.removeprefix("context.") for value in advice.handoff if value.to.startswith("context.")}
    yield Loss(
        side="server",
        what=f"What client libraries add by themselves: {join_names(fields.values())}.",
        cost="Reports by these stay empty for this event, unless you pass the values on."
        if not absent
        else f"With no {wording.place} running there is only what you stored while one was.",
        answer=_on_context(fields, handed, absent=absent),
        citation=cite.COMMON_FIELDS,
    )
    yield Loss(
        side="server",
        what=f"The visitor’s anonymous ID, which lives in the {wording.carrier}.",
        cost="Without it, the event does not join what the same person did before logging in.",
        answer=_on_identity(advice.handoff, absent=absent),
        citation=cite.IDENTIFY,
    )


def _on_context(fields: dict[str, str], handed: set[str], *, absent: bool) -> str:
    passed = [words for field, words in fields.items() if field in handed]
    if not passed:
        return ""
    stored = "stored while the user was present, " if absent else ""
    left = "" if len(passed) == len(fields) else " The rest is not passed on."
    return f"The server call carries {join_names(passed)}, {stored}from the hand-off.{left}"


def _on_identity(handoff: tuple[HandoffValue, ...], *, absent: bool) -> str:
    if not any(value.to == "anonymousId" for value in handoff):
        return ""
    stored = " It is stored while the user is present." if absent else ""
    return f"The server call carries the anonymous ID from the hand-off.{stored}"


_TWICE = Loss(
    side="server",
    what="One place to look: two calls tell of the same event.",
    cost="A tool that both reach would count it twice.",
    answer="The integrations objects let each tool hear from one call only, and the two calls never share a messageId.",
    citation=cite.DUPLICATES,
)
