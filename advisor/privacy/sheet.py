"""The privacy lens as pages and reports show it: who receives which kind, and each receiver's calls with equal ones as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import library_name
from advisor.model import Mode, Side
from advisor.privacy.filter import SENSITIVE_EVENT, data_kind
from advisor.privacy.lens import HeldValue, Lens
from advisor.privacy.receivers import Receiver, SentCall
from advisor.privacy.values import PersonalValue


@dataclass(frozen=True)
class KindCell:
    """What one receiver gets of one kind: the names that the client's calls carry, and those of the server's.

    For sensitive events, they are the names of the events.
    """

    kind: str
    client: tuple[str, ...]
    server: tuple[str, ...]


@dataclass(frozen=True)
class ReceiverRow:
    """One receiver in the table, with a cell for each kind."""

    receiver: Receiver
    cells: tuple[KindCell, ...]


@dataclass(frozen=True)
class ReceiverGroup:
    """The receivers of one category."""

    name: str
    rows: tuple[ReceiverRow, ...]


@dataclass(frozen=True)
class CallLine:
    """Calls to one receiver that are equal but for their event. ``events`` are the indexes and names."""

    side: Side
    library: str
    mode: Mode | None
    sensitive: bool
    values: tuple[PersonalValue, ...]
    events: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class HeldLine:
    """A property that client calls leave out. ``events`` counts those events, ``sent`` those whose server call has it."""

    path: str
    value: PersonalValue | None
    events: int
    sent: int


@dataclass(frozen=True)
class RefusedLine:
    """Sensitive events that the same destinations don't receive, for the same reason."""

    events: tuple[tuple[int, str], ...]
    destinations: tuple[str, ...]
    from_either_side: bool


def receiver_groups(lens: Lens, kinds: tuple[str, ...]) -> tuple[ReceiverGroup, ...]:
    """Return the table of who receives which of these kinds; receivers of the same category together."""
    rows = [ReceiverRow(item, tuple(_cell(item, kind) for kind in kinds)) for item in lens.receivers]
    grouped = groupby(rows, key=lambda row: row.receiver.group)
    return tuple(ReceiverGroup(name, tuple(members)) for name, members in grouped)


def call_lines(receiver: Receiver) -> tuple[CallLine, ...]:
    """Return the calls to a receiver, equal ones in one line with all their events."""
    lines: dict[tuple[object, ...], list[SentCall]] = {}
    for call in receiver.calls:
        lines.setdefault((call.side, call.library, call.mode, call.sensitive, call.values), []).append(call)
    return tuple(_line(calls) for calls in lines.values())


def held_lines(lens: Lens) -> tuple[HeldLine, ...]:
    """Return the properties that client calls leave out; those that hold personal data first."""
    places: dict[tuple[str, PersonalValue | None], list[HeldValue]] = {}
    for item in lens.held:
        places.setdefault((item.path, item.value), []).append(item)
    lines = [
        HeldLine(
            path, value, len({item.event for item in found}), len({item.event for item in found if item.by_server})
        )
        for (path, value), found in places.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.value is None))


def refused_lines(lens: Lens) -> tuple[RefusedLine, ...]:
    """Return who doesn't receive which sensitive events, events with the same answer in one line."""
    by_event: dict[tuple[int, str, bool], list[str]] = {}
    for item in lens.refused:
        by_event.setdefault((item.event, item.name, item.from_either_side), []).append(
            destination_name(item.destination)
        )
    lines: dict[tuple[tuple[str, ...], bool], list[tuple[int, str]]] = {}
    for (index, name, either), destinations in by_event.items():
        lines.setdefault((tuple(destinations), either), []).append((index, name))
    return tuple(RefusedLine(tuple(events), names, either) for (names, either), events in lines.items())


def _cell(receiver: Receiver, kind: str) -> KindCell:
    return KindCell(kind, tuple(_names(receiver, kind, "client")), tuple(_names(receiver, kind, "server")))


def _names(receiver: Receiver, kind: str, side: Side) -> Iterable[str]:
    """Return the names of a kind that the calls of one side carry, in their order: each property and each event once."""
    calls = [call for call in receiver.calls if call.side == side]
    if kind == SENSITIVE_EVENT:
        return {call.event: call.name for call in calls if call.sensitive}.values()
    return dict.fromkeys(value.path for values in _different(calls) for value in values if data_kind(value) == kind)


def _different(calls: list[SentCall]) -> Iterator[tuple[PersonalValue, ...]]:
    """Yield what the calls carry, each set of values once: in a large plan most calls carry the same."""
    yield from dict.fromkeys(call.values for call in calls)


def _line(calls: list[SentCall]) -> CallLine:
    first = calls[0]
    return CallLine(
        side=first.side,
        library=library_name(first.library),
        mode=first.mode,
        sensitive=first.sensitive,
        values=first.values,
        events=tuple((call.event, call.name) for call in calls),
    )
