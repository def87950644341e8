"""Collects the problems of one check, each with its place in what was pasted."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.explain.explanation import Input, ObjectProblem, Where
from advisor.explain.problem_kinds import PROBLEMS
from advisor.explain.values import Literal, Path
from advisor.knowledge.findings import SEVERITIES

MAX_PROBLEMS = 100
"""An explanation lists at most so many, the gravest first."""
_SHOWN_LENGTH = 60


class Report:
    """The problems found so far in the pasted ``object`` and ``load``."""

    def __init__(self, pasted: dict[Input, Literal]) -> None:
        self.pasted = pasted
        self._found: dict[tuple[str, Where, str], ObjectProblem] = {}

    def where(self, path: Path, source: Input = "object") -> Where:
        """The place of a path in what was pasted."""
        place = self.pasted[source].place(path)
        line, column = place or (None, None)
        return Where(input=source, pointer=pointer(path), line=line, column=column)

    def add(self, code: str, path: Path, message: str, fix: str, citation: str, source: Input = "object") -> None:
        """Note a problem; the same one at the same place counts once."""
        where = self.where(path, source)
        severity = PROBLEMS[code].severity
        problem = ObjectProblem(code=code, severity=severity, message=message, fix=fix, where=where, citation=citation)
        self._found.setdefault((code, where, message), problem)

    def problems(self) -> tuple[ObjectProblem, ...]:
        """All of them: the gravest first, then as they stand in the text."""
        ordered = sorted(self._found.values(), key=_order)
        return tuple(ordered[:MAX_PROBLEMS])


def _order(problem: ObjectProblem) -> tuple[int, bool, int, int]:
    where = problem.where
    return (SEVERITIES.index(problem.severity), where.input != "object", where.line or 0, where.column or 0)


def pointer(path: Path) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def quoted(text: str) -> str:
    """Text of the pasted object as a message shows it: quoted, on one line, nothing invisible, not too long."""
    short = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    visible = (char if char.isprintable() else char.encode("unicode-escape").decode() for char in short)
    return f"“{''.join(visible)}”"


def listed(names: Iterable[str]) -> str:
    """A choice as a sentence has it: ``A, B or C``."""
    items = list(names)
    return " or ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
