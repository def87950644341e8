"""Answering a column of the grid from its heading: one answer for many events, or what their cells suggest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

import msgspec

from advisor.model import Event, Plan
from advisor.web.plans.grid.cells import read
from advisor.web.plans.grid.rows import Derivations, shown_answer

Act = Literal["yes", "no", "unsure", "accept", "fill"]
"""What happens to the cells: they get an answer, keep what they suggest as their answer, or get the first one's answer."""
ACTS: tuple[Act, ...] = get_args(Act)
Rows = Sequence[tuple[str, Event]]
"""Events of a plan with their ids, in the order of the plan."""


class ColumnChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of one question in all events of a plan, or in those where its cell is open."""

    field: str
    act: Act
    which: Literal["open", "all"]


def column_values(question: str, act: Act, rows: Rows) -> Iterator[tuple[str, str, str]]:
    """Yield the id of each event whose cell changes, with the value of the cell before and after."""
    first = str(read(rows[0][1], question)).removesuffix("?") if rows else ""
    for event_id, event in rows:
        was = str(read(event, question))
        value = {"accept": was.removesuffix("?"), "fill": first}.get(act, act)
        if value != was:
            yield event_id, was, value


def open_rows(settings: Plan, question: str, rows: Rows) -> Rows:
    """Return the events whose cell in the column of a question shows no answer."""
    facts = Derivations(settings)
    return [(event_id, event) for event_id, event in rows if shown_answer(event, question, facts.of(event)) == "unsure"]
