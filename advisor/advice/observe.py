"""What an event's author should look at (law, part 1.4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.decide import Verdict
from advisor.advice.facts import CLIENT_ONLY, COMPUTED, Facts, computed_by
from advisor.advice.integrations import not_mine
from advisor.advice.masking import known_by_client, not_sent
from advisor.advice.network import Network, Scope, Tool
from advisor.advice.route import Circumstances, Route
from advisor.advice.words import enumerate_names
from advisor.knowledge import citations as cite
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.knowledge.vendors import GA4, PLUGINS
from advisor.model import Event, Finding, Severity, SharedId


@dataclass(frozen=True, slots=True)
class Case:
    """An event with everything that was worked out about it. ``pointer`` is where it stands in the plan."""

    event: Event
    pointer: str
    network: Network
    scope: Scope
    facts: Facts
    verdict: Verdict
    settled: bool
    given: Circumstances
    route: Route
    shared_ids: tuple[SharedId, ...]

    def at(self, question: str) -> str:
        """The pointer to an answer, or to all of them where it was not given."""
        return f"{self.pointer}/answers/{question}" if question in self.event.answers else f"{self.pointer}/answers"

    def at_destination(self, key: str) -> str:
        """The pointer to a wanted destination, in the event or in the plan."""
        if self.event.destinations != "all" and key in self.event.destinations:
            return f"{self.pointer}/destinations/{self.event.destinations.index(key)}"
        return f"/destinations/{next(place for place, item in enumerate(self.scope.tools) if item.key == key)}"

    def has_call(self, side: str) -> bool:
        """Whether the placement in force makes a call on this side."""
        return self.given.placement in (side, "both")


def finding(code: str, message: str, pointer: str, severity: Severity | None = None) -> Finding:
    """A finding of a registered kind, of its usual severity unless told otherwise."""
    return Finding(code=code, severity=severity or FINDINGS[code].severity, message=message, pointer=pointer)


def sort_findings(findings: list[Finding]) -> tuple[Finding, ...]:
    """By severity, code and pointer."""
    return tuple(sorted(findings, key=lambda item: (SEVERITIES.index(item.severity), item.code, item.pointer)))


def observe(case: Case) -> tuple[Finding, ...]:
    """Every finding about one event."""
    return sort_findings([*_contradictions(case), *_on_advice(case), *_on_routing(case), *_on_decision(case)])


_CONTRADICTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("browser-only-and-absent", "browser_only", "user_absent", "You said that only the page can see it, and also that the user isn’t there. Check these two answers."),
    ("browser-only-and-computed", "browser_only", COMPUTED, "You said that only the page can see it, and also that a value comes from the database. Check these two answers."),
    ("browser-only-and-stored", "browser_only", "stored_in_database", "You said that only the page can see it, and also that you keep a record. Then your server hears of it, perhaps later."),
)  # fmt: skip


def _contradictions(case: Case) -> Iterator[Finding]:
    facts = case.facts
    for code, one, other, message in _CONTRADICTIONS:
        if facts.holds(one) and facts.holds(other):
            yield finding(code, message, case.at(one))
    if facts.holds(COMPUTED) and facts.answer("stored_in_database") == "no":
        yield finding(
            "computed-not-stored",
            "A value comes from the database, and yet no record is kept. Check these two answers.",
            case.at("stored_in_database"),
        )
    if facts.holds("user_absent"):
        for name, pointer, _ in known_by_client(case.event.properties):
            yield finding(
                "client-property-and-absent",
                f"Only the client knows “{name}”, and the user isn’t there. Store it while they are.",
                case.pointer + pointer,
            )
    yield from _overruled(case)


def _overruled(case: Case) -> Iterator[Finding]:
    for question in (COMPUTED, CLIENT_ONLY):
        given = case.event.answers.get(question, "unsure")
        counts = case.facts.answer(question)
        if question in case.facts.overruled and given not in ("unsure", counts):
            message = f"You answered {given}; {_overruling(case, question)}, so it counts as {counts}."
            yield finding("answer-overruled", message, case.at(question))


def _overruling(case: Case, question: str) -> str:
    if question == COMPUTED and (known := computed_by(case.event)):
        return f"“{known[1].name}” is required and only the server knows it"
    if case.facts.answer(CLIENT_ONLY) == "yes":
        return f"{enumerate_names(item.name for item in case.scope.client_only)} can be reached from the client only"
    return "no wanted destination needs the client"


def _on_advice(case: Case) -> Iterator[Finding]:
    facts, has_client = case.facts, case.has_call("client")
    if has_client and "sensitive" in facts.open:
        yield finding(
            "sensitive-unanswered",
            "The client sends this, and nobody has said whether it is sensitive. Answer that first.",
            case.at("sensitive"),
        )
    if facts.holds("accuracy") and has_client and case.given.main == "client":
        yield finding(
            "accuracy-on-client",
            f"Something acts on every one of these, and blockers lose client calls: from a few percent to about 70 % of a technical audience ({cite.ADVERTISING_FUNNEL}).",
            case.at("accuracy"),
        )
    if has_client and facts.holds("sensitive"):
        yield finding("sensitive-client-call", _sensitive_call(case), case.at("sensitive"))
    if has_client and not case.scope.named and facts.holds(CLIENT_ONLY):
        yield finding(
            "name-the-destination",
            "The tool that accepts data from the client only has no name yet. Add it to the plan’s destinations, so that the client call can name it.",
            case.at(CLIENT_ONLY),
        )
    for name, pointer, item in not_sent(case.event.properties, case.given.placement):
        why = "is sensitive" if item.sensitive else "is known by the server only"
        remedy = "Answer yes to “sensitive” for the event, or decide on a call from the server too."
        yield finding(
            "property-not-sent",
            f"“{name}” {why}, so the client call leaves it out and no other call carries it. {remedy}",
            case.pointer + pointer,
            "error" if item.required else "warning",
        )
    if not case.settled:
        yield finding("unsettled", "An open question could still change the placement.", f"{case.pointer}/answers")
    if any(key in case.event.answers for key in case.event.suggested):
        yield finding(
            "suggested-answers",
            "The advice rests on suggested answers. Accept or change them.",
            f"{case.pointer}/suggested",
        )
    yield from _idle_halves(case)


def _sensitive_call(case: Case) -> str:
    fed = [
        item.name
        for item in case.scope.tools
        if any(leg.side == "client" and item.key in leg.delivers for leg in case.route.legs)
    ]
    if not fed:
        return "A sensitive event is sent from the client, where it can be read. Mask what it shows, or send it from the server."
    return f"A sensitive event is sent from the client to {enumerate_names(fed)}. Mask the page’s elements there, or take the destination off this event."


def _idle_halves(case: Case) -> Iterator[Finding]:
    if case.given.placement != "both" or not case.scope.named:
        return
    idle = [
        side for side in ("client", "server") if not any(leg.delivers for leg in case.route.legs if leg.side == side)
    ]
    for side in idle:
        if case.verdict.placement == "both":
            yield finding(
                "half-for-the-record",
                f"The {side} call feeds no destination. It is there for Segment’s own record or the warehouse.",
                case.pointer,
            )
        else:
            yield finding(
                "decision-idle-half",
                f"By your decision the {side} makes a call too, and it feeds no destination.",
                f"{case.pointer}/decision",
            )


def _on_routing(case: Case) -> Iterator[Finding]:
    for missed in case.route.unreachable:
        use = f" Use {missed.alternative} instead." if missed.alternative else ""
        yield finding("unreachable", missed.message + use, case.at_destination(missed.destination))
    for item, without in case.route.partial:
        yield finding(
            "partial-reach",
            f"{item.name} does not get what happens on {enumerate_names(library.name for library in without)}.",
            case.at_destination(item.key),
        )
    if case.scope.wanted and not case.route.delivered:
        yield finding("nothing-delivered", "No destination receives this event.", case.pointer)
    yield from _without_library(case)
    for pair in case.shared_ids:
        yield finding(
            "shared-event-id",
            f"{pair.client} and {pair.server} count this twice unless both carry one id in “{pair.property}”. Never share the messageId: Segment drops the second call.",
            case.at_destination(pair.server),
        )
    yield from _double_counts(case)
    yield from _on_tools(case)


def _without_library(case: Case) -> Iterator[Finding]:
    for leg in case.route.legs:
        if leg.library is not None:
            continue
        if leg.side == "client" and case.network.clients and case.event.sources == "all":
            needs = "website" if case.event.call == "page" else "mobile app"
            yield finding(
                "no-such-call",
                f"A {case.event.call} call needs a {needs}, and the plan has none among its sources.",
                case.pointer,
            )
        elif leg.side == "client" and case.network.clients:
            yield finding(
                "no-such-call",
                f"None of this event’s sources makes a {case.event.call} call.",
                f"{case.pointer}/sources",
            )
        else:
            yield finding(
                "no-source",
                f"This event needs a call from the {leg.side}, and the plan names no {leg.side} library.",
                f"/sources/{leg.side}",
            )


def _double_counts(case: Case) -> Iterator[Finding]:
    fed = [item for item in case.scope.tools if item.key in case.route.delivered]
    for place, one in enumerate(fed):
        for other in fed[place + 1 :]:
            if {one.key, other.key} == set(GA4) or _is_one_tool_twice(one, other):
                message = (
                    f"{one.name} and {other.name} are one tool, which will count this event twice. Keep one of them."
                )
                yield finding("double-count", message, case.at_destination(other.key))


_VARIANT_WORDS = frozenset(
    {"actions", "action", "legacy", "classic", "web", "cloud", "mobile", "device", "mode", "plugin", "destination"}
)


def _is_one_tool_twice(one: Tool, other: Tool) -> bool:
    """Whether these are the classic and the Actions version of one tool."""
    if (
        not one.row
        or not other.row
        or not one.family
        or one.family != other.family
        or one.row.is_actions == other.row.is_actions
    ):
        return False
    return _stem(one.name) == _stem(other.name)


def _stem(name: str) -> frozenset[str]:
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    return frozenset(words) - _VARIANT_WORDS


def _on_tools(case: Case) -> Iterator[Finding]:
    excluded = {item.key for leg in case.route.legs for item in not_mine(leg, case.route, case.scope)}
    for item in case.scope.tools:
        where = case.at_destination(item.key)
        if item.kind == "storage" and item.key in excluded:
            yield finding(
                "storage-ignores-object",
                f"{item.name} stores every call, whatever the integrations object says.",
                where,
            )
        if item.key not in case.scope.wanted:
            continue
        if not item.is_certain:
            yield finding(
                "catalogue-uncertain",
                f"How sources reach {item.name} could not be confirmed. Check it in your workspace.",
                where,
            )
        if (
            item.key in case.route.delivered
            and item.is_uncertain_of(case.event.call)
            and any(item.key in leg.delivers and leg.type == "web" for leg in case.route.legs)
        ):
            yield finding(
                "call-type-uncertain",
                f"The catalogue and the browser code of {item.name} disagree on {case.event.call} calls. Try one before you rely on it.",
                where,
            )
        for leg in case.route.legs:
            if (
                leg.library
                and leg.type == "mobile"
                and leg.delivers.get(item.key) == "device"
                and item.key not in PLUGINS.get(leg.library.key, {item.key})
            ):
                yield finding(
                    "plugin-unverified",
                    f"No plugin of {item.name} for {leg.library.name} is documented. Check that there is one.",
                    where,
                )


def _on_decision(case: Case) -> Iterator[Finding]:
    decision, advised = case.event.decision, case.verdict.placement
    if decision is None:
        return
    where = f"{case.pointer}/decision"
    if decision.placement != advised and case.facts.holds("sensitive") and decision.placement != "server":
        yield finding(
            "decision-exposes-sensitive",
            "By your decision the client sends a sensitive event. Sensitive properties stay out of the call, and its object stays closed.",
            where,
        )
    if decision.placement == "client" and case.facts.holds("payment"):
        yield finding(
            "decision-loses-payment", "By your decision only the client sends a payment. It will miss some.", where
        )
    if decision.against and decision.against.placement != advised:
        yield finding(
            "decision-outdated",
            f"You decided against “{decision.against.placement}”; today’s advice is “{advised}”. Look again.",
            where,
        )
