"""The history of a plan as a list of spans: changes that one person made without a long pause, with a headline.

Filling in a grid makes hundreds of changes, too many to read one by one. Each of them is a point that can be restored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.comparison import event_changes, settings_changes
from advisor.model import Event
from advisor.store import Change, NamedVersion, Snapshot
from advisor.text import join_names, quantity, shorten, spell_number

PAUSE = timedelta(minutes=10)
"""The longest pause between two changes of a span."""
LONGEST = timedelta(hours=1)
_EDITS = frozenset({"settings", "event", "added", "removed", "returned", "moved"})


@dataclass(frozen=True)
class Span:
    """The changes ``first`` to ``last``, the newest made at ``at``. ``versions`` are the names of the point after ``last``."""

    first: int
    last: int
    at: datetime
    author: str
    kind: str
    note: str
    versions: tuple[str, ...]

    @property
    def key(self) -> str:
        """The span as it is written in an address."""
        return f"{self.first}-{self.last}"


def spans(changes: Sequence[Change], versions: Iterable[NamedVersion], most: int) -> list[Span]:
    """Return the newest spans, at most ``most``, of changes given newest first. A named version ends a span."""
    names: dict[int, tuple[str, ...]] = {}
    for version in versions:
        names[version.number] = (*names.get(version.number, ()), version.name)
    found = []
    for group in _groups(changes, names):
        newest, oldest = group[0], group[-1]
        found.append(
            Span(
                first=oldest.number,
                last=newest.number,
                at=newest.at,
                author=newest.author,
                kind=newest.kind,
                note=newest.note,
                versions=names.get(newest.number, ()),
            )
        )
        if len(found) == most:
            break
    return found


def headline(span: Span, before: Snapshot, after: Snapshot, moved: int = 0, many: int = 0) -> str:
    """Return what happened in a few words.

    ``moved`` is the number of moved events, ``many`` the number of changed events if they are not in the snapshots.
    """
    if span.kind == "created":
        return span.note or "Plan made"
    if span.kind == "deleted":
        return "Plan deleted"
    if span.kind == "undeleted":
        return "Plan brought back"
    if span.kind == "restored":
        return "Plan restored to an earlier point"
    if span.kind == "added" and span.note and span.first == span.last:
        return span.note
    parts = list(_parts(before, after))
    if many:
        parts.append(f"{many:,} events {'added' if span.kind == 'added' else 'changed'}")
    if moved:
        parts.append(f"{quantity(moved, 'event')} moved to another row")
    text = "; ".join(parts[:3]) if parts else "Nothing differs in the end"
    return text[:1].upper() + text[1:]


def _groups(changes: Sequence[Change], names: dict[int, tuple[str, ...]]) -> Iterator[list[Change]]:
    group: list[Change] = []
    for change in changes:
        if group and not _belongs(change, group, names):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _belongs(change: Change, group: list[Change], names: dict[int, tuple[str, ...]]) -> bool:
    return (
        change.kind in _EDITS
        and group[-1].kind in _EDITS
        and not (change.note or group[-1].note)
        and change.author == group[0].author
        and change.number not in names
        and group[-1].at - change.at <= PAUSE
        and group[0].at - change.at <= LONGEST
    )


def _parts(before: Snapshot, after: Snapshot) -> Iterator[str]:
    if before.settings is not None and after.settings is not None:
        changed = settings_changes(before.settings, after.settings)
        tools = [change for change in changed if change.topic == "Destinations"]
        yield from _counted_names([change.label for change in tools if not change.before], "added", "destinations")
        yield from _counted_names([change.label for change in tools if not change.after], "removed", "destinations")
        moded = ["modes of destinations"] if any(change.before and change.after for change in tools) else []
        others = [change.label if change.topic == "Plan" else change.topic for change in changed if change not in tools]
        if rest := [*dict.fromkeys(other.lower() for other in others), *moded]:
            yield f"{join_names(rest)} changed"
    yield from _counted_names(
        [item.name for key, item in after.events.items() if key not in before.events], "added", "events"
    )
    yield from _counted_names(
        [item.name for key, item in before.events.items() if key not in after.events], "removed", "events"
    )
    yield from _event_changes(
        [(before.events[key], item) for key, item in after.events.items() if key in before.events]
    )


def _counted_names(names: list[str], verb: str, what: str) -> Iterator[str]:
    if len(names) == 1:
        yield f"{_short(names[0])} {verb}"
    elif names:
        yield f"{spell_number(len(names))} {what} {verb}"


def _event_changes(pairs: list[tuple[Event, Event]]) -> Iterator[str]:
    found = [(_name_change(*pair), changes) for pair in pairs if (changes := event_changes(*pair))]
    topics = [change.topic for _, changes in found for change in changes]
    answers = quantity(topics.count("Answers"), "answer")
    if len(found) == 1:
        said = (change.label if change.topic == "Event" else change.topic for _, changes in found for change in changes)
        others = [word.lower() for word in dict.fromkeys(said) if word not in ("Answers", "Name")]
        what = join_names([*([answers] if "Answers" in topics else []), *others])
        yield ": ".join(filter(None, (found[0][0], what)))
    elif found and set(topics) == {"Answers"}:
        yield f"{answers} on {spell_number(len(found))} events"
    elif found:
        yield f"{spell_number(len(found))} events changed"


def _name_change(before: Event, after: Event) -> str:
    old, new = _short(before.name), _short(after.name)
    return new if before.name == after.name else f"{old} is now {new}"


def _short(name: str) -> str:
    return shorten(name, 60)
