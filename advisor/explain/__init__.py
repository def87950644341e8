"""Explains an ``integrations`` object: who receives the event and why, what is wrong, and what was probably meant.

Pure like the advice: no I/O, no clock, no randomness. ``docs/integrations-object.md`` describes the question and the answer.
"""

from advisor.explain.explain import explain
from advisor.explain.parse.paste import read_literal
from advisor.explain.parse.source import LiteralError
from advisor.explain.report.delivery_rules import DELIVERY_RULES
from advisor.explain.report.explanation import Explanation, Fault, Inquiry, InquiryError, ObjectProblem, Verdict, Where
from advisor.explain.report.problem_kinds import PROBLEMS
from advisor.explain.report.schema import schema
from advisor.explain.resolve import resolve

__all__ = [
    "DELIVERY_RULES",
    "PROBLEMS",
    "Explanation",
    "Fault",
    "Inquiry",
    "InquiryError",
    "LiteralError",
    "ObjectProblem",
    "Verdict",
    "Where",
    "explain",
    "read_literal",
    "resolve",
    "schema",
]
