"""The visible columns of a grid: all of them, or those the visitor chose, and labels.

The choice is in the address, so that it can be shared, and in a cookie for the path of this grid, so that the browser
keeps it for the plan. The name and the placement are always visible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode

from advisor.document_limits import LONGEST_LABEL
from advisor.knowledge.questions import QUESTIONS, Question
from advisor.model import Event
from advisor.web.plans.grid.cells import CALL, FIELDS, NAME, WANTED

COOKIE = "columns"
MOST_LABELS = 5
"""Maximum number of visible labels."""
UNASKED_LABELS = 2
"""Number of visible labels if the visitor has not chosen."""
OFFERED_LABELS = 50
LARGEST_COOKIE = 3_500
"""Maximum bytes of the cookie. Browsers reject much larger ones."""
CHOOSABLE = tuple(field for field in FIELDS if field != NAME)
_CHOSEN, _SHOWN, _LABELLED = "columns", "show", "label"


class Sent(Protocol):
    """The source of a choice: the arguments of a request."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of an argument."""
        ...


@dataclass(frozen=True)
class Columns:
    """The visible columns between the name and the placement. ``labels`` None means a few of the labels of the rows."""

    shown: tuple[str, ...] = CHOOSABLE
    labels: tuple[str, ...] | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether the visitor chose the columns."""
        return self.labels is not None

    @property
    def has_call(self) -> bool:
        """Whether the call type is visible."""
        return CALL in self.shown

    @property
    def has_wanted(self) -> bool:
        """Whether the wanted destinations are visible."""
        return WANTED in self.shown

    @property
    def label_names(self) -> tuple[str, ...]:
        """The visible labels."""
        return self.labels or ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The visible questions."""
        return tuple(question for question in QUESTIONS if question.key in self.shown)

    @cached_property
    def groups(self) -> tuple[tuple[str, int, int, int], ...]:
        """The headings above the columns, each with its number of questions, wanted destinations and labels."""
        named = [(name, len([*found]), 0, 0) for name, found in groupby(self.questions, key=lambda item: item.group)]
        last = QUESTIONS[-1].group
        if self.has_wanted:
            count = named.pop()[1] if named and named[-1][0] == last else 0
            named.append((last, count, 1, 0))
        return (*named, *([("Labels", 0, 0, len(self.label_names))] if self.label_names else []))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The numbers, from 1, of the last column of each group."""
        ends, at = [], 2 + self.has_call
        for _, *counts in self.groups:
            at += sum(counts)
            ends.append(at)
        return tuple(ends)

    @property
    def count(self) -> int:
        """The number of all columns, including those for selection, name and placement."""
        return 3 + len(self.shown) + len(self.label_names)

    @property
    def query(self) -> dict[str, Any]:
        """The arguments of an address for these columns."""
        return {_CHOSEN: "chosen", _SHOWN: list(self.shown), _LABELLED: list(self.label_names)}

    @property
    def cookie(self) -> str:
        """The value of the cookie for these columns; empty if it would be too large."""
        text = urlencode(self.query, doseq=True)
        return text if len(text) <= LARGEST_COOKIE else ""

    def with_labels_of(self, events: Iterable[Event]) -> Columns:
        """Return the columns with the most common labels of these events, or unchanged if the visitor chose."""
        return self if self.is_chosen else Columns(self.shown, labels_of(events)[:UNASKED_LABELS])


def columns_of(arguments: Sent, cookies: Mapping[str, str]) -> Columns:
    """Return the columns of a request: from its address, or else from its cookie, or else all."""
    if arguments.getlist(_CHOSEN):
        return _chosen_columns(arguments.getlist(_SHOWN), arguments.getlist(_LABELLED))
    kept = parse_qs(cookies.get(COOKIE, "")[:LARGEST_COOKIE])
    return _chosen_columns(kept.get(_SHOWN, []), kept.get(_LABELLED, [])) if kept.get(_CHOSEN) else Columns()


def labels_of(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the names of the labels of these events, the most common first."""
    counts = Counter(name for event in events for name in event.labels)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))[:OFFERED_LABELS]


def _chosen_columns(shown: list[str], labels: list[str]) -> Columns:
    named = [name.strip() for name in labels if name.strip() and len(name.strip()) <= LONGEST_LABEL]
    return Columns(tuple(field for field in CHOOSABLE if field in shown), tuple(dict.fromkeys(named))[:MOST_LABELS])
