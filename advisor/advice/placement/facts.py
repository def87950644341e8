"""The facts of an event: its answers, and what follows from its properties and destinations.

Input of the law and of the findings about an event.
"""

from msgspec import Struct
from msgspec.structs import replace

from advisor.advice.reach.masking import SortedProperties
from advisor.advice.reach.network import Scope
from advisor.advice.reach.situation import Situation
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Answer, Event

CLIENT_ONLY = "client_only_destination"
COMPUTED = "computed_from_database"
_PLACES = {key: place for place, key in enumerate(QUESTION_KEYS)}


class Facts(Struct, frozen=True, kw_only=True, gc=False):
    """Everything that a placement depends on.

    ``answers`` are the effective answers, in the order of the questions; ``overruled`` has the questions whose answers
    are replaced by a derived fact.
    """

    answers: tuple[Answer, ...]
    overruled: frozenset[str] = frozenset()
    situation: Situation = Situation()

    def answer(self, question: str) -> Answer:
        """Return the effective answer to a question."""
        return self.answers[_PLACES[question]]

    def holds(self, question: str) -> bool:
        """Return whether the effective answer to a question is yes."""
        return self.answers[_PLACES[question]] == "yes"

    def reopened(self, questions: tuple[str, ...]) -> "Facts":
        """Return the same facts with these questions unanswered, unless a derived fact overrules them."""
        answers = tuple(
            "unsure" if key in questions and key not in self.overruled else answer
            for key, answer in zip(QUESTION_KEYS, self.answers, strict=True)
        )
        return replace(self, answers=answers)


def gather(event: Event, properties: SortedProperties, scope: Scope) -> Facts:
    """Return the facts of an event, given its properties and what its sources reach."""
    given = event.answers
    answers: list[Answer] = [given.get(key, "unsure") for key in QUESTION_KEYS]
    overruled = []
    if properties.computed:
        answers[_PLACES[COMPUTED]] = "yes"
        overruled.append(COMPUTED)
    if scope.situation.named:
        sensitive = given.get("sensitive") == "yes"
        wanted = scope.situation.client_only_if_sensitive if sensitive else scope.situation.client_only
        answers[_PLACES[CLIENT_ONLY]] = "yes" if wanted else "no"
        overruled.append(CLIENT_ONLY)
    return Facts(answers=tuple(answers), overruled=frozenset(overruled), situation=scope.situation)
