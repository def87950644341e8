"""Answers one inquiry, step by step: read the texts, find the object, merge, judge every receiver, correct.

Used by `advisor.explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

from advisor.advice.reach.network import Tool, tool
from advisor.explain.check.demands import refused
from advisor.explain.check.keys import on_key
from advisor.explain.check.receivers import check_receiver, judge_warehouse
from advisor.explain.check.values import on_value
from advisor.explain.check.whole import check_whole, report_duplicates
from advisor.explain.correct import Corrector
from advisor.explain.judge.destination import judge
from advisor.explain.judge.effective import Loaded, merge, plain
from advisor.explain.judge.names import Names
from advisor.explain.judge.segment import judge_segment
from advisor.explain.judge.situation import Situation
from advisor.explain.locate.argument_places import PLACEMENTS
from advisor.explain.locate.call import read_invocation
from advisor.explain.locate.circumstances import read_circumstances
from advisor.explain.locate.found import ABSENT, Absent, Found
from advisor.explain.locate.load_call import read_load
from advisor.explain.locate.message import read_object
from advisor.explain.parse.values import Invocation, Literal, Path, Undefined, Value, Variable
from advisor.explain.report.explanation import Explanation, Input, Inquiry
from advisor.explain.report.report import Report
from advisor.explain.resolve import MAX_DESTINATIONS, Answerable, function_tool, understand
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.ruleset import RULESET
from advisor.model import CallType, Destination


@dataclass(frozen=True)
class _Entry:
    """One entry of a pasted object, and its place."""

    key: str
    value: Value
    path: Path
    source: Input


@dataclass(frozen=True)
class _Material:
    """The parts of an inquiry after reading."""

    given: Answerable
    report: Report
    found: Found
    loaded: Loaded | None

    @property
    def entries(self) -> Iterator[_Entry]:
        """The entries that the author wrote, those of the call first."""
        yield from _entries(*self.found.intended, "object")
        if self.loaded:
            yield from _entries(self.loaded.entries, self.loaded.path, "load")


def explain(inquiry: Inquiry) -> Explanation:
    """Return the explanation of an object. Raises `InquiryError` if the inquiry can't be understood."""
    material = _gather(understand(inquiry))
    report, found, library = material.report, material.found, material.given.library
    at = _situation(material, inquiry.call)
    names = _names(material)
    for entry in material.entries:
        _check(entry, names, material, at)
    verdicts = tuple((known, judge(known, at)) for known in names.tools.values())
    for known, verdict in verdicts:
        check_receiver(known, verdict, at)
    warehouse = judge_warehouse(at) if inquiry.warehouse else None
    corrected, corrected_load = _corrections(material, Corrector(names, at, warehouse=inquiry.warehouse))
    # A call that the library refuses still carries its object.
    is_read = at.effective.use == "object" or (found.raises and isinstance(found.integrations, dict))
    is_known = is_read and not at.effective.unknown
    return Explanation(
        ruleset=RULESET,
        library=library.key,
        call=at.call,
        read_as=found.read_as,
        effective=plain(at.effective.entries) if is_known else None,
        segment=at.segment,
        destinations=tuple(verdict for _, verdict in verdicts),
        warehouse=warehouse,
        problems=report.problems(),
        corrected=corrected,
        corrected_load=corrected_load,
        placement=PLACEMENTS[library.key],
    )


def _corrections(
    material: _Material, corrector: Corrector
) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    """Return the corrected objects of the call and of the load, None for one that needs no correction."""
    if not any(problem.severity != "info" for problem in material.report.problems()):
        return None, None
    intended, _ = material.found.intended
    loaded = material.loaded.entries if material.loaded else None
    corrected = None if intended is ABSENT else corrector.of_call(intended)
    corrected_load = None if loaded is None else corrector.of_load(loaded, corrected)
    given = material.found.integrations
    in_force = given if not isinstance(given, Variable) else intended
    return _if_changed(corrected, in_force), _if_changed(corrected_load, ABSENT if loaded is None else loaded)


def _gather(given: Answerable) -> _Material:
    pasted: dict[Input, Literal] = {"object": given.object}
    if given.load is not None:
        pasted["load"] = given.load
    report = Report(pasted)
    value = given.object.value
    if isinstance(value, Invocation):
        found = refused(read_invocation(value, given.library.key, report), given.library.key, report)
    else:
        found = read_object(value, given.library.key, report)
    check_whole(*found.intended, report)
    report_duplicates(pasted, report)
    loaded = read_load(given.load, report) if given.load is not None else None
    return _Material(given, report, found, loaded)


def _situation(material: _Material, asked: CallType | None) -> Situation:
    library, found, report = material.given.library, material.found, material.report
    effective = merge(found, material.loaded, library.key)
    told = read_circumstances(found, library, report)
    segment = judge_segment(effective, library, report, refusal=found.refusal, arrived=told.marks)
    return Situation(library, found.call or asked, effective, segment, report, told, found.doubt)


def _entries(value: Value | Absent, path: Path, source: Input) -> Iterator[_Entry]:
    if isinstance(value, dict):
        yield from (_Entry(key, each, (*path, key), source) for key, each in value.items())


def _check(entry: _Entry, names: Names, material: _Material, at: Situation) -> None:
    """Report everything about the key and the value of one entry."""
    remarks = on_key(entry.key, entry.value, names, material.given.library, at.effective.entries)
    for remark in (*remarks, *on_value(entry.key, entry.value, entry.source)):
        material.report.add(remark.code, entry.path, remark.message, remark.fix, remark.citation, entry.source)


def _names(material: _Material) -> Names:
    """Return what keys name in this inquiry. The destinations are the chosen ones, or else those that the object names."""
    keys = [entry.key for entry in material.entries]
    chosen = material.given.tools
    names = Names(chosen or {}, chosen=bool(chosen), entries=frozenset(keys))
    if not chosen:
        names.tools.update(islice(_named(names, keys), MAX_DESTINATIONS))
    return names


def _named(names: Names, keys: Iterable[str]) -> Iterator[tuple[str, Tool]]:
    for key in keys:
        naming = names.naming(key)
        if naming.kind == "function":
            yield key, function_tool(key)
            continue
        named = key if naming.kind == "exact" else naming.meant
        if named is not None and named in CATALOGUE:
            yield named, tool(Destination(key=named))


def _if_changed(corrected: dict[str, object] | None, given: Value | Absent) -> dict[str, object] | None:
    """Return the corrected object, or None if it equals the given one."""
    if corrected is None or not isinstance(given, dict) or Undefined.UNDEFINED in given.values():
        return corrected
    # Compared as JSON, because 1 equals True in Python.
    written, read = (msgspec.json.encode(each, order="sorted") for each in (corrected, plain(given)))
    return None if written == read else corrected
