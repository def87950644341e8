"""Answers one inquiry, step by step: read the texts, find the objects, merge them, judge, check, correct.

Each step is a function of values. What is wrong is among the values that it returns: `Found`, `LoadTimeObject` and
`Circumstances` have their ``problems``, a judge returns verdicts only, and a check returns problems only. Used by
`advisor.explain`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from advisor.explain.check.demands import check_demands
from advisor.explain.check.entries import check_entries, list_entries
from advisor.explain.check.receivers import check_receiver, check_warehouse
from advisor.explain.check.segment import check_segment
from advisor.explain.check.whole import check_duplicates, check_unread_load, check_whole
from advisor.explain.correct import correct, list_texts
from advisor.explain.judge.destination import judge_destination
from advisor.explain.judge.effective import merge, plain
from advisor.explain.judge.names import name_keys
from advisor.explain.judge.segment import judge_segment
from advisor.explain.judge.situation import Situation
from advisor.explain.judge.warehouse import judge_warehouse
from advisor.explain.locate.argument_places import PLACEMENTS
from advisor.explain.locate.call import locate_in_call
from advisor.explain.locate.circumstances import read_circumstances
from advisor.explain.locate.found import Found
from advisor.explain.locate.load_call import LoadTimeObject, locate_load
from advisor.explain.locate.message import locate_in_value
from advisor.explain.parse.values import Invocation, Literal
from advisor.explain.report.explanation import Explanation, Inquiry
from advisor.explain.report.pasted import Pasted
from advisor.explain.report.problem import place_problems
from advisor.explain.resolve import resolve_inquiry
from advisor.knowledge.libraries import Library
from advisor.knowledge.ruleset import RULESET
from advisor.model import CallType


def explain(inquiry: Inquiry) -> Explanation:
    """Return the explanation of an object. Raises `InquiryError` if the inquiry can't be understood."""
    question = resolve_inquiry(inquiry)
    pasted, library = question.pasted, question.library

    found = _locate(pasted.object, library.key)
    loaded = None if pasted.load is None else locate_load(pasted.load)
    entries = list_entries(found, loaded)
    names = name_keys((entry.key for entry in entries), question.tools, list_texts(found.intended[0]))

    at = _situation(found, loaded, library, inquiry.call, pasted)
    verdicts = [(tool, judge_destination(tool, at)) for tool in names.tools.values()]
    warehouse = judge_warehouse(at) if inquiry.warehouse else None

    problems = place_problems(
        chain(
            found.problems,
            check_whole(*found.intended),
            check_duplicates(pasted),
            check_unread_load(pasted) if library.key == "analytics.js" else (),
            loaded.problems if loaded else (),
            at.circumstances.problems,
            check_segment(at),
            check_entries(entries, names, at),
            *(check_receiver(tool, verdict, at) for tool, verdict in verdicts),
            check_warehouse(warehouse, at) if warehouse else (),
        ),
        pasted,
    )
    is_wrong = any(problem.severity != "info" for problem in problems)
    corrections = correct(found, names, at, warehouse=inquiry.warehouse) if is_wrong else (None, None)
    return Explanation(
        ruleset=RULESET,
        library=library.key,
        call=at.call,
        read_as=found.read_as,
        effective=plain(at.effective.entries) if _is_known(found, at) else None,
        segment=at.segment,
        destinations=tuple(verdict for _, verdict in verdicts),
        warehouse=warehouse,
        problems=problems,
        corrected=corrections[0],
        corrected_load=corrections[1],
        placement=PLACEMENTS[library.key],
    )


def _locate(literal: Literal, library: str) -> Found:
    """Return what is found in the pasted text of the call, which the library may refuse."""
    if not isinstance(literal.value, Invocation):
        return locate_in_value(literal.value, library)
    found = locate_in_call(literal.value, library, literal.calls)
    refusal = check_demands(found, library, literal)
    if refusal is None:
        return found
    return replace(found, raises=True, refusal=refusal.message).with_problems([refusal])


def _situation(
    found: Found, loaded: LoadTimeObject | None, library: Library, asked: CallType | None, pasted: Pasted
) -> Situation:
    """Return what the verdicts depend on: the object in force, and what the texts say besides it."""
    effective = merge(found, loaded, library.key)
    circumstances = read_circumstances(found, library)
    segment = judge_segment(effective, library, found, circumstances)
    return Situation(library, found.call or asked, effective, segment, circumstances, found.doubt, pasted)


def _is_known(found: Found, at: Situation) -> bool:
    """Return whether the object in force is known. A call that the library refuses still carries its object."""
    is_read = at.effective.use == "object" or (found.raises and isinstance(found.integrations, dict))
    return is_read and not at.effective.unknown
