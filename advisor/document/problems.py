"""The problems of a document: what is wrong and where, collected and sorted in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from advisor.document_limits import MAX_PROBLEMS
from advisor.knowledge.findings import FINDINGS
from advisor.model import Finding

Kind = Literal["json", "plan", "size"]
Path = tuple[str | int, ...]
"""A place in a document: the keys and indexes that lead to it."""


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong. ``pointer`` is the JSON pointer (RFC 6901) of its place; empty for the whole document."""

    code: str
    message: str
    pointer: str


class DocumentError(ValueError):
    """Raised when a document is refused. ``kind`` says by which check; ``errors`` holds 1 to 100 problems.

    ``json``: it is not JSON that we accept; ``plan``: it is JSON but no valid plan; ``size``: it is too large.
    """

    def __init__(self, kind: Kind, errors: Iterable[Problem]) -> None:
        self.kind: Kind = kind
        self.errors: tuple[Problem, ...] = tuple(islice(errors, MAX_PROBLEMS))
        super().__init__("\n".join(f"{error.pointer}: {error.message}" for error in self.errors))


class Found(NamedTuple):
    """A problem whose place is still a path."""

    path: Path
    code: str
    message: str

    def problem(self) -> Problem:
        """Return the same problem with a JSON pointer."""
        return Problem(code=self.code, message=self.message, pointer=pointer(self.path))


class EnoughFound(Exception):  # noqa: N818 - not an error: it ends a search that has found all we report
    """Raised to stop checking once `MAX_PROBLEMS` problems have been collected."""


@dataclass
class Remarks:
    """Collects what is noticed while a document is read: problems, and notes about what was replaced."""

    problems: list[Found]
    notes: list[Finding]

    def problem(self, path: Path, code: str, message: str) -> None:
        """Add a problem. Raises `EnoughFound` after the last one that can be reported."""
        self.problems.append(Found(path, code, message))
        if len(self.problems) >= MAX_PROBLEMS:
            raise EnoughFound

    def note(self, path: Path, code: str, message: str) -> None:
        """Add a note for the plan's author. The path leads into the plan as it is read."""
        self.notes.append(Finding(code=code, severity=FINDINGS[code].severity, message=message, pointer=pointer(path)))


def pointer(path: Path) -> str:
    """Return the JSON pointer of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def in_document_order(found: Iterable[Found], tree: object) -> list[Found]:
    """Return the problems in the order of the document; a missing key comes where its object begins."""
    return sorted(found, key=lambda each: _position(tree, each.path))


def _position(node: Any, path: Path) -> list[int]:
    position = []
    for part in path:
        if isinstance(node, dict):
            position.append(list(node).index(part) if part in node else -1)
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            position.append(part)
            node = node[part]
    return position
