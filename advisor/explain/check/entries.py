"""Lists the entries that the author wrote, and checks the key and the value of each. Used by `explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.explain.check.keys import check_key
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


def check_entry(entry: PastedEntry, names: Names, at: Situation) -> Iterator[Problem]:
    """Yield everything that is wrong with the key and the value of one entry."""
    yield from (
        Problem(remark.code, entry.path, remark.message, remark.fix, remark.citation, entry.source)
        for remark in (
            *check_key(entry.key, entry.value, names, at.library, at.effective.entries),
            *check_value(entry.key, entry.value, entry.source),
        )
    )
