"""Collects the problems of one check, each with its place in what was pasted."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.explain.parse.values import Literal, Path
from advisor.explain.report.explanation import Input, ObjectProblem, Where
from advisor.explain.report.problem_kinds import PROBLEMS
from advisor.knowledge.findings import SEVERITIES

MAX_PROBLEMS = 100
"""The maximum number of problems in an explanation, the most severe first."""
_SHOWN_LENGTH = 60


class Report:
    """The problems found so far in the pasted ``object`` and ``load``."""

    def __init__(self, pasted: dict[Input, Literal]) -> None:
        self.pasted = pasted
        self._found: dict[tuple[str, Where, str], ObjectProblem] = {}

    def where(self, path: Path, source: Input = "object") -> Where:
        """Return the place of a path in a pasted text."""
        place = self.pasted[source].place(path)
        line, column = place or (None, None)
        return Where(input=source, pointer=pointer(path), line=line, column=column)

    def add(self, code: str, path: Path, message: str, fix: str, citation: str, source: Input = "object") -> None:
        """Add a problem; the same one at the same place counts once."""
        where = self.where(path, source)
        severity = PROBLEMS[code].severity
        problem = ObjectProblem(code=code, severity=severity, message=message, fix=fix, where=where, citation=citation)
        self._found.setdefault((code, where, message), problem)

    def problems(self) -> tuple[ObjectProblem, ...]:
        """Return the problems: the most severe first, then in the order of the text."""
        ordered = sorted(self._found.values(), key=_order)
        return tuple(ordered[:MAX_PROBLEMS])


def _order(problem: ObjectProblem) -> tuple[int, bool, int, int]:
    where = problem.where
    return (SEVERITIES.index(problem.severity), where.input != "object", where.line or 0, where.column or 0)


def pointer(path: Path) -> str:
    """Return the JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def quoted(text: str) -> str:
    """Return pasted text as a message shows it: quoted, on one line, without invisible characters, shortened."""
    short = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    visible = (char if char.isprintable() else char.encode("unicode-escape").decode() for char in short)
    return f"“{''.join(visible)}”"


def listed(names: Iterable[str]) -> str:
    """Return names as a choice in a sentence: ``A, B or C``."""
    items = list(names)
    return " or ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
