"""Which columns of a grid someone sees: all of them, or those they chose, and the labels beside.

A choice stands in the address, so that it can be passed on, and in a cookie that only this grid gets, so that the
browser remembers it for the plan. The name and the placement always show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode

from advisor.knowledge.questions import QUESTIONS, Question
from advisor.limits import LONGEST_LABEL
from advisor.model import Event
from advisor.web.grid_cells import CALL, FIELDS, LABEL, NAME, TITLES, WANTED

COOKIE = "columns"
MOST_LABELS = 5
"""Labels that are shown at once."""
UNASKED_LABELS = 2
"""Labels that are shown to someone who never chose."""
OFFERED_LABELS = 50
LARGEST_COOKIE = 3_500
"""Bytes; browsers drop what is much larger."""
CHOOSABLE = tuple(field for field in FIELDS if field != NAME)
_CHOSEN, _SHOWN, _LABELLED = "columns", "show", "label"


class Sent(Protocol):
    """Where choices come from: the arguments of a request."""

    def getlist(self, key: str) -> list[str]:
        """All values of an argument."""
        ...


@dataclass(frozen=True)
class Columns:
    """The columns between the name and the placement. ``labels`` None: those that the rows have, a few of them."""

    shown: tuple[str, ...] = CHOOSABLE
    labels: tuple[str, ...] | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether someone chose them."""
        return self.labels is not None

    @property
    def has_call(self) -> bool:
        """Whether the call type shows."""
        return CALL in self.shown

    @property
    def has_wanted(self) -> bool:
        """Whether the wanted destinations show."""
        return WANTED in self.shown

    @property
    def label_names(self) -> tuple[str, ...]:
        """The labels that show."""
        return self.labels or ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that show."""
        return tuple(question for question in QUESTIONS if question.key in self.shown)

    @cached_property
    def groups(self) -> tuple[tuple[str, int, int, int], ...]:
        """The headings above the columns: how many questions, wanted destinations and labels stand below each."""
        named = [(name, len([*found]), 0, 0) for name, found in groupby(self.questions, key=lambda item: item.group)]
        last = QUESTIONS[-1].group
        if self.has_wanted:
            count = named.pop()[1] if named and named[-1][0] == last else 0
            named.append((last, count, 1, 0))
        return (*named, *([("Labels", 0, 0, len(self.label_names))] if self.label_names else []))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The numbers of the columns, from 1, that end a group."""
        ends, at = [], 2 + self.has_call
        for _, *counts in self.groups:
            at += sum(counts)
            ends.append(at)
        return tuple(ends)

    @property
    def count(self) -> int:
        """All columns, with those for selecting, the name and the placement."""
        return 3 + len(self.shown) + len(self.label_names)

    @property
    def query(self) -> dict[str, Any]:
        """The arguments of an address that mean these columns."""
        return {_CHOSEN: "chosen", _SHOWN: list(self.shown), _LABELLED: list(self.label_names)}

    @property
    def cookie(self) -> str:
        """The same for a cookie; empty if it would be too large."""
        text = urlencode(self.query, doseq=True)
        return text if len(text) <= LARGEST_COOKIE else ""

    def with_labels_of(self, events: Iterable[Event]) -> Columns:
        """With the labels that most of these events have, unless someone chose."""
        return self if self.is_chosen else Columns(self.shown, labels_of(events)[:UNASKED_LABELS])


def columns_of(arguments: Sent, cookies: Mapping[str, str]) -> Columns:
    """The columns of a request: what its address says, or else what the browser remembers, or else all."""
    if arguments.getlist(_CHOSEN):
        return _chosen(arguments.getlist(_SHOWN), arguments.getlist(_LABELLED))
    kept = parse_qs(cookies.get(COOKIE, "")[:LARGEST_COOKIE])
    return _chosen(kept.get(_SHOWN, []), kept.get(_LABELLED, [])) if kept.get(_CHOSEN) else Columns()


def labels_of(events: Iterable[Event]) -> tuple[str, ...]:
    """The names of the labels that these events have, those of most events first."""
    counts = Counter(name for event in events for name in event.labels)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))[:OFFERED_LABELS]


def column_title(field: str) -> str:
    """The heading of a column, as it is copied to a spreadsheet and read back."""
    return TITLES.get(field) or f"Label: {field.removeprefix(LABEL)}"


def _chosen(shown: list[str], labels: list[str]) -> Columns:
    named = [name.strip() for name in labels if name.strip() and len(name.strip()) <= LONGEST_LABEL]
    return Columns(tuple(field for field in CHOOSABLE if field in shown), tuple(dict.fromkeys(named))[:MOST_LABELS])
