"""The ten questions asked of every event, in the order they are asked.

Each is here because one of Segment's criteria needs it; ``citation`` names the page. To add a question, add
an entry here and the rule that reads it in ``rules.py``.
"""

from dataclasses import dataclass

from advisor.knowledge import citations as cite

WHAT_IT_IS = "What it is"
WHERE_IT_HAPPENS = "Where it happens"
WHERE_IT_GOES = "Where it goes"
GROUPS: tuple[str, ...] = (WHAT_IT_IS, WHERE_IT_HAPPENS, WHERE_IT_GOES)


@dataclass(frozen=True)
class Question:
    """One question: its key, its words, and why it is asked. ``label`` is the short form for tables."""

    key: str
    asks: str
    hint: str
    group: str
    why: str
    citation: str
    label: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        key="stored_in_database",
        asks="Do you keep a record of this in your own database?",
        hint="An order row, an account, a subscription.",
        group=WHAT_IT_IS,
        why="What you already store, your server can report exactly. "
        "What you would never store, like a scroll or a page view, belongs to the client.",
        citation=cite.CLIENT_OR_SERVER,
        label="Stored",
    ),
    Question(
        key="computed_from_database",
        asks="Does any value come from a database query?",
        hint="A count, a balance, a lifetime total.",
        group=WHAT_IT_IS,
        why="The query runs on your server. Sending its result to the browser first only adds a way to lose it.",
        citation=cite.CLIENT_OR_SERVER,
        label="Computed",
    ),
    Question(
        key="payment",
        asks="Does it record money?",
        hint="A payment, refund, renewal or invoice.",
        group=WHAT_IT_IS,
        why="Money often moves while the customer is away, and the figures must be right.",
        citation=cite.CLIENT_OR_SERVER,
        label="Payment",
    ),
    Question(
        key="sensitive",
        asks="Would it be a problem if someone else could read it?",
        hint="The user, a browser extension or another script on the page. "
        "Keep health data and other special categories out of Segment, or in an eligible workspace.",
        group=WHAT_IT_IS,
        why="Everything a browser or app sends can be read on that device.",
        citation=cite.CLIENT_OR_SERVER,
        label="Sensitive",
    ),
    Question(
        key="accuracy",
        asks="Does something act on every single one?",
        hint="E-mails, billing, official figures. Also yes for a sign-up or login that redirects at once, "
        "a technical audience, or one flow on many devices.",
        group=WHAT_IT_IS,
        why="Ad blockers, closed tabs and redirects lose client events: fine for a trend, not for a receipt.",
        citation=cite.CLIENT_OR_SERVER,
        label="Acted on",
    ),
    Question(
        key="browser_only",
        asks="Can only the page or app see it?",
        hint="A scroll, a mouse movement, a click that never reaches your server.",
        group=WHERE_IT_HAPPENS,
        why="Your server can’t report what it never sees.",
        citation=cite.CLIENT_OR_SERVER,
        label="Page only",
    ),
    Question(
        key="user_absent",
        asks="Does it happen while the user isn’t there?",
        hint="A renewal, a nightly job, a webhook.",
        group=WHERE_IT_HAPPENS,
        why="No page or app is open then, so only your server can send it.",
        citation=cite.ACADEMY,
        label="User absent",
    ),
    Question(
        key="needs_cookies",
        asks="Does it need an identity that lives in the browser?",
        hint="A cookie, a returning visitor who isn’t logged in.",
        group=WHERE_IT_HAPPENS,
        why="The client has these for free. A server has to be handed them.",
        citation=cite.CLIENT_OR_SERVER,
        label="Cookies",
    ),
    Question(
        key="needs_client_context",
        asks="Does it need to know how the user got here, or on what?",
        hint="UTM tags (campaign codes in a link), referrer, operating system, device type.",
        group=WHERE_IT_HAPPENS,
        why="Client libraries add these to every call. Server libraries add none of them.",
        citation=cite.CLIENT_OR_SERVER,
        label="Context",
    ),
    Question(
        key="client_only_destination",
        asks="Must it reach a tool that accepts data from the browser or app only?",
        hint="A pixel, a session recorder, a heat map. Once the plan names its destinations, we look this up.",
        group=WHERE_IT_GOES,
        why="Some tools run in the page and have no address that a server could send to.",
        citation=cite.DESTINATIONS,
        label="Client-only tool",
    ),
)

QUESTION_KEYS: tuple[str, ...] = tuple(question.key for question in QUESTIONS)
