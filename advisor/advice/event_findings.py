"""The findings about an event's answers, advice and decision (law, part 1.4).

Used by `advisor.advice.advisor`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.advice.finding import finding
from advisor.advice.placement.decide import Verdict
from advisor.advice.placement.facts import CLIENT_ONLY, COMPUTED, Facts
from advisor.advice.reach.masking import SortedProperties
from advisor.advice.reach.network import Scope, Tool
from advisor.advice.routing.consequences import Routing
from advisor.advice.routing.route import Circumstances
from advisor.knowledge import citations as cite
from advisor.knowledge.catalogue import STORAGE_KIND
from advisor.model import Event, Finding, Placement, Practice, Severity, Side
from advisor.text import join_names


class Case(NamedTuple):
    """An event with everything that was computed about it. ``pointer`` is its place in the plan."""

    event: Event
    pointer: str
    properties: SortedProperties
    scope: Scope
    facts: Facts
    verdict: Verdict
    given: Circumstances
    routing: Routing

    def at(self, question: str) -> str:
        """Return the pointer to an answer, or to all answers if it was not given."""
        return f"{self.pointer}/answers/{question}" if question in self.event.answers else f"{self.pointer}/answers"


def observe(case: Case) -> list[Finding]:
    """Return the findings about one event's answers, advice and decision. Checks that can't find anything don't run."""
    found: list[Finding] = []
    if case.facts.holds("browser_only") or case.facts.holds(COMPUTED):
        found += _contradictions(case)
    if not case.facts.overruled.isdisjoint(case.event.answers):
        found += _overruled(case)
    if case.given.placement != "server":
        found += _on_client_call(case)
    if case.given.sensitive or case.facts.answer("sensitive") == "unsure":
        found += _on_secrets(case)
    if case.given.placement == "client" or case.given.user_absent:
        found += _on_properties(case)
    if case.event.suggested or not case.verdict.settled:
        found += _on_certainty(case)
    if case.given.placement == "both" and case.scope.named:
        found += _idle_halves(case)
    if case.event.decision is not None:
        found += _on_decision(case)
    if case.event.practice is not None and case.event.practice.placement != case.given.placement:
        found.append(_on_practice(case.event.practice, case))
    return found


_PAIRS: tuple[tuple[str, str, str, str], ...] = (
    (
        "browser-only-and-absent", "browser_only", "user_absent",
        "You said that only the {place} can see it, and also that it can happen with none running. Check these two answers.",
    ),
    (
        "browser-only-and-computed", "browser_only", COMPUTED,
        "You said that only the {place} can see it, and also that a value comes from the database. Check these two answers.",
    ),
    (
        "browser-only-and-stored", "browser_only", "stored_in_database",
        "You said that only the {place} can see it, and also that you keep a record. Then your server does hear of it, later.",
    ),
)  # fmt: skip
"""Code, two questions that contradict each other if both are yes, and the message (see `advisor.knowledge.wording`)."""


def _contradictions(case: Case) -> Iterator[Finding]:
    facts = case.facts
    if facts.holds("browser_only"):
        for code, one, other, message in _PAIRS:
            if facts.holds(other):
                yield finding(code, case.scope.wording.say(message), case.at(one))
    if facts.holds(COMPUTED) and facts.answer("stored_in_database") == "no":
        message = "A value comes from the database, and yet no record is kept. Check these two answers."
        yield finding("computed-not-stored", message, case.at("stored_in_database"))


def _overruled(case: Case) -> Iterator[Finding]:
    for question in (COMPUTED, CLIENT_ONLY):
        given = case.event.answers.get(question, "unsure")
        if given == "unsure" or question not in case.facts.overruled:
            continue
        counts = case.facts.answer(question)
        if given != counts:
            message = f"You answered {given}; {_overruling(case, question)}, so it counts as {counts}."
            yield finding("answer-overruled", message, case.at(question))


def _overruling(case: Case, question: str) -> str:
    if question == COMPUTED and (known := case.properties.computed):
        return f"“{known.property.name}” is required and only the server knows it"
    if case.facts.holds(CLIENT_ONLY):
        tools = case.scope.reached_by_one("client", sensitive=case.given.sensitive)
        return f"{join_names(item.name for item in tools)} can be reached from the client only"
    return "no wanted destination needs the client"


def _on_client_call(case: Case) -> Iterator[Finding]:
    facts = case.facts
    if facts.holds("accuracy") and case.given.main == "client":
        message = (
            "Something acts on every one of these, and blockers lose client calls: from a few percent to about 70 % "
            f"of a technical audience ({cite.ADVERTISING_FUNNEL})."
        )
        yield finding("accuracy-on-client", message, case.at("accuracy"))
    if facts.holds(CLIENT_ONLY) and not case.scope.named:
        message = "The client-only tool has no name yet. Add it to the plan, so that the client call can name it."
        yield finding("name-the-destination", message, case.at(CLIENT_ONLY))


def _on_secrets(case: Case) -> Iterator[Finding]:
    """Yield findings about who learns of a sensitive event, or of an event for which this question is open."""
    has_client_call = case.given.placement != "server"
    if not case.given.sensitive:
        refused = [item.name for item in _fed(case) if item.is_refused_if_sensitive]
        if has_client_call or refused:
            who = "The client sends this" if has_client_call else f"This reaches {join_names(refused)}"
            message = f"{who}, and nobody has said whether it is sensitive. Answer that first."
            yield finding("sensitive-unanswered", message, case.at("sensitive"))
        return
    if has_client_call:
        yield finding("sensitive-client-call", _sensitive_call(case), case.at("sensitive"))
    if others := [item.name for item in _fed(case) if item.kind != STORAGE_KIND]:
        message = f"A sensitive event goes to {join_names(others)}. Check that your contract with each allows it."
        yield finding("sensitive-to-third-party", message, case.at("sensitive"))


def _fed(case: Case, side: Side | None = None) -> list[Tool]:
    """Return the destinations that the calls deliver, or only those of one side."""
    keys = {key for leg, _ in case.routing.calls if side in (None, leg.side) for key in leg.delivers}
    return [item for item in case.scope.tools if item.key in keys]


def _sensitive_call(case: Case) -> str:
    fed = [item.name for item in _fed(case, "client")]
    if not fed:
        return (
            "The client sends a sensitive event, where it can be read. Mask what it shows, or send it from the server."
        )
    return (
        f"The client sends a sensitive event to {join_names(fed)}. "
        "Mask the elements there, or take the destination off this event."
    )


def _on_properties(case: Case) -> Iterator[Finding]:
    not_sent = case.properties.masked if case.given.placement == "client" else ()
    for place in not_sent:
        item = place.property
        why = "is sensitive" if item.sensitive else "is known by the server only"
        message = (
            f"“{place.name}” {why}, so the client call leaves it out and no other call carries it. "
            "Answer yes to “sensitive” for the event, or decide on a call from the server too."
        )
        severity: Severity = "error" if item.required else "warning"
        yield finding("property-not-sent", message, place.at(case.pointer), severity)
    if case.given.user_absent:
        for place in case.properties.from_client:
            where = case.scope.wording.place
            message = (
                f"Only the client knows “{place.name}”, and this can happen with no {where} of yours running. "
                "Store it while one is."
            )
            yield finding("client-property-and-absent", message, place.at(case.pointer))


def _on_certainty(case: Case) -> Iterator[Finding]:
    if not case.verdict.settled:
        yield finding("unsettled", "An open question could still change the placement.", f"{case.pointer}/answers")
    if any(key in case.event.answers for key in case.event.suggested):
        message = "The advice rests on suggested answers. Accept or change them."
        yield finding("suggested-answers", message, f"{case.pointer}/suggested")


def _idle_halves(case: Case) -> Iterator[Finding]:
    sides: tuple[Side, ...] = ("client", "server")
    for side in sides:
        if side in case.routing.feeding:
            continue
        if case.verdict.placement == "both":
            message = f"The {side} call feeds no destination. It is there for Segment’s own record or the warehouse."
            yield finding("half-for-the-record", message, case.pointer)
        elif (side, case.scope.call) != ("client", "identify"):
            # A client identify call always has a purpose: it tells the client library who the user is.
            message = f"By your decision the {side} makes a call too, and it feeds no destination."
            yield finding("decision-idle-half", message, f"{case.pointer}/decision")


_SIDES: dict[Placement, str] = {"client": "the client", "server": "the server", "both": "both sides"}


def _on_practice(practice: Practice, case: Case) -> Finding:
    """Return the finding about an event that is tracked elsewhere today."""
    shown = f" ({practice.evidence})" if practice.evidence.strip() else ""
    says = "the advice is" if case.given.placement == case.verdict.placement else "your decision is"
    message = (
        f"Today it is tracked from {_SIDES[practice.placement]}{shown}, and {says} {_SIDES[case.given.placement]}. "
        "Move it, or decide to keep it there."
    )
    return finding("practice-differs", message, f"{case.pointer}/practice")


def _on_decision(case: Case) -> Iterator[Finding]:
    decision, advised = case.event.decision, case.verdict.placement
    if decision is None:
        return
    where = f"{case.pointer}/decision"
    if decision.placement not in (advised, "server") and case.facts.holds("sensitive"):
        message = (
            "By your decision the client sends a sensitive event. "
            "Sensitive properties stay out of the call, and its object stays closed."
        )
        yield finding("decision-exposes-sensitive", message, where)
    if decision.placement == "client" and case.facts.holds("payment"):
        yield finding(
            "decision-loses-payment", "By your decision only the client sends a payment. It will miss some.", where
        )
    if decision.against and decision.against.placement != advised:
        message = f"You decided against “{decision.against.placement}”; today’s advice is “{advised}”. Look again."
        yield finding("decision-outdated", message, where)
