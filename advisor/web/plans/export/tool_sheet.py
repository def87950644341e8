"""What the page of an export to another tool shows: the kinds of losses, the files, and the beginning of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.formats.exchange import Loss, Written

_NAMED = 12
"""How many events a kind of loss names."""
LOOKED_AT = 262_144
"""How many bytes of a file a page shows."""


@dataclass(frozen=True, slots=True)
class LossKind:
    """A kind of loss: what can't be held, what is done about it, and the events that it concerns, the first by name."""

    what: str
    done: str
    count: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of an export: its path and how large it is."""

    path: str
    size: int


def loss_kinds(losses: Iterable[Loss]) -> tuple[LossKind, ...]:
    """Return losses by their kind, those of the plan as a whole first, then those of most events."""
    events: dict[tuple[str, str], dict[str, None]] = {}
    for each in losses:
        found = events.setdefault((each.what, each.done), {})
        if each.event:
            found.setdefault(each.event)
    kinds = [LossKind(what, done, len(names), tuple(names)[:_NAMED]) for (what, done), names in events.items()]
    return tuple(sorted(kinds, key=lambda kind: (kind.count > 0, -kind.count)))


def listed_files(written: Written) -> tuple[ListedFile, ...]:
    """Return the files of an export with their sizes, in the order in which they are written."""
    return tuple(ListedFile(path, len(data)) for path, data in written.files.items())


def beginning(data: bytes) -> tuple[str, bool]:
    """Return the text of a file as far as a page shows it, and whether that is all; no text for a file that is none."""
    if b"\0" in data[:LOOKED_AT]:
        return "", False
    return data[:LOOKED_AT].decode(errors="ignore").removeprefix("\ufeff"), len(data) <= LOOKED_AT
