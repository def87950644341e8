"""The ten questions asked of every event, in the order they are asked.

Each is here because one of Segment's criteria needs it; ``citation`` names the page. To add a question, add
an entry here and the rule that reads it in ``rules.py``. The braces in texts are filled in by
`advisor.knowledge.wording`. `with_answer` is the one way to set an answer of an event.
"""

from dataclasses import dataclass, replace
from functools import cache

import msgspec

from advisor.knowledge import citations as cite
from advisor.knowledge.wording import GENERAL, Wording
from advisor.model import Answer, Event

WHAT_IT_IS = "What it is"
WHERE_IT_HAPPENS = "Where it happens"
WHERE_IT_GOES = "Where it goes"
GROUPS: tuple[str, ...] = (WHAT_IT_IS, WHERE_IT_HAPPENS, WHERE_IT_GOES)


@dataclass(frozen=True)
class Question:
    """One question: its key, its words, and why it is asked. ``label`` is the short form for tables.

    ``of_many`` ends the question about several events at once: “Which of these 40 …?”.
    """

    key: str
    asks: str
    of_many: str
    hint: str
    group: str
    why: str
    citation: str
    label: str


_TEMPLATES: tuple[Question, ...] = (
    Question(
        key="stored_in_database",
        asks="Do you keep a record of this in your own database?",
        of_many="are recorded in your own database",
        hint="An order row, an account, a subscription.",
        group=WHAT_IT_IS,
        why="What you already store, your server can report exactly. "
        "What you would never store, like a scroll, belongs to the client.",
        citation=cite.CLIENT_OR_SERVER,
        label="Stored",
    ),
    Question(
        key="computed_from_database",
        asks="Does any value come from a database query (a count, a balance, a total)?",
        of_many="carry a value from a database query",
        hint="Also what a query only looks up, like the plan that an account is on.",
        group=WHAT_IT_IS,
        why="The query runs on your server. Sending its result to the client first only adds a way to lose it.",
        citation=cite.CLIENT_OR_SERVER,
        label="Computed",
    ),
    Question(
        key="payment",
        asks="Does it record money: a payment, refund, renewal, invoice?",
        of_many="record money",
        hint="Also a chargeback, a credit note or a payout.",
        group=WHAT_IT_IS,
        why="Money often moves while the customer is away, and the figures must be right.",
        citation=cite.CLIENT_OR_SERVER,
        label="Payment",
    ),
    Question(
        key="sensitive",
        asks="Would it be a problem if {readers} could read it?",
        of_many="are sensitive",
        hint="Yes for what nobody may read on the device, and for what the law protects (health, finance, children). "
        "If it is one value only, mark that property sensitive and answer no.",
        group=WHAT_IT_IS,
        why="Everything that a client call carries can be read on that device.",
        citation=cite.CLIENT_OR_SERVER,
        label="Sensitive",
    ),
    Question(
        key="accuracy",
        asks="Does something act on every single one: e-mails, billing, official figures?",
        of_many="must all arrive, because something acts on every single one",
        hint="Also yes for what happens while {leaving}, for a technical audience that blocks more, "
        "and for one flow on many devices.",
        group=WHAT_IT_IS,
        why="Blockers, {closed} and lost connections lose client events: fine for a trend, not for a receipt.",
        citation=cite.CLIENT_OR_SERVER,
        label="Every one counts",
    ),
    Question(
        key="browser_only",
        asks="Can only the {place} see it ({gestures})?",
        of_many="can only the {place} see",
        hint="No if a request of it reaches your server: then your server sees it too.",
        group=WHERE_IT_HAPPENS,
        why="Your server can’t report what it never sees.",
        citation=cite.CLIENT_OR_SERVER,
        label="Seen by client only",
    ),
    Question(
        key="user_absent",
        asks="Can it happen with no {place} of yours running (a renewal, a nightly job, an API client, in a shop, by phone)?",
        of_many="can happen with no {place} of yours running",
        hint="Yes even if it happens both ways: what counts is that it can.",
        group=WHERE_IT_HAPPENS,
        why="With no {place} running, only your server can send it.",
        citation=cite.ACADEMY,
        label="User away",
    ),
    Question(
        key="needs_cookies",
        asks="Does it need to recognise a visitor who isn’t logged in ({visitor_id})?",
        of_many="need to recognise a visitor who isn’t logged in",
        hint="To join it with earlier visits, or with what the same person does before signing up.",
        group=WHERE_IT_HAPPENS,
        why="A client call carries {carried_id} by itself. A server has to be handed it.",
        citation=cite.CLIENT_OR_SERVER,
        label="Visitor ID",
    ),
    Question(
        key="needs_client_context",
        asks="Does it need UTM tags, referrer, operating system or device type?",
        of_many="need what only the {place} knows",
        hint="UTM tags are the campaign codes in a link; the referrer is where the visitor came from.",
        group=WHERE_IT_HAPPENS,
        why="Client libraries add these to every call. Server libraries add none of them.",
        citation=cite.CLIENT_OR_SERVER,
        label="Context",
    ),
    Question(
        key="client_only_destination",
        asks="Must it reach a tool that accepts data from the {carrier} only?",
        of_many="must reach a tool that the server can’t",
        hint="{tools} Once the plan names its destinations, we look this up.",
        group=WHERE_IT_GOES,
        why="Some tools run in the {place} and have no address that a server could send to.",
        citation=cite.DESTINATIONS,
        label="Client-only tool",
    ),
)


@cache
def questions_in(wording: Wording) -> tuple[Question, ...]:
    """Return the questions in the words of one kind of plan."""
    return tuple(
        replace(
            item,
            asks=wording.say(item.asks),
            of_many=wording.say(item.of_many),
            hint=wording.say(item.hint),
            why=wording.say(item.why),
        )
        for item in _TEMPLATES
    )


@cache
def questions_by_key(wording: Wording) -> dict[str, Question]:
    """Return the questions in the words of one kind of plan, by key."""
    return {item.key: item for item in questions_in(wording)}


QUESTIONS: tuple[Question, ...] = questions_in(GENERAL)
QUESTION_KEYS: tuple[str, ...] = tuple(question.key for question in QUESTIONS)
_NTH: dict[str, int] = {key: place for place, key in enumerate(QUESTION_KEYS)}
EARLIER_HEADINGS: dict[str, tuple[str, ...]] = {
    "accuracy": ("acted on",),
    "browser_only": ("page only",),
    "user_absent": ("user absent", "nothing running"),
    "needs_cookies": ("cookies",),
}
"""Question -> its labels in earlier rulesets, which older spreadsheets have as headings."""


def with_answer(event: Event, key: str, answer: Answer, *, is_suggested: bool = False) -> Event:
    """Return the event with this answer to a question; unsure removes the answer.

    An earlier suggestion for the question goes, unless the answer itself is a suggestion. Answers, and suggestions if
    one is added, are in the order of the questions.
    """
    given = event.answers | {key: answer}
    if answer == "unsure":
        del given[key]
    suggested = [each for each in event.suggested if each != key]
    if is_suggested and answer != "unsure":
        suggested = sorted([*suggested, key], key=_NTH.__getitem__)
    return msgspec.structs.replace(
        event, answers={each: given[each] for each in QUESTION_KEYS if each in given}, suggested=tuple(suggested)
    )
