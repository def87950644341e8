"""For every finding (law, part 1.4), a plan that has it and the nearest plan that does not, with its severity and place."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.findings import FINDINGS
from advisor.model import (
    Against,
    CallType,
    Decision,
    Destination,
    Event,
    Finding,
    Plan,
    Practice,
    Property,
    Recommendation,
    Sources,
)
from plan_examples import EXAMPLES as PLAN_EXAMPLES

BY_READING = {"key-applies-to-all-instances", "name-replaced", "library-replaced"}
"""Codes of notes about the reading of a document; its tests have them."""
WEB = "analytics.js"
TOTAL = Property(name="total", known_by="server")
EMAIL = Property(name="email", sensitive=True)
SCROLL = Property(name="depth", known_by="client")


def event(answers: str = "", call: CallType = "track", **rest: object) -> Event:
    """Return an event with these answers: short names of questions; one that begins with ``-`` is answered no."""
    short = {
        "stored": "stored_in_database",
        "computed": "computed_from_database",
        "absent": "user_absent",
        "cookies": "needs_cookies",
        "client-only": "client_only_destination",
        "page-only": "browser_only",
    }
    given = {}
    for word in answers.split():
        name = word.removeprefix("-")
        given[short.get(name, name)] = "no" if word.startswith("-") else "yes"
    return Event(name="Anything", call=call, answers=given, **rest)


def plan(
    *keys: str,
    events: tuple[Event, ...] | Event = (),
    client: str = "analytics.js",
    server: str | None = "analytics-node",
    **rest: object,
) -> Plan:
    """Return a plan with these destinations; ``client`` names its client libraries."""
    return Plan(
        sources=Sources(client=tuple(client.split()), server=server),
        destinations=tuple(Destination(key=key) for key in keys),
        events=events if isinstance(events, tuple) else (events,),
        **rest,
    )


@dataclass(frozen=True)
class Example:
    """A plan with a finding, where it points, and a plan without it."""

    code: str
    severity: str
    pointer: str
    having: Plan
    lacking: Plan


def decided(placement: str, against: str | None = None) -> Decision:
    """Return a decision of the team."""
    return Decision(placement=placement, against=Against(placement=against) if against else None)


def of_event(
    code: str, severity: str, pointer: str, having: Event, lacking: Event, *keys: str, **rest: object
) -> Example:
    """Return an example in which only the event differs."""
    return Example(code, severity, pointer, plan(*keys, events=having, **rest), plan(*keys, events=lacking, **rest))


ANSWERS = "/events/0/answers"
SENSITIVE = f"{ANSWERS}/sensitive"
PAGE_ONLY = f"{ANSWERS}/browser_only"
STORED = f"{ANSWERS}/stored_in_database"
CLIENT_ONLY = f"{ANSWERS}/client_only_destination"
DECISION, FIRST, SECOND = "/events/0/decision", "/destinations/0", "/destinations/1"
SIMPLE = event("-stored")
REQUIRED_EMAIL, REQUIRED_TOTAL = replace(EMAIL, required=True), replace(TOTAL, required=True)
EXAMPLES = (
    of_event("browser-only-and-absent", "warning", PAGE_ONLY, event("page-only absent"), event("page-only -absent")),
    of_event("browser-only-and-computed", "warning", PAGE_ONLY, event("page-only computed"), event("page-only")),
    of_event("browser-only-and-stored", "info", PAGE_ONLY, event("page-only stored"), event("page-only -stored")),
    of_event("computed-not-stored", "warning", STORED, event("computed -stored"), event("computed")),
    of_event(
        "client-property-and-absent", "warning", "/events/0/properties/1",
        event("absent", properties=(TOTAL, SCROLL)), event("absent", properties=(TOTAL,)),
    ),
    of_event(
        "answer-overruled", "warning", f"{ANSWERS}/computed_from_database",
        event("-computed", properties=(REQUIRED_TOTAL,)), event("computed", properties=(REQUIRED_TOTAL,)),
    ),
    of_event("answer-overruled", "warning", CLIENT_ONLY, event("-client-only"), event(""), "Facebook Pixel"),
    of_event("sensitive-unanswered", "warning", ANSWERS, SIMPLE, event("-stored -sensitive"), "Mixpanel"),
    of_event(
        "accuracy-on-client", "warning", f"{ANSWERS}/accuracy",
        event("accuracy page-only"), event("accuracy cookies"), "Mixpanel",
    ),
    of_event("sensitive-client-call", "error", SENSITIVE, event("sensitive page-only"), event("sensitive"), "Hotjar"),
    of_event(
        "sensitive-unanswered", "warning", ANSWERS,
        event("payment"), event("payment -sensitive"), "Facebook Conversions API (Actions)",
    ),
    of_event("sensitive-to-third-party", "warning", SENSITIVE, event("sensitive"), event("payment"), "Mixpanel"),
    Example(
        "sensitive-to-third-party", "warning", SENSITIVE,
        plan("Mixpanel", events=event("sensitive")), plan("AWS S3", "Facebook Pixel", events=event("sensitive")),
    ),
    of_event("half-for-the-record", "warning", "/events/0", event("payment"), SIMPLE, "Hotjar"),
    of_event("name-the-destination", "warning", CLIENT_ONLY, event("payment client-only"), event("payment")),
    of_event(
        "property-not-sent", "warning", "/events/0/properties/1",
        event("-stored", properties=(SCROLL, EMAIL)), event("sensitive", properties=(SCROLL, EMAIL)),
    ),
    of_event(
        "property-not-sent", "error", "/events/0/properties/0",
        event("-stored", properties=(REQUIRED_EMAIL,)), event("payment", properties=(REQUIRED_EMAIL,)),
    ),
    of_event("unsettled", "info", ANSWERS, SIMPLE, event("absent")),
    of_event("suggested-answers", "info", "/events/0/suggested", event("payment", suggested=("payment",)), event("payment")),
    of_event("unreachable", "warning", FIRST, event("absent"), event("payment"), "Facebook Pixel"),
    Example(
        "partial-reach", "warning", FIRST,
        plan("Facebook Pixel", events=SIMPLE, client="analytics.js swift"), plan("Facebook Pixel", events=SIMPLE),
    ),
    of_event("nothing-delivered", "error", "/events/0", event("absent"), event("absent", destinations=()), "Facebook Pixel"),
    Example(
        "no-source", "error", "/sources/server",
        plan(events=event("payment"), server=None), plan(events=SIMPLE, server=None),
    ),
    Example("no-source", "error", "/sources/client", plan(events=SIMPLE, client=""), plan(events=event("payment"), client="")),
    of_event("no-such-call", "error", "/events/0", event("-stored", call="screen"), event("-stored", call="page")),
    of_event(
        "shared-event-id", "info", SECOND,
        event("payment"), SIMPLE, "Facebook Pixel", "Facebook Conversions API (Actions)",
    ),
    Example(
        "not-subscribed", "warning", "/events/0",
        plan("Facebook Conversions API (Actions)", events=event("payment")),
        plan("Actions Amplitude", "Mixpanel", events=event("payment")),
    ),
    of_event(
        "value-not-read", "info", "/events/0", event("payment", properties=(TOTAL,)),
        event("payment", properties=(Property(name="revenue"),)), "Facebook Conversions API (Actions)",
    ),
    Example(
        "double-count", "warning", SECOND,
        plan("Amplitude", "Actions Amplitude", events=event("payment")),
        plan("Amplitude", "Mixpanel (Actions)", events=event("payment")),
    ),
    Example(
        "double-count", "warning", SECOND,
        plan("Google Analytics 4 Web", "Actions Google Analytic 4", events=SIMPLE),
        plan("Google Analytics 4 Web", "Mixpanel", events=SIMPLE),
    ),
    Example(
        "double-count", "warning", SECOND,
        plan("Bing Ads", "Ms Bing Capi", events=event("payment")),
        plan("Bing Ads", "Ms Bing Capi", events=event("absent")),
    ),
    of_event("call-type-uncertain", "warning", FIRST, event("-stored", call="identify"), SIMPLE, "Facebook Pixel"),
    Example(
        "call-type-uncertain", "warning", FIRST,
        plan("Marketo V2", events=event("payment")), plan("Vero", events=event("payment")),
    ),
    of_event("loads-only", "info", FIRST, event(""), event("", destinations=()), "LinkedIn Insight Tag"),
    Example(
        "plugin-unverified", "warning", FIRST,
        plan("Countly", events=SIMPLE, client="swift"), plan("Firebase", events=SIMPLE, client="swift"),
    ),
    of_event("storage-ignores-object", "info", FIRST, event("-stored", destinations=()), SIMPLE, "AWS S3"),
    Example("catalogue-uncertain", "info", FIRST, plan("Klaviyo", events=SIMPLE), plan("Mixpanel", events=SIMPLE)),
    of_event(
        "decision-exposes-sensitive", "error", DECISION,
        event("sensitive", decision=decided("client")), event("-sensitive", decision=decided("client")),
    ),
    of_event(
        "decision-loses-payment", "error", DECISION,
        event("payment", decision=decided("client")), event("payment", decision=decided("both")),
    ),
    of_event(
        "decision-outdated", "warning", DECISION,
        event("payment", decision=decided("client", "both")), event("payment", decision=decided("client", "server")),
    ),
    of_event(
        "decision-idle-half", "warning", DECISION,
        event("payment", decision=decided("both")), event("payment"), "Mixpanel",
    ),
    Example(
        "profiles-from-client", "warning", "/events/1",
        plan("Mixpanel", events=(event("accuracy"), event("-stored", call="identify"))),
        plan("Mixpanel", events=(event("accuracy"), event("stored", call="identify"))),
    ),
    Example(
        "profiles-from-client", "warning", "/events/1",
        plan("Mixpanel", events=(event("accuracy"), event("-stored", call="identify"))),
        plan("Mixpanel", events=(event("accuracy"), event("-stored", call="identify"), event("stored", call="identify"))),
    ),
    Example(
        "client-stays-anonymous", "warning", "/events/1",
        plan("Mixpanel", events=(SIMPLE, event("stored", call="identify"))),
        plan("Mixpanel", events=(event("stored"), event("stored", call="identify"))),
    ),
    Example(
        "client-stays-anonymous", "warning", "/events/0",
        plan("Mixpanel", events=(event("stored", call="identify"), SIMPLE)),
        plan("Mixpanel", events=(event("stored", call="identify"), SIMPLE, event("-stored", call="identify"))),
    ),
    Example(
        "duplicate-event", "warning", "/events/1",
        plan(events=(event(), event())), plan(events=(event(), event(call="page"))),
    ),
    Example(
        "duplicate-event", "warning", "/events/1",
        plan(events=(event(version=1), event(version=1))), plan(events=(event(version=1), event(version="1"))),
    ),
    Example(
        "practice-differs", "warning", "/events/0/practice",
        plan(events=event("stored", practice=Practice(placement="client"))),
        plan(events=event("stored", practice=Practice(placement="server"))),
    ),
    Example(
        "practice-differs", "warning", "/events/0/practice",
        plan(events=event("stored", practice=Practice(placement="server"), decision=Decision(placement="client"))),
        plan(events=event("stored", practice=Practice(placement="client"), decision=Decision(placement="client"))),
    ),
    Example(
        "property-not-sent", "warning", "/common/0",
        plan(events=event("-stored"), common=(EMAIL,)), plan(events=event("stored"), common=(EMAIL,)),
    ),
)  # fmt: skip


def findings_of(advised: Plan) -> list[Finding]:
    """Return all findings of an advised plan and its events."""
    own = [
        item
        for event in advised.events
        if isinstance(event.recommendation, Recommendation)
        for item in event.recommendation.findings
    ]
    return [*own, *(advised.findings or ())]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.pointer}")
def test_each_finding_is_given_once_where_its_condition_holds(example: Example) -> None:
    """Each example has its finding once, with the severity of the law, at the place that its author has to look at."""
    found = [(item.severity, item.pointer) for item in findings_of(advise(example.having)) if item.code == example.code]
    assert found == [(example.severity, example.pointer)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}-{example.pointer}")
def test_no_finding_is_given_where_its_condition_does_not_hold(example: Example) -> None:
    """The most similar plan that does not meet the condition does not have the finding."""
    assert example.code not in {item.code for item in findings_of(advise(example.lacking))}


def test_every_code_has_an_example() -> None:
    """Every known code has an example, and no example has an unknown code."""
    of_plans = {example.code for example in PLAN_EXAMPLES}
    assert {example.code for example in EXAMPLES} | of_plans == FINDINGS.keys() - BY_READING


def test_the_sensitive_client_call_names_each_destination() -> None:
    """A replay or heat map that sees a sensitive event is named, so that someone masks the page there."""
    found = findings_of(advise(plan("Hotjar", "Mouseflow", "Mixpanel", events=event("sensitive page-only"))))
    [message] = [item.message for item in found if item.code == "sensitive-client-call"]
    assert "Hotjar" in message
    assert "Mouseflow" in message
    assert "Mixpanel" not in message


def test_the_uncertain_call_finding_says_when_cloud_mode_helps() -> None:
    """Marketo takes a website's track calls in cloud mode; Zopim has no such mode, so the call may have no effect."""

    def said(key: str, answers: str) -> str:
        found = findings_of(advise(plan(key, events=event(answers))))
        [message] = [item.message for item in found if item.code == "call-type-uncertain"]
        return message

    assert "cloud mode" in said("Marketo V2", "payment")
    assert "cloud mode" not in said("Zopim", "-stored")


def test_a_suggested_answer_counts_as_open_for_settled_and_decisive() -> None:
    """A suggested answer counts as given for placement, reasons and flips, and as open only for settled and decisive."""
    rest = (
        "-absent -sensitive -page-only -cookies -needs_client_context -accuracy -computed -stored -client-only payment"
    )
    accepted = advise(plan(events=event(rest))).events[0].recommendation
    assert isinstance(accepted, Recommendation)
    assert accepted.settled
    for key, decisive in (("payment", ("payment",)), ("computed_from_database", ())):
        suggested = advise(plan(events=event(rest, suggested=(key,)))).events[0].recommendation
        assert isinstance(suggested, Recommendation)
        assert (suggested.settled, suggested.decisive) == (not decisive, decisive)
        assert suggested.strength == ("should" if decisive else "must")
        same = ("placement", "reasons", "tradeoffs", "flips", "calls")
        assert [getattr(suggested, name) for name in same] == [getattr(accepted, name) for name in same]


def test_several_suggested_answers_count_as_open_together() -> None:
    """Of two suggested musts neither decides alone, but each decides for some answer of the other."""
    rest = (
        "-absent -sensitive -page-only -cookies -needs_client_context -accuracy -stored -client-only payment computed"
    )
    both = advise(plan(events=event(rest, suggested=("payment", "computed_from_database")))).events[0].recommendation
    assert isinstance(both, Recommendation)
    assert (both.settled, set(both.decisive)) == (False, {"payment", "computed_from_database"})


def test_a_child_is_required_only_if_its_parents_are() -> None:
    """A required value that only the server knows answers the question, unless a property around it may be missing."""
    total = Property(name="total", required=True, known_by="server")

    def settles(*, required: bool) -> bool:
        cart = Property(name="cart", type="object", required=required, properties=(total,))
        order = Property(name="order", type="object", required=True, properties=(cart,))
        return "answer-overruled" in {
            item.code for item in findings_of(advise(plan(events=event("-computed", properties=(order,)))))
        }

    assert settles(required=True)
    assert not settles(required=False)
