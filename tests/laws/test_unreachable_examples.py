"""Why a wanted destination is not reached (the first reason that fits), and what to use instead (law, part 2.2)."""

from dataclasses import dataclass

import pytest

from advisor.advice import advise
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import (
    CallType,
    CustomReach,
    Decision,
    Destination,
    Event,
    Plan,
    Recommendation,
    Sources,
    Unreachable,
)

from .archetypes import DESTINATIONS
from .routed import systematic_cases
from .routing_model import tool_of

WEB = Sources(client=("analytics.js",), server="analytics-node")
APP = Sources(client=("kotlin",), server="analytics-node")
NO_SERVER = Sources(client=("analytics.js",))
NO_CLIENT = Sources(server="analytics-node")
NOT_STORED = {"stored_in_database": "no"}
ABSENT = {"user_absent": "yes"}
SENSITIVE = {"sensitive": "yes"}
ON_THE_PAGE = {"sensitive": "yes", "browser_only": "yes"}
REASONS = ("not-a-stream", "call-type", "no-source", "user-absent", "sensitive", "mode")
WITHOUT_ALTERNATIVE = {"Google Tag Manager", "Optimizely"}


@dataclass(frozen=True)
class Example:
    """A destination that an event wants and does not reach."""

    shows: str
    key: str
    reason: str
    alternative: str | None
    answers: dict[str, str]
    sources: Sources = WEB
    call: CallType = "track"
    others: tuple[str, ...] = ()
    decision: Decision | None = None
    custom: CustomReach | None = None

    def missed(self) -> list[Unreachable]:
        """Return what the event does not reach."""
        first = Destination(key=self.key, custom=self.custom)
        event = Event(name="Anything", call=self.call, answers=self.answers, decision=self.decision)
        destinations = (first, *(Destination(key=key) for key in self.others))
        recommendation = (
            advise(Plan(sources=self.sources, destinations=destinations, events=(event,))).events[0].recommendation
        )
        assert isinstance(recommendation, Recommendation)
        return [item for item in recommendation.unreachable if item.destination == self.key]


EXAMPLES = (
    Example("audiences are not fed by events", "Linkedin Audiences", "not-a-stream", "LinkedIn Conversions API", {}),
    Example(
        "nor by events that could not go there anyway",
        "Braze Cohorts", "not-a-stream", "Braze Cloud Mode (Actions)", ABSENT,
    ),
    Example("a tool whose code on a website may not take this call", "Zopim", "call-type", "Zendesk", {"payment": "yes"}),
    Example("even if an app would reach it for certain", "comScore", "call-type", None, {"payment": "yes"}),
    Example("unless what surely reaches it has no library yet", "Marketo V2", "no-source", None, {"payment": "yes"}, NO_SERVER),
    Example("a tool that does not take this call", "Facebook Pixel", "call-type", None, NOT_STORED, call="group"),
    Example(
        "the call type comes before the source",
        "Firebase", "call-type", "Actions Google Analytic 4", NOT_STORED, call="group",
    ),
    Example(
        "an app's SDK in a plan without an app",
        "Firebase", "no-source", "Actions Google Analytic 4", NOT_STORED,
    ),
    Example(
        "a pixel in a plan without a website",
        "TikTok Pixel", "no-source", "Tiktok Conversions", NOT_STORED, APP,
    ),
    Example("a pixel where there is only a server", "TikTok Pixel", "no-source", "Tiktok Conversions", {}, NO_CLIENT),
    Example(
        "a tool for servers where there is none",
        "Facebook Offline Conversions", "no-source", None, NOT_STORED, NO_SERVER,
    ),
    Example("storage where nothing makes a call", "AWS S3", "no-source", None, ABSENT, NO_SERVER),
    Example("a custom tool that nothing reaches", "Our archive", "no-source", None, {}, custom=CustomReach()),
    Example(
        "a pixel while the user is away",
        "Facebook Pixel", "user-absent", "Facebook Conversions API (Actions)", ABSENT,
    ),
    Example(
        "the user's absence comes before the secret",
        "Hotjar", "user-absent", None, {**ABSENT, **SENSITIVE},
    ),
    Example("but not for advertising", "TikTok Pixel", "sensitive", None, {**ABSENT, **SENSITIVE}),
    Example("a pixel and a secret: no other advertising tool instead", "TikTok Pixel", "sensitive", None, SENSITIVE),
    Example("advertising by the server and a secret", "Tiktok Conversions", "sensitive", None, SENSITIVE),
    Example("a tag manager and a secret", "Google Tag Manager", "sensitive", None, SENSITIVE),
    Example(
        "advertising and a secret, whatever the team decides",
        "Tiktok Conversions", "sensitive", None, SENSITIVE, decision=Decision(placement="client"),
    ),
    Example(
        "advertising and a secret, even if a replay may see it",
        "TikTok Pixel", "sensitive", None, ON_THE_PAGE, others=("Hotjar",),
    ),
    Example(
        "a team that decides against the client",
        "Hotjar", "mode", None, NOT_STORED, decision=Decision(placement="server"),
    ),
    Example(
        "a team that decides against the server",
        "Facebook Offline Conversions", "mode", "Facebook Conversions API (Actions)", {"payment": "yes"},
        decision=Decision(placement="client"),
    ),
    Example(
        "what is wanted already is the first alternative",
        "Facebook Pixel", "user-absent", "Facebook Offline Conversions", ABSENT,
        others=("Facebook Offline Conversions",),
    ),
    Example("tag managers have no alternative", "Google Tag Manager", "user-absent", None, ABSENT),
    Example("nor has Optimizely Web", "Optimizely", "user-absent", None, ABSENT),
    Example(
        "a public alternative comes first",
        "Google Analytics 4 Web", "user-absent", "Actions Google Analytic 4", ABSENT,
    ),
)  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.shows)
def test_each_reason_has_an_example(example: Example) -> None:
    """Each example gives its reason and its alternative."""
    assert [(item.reason, item.alternative) for item in example.missed()] == [(example.reason, example.alternative)]


@pytest.mark.parametrize(
    ("key", "call", "sources"),
    [
        ("Facebook Pixel", "identify", WEB),  # the catalogue names it, the browser code does not: it may
        ("FullStory", "track", WEB),  # the browser code names it, the catalogue does not
        ("Firebase", "screen", APP),  # in an app every destination takes screens
        ("Mixpanel", "screen", NO_CLIENT),  # on a server a screen counts like a page
    ],
)
def test_a_call_type_named_in_either_list_is_taken(key: str, call: CallType, sources: Sources) -> None:
    """A call type is taken if the catalogue or, on a page, the browser code names it; screens follow the law."""
    answers = NOT_STORED if sources.client else {"payment": "yes"}
    assert not Example("", key, "", None, answers, sources, call).missed()


def test_every_reason_occurs() -> None:
    """The examples above contain every reason."""
    assert {example.reason for example in EXAMPLES} == set(REASONS)


def test_an_alternative_is_never_worse_than_the_destination_it_replaces() -> None:
    """The alternative is of the same vendor, receives events, is reached by a call of this event, and is not refused."""
    seen = 0
    for case in systematic_cases():
        for missed in case.advice.unreachable:
            if missed.alternative is None:
                continue
            seen += 1
            other = tool_of(
                next((d for d in DESTINATIONS if d.key == missed.alternative), Destination(key=missed.alternative))
            )
            assert other.family == CATALOGUE[missed.destination].family, str(case)
            assert other.kind not in ("audience", "retl", "storage"), str(case)
            assert missed.destination not in WITHOUT_ALTERNATIVE
            assert missed.alternative not in {item.destination for item in case.advice.unreachable}, str(case)
            sensitive = case.event.answers.get("sensitive") == "yes"
            sides = {call.side for call in case.real_calls}
            types = {
                "web" if call.library == "analytics.js" else "mobile"
                for call in case.real_calls
                if call.side == "client"
            }
            assert not (sensitive and other.advertising), str(case)
            assert any(other.delivered_from(kind, case.event.call) for kind in types | (sides & {"server"})), str(case)
    assert seen > 100


@pytest.mark.parametrize("key", ["Facebook Pixel", "Tiktok Conversions"])
def test_a_custom_reach_makes_no_advertising_tool_an_alternative_of_a_sensitive_event(key: str) -> None:
    """What the plan says of a key is how it is reached, and not what becomes of the data."""
    row = CATALOGUE[key]
    other = next(
        each
        for each in CATALOGUE.values()
        if each.family == row.family and tool_of(Destination(key=each.key)).advertising and each.key != key
    )
    reach = CustomReach(web="cloud", mobile="cloud", server="cloud")
    plan = Plan(
        sources=WEB,
        destinations=(Destination(key=other.key), Destination(key=key, custom=reach)),
        events=(Event(name="Anything", answers=SENSITIVE),),
    )
    recommendation = advise(plan).events[0].recommendation
    assert isinstance(recommendation, Recommendation)
    assert {missed.destination: missed.alternative for missed in recommendation.unreachable} == {other.key: None}


def test_the_message_is_a_sentence_that_names_the_tool() -> None:
    """The message is a sentence for people, and it names the destination."""
    for example in EXAMPLES:
        [item] = example.missed()
        assert item.message.endswith(".")
        assert (CATALOGUE[example.key].name if example.key in CATALOGUE else example.key) in item.message
