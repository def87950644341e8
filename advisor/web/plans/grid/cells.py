"""The cells of the grid. Each holds one value of one event; this module reads, compares and writes these values.

A value is JSON: text for a name, a call type and a label, a list of keys or ``all`` for destinations, and for an answer
``yes``, ``no`` or ``unsure``, followed by ``?`` while it is only suggested.
"""

from __future__ import annotations

from typing import Any, cast

from msgspec.structs import replace

from advisor.document_limits import LONGEST_LABEL, LONGEST_NAME, MAX_LABELS
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.model import CALL_TYPES, Answer, Event, Plan
from advisor.presentation.words import destination_name, listed

Value = str | list[str]

NAME, CALL, WANTED = "name", "call", "destinations"
LABEL = "label:"
FIELDS = (NAME, CALL, *QUESTION_KEYS, WANTED)
"""The editable columns in order."""
TITLES = {
    NAME: "Event",
    CALL: "Call",
    **{question.key: question.label for question in QUESTIONS},
    WANTED: "Destinations",
}
ANSWER_WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
_SUGGESTED = "?"
_NAMED = 3
"""Number of destinations that a sentence names; the others are counted."""


class RefusedCellError(ValueError):
    """Raised for a value that the cell doesn't accept. The message says why, and what to do."""


def read(event: Event, field: str) -> Value:
    """Return the value of the cell. Raises `RefusedCellError` for an unknown field."""
    if field == NAME:
        return event.name
    if field == CALL:
        return event.call
    if field == WANTED:
        return event.destinations if event.destinations == "all" else list(event.destinations)
    if field in QUESTION_KEYS:
        answer = event.answers.get(field, "unsure")
        return answer + _SUGGESTED if field in event.suggested and field in event.answers else answer
    if field.startswith(LABEL):
        return event.labels.get(field.removeprefix(LABEL), "")
    raise RefusedCellError(f"There is no column “{field}”.")


def write(plan: Plan, event: Event, field: str, value: object) -> Event:
    """Return the event with this value in the cell. Raises `RefusedCellError` for an unknown field or an invalid value."""
    if field == WANTED:
        return replace(event, destinations=_wanted(plan, value))
    if not isinstance(value, str):
        raise RefusedCellError("This cell takes text.")
    if field == NAME:
        return replace(event, name=_name(value))
    if field == CALL:
        if value not in CALL_TYPES:
            raise RefusedCellError(f"“{value[:60]}” isn’t a call type. Use {listed(CALL_TYPES, 'or')}.")
        return replace(event, call=value)
    if field in QUESTION_KEYS:
        return answered(event, field, value)
    if field.startswith(LABEL):
        return _labelled(event, field.removeprefix(LABEL), value)
    raise RefusedCellError(f"There is no column “{field}”.")


def answered(event: Event, key: str, value: str) -> Event:
    """Return the event with this answer. Raises `RefusedCellError` for any other value than an answer."""
    answer = value.removesuffix(_SUGGESTED)
    if answer not in ANSWER_WORDS:
        raise RefusedCellError(f"“{value[:60]}” isn’t yes, no or not sure.")
    given: dict[str, Answer] = {**event.answers, key: cast(Answer, answer)}
    kept = [each for each in QUESTION_KEYS if given.get(each, "unsure") != "unsure"]
    suggested = {*event.suggested} - {key} | ({key} if value.endswith(_SUGGESTED) else set())
    return replace(
        event,
        answers={each: given[each] for each in kept},
        suggested=tuple(each for each in kept if each in suggested),
    )


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same in a browser, which changes line breaks and U+0000."""
    return _as_shown(one) == _as_shown(other)


def words(field: str, value: Value) -> str:
    """Return the value in words, as the grid shows it."""
    if field == WANTED:
        if value == "all":
            return "All of the plan’s"
        return listed([destination_name(key) for key in value]) or "None"
    text = str(value)
    if field in QUESTION_KEYS:
        return ANSWER_WORDS[text.removesuffix(_SUGGESTED)] + (", suggested" if text.endswith(_SUGGESTED) else "")
    return text or "None"


def phrase(field: str, value: Value) -> str:
    """Return the value for use inside a sentence: our own words in lower case, names unchanged, long lists shortened."""
    if field == WANTED and value != "all" and len(value) > _NAMED + 1:
        names = [destination_name(key) for key in value[:_NAMED]]
        return f"{', '.join(names)} and {len(value) - _NAMED} more"
    said = words(field, value)
    is_ours = field in QUESTION_KEYS or value in ("all", "", [])
    return said[:1].lower() + said[1:] if is_ours else said


def title(field: str) -> str:
    """Return the name of the column, or of the label."""
    return TITLES.get(field) or field.removeprefix(LABEL)


def _as_shown(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return list(value) if isinstance(value, list | tuple) else value


def _name(text: str) -> str:
    if not text.strip():
        raise RefusedCellError("Enter a name for the event.")
    if len(text) > LONGEST_NAME:
        raise RefusedCellError(f"Shorten the event’s name to {LONGEST_NAME} characters or fewer; it has {len(text):,}.")
    return text


def _wanted(plan: Plan, value: object) -> Any:
    if value == "all":
        return "all"
    keys = [item.key for item in plan.destinations]
    if not isinstance(value, list) or any(key not in keys for key in value):
        raise RefusedCellError("Choose among the destinations of the plan. Someone may have removed one meanwhile.")
    return tuple(key for key in keys if key in value)


def _labelled(event: Event, name: str, text: str) -> Event:
    if not name.strip() or len(name) > LONGEST_LABEL or len(text) > LONGEST_LABEL:
        raise RefusedCellError(f"A label and its text have 1 to {LONGEST_LABEL} characters each.")
    others = {key: value for key, value in event.labels.items() if key != name}
    if text and len(others) >= MAX_LABELS:
        raise RefusedCellError(f"An event has at most {MAX_LABELS} labels. Remove one first.")
    return replace(event, labels=dict(sorted((others | ({name: text} if text else {})).items())))
