"""The cells of the grid. Each holds one value of one event; this module reads, compares and writes these values.

A value is JSON: text for a name, a call type and a label, a list of keys or ``all`` for destinations, and for an answer
``yes``, ``no`` or ``unsure``, followed by ``?`` while it is only suggested. A label that holds a list of texts is shown
as one text, and `exact` has the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec.structs import replace

from advisor.document_limits import LONGEST_LABEL, LONGEST_NAME, MAX_LABEL_TEXTS, MAX_LABELS
from advisor.event_fields import EVENT_FIELD
from advisor.field_values import ALL_WANTED, label_text, label_texts, show_answer, typed_label
from advisor.knowledge.answer_words import answer_in
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, Answer, Event, LabelValue, Plan
from advisor.text import join_names
from advisor.web.plans.grid.more_cells import MORE, MORE_TITLES, NoValueError, check_more, more_in_words, read_more

Value = str | list[str]

NAME, CALL, WANTED = "name", "call", "destinations"
LABEL = "label:"
FIELDS = (NAME, CALL, *QUESTION_KEYS, WANTED)
"""The editable columns in order."""
TITLES = {field: EVENT_FIELD[field].heading for field in FIELDS}
_SUGGESTED = "?"
_NO_NAME = "Enter a name for the event."
_NO_TEXT = "This cell takes text."
_NAMED = 3
"""Number of destinations that a sentence names; the others are counted."""


class RefusedCellError(ValueError):
    """Raised for a value that the cell doesn't accept. The message says why, and what to do."""


def read(event: Event, field: str) -> Value:
    """Return the value of the cell. Raises `RefusedCellError` for an unknown field."""
    if field in QUESTION_KEYS:
        answer, is_suggested = EVENT_FIELD[field].get(event)
        return f"{answer or 'unsure'}{_SUGGESTED if is_suggested else ''}"
    if field.startswith(LABEL):
        return label_text(event.labels.get(field.removeprefix(LABEL), ""))
    if field in MORE:
        return read_more(event, field)
    if field in FIELDS:
        value = EVENT_FIELD[field].get(event)
        return list(value) if isinstance(value, tuple) else str(value)
    raise RefusedCellError(f"There is no column “{field}”.")


def exact(event: Event, field: str) -> Value:
    """Return the value of the cell that writes it back as it is. Raises `RefusedCellError` for an unknown field."""
    label = event.labels.get(field.removeprefix(LABEL)) if field.startswith(LABEL) else None
    return list(label) if isinstance(label, tuple) else read(event, field)


def write(plan: Plan, event: Event, field: str, value: object) -> Event:
    """Return the event with this value in the cell. Raises `RefusedCellError` for an unknown field or an invalid value."""
    if field.startswith(LABEL):
        return _with_label(event, field.removeprefix(LABEL), value)
    checked = check_value(plan, field, value)
    return EVENT_FIELD[field].put(event, checked)


def new_event(plan: Plan, cells: Mapping[str, object]) -> Event:
    """Return a new event with these values by field. Raises `RefusedCellError`, also if the cells have no name."""
    if NAME not in cells:
        raise RefusedCellError(_NO_NAME)
    event = Event(name=check_value(plan, NAME, cells[NAME]))
    for field, value in cells.items():
        event = write(plan, event, field, value)
    return event


def check_value(plan: Plan, field: str, value: object) -> Any:
    """Return the value of a cell as the field of an event has it. Raises `RefusedCellError` if it isn't valid."""
    if field == WANTED:
        return _destination_keys(plan, value)
    if field in MORE:
        return _more(field, value)
    if not isinstance(value, str):
        raise RefusedCellError(_NO_TEXT)
    if field == NAME:
        return _name(value)
    if field == CALL:
        return _call_type(value)
    if field in QUESTION_KEYS:
        return _answer(value)
    if field.startswith(LABEL):
        return _label_text(field.removeprefix(LABEL), value)
    raise RefusedCellError(f"There is no column “{field}”.")


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same in a browser, which changes line breaks and U+0000."""
    return _as_shown(one) == _as_shown(other)


def words(field: str, value: Value) -> str:
    """Return the value in words, as the grid shows it."""
    if field == WANTED:
        if value == "all":
            return ALL_WANTED
        return join_names([destination_name(key) for key in value]) or "None"
    if field in MORE:
        return more_in_words(field, value) or "None"
    text = value if isinstance(value, str) else label_text(tuple(value))
    if field in QUESTION_KEYS:
        (said,) = show_answer((cast(Answer, text.removesuffix(_SUGGESTED)), text.endswith(_SUGGESTED)))
        return said
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
    return TITLES.get(field) or MORE_TITLES.get(field) or field.removeprefix(LABEL)


def _more(field: str, value: object) -> Any:
    try:
        return check_more(field, value)
    except NoValueError as error:
        raise RefusedCellError(str(error)) from error


def _as_shown(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return list(value) if isinstance(value, list | tuple) else value


def _name(text: str) -> str:
    if not text.strip():
        raise RefusedCellError(_NO_NAME)
    if len(text) > LONGEST_NAME:
        raise RefusedCellError(f"Shorten the event’s name to {LONGEST_NAME} characters or fewer; it has {len(text):,}.")
    return text


def _call_type(text: str) -> str:
    if text not in CALL_TYPES:
        raise RefusedCellError(f"“{text[:60]}” isn’t a call type. Use {join_names(CALL_TYPES, 'or')}.")
    return text


def _answer(text: str) -> tuple[Answer, bool]:
    answer, is_suggested = answer_in(text), False
    if answer is None and text.endswith(_SUGGESTED):  # but “?” alone is a word for not sure
        answer, is_suggested = answer_in(text.removesuffix(_SUGGESTED)), True
    if answer is None:
        raise RefusedCellError(f"“{text[:60]}” isn’t yes, no or not sure.")
    return answer, is_suggested


def _destination_keys(plan: Plan, value: object) -> Any:
    if value == "all":
        return "all"
    keys = [item.key for item in plan.destinations]
    if not isinstance(value, list) or any(key not in keys for key in value):
        raise RefusedCellError("Choose among the destinations of the plan. Someone may have removed one meanwhile.")
    return tuple(key for key in keys if key in value)


def _label_text(name: str, text: str) -> str:
    if not name.strip() or len(name) > LONGEST_LABEL or len(text) > LONGEST_LABEL:
        raise RefusedCellError(f"A label and its text have 1 to {LONGEST_LABEL} characters each.")
    return text


def _with_label(event: Event, name: str, value: object) -> Event:
    before = event.labels.get(name, "")
    label = _label(before, value)
    if label == before:
        return event
    for text in label_texts(label):
        _label_text(name, text)
    others = {key: other for key, other in event.labels.items() if key != name}
    if label and len(others) >= MAX_LABELS:
        raise RefusedCellError(f"An event has at most {MAX_LABELS} labels. Remove one first.")
    return replace(event, labels=dict(sorted((others | ({name: label} if label else {})).items())))


def _label(before: LabelValue, value: object) -> LabelValue:
    """Return the label that a value of a cell means: a text, or a list of texts. Raises `RefusedCellError`."""
    if isinstance(value, str):
        label = typed_label(value, before)
    elif isinstance(value, list) and all(isinstance(text, str) for text in value):
        label = tuple(value)
    else:
        raise RefusedCellError(_NO_TEXT)
    if isinstance(label, tuple) and len(label) > MAX_LABEL_TEXTS:
        raise RefusedCellError(f"A label has at most {MAX_LABEL_TEXTS} texts. Remove some.")
    return label
