"""Explains an ``integrations`` object: who receives the event and why, what is wrong, and what was probably meant.

Pure like the advice: no I/O, no clock, no randomness. ``docs/integrations-object.md`` describes the question and the answer.
"""

from advisor.explain.answering import explain
from advisor.explain.explanation import (
    Explanation,
    Fault,
    Inquiry,
    InquiryError,
    ObjectProblem,
    Verdict,
    Where,
)
from advisor.explain.inquiring import resolve
from advisor.explain.literal import read_literal
from advisor.explain.parse.source import LiteralError
from advisor.explain.problem_kinds import PROBLEMS
from advisor.explain.rules_of_delivery import DELIVERY_RULES
from advisor.explain.schema import schema

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
