"""The formats of other tools that a plan can be taken to: their list, and what one of them would hold of this plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.formats.exchange import Format, Loss, WriteOptions, Written, formats
from advisor.model import Plan

_OWN_PAGES = frozenset({"tracking-plan", "html", "decision-record"})
"""Formats that the page offers in another way: as the plan document, the report and the record."""
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


def tool_formats() -> tuple[Format, ...]:
    """Return the formats of other tools that can be written, in the order of the registry."""
    return tuple(each for each in formats().values() if each.writes and each.key not in _OWN_PAGES)


def formats_of_origin(plan: Plan) -> frozenset[str]:
    """Return the keys of the formats whose own data the plan keeps: it came from a file in one of them."""
    owners = (plan, *plan.events)
    kept = {key for each in owners if isinstance(each.extra, dict) for key in each.extra}
    return frozenset(each.key for each in tool_formats() if each.extra_key in kept)


def write_for_tool(plan: Plan, form: Format, options: WriteOptions) -> Written:
    """Return the files of a plan in the format of a tool. Raises `FormatError` for a plan that it can't hold at all."""
    assert form.write is not None
    return form.write(plan, options)


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
