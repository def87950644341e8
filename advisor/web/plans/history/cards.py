"""A comparison of two versions of a plan as cards: how each event's placement changed, why, and its old and new values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.comparison import Change, EventComparison, PlanComparison, Stage, cause, compare_plans
from advisor.model import Event, Plan, recommendation_of
from advisor.presentation.states import place_of
from advisor.presentation.words import Place
from advisor.store import Snapshot
from advisor.text import plural, quantity, spell_number

SHOWN = 50
"""Maximum number of cards of a kind on a page, unless it shows all."""
MOST_CARDS = 2_000
"""Maximum number of cards of a kind on a page that shows all."""


@dataclass(frozen=True)
class Topic:
    """The differences of one topic."""

    title: str
    rows: tuple[Change, ...]


@dataclass(frozen=True)
class Card:
    """One event: its old and new placement, the cause, and its changes. ``effects`` are the changes of its calls."""

    id: str
    name: str
    before: Place | None
    after: Place | None
    flipped: bool
    note: str
    topics: tuple[Topic, ...]
    effects: tuple[Topic, ...]


@dataclass(frozen=True)
class ComparisonSheet:
    """A whole comparison. ``moved`` says whether the order of events changed; ``hidden`` is the number of cards left out."""

    summary: str
    settings: tuple[Topic, ...]
    flipped: tuple[Card, ...]
    changed: tuple[Card, ...]
    added: tuple[Card, ...]
    removed: tuple[Card, ...]
    rerouted: tuple[Card, ...]
    unchanged: int
    moved: bool
    hidden: int
    nothing: bool


def stages(before: Snapshot, after: Snapshot) -> tuple[Stage, Stage]:
    """Return both points as stages. A point before the plan was created is an empty plan with the other point's settings."""
    settings = before.settings or after.settings or Plan()
    return Stage(settings, before.events), Stage(after.settings or settings, after.events)


def sheet(before: Stage, after: Stage, untouched: int, *, moved: bool, most: int = SHOWN) -> ComparisonSheet:
    """Return the comparison of two stages, with at most ``most`` cards of a kind.

    ``untouched`` is the number of events that the stages leave out because they are the same. ``moved`` says whether
    events were moved, which the stages don't contain.
    """
    found = compare_plans(before, after, untouched)
    groups = (found.flipped, found.changed, found.added, found.removed, found.rerouted)
    flipped, changed, added, removed, rerouted = (
        tuple(card(before.plan, after.plan, item) for item in group[:most]) for group in groups
    )
    return ComparisonSheet(
        summary=_summary(found, moved),
        settings=_topics(found.settings),
        flipped=flipped,
        changed=changed,
        added=added,
        removed=removed,
        rerouted=rerouted,
        unchanged=found.unchanged,
        moved=moved,
        hidden=sum(max(0, len(group) - most) for group in groups),
        nothing=found.nothing and not moved,
    )


def card(before: Plan, after: Plan, item: EventComparison) -> Card:
    """Return the card of one event of a comparison of these two plans."""
    return Card(
        id=item.id,
        name=item.event.name,
        before=_place(item.before),
        after=_place(item.after),
        flipped=item.flipped,
        note=cause(before, after, item) if item.flipped else _firmness(item),
        topics=_topics(item.changes),
        effects=_topics(item.calls),
    )


def _place(event: Event | None) -> Place | None:
    if event is None:
        return None
    return place_of(event)


def _firmness(item: EventComparison) -> str:
    """Return what changed about an unchanged placement: its strength, whether it is settled, its open questions."""
    if item.before is None or item.after is None:
        return ""
    old, new = recommendation_of(item.before), recommendation_of(item.after)
    said = []
    if old.strength != new.strength:
        said.append(f"Strength went from {old.strength} to {new.strength}.")
    if new.settled and not old.settled:
        said.append("No open question can change it any more.")
    elif old.settled and not new.settled:
        said.append(f"{quantity(len(new.decisive), 'open question')} can change it now.")
    elif (fewer := len(old.decisive) - len(new.decisive)) > 0:
        said.append(f"{spell_number(fewer).capitalize()} fewer {plural(fewer, 'question')} can change it.")
    return " ".join(said)


def _topics(changes: Iterable[Change]) -> tuple[Topic, ...]:
    by_topic: dict[str, list[Change]] = {}
    for change in changes:
        by_topic.setdefault(change.topic, []).append(change)
    return tuple(Topic(title, tuple(rows)) for title, rows in by_topic.items())


def _summary(found: PlanComparison, moved: bool) -> str:
    counts = (
        (len(found.flipped), "placement flipped", "placements flipped"),
        (len(found.changed), "event changed", "events changed"),
        (len(found.added), "event added", "events added"),
        (len(found.removed), "event removed", "events removed"),
        (len(found.settings), "setting changed", "settings changed"),
    )
    parts = [quantity(number, one, many) for number, one, many in counts if number]
    parts += ["order changed" if parts else "Order changed"] if moved else []
    return ", ".join(parts) if parts else "Nothing differs"
