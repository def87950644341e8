"""Points of a plan's history for the history pages: lists of spans, and comparisons of two points."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from advisor.comparison import reads_alike
from advisor.store import NamedVersion
from advisor.web.app import current
from advisor.web.plans.history.cards import MOST_CARDS, SHOWN, ComparisonSheet, sheet, stages
from advisor.web.plans.history.spans import Span, headline, spans

SPANS = 20
TOLD_APART = 100
"""Maximum number of events that a headline describes. For more, it only gives their number."""
_READ = 400
"""Maximum number of changes that are read for a page of spans."""


@dataclass(frozen=True)
class ListedSpan:
    """A span with its headline."""

    span: Span
    headline: str


@dataclass(frozen=True)
class SpanList:
    """A page of spans. ``earlier`` is the ``before`` of the next page, None if there are no more spans."""

    spans: tuple[ListedSpan, ...]
    earlier: int | None


def span_list(plan_id: str, before: int | None) -> SpanList:
    """Return the spans before this change number (None: the latest), the newest first. Raises `NotFoundError`.

    A number below the second change is beyond the end, and gives the last spans: the one of the first change.
    """
    history = current.store().history
    before = None if before is None else max(before, 2)
    changes = history.changes(current.owner(), plan_id, before=before, limit=_READ)
    found = spans(changes, current.store().versions.of(current.owner(), plan_id), SPANS)
    listed = tuple(ListedSpan(span, _headline(plan_id, span)) for span in found)
    oldest = found[-1].first if found else 1
    there_is_more = bool(changes) and (changes[-1].number < oldest or len(changes) == _READ) and oldest > 1
    return SpanList(listed, oldest if there_is_more else None)


def span_of(plan_id: str, first: int, last: int) -> ListedSpan:
    """Return any range of changes as a span. Raises `NotFoundError`."""
    history = current.store().history
    oldest, newest = history.change(current.owner(), plan_id, first), history.change(current.owner(), plan_id, last)
    kind = newest.kind if oldest == newest else "event"
    names = tuple(one.name for one in versions_of(plan_id) if one.number == last)
    found = Span(first, last, newest.at, newest.author, kind, newest.note, names)
    return ListedSpan(found, _headline(plan_id, found))


def versions_of(plan_id: str) -> list[NamedVersion]:
    """Return the named versions of the plan."""
    return current.store().versions.of(current.owner(), plan_id)


def comparison(plan_id: str, start: int, end: int) -> ComparisonSheet:
    """Return the comparison of two points of a plan. With ``all`` in the address, it has more cards. Raises `NotFoundError`."""
    history = current.store().history
    most = MOST_CARDS if request.args.get("all") else SHOWN
    before, after = stages(*history.settings_between(current.owner(), plan_id, start, end))
    moved = bool(history.moved(current.owner(), plan_id, start, end))
    if not reads_alike(before.plan, after.plan):
        return sheet(*stages(*history.both(current.owner(), plan_id, start, end)), untouched=0, moved=moved, most=most)
    before, after = stages(*history.between(current.owner(), plan_id, start, end))
    untouched = history.count_at(current.owner(), plan_id, end) - len(after.events)
    return sheet(before, after, untouched, moved=moved, most=most)


def _headline(plan_id: str, span: Span) -> str:
    history, points = current.store().history, (span.first - 1, span.last)
    count = history.count_touched(current.owner(), plan_id, *points)
    moved = len(history.moved(current.owner(), plan_id, *points))
    if count > TOLD_APART:
        return headline(span, *history.settings_between(current.owner(), plan_id, *points), moved, count)
    return headline(span, *history.between(current.owner(), plan_id, *points), moved)
