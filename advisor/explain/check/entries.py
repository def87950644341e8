"""Lists the entries that the author wrote, and checks the key and the value of each. Used by `explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.explain.check.keys import Closed, check_key, closed_by
from advisor.explain.check.values import check_value
from advisor.explain.judge.names import Names
from advisor.explain.judge.situation import Situation
from advisor.explain.locate.found import Absent, Found
from advisor.explain.locate.load_call import LoadTimeObject
from advisor.explain.parse.values import Path, Value
from advisor.explain.report.explanation import Input
from advisor.explain.report.problem import Problem


@dataclass(frozen=True)
class PastedEntry:
    """One entry of a pasted object, and its place."""

    key: str
    value: Value
    path: Path
    source: Input


def list_entries(found: Found, loaded: LoadTimeObject | None) -> tuple[PastedEntry, ...]:
    """Return the entries that the author wrote, whether or not they are read, those of the call first."""
    of_load = _entries(loaded.entries, loaded.path, "load") if loaded else ()
    return (*_entries(*found.intended, "object"), *of_load)


def _entries(value: Value | Absent, path: Path, source: Input) -> Iterator[PastedEntry]:
    if isinstance(value, dict):
        yield from (PastedEntry(key, each, (*path, key), source) for key, each in value.items())


def check_entries(entries: Iterable[PastedEntry], names: Names, at: Situation) -> Iterator[Problem]:
    """Yield everything that is wrong with the keys and the values of the entries, one after another."""
    closed = closed_by(names, at.effective.entries)
    for entry in entries:
        yield from _check_entry(entry, names, at, closed)


def _check_entry(entry: PastedEntry, names: Names, at: Situation, closed: Closed) -> Iterator[Problem]:
    yield from (
        Problem(remark.code, entry.path, remark.message, remark.fix, remark.citation, entry.source)
        for remark in (
            *check_key(entry.key, entry.value, names, at.library, closed),
            *check_value(entry.key, entry.value, entry.source),
        )
    )
