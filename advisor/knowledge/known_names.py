"""Suggests answers for an event by its name, wherever a name is typed, pasted or imported.

The sources, the first that knows the name counts: the starters, Segment's specs, the names of Google Analytics 4
(``ga4_events.csv``), everyday names of the same events (``usual_names.csv``), and the words of the name (`name_signs`).
A name that none of the lists has is looked up again without what it says of its source or version: ``web_order_completed_v2``.
The names of GA4 are those that Google collects or recommends (support.google.com/analytics/answer/9267735, 9216061 and
9234069); their answers are our own judgement.

A suggestion never counts by itself: a page shows it, and it becomes an answer when somebody accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from advisor.knowledge.event_specs import answers_in, event_specs, find_spec, spec_of
from advisor.knowledge.name_signs import SuggestedAnswer, answers_from_words
from advisor.knowledge.name_words import stem, without_affixes, words_of
from advisor.knowledge.questions import QUESTION_KEYS, with_answer
from advisor.knowledge.starters import starter_plan, starters
from advisor.knowledge.tables import rows_of
from advisor.model import Answer, CallType, Event

SPEC, GA4, STARTER = "Segment’s spec", "GA4’s events", "a starter"
_TRACKED_TOO: tuple[CallType, ...] = ("page", "screen")
"""Call types whose names in the starters people also give to track calls: “Page Viewed”."""
_Suggested = dict[str, SuggestedAnswer]


@dataclass(frozen=True)
class KnownName:
    """What is known of a name: the answers that it suggests, in the order of the questions."""

    suggested: tuple[SuggestedAnswer, ...]

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers to suggest, by question."""
        return {item.question: item.answer for item in self.suggested if not item.maybe}

    @property
    def maybe(self) -> dict[str, Answer]:
        """The answers that the name only hints at, by question. They are shown, and never filled in."""
        return {item.question: item.answer for item in self.suggested if item.maybe}

    @property
    def source(self) -> str:
        """Where most of the suggestions come from, in a few words."""
        sources = [item.source for item in self.suggested]
        return max(sources, key=sources.count)


@lru_cache(maxsize=20_000)
def suggestions(name: str, call: CallType = "track") -> KnownName | None:
    """Return what is known of an event with this name and call type, or None."""
    if call == "alias":
        return None
    found = _listed(name, call) or {}
    said = answers_from_words(name)
    if call != "track":
        said = {key: item for key, item in said.items() if key == "sensitive"}
    if found and "sensitive" in said and said["sensitive"].answer == "yes":
        found = found | {"sensitive": said["sensitive"]}
    found = found or said
    return KnownName(tuple(found[key] for key in QUESTION_KEYS if key in found)) if found else None


def with_known_answers(event: Event) -> Event:
    """Return the event with what its name suggests as suggested answers, where a question has no answer yet.

    It is for people who choose to have a set of events filled in, such as one that they paste or import.
    """
    known = suggestions(event.name, event.call)
    for key, answer in known.answers.items() if known else ():
        if key not in event.answers:
            event = with_answer(event, key, answer, is_suggested=True)
    return event


def _listed(name: str, call: CallType) -> _Suggested | None:
    """Return the suggestions for a name in one of the lists, or for a call type that is known by itself; or None."""
    words = words_of(name)
    if found := _exact_names().get((call, words)):
        return found
    if call == "track":
        inner = without_affixes(words)
        return _other_names().get(_likeness(words)) or (
            _exact_names().get((call, inner)) or _other_names().get(_likeness(inner)) if inner != words else None
        )
    spec = spec_of(call, name)
    return _suggested(spec.answers, SPEC) if spec else None


@cache
def _exact_names() -> dict[tuple[CallType, tuple[str, ...]], _Suggested]:
    """Return the names of all lists but the everyday ones, in any casing."""
    found: dict[tuple[CallType, tuple[str, ...]], _Suggested] = {}
    for spec in event_specs():
        found["track", words_of(spec.name)] = _suggested(spec.answers, SPEC)
    for event in chain.from_iterable(starter_plan(key).events for key in starters()):
        said = _suggested(event.answers, STARTER)
        found.setdefault((event.call, words_of(event.name)), said)
        if event.call in _TRACKED_TOO:
            found.setdefault(("track", words_of(event.name)), said)
    for row in rows_of("ga4_events.csv"):
        found.setdefault(("track", words_of(row.pop("name"))), _suggested(answers_in(row), GA4))
    return found


@cache
def _other_names() -> dict[tuple[str, ...], _Suggested]:
    """Return the events of the specs by everyday names, and by their own in other tenses and in the other order."""
    found = {_likeness(words_of(spec.name)): _suggested(spec.answers, SPEC) for spec in event_specs()}
    for row in rows_of("usual_names.csv"):
        spec = find_spec(row["event"])
        assert spec is not None, f"usual_names.csv: {row['event']} is in no spec"
        found.setdefault(_likeness(words_of(row["name"])), _suggested(spec.answers, f"as “{spec.name}”"))
    return found


def _suggested(answers: Mapping[str, Answer], source: str) -> _Suggested:
    return {key: SuggestedAnswer(key, answer, source) for key, answer in answers.items()}


def _likeness(words: Iterable[str]) -> tuple[str, ...]:
    """Return a key that two words share in either order and in any tense: “Product Viewed” and “View product”."""
    stems = [stem(word) for word in words]
    return tuple(sorted(stems)) if len(stems) == 2 else tuple(stems)
