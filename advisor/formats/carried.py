"""Finds out by trial what a format carries: writes a small plan for each thing, reads it back, and looks.

``advisor formats`` prints it. What is found here can't disagree with the writers, as a list kept by hand could.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from advisor.document.parse import as_parsed
from advisor.document.read import read_tree
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.format import Format, WriteOptions
from advisor.formats.places import FormatError
from advisor.formats.reading import EventReading
from advisor.knowledge.questions import with_answer
from advisor.model import CALL_TYPES, CallType, Event, Plan, Property

_Check = Callable[[EventReading], bool]


def _event(call: CallType = "track") -> Event:
    return Event(name="Order Paid", call=call, properties=(Property(name="total"),))


def _with(prop: Property) -> Event:
    return Event(name="Order Paid", properties=(prop,))


_TRIALS: dict[str, tuple[Event, _Check]] = {
    "properties": (_event(), lambda found: found.properties[0].name == "total"),
    "descriptions": (replace(_event(), description="A text."), lambda found: "A text." in found.description),
    "labels": (replace(_event(), labels={"team": "shop"}), lambda found: found.labels.get("team") == "shop"),
    "types": (_with(Property(name="total", type="number")), lambda found: found.properties[0].types == ("number",)),
    "required": (_with(Property(name="total", required=True)), lambda found: found.properties[0].required),
    "values": (
        _with(Property(name="size", type="string", values=("s", "m"))),
        lambda found: found.properties[0].values == ("s", "m"),
    ),
    "nesting": (
        _with(Property(name="cart", type="object", properties=(Property(name="sku", type="string"),))),
        lambda found: found.properties[0].properties[0].name == "sku",
    ),
    "property descriptions": (
        _with(Property(name="total", description="A text.")),
        lambda found: "A text." in found.properties[0].description,
    ),
    "answers": (with_answer(_event(), "payment", "yes"), lambda found: found.answers.get("payment") == "yes"),
}


@cache
def carried_by(form: Format) -> tuple[str, ...] | None:
    """Return what a format gives back after an export: calls, then other words. None if it goes in one direction only.

    Answers count if they come back from the slot of the format or from the file beside it.
    """
    if form.write is None or form.read is None:
        return None
    calls = tuple(call for call in CALL_TYPES if _comes_back(form, _event(call), _is_call(call)))
    return (*calls, *(what for what, (event, check) in _TRIALS.items() if _comes_back(form, event, check)))


def _is_call(call: CallType) -> _Check:
    return lambda found: found.call == call


def _comes_back(form: Format, event: Event, check: _Check) -> bool:
    assert form.write is not None
    assert form.read is not None
    files = form.write(Plan(name="Trial", events=(event,)), WriteOptions(advisor_data=True)).files
    try:
        reading = form.read(FileTree.of(files))
        if reading.whole is not None:
            return read_tree(as_parsed(reading.whole)).plan.events == (event,)
        return any(check(each) for each in reading.events)
    except (FormatError, IndexError):
        return False  # nothing of the event was written
