"""What a person ticked on the screen of a question, and the answers that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from advisor.knowledge.questions import with_answer
from advisor.model import Answer, Event, Plan
from advisor.store import Batch, FoundEvent
from advisor.web.plans.questions.screen import stored_answer

Rest = Literal["no", "all", "open", "kept"]
"""What happens with the events that are not ticked. ``no``: they are no, except where the person left *Not sure*. ``all``:
those are no, too. ``open``: they stay open. ``kept``: only what the person changed on the screen is saved.
"""
RESTS: tuple[Rest, ...] = get_args(Rest)
_CHOICES: tuple[Answer, ...] = get_args(Answer)


@dataclass(frozen=True)
class ListedEvent:
    """An event that the screen listed: the answer that was stored then, and its control there.

    ``ticked`` says whether the box was ticked when the screen was shown; None: it had radios. ``chosen`` is the radio
    that is chosen, ``is_ticked`` the box.
    """

    id: str
    was: str
    ticked: bool | None
    chosen: Answer
    is_ticked: bool

    def answer(self, rest: Rest) -> Answer | None:
        """Return the answer to save, where unsure takes an answer away; None to leave the event as it is."""
        if self.ticked is None:
            return "no" if rest == "all" and self.chosen == "unsure" and not self.was else self.chosen
        if rest == "kept" and self.is_ticked == self.ticked:
            return None
        if self.is_ticked:
            return "yes"
        if rest == "open":
            return "unsure" if self.ticked else None
        return "no"


@dataclass
class TickedScreen:
    """The listed events with what was ticked. As a draft for the store, it makes one batch of all answers.

    ``kept`` counts the events that somebody answered meanwhile: they are left as they are.
    """

    question: str
    rest: Rest
    listed: tuple[ListedEvent, ...]
    kept: int = 0
    changed: dict[str, Event] = field(default_factory=dict)

    def __call__(self, settings: Plan, found: Mapping[str, FoundEvent]) -> Batch:
        """Return the batch that answers the question for the listed events that are in the plan."""
        del settings
        living = {key: item.event for key, item in found.items() if not item.deleted}
        self.kept, self.changed = 0, {}
        for each in self.listed:
            event, answer = living.get(each.id), each.answer(self.rest)
            if event is None or answer is None:
                continue
            answered = with_answer(event, self.question, answer)
            if answered == event:
                continue
            if stored_answer(event, self.question) != each.was:
                self.kept += 1
            else:
                self.changed[each.id] = answered
        return Batch(saved=self.changed)


def listed_event(text: str, chosen: str, ticked: Iterable[str]) -> ListedEvent | None:
    """Return a listed event from its hidden field, ``<id> <answer before> <radio, ticked or open>``; None if it is none."""
    event_id, was, control = [*text.split(" "), "", ""][:3]
    if control not in ("radio", "ticked", "open"):
        return None
    return ListedEvent(
        id=event_id,
        was=was.removeprefix("-"),
        ticked=None if control == "radio" else control == "ticked",
        chosen=next((each for each in _CHOICES if each == chosen), "unsure"),
        is_ticked=event_id in ticked,
    )
