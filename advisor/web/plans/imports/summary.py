"""What the preview of an import says in a few words: what was read, what it asks, and what its button does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from advisor.formats.import_review import ImportReview
from advisor.formats.merge_plans import Effect, EventUpdate
from advisor.formats.merge_report import property_count
from advisor.formats.reading import UnknownDestination
from advisor.knowledge.catalogue import destination_name
from advisor.model import Placement
from advisor.text import join_names, quantity
from advisor.web.paste.row_sheets import suggested_text
from advisor.web.paste.shown_text import ShownText, shown_text

_SHOWN_CHANGES = 12
_SHOWN_EVENTS = 300
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Missing:
    """The question about destinations that the plan doesn't have: how many events name them, and their names."""

    events: int
    names: str
    add: str
    without: str


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event of files that have no table, as the preview lists it."""

    name: ShownText
    call: str
    properties: int
    practice: Placement | None
    effect: Effect
    place: str
    suggested: str


def read_line(review: ImportReview) -> str:
    """Return what was read: the format, and how much there is of what."""
    brought = review.brought
    parts = [quantity(len(brought.events), "event"), quantity(property_count(brought), "property", "properties")]
    if review.tables:
        row = review.tables[0].table.heading.line
        if not row and len(review.headings) == 1:
            return f"Names, one on each line: {parts[0]}."
        heading = f"heading in row {row:,}" if row else "no heading"
        rows = sum(not row.is_blank for row in review.tables[0].table.rows)
        parts = [quantity(rows, "row"), heading, *parts]
    return f"{review.format.title}: {', '.join(parts)}."


def known_line(review: ImportReview) -> str:
    """Return how many names are known and how many answers they suggest; empty if none is."""
    answers = sum(map(len, review.suggested.values()))
    if not answers:
        return ""
    events = quantity(len(review.merge.added), "new event")
    return f"{events}, {len(review.suggested):,} of them known: {quantity(answers, 'answer')} suggested."


def glance_line(review: ImportReview) -> str:
    """Return what was read as a plan of its own, in one line: how many events, and what their names are known for."""
    count = quantity(len(review.brought.events), "event")
    answers = sum(map(len, review.suggested.values()))
    known = f", {len(review.suggested):,} of them known: {quantity(answers, 'answer')} suggested" if answers else ""
    is_names = bool(review.tables) and len(review.headings) == 1 and not review.tables[0].table.heading.line
    return f"{'' if is_names else f'{review.format.title}: '}{count}{known}."


def missing_question(review: ImportReview) -> Missing | None:
    """Return the question about destinations that the plan doesn't have; None if it has all of them."""
    names = [destination_name(key) for key, _ in review.missing.most_common()]
    if not names:
        return None
    count = sum(
        event.destinations != "all" and any(key in review.missing for key in event.destinations)
        for event in review.brought.events
    )
    shown = names if len(names) <= _NAMED + 1 else [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    add = {1: f"Add {names[0]}", 2: "Add both"}.get(len(names), f"Add all {len(names)}")
    return Missing(count, join_names(shown), add, f"Import without {'it' if len(names) == 1 else 'them'}")


def gained_destinations(review: ImportReview) -> str:
    """Return the destinations that a plan without any gets, which its own events want, too; empty if it gets none."""
    if review.plan is None or review.plan.destinations or not review.outcome.destinations:
        return ""
    names = [destination_name(item.key) for item in review.outcome.destinations]
    return join_names(names if len(names) <= _NAMED + 1 else [*names[:_NAMED], f"{len(names) - _NAMED} more"])


def unknown_question(review: ImportReview) -> tuple[tuple[UnknownDestination, str], ...]:
    """Return the unknown names that are near to a destination, the most frequent first, each with that destination's name."""
    near = [each for each in review.reading.unknown_destinations if each.nearest]
    return tuple((each, destination_name(each.nearest)) for each in near)


def practice_counts(review: ImportReview) -> dict[str, int]:
    """Return how many events are tracked on which side today, if the files say so of any; ``unknown`` counts the others."""
    sides = Counter(event.practice.placement if event.practice else "unknown" for event in review.brought.events)
    counts = {side: sides[side] for side in ("client", "server", "both", "unknown")}
    return counts if any(counts[side] for side in ("client", "server", "both")) else {}


def button_text(review: ImportReview) -> str:
    """Return what the button does, with its numbers; empty if there is nothing to do."""
    merge = review.merge
    if review.plan is None:
        return f"Start a plan with {quantity(len(review.brought.events), 'event')}"
    counts = [("add", len(merge.added)), ("change", len(merge.changed)), ("remove", len(merge.removed))]
    said = ", ".join(f"{verb} {count:,}" for verb, count in counts if count)
    return (said[:1].upper() + said[1:]) or ("Take over the settings" if has_settings(review) else "")


def has_settings(review: ImportReview) -> bool:
    """Return whether the import changes the plan apart from its events."""
    before, after = review.plan, review.outcome
    fields = [name for name in type(after).__struct_fields__ if name not in ("events", "findings")]
    return before is not None and any(getattr(before, name) != getattr(after, name) for name in fields)


def removal_text(review: ImportReview) -> str:
    """Return what has to be confirmed before events are removed; empty if none is."""
    count = len(review.merge.removed)
    return f"Remove {quantity(count, 'event')} that the file doesn’t have" if count else ""


def shown_changes(review: ImportReview) -> tuple[EventUpdate, ...]:
    """Return the first changes of events."""
    return review.merge.changed[:_SHOWN_CHANGES]


def listed_events(review: ImportReview) -> tuple[ImportedEvent, ...]:
    """Return the first events of files that have no table."""
    readings = [str(event.place) for event in review.reading.events]
    return tuple(
        ImportedEvent(
            name=shown_text(event.name),
            call=event.call,
            properties=len(event.properties),
            practice=event.practice.placement if event.practice else None,
            effect=effect,
            place=readings[index] if index < len(readings) else "",
            suggested=suggested_text(review.suggested.get(index, ())),
        )
        for index, (event, effect) in enumerate(
            zip(review.brought.events[:_SHOWN_EVENTS], review.merge.effects, strict=False)
        )
    )
