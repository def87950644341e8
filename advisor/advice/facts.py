"""What is known of an event: its answers, and what its properties and destinations derive."""

from msgspec import Struct
from msgspec.structs import replace

from advisor.advice.masking import SortedProperties
from advisor.advice.network import Scope
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer, Event

CLIENT_ONLY = "client_only_destination"
COMPUTED = "computed_from_database"
_PLACES = {key: place for place, key in enumerate(QUESTION_KEYS)}


class Facts(Struct, frozen=True, kw_only=True):
    """Everything that a placement depends on.

    ``answers`` are the effective ones, in the order of the questions; ``overruled`` names the questions that a
    derived fact outranks. ``named``: the plan names destinations; only then do the other destination facts hold.
    ``client_only`` and ``client_only_if_sensitive`` (without advertising and tag managers): a wanted destination
    is reached by a client source and not by the server. ``server_delivers`` and ``client_delivers``: that side
    reaches some wanted destination.
    """

    answers: tuple[Answer, ...]
    overruled: frozenset[str] = frozenset()
    named: bool = False
    client_only: bool = False
    client_only_if_sensitive: bool = False
    server_only: bool = False
    server_delivers: bool = False
    client_delivers: bool = False
    warehouse: bool = False

    def answer(self, question: str) -> Answer:
        """The effective answer to a question."""
        return self.answers[_PLACES[question]]

    def holds(self, question: str) -> bool:
        """Whether the effective answer is yes."""
        return self.answers[_PLACES[question]] == "yes"

    @property
    def open(self) -> tuple[str, ...]:
        """The questions whose answer is unsure and that no derived fact overrules."""
        return tuple(
            key
            for key, answer in zip(QUESTION_KEYS, self.answers, strict=True)
            if answer == "unsure" and key not in self.overruled
        )

    def reopened(self, questions: tuple[str, ...]) -> "Facts":
        """The same facts with these questions unanswered, unless a derived fact overrules them."""
        answers = tuple(
            "unsure" if key in questions and key not in self.overruled else answer
            for key, answer in zip(QUESTION_KEYS, self.answers, strict=True)
        )
        return replace(self, answers=answers)


def gather(event: Event, properties: SortedProperties, scope: Scope, *, warehouse: bool) -> Facts:
    """The facts of an event, given its properties and what its sources reach."""
    answers = [event.answers.get(key, "unsure") for key in QUESTION_KEYS]
    overruled = set()
    if properties.computed:
        answers[_PLACES[COMPUTED]] = "yes"
        overruled.add(COMPUTED)
    if scope.named:
        sensitive = event.answers.get("sensitive") == "yes"
        wanted = scope.client_only_if_sensitive if sensitive else scope.client_only
        answers[_PLACES[CLIENT_ONLY]] = "yes" if wanted else "no"
        overruled.add(CLIENT_ONLY)
    return Facts(
        answers=tuple(answers),
        overruled=frozenset(overruled),
        named=scope.named,
        client_only=bool(scope.client_only),
        client_only_if_sensitive=bool(scope.client_only_if_sensitive),
        server_only=bool(scope.server_only),
        server_delivers=bool(scope.by_server),
        client_delivers=bool(scope.by_client),
        warehouse=warehouse,
    )
