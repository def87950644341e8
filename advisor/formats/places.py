"""Says where in a file something is, and reports what is wrong or was noticed there.

Every reader of a format uses these types: a `Place` leads to a line and column, a `Notice` says something about a place,
and a `FormatError` refuses a file with up to `MAX_PROBLEMS` notices.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from msgspec import Struct

from advisor.document.problems import Path, pointer
from advisor.document_limits import MAX_PROBLEMS
from advisor.text import escape_invisible as visible
from advisor.text import quote as shown

__all__ = [
    "FormatError",
    "Notice",
    "Path",
    "Place",
    "TooMuchError",
    "pointer",
    "refusal",
    "shown",
    "too_much",
    "visible",
]


class Place(Struct, frozen=True):
    """A place in a file. Lines and columns count from 1; ``pointer`` is a JSON pointer into the file's value."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    pointer: str = ""

    def __str__(self) -> str:
        """Return the place for people, as ``plan.json, line 3, column 5``."""
        parts = [visible(self.file)] if self.file else []
        parts += [f"line {self.line}"] if self.line else []
        parts += [f"column {self.column}"] if self.column else []
        return ", ".join(parts) or self.pointer


class Notice(Struct, frozen=True):
    """A warning or an error about one place. Its fields are those of a warning in ``--json-report``."""

    file: str
    line: int | None
    column: int | None
    pointer: str
    message: str

    @classmethod
    def at(cls, place: Place, message: str) -> Notice:
        """Return a notice about a place."""
        return cls(place.file, place.line, place.column, place.pointer, message)

    @property
    def place(self) -> Place:
        """The place that the notice is about."""
        return Place(self.file, self.line, self.column, self.pointer)

    def __str__(self) -> str:
        """Return the notice on one line: where it is, and what it says."""
        place = str(self.place)
        return f"{place}: {self.message}" if place else self.message


class FormatError(ValueError):
    """Raised when files are refused. ``problems`` holds 1 to `MAX_PROBLEMS` notices; nothing was read."""

    def __init__(self, problems: Iterable[Notice]) -> None:
        self.problems: tuple[Notice, ...] = tuple(islice(problems, MAX_PROBLEMS))
        super().__init__("\n".join(map(str, self.problems)))


class TooMuchError(FormatError):
    """Raised when a file is what it looks like, and is too deep or holds too much to be read."""


def too_much(place: Place, message: str) -> TooMuchError:
    """Return the error for a file that exceeds a limit."""
    return TooMuchError([Notice.at(place, message)])


def refusal(place: Place, message: str) -> FormatError:
    """Return the error for files that are refused for one reason."""
    return FormatError([Notice.at(place, message)])
