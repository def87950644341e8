"""The rules that turn facts into evidence for one side, with their reasons and sources.

A rule matches if any of its ``conditions``, each a (fact, answer) pair, is true. Facts are the questions, plus
`SERVER_ONLY` (a wanted destination that only the server reaches) and `TIE` (no stronger evidence on either
side). ``advisor.advice.placement.decide`` weighs the rules that match. To add a rule, add an entry here. The braces in texts are
filled in by `advisor.knowledge.wording`.
"""

from dataclasses import dataclass, replace
from functools import cache

from advisor.knowledge import citations as cite
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Answer, Side, Strength

SERVER_ONLY = "server_only_destination"
TIE = "tie"
DESTINATION_RULES = ("server-only-destination", "client-only-destination")
CARRIED_BY_CLIENT_HALF = ("cookies", "client-context")
"""Rules that don't count if a client call is made anyway, because it carries what they ask for."""
STRENGTHS: tuple[Strength, ...] = ("lean", "should", "must")
"""All strengths, from the weakest to the strongest."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One entry of the decision table, compared by identity.

    ``when`` is its condition in words, ``text`` its reason in a sentence, ``remedy`` what to do if it is outweighed.
    """

    key: str
    side: Side
    strength: Strength
    conditions: tuple[tuple[str, Answer], ...]
    when: str
    text: str
    remedy: str
    citation: str

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys of the questions that it reads."""
        return tuple(fact for fact, _ in self.conditions if fact in QUESTION_KEYS)


_TEMPLATES: tuple[Rule, ...] = (
    Rule(
        key="payment",
        side="server",
        strength="must",
        conditions=(("payment", "yes"),),
        when="it records money",
        text="It records money. Your server sees every payment, also when the customer is offline.",
        remedy="Compare the count with your billing system every week: the client will miss some.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="sensitive",
        side="server",
        strength="must",
        conditions=(("sensitive", "yes"),),
        when="it is sensitive",
        text="It is sensitive. Everything that the client sends can be read on the device; a server call can’t. "
        "Segment asks not to receive sensitive personal data at all, and health data only in an eligible workspace.",
        remedy="Keep every sensitive property out of the client call, and mask the element in replay and heat-map tools.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="computed",
        side="server",
        strength="must",
        conditions=(("computed_from_database", "yes"),),
        when="a value comes from a database query",
        text="A value is calculated from your database, and that query runs on your server.",
        remedy="Send the value with a call of its own from your server.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="user-absent",
        side="server",
        strength="must",
        conditions=(("user_absent", "yes"),),
        when="it can happen with no {place} of yours running",
        text="It can happen with no {place} of yours running, and then only your server can send it.",
        remedy="Send it from the server code that learns of it: the job, the webhook or the API.",
        citation=cite.ACADEMY,
    ),
    Rule(
        key="accuracy",
        side="server",
        strength="should",
        conditions=(("accuracy", "yes"),),
        when="something acts on every single one",
        text="Something acts on every one of these. Blockers and {closed} lose client calls; a server call arrives.",
        remedy="Compare the client’s count with your own records, and don’t trigger e-mails or billing from it.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="stored",
        side="server",
        strength="lean",
        conditions=(("stored_in_database", "yes"),),
        when="you keep a record of it",
        text="You keep a record of it, so your server can report it exactly, and again if something fails.",
        remedy="Use your own record to check the client’s count.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="browser-only",
        side="client",
        strength="must",
        conditions=(("browser_only", "yes"),),
        when="only the {place} can see it",
        text="Only the {place} can see it happen.",
        remedy="Let the {place} tell your own server, which then makes the call (a relay).",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="cookies",
        side="client",
        strength="should",
        conditions=(("needs_cookies", "yes"),),
        when="it has to recognise a visitor who isn’t logged in",
        text="It has to recognise a visitor who isn’t logged in, and a client call carries {carried_id} by itself.",
        remedy="Pass the anonymous ID to your server with the request: see the hand-off.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="client-context",
        side="client",
        strength="should",
        conditions=(("needs_client_context", "yes"),),
        when="it needs campaign, referrer, operating system or device",
        text="It needs campaign, referrer or device, which client libraries add to every call and server libraries don’t.",
        remedy="Pass the values in the hand-off with the request. Reports by campaign and device then keep working.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="not-stored",
        side="client",
        strength="lean",
        conditions=(("stored_in_database", "no"),),
        when="you keep no record of it",
        text="You keep no record of it, so there is nothing on your server to report from.",
        remedy="Make the call in the server code that handles the request, at the moment it happens.",
        citation=cite.CLIENT_OR_SERVER,
    ),
    Rule(
        key="server-only-destination",
        side="server",
        strength="must",
        conditions=((SERVER_ONLY, "yes"),),
        when="a wanted destination is reached from the server only (derived)",
        text="A destination that you want accepts this call from a server only.",
        remedy="Add a server call for that destination, or take it off this event.",
        citation=cite.DESTINATIONS,
    ),
    Rule(
        key="client-only-destination",
        side="client",
        strength="must",
        conditions=(("client_only_destination", "yes"),),
        when="a wanted destination is reached from the {carrier} only",
        text="A destination that you want accepts this call from the {carrier} only.",
        remedy="Use the destination’s server counterpart where it has one, or take it off this event.",
        citation=cite.DESTINATIONS,
    ),
    Rule(
        key="tie-break",
        side="server",
        strength="lean",
        conditions=((TIE, "yes"),),
        when="the evidence is no stronger on either side",
        text="Neither side has the stronger case. Segment prefers the server then: you control it, and nothing blocks it.",
        remedy="Answer more questions to decide it.",
        citation=cite.ACADEMY,
    ),
)


@cache
def rules_by_key(wording: Wording) -> dict[str, Rule]:
    """Return the rules in the words of one kind of plan, by key."""
    return {
        rule.key: replace(
            rule, when=wording.say(rule.when), text=wording.say(rule.text), remedy=wording.say(rule.remedy)
        )
        for rule in _TEMPLATES
    }


RULES: tuple[Rule, ...] = tuple(rules_by_key(GENERAL).values())
"""All rules in the order of the decision table. Reasons of the same strength have this order."""
