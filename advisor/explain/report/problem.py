"""A problem of what was pasted, and the list of problems that an explanation shows.

Each step of `advisor.explain.explain` returns its problems as values of `Problem`, with the path of the part that is wrong.
`place_problems` puts them into their order, with line and column.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from advisor.document_limits import MAX_PROBLEMS
from advisor.explain.parse.values import Path
from advisor.explain.report.explanation import Input, ObjectProblem, Where
from advisor.explain.report.pasted import Pasted
from advisor.explain.report.problem_kinds import PROBLEMS
from advisor.knowledge.findings import SEVERITIES


class Problem(Struct, frozen=True):
    """Something that doesn't do what it seems to do: its code, where it is, a message, how to fix it, and a source."""

    code: str
    path: Path
    message: str
    fix: str
    citation: str
    source: Input = "object"


def place_problems(problems: Iterable[Problem], pasted: Pasted) -> tuple[ObjectProblem, ...]:
    """Return the problems with their places: each one once, the most severe first, then in the order of the text.

    Problems at the same place stay in the order in which they are given.
    """
    once: dict[tuple[str, Where, str], ObjectProblem] = {}
    for each in problems:
        placed = _place(each, pasted)
        once.setdefault((placed.code, placed.where, placed.message), placed)
    return tuple(sorted(once.values(), key=_order)[:MAX_PROBLEMS])


def _place(problem: Problem, pasted: Pasted) -> ObjectProblem:
    return ObjectProblem(
        code=problem.code,
        severity=PROBLEMS[problem.code].severity,
        message=problem.message,
        fix=problem.fix,
        where=pasted.where(problem.path, problem.source),
        citation=problem.citation,
    )


def _order(problem: ObjectProblem) -> tuple[int, bool, int, int]:
    where = problem.where
    return (SEVERITIES.index(problem.severity), where.input != "object", where.line or 0, where.column or 0)
