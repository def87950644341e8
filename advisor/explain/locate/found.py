"""What is found in a pasted text: the ``integrations`` object in force, and one that was meant but isn't read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from advisor.explain.parse.values import Path, Value, Variable
from advisor.explain.report.explanation import ReadAs
from advisor.explain.report.problem import Problem
from advisor.model import CallType


class Absent(Enum):
    """No value at all.

    A type of its own, because a key may also hold null, which is None, or JavaScript's undefined, which is
    `advisor.explain.parse.values.Undefined`; the libraries treat the three differently.
    """

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class Stray(NamedTuple):
    """An object where the library doesn't read it, its path, and the problem that says so."""

    value: Value
    path: Path
    problem: Problem


@dataclass(frozen=True)
class Payload:
    """What a message as it was sent says besides its object: its ``_metadata``, and the batch's context."""

    metadata: Value | Absent = ABSENT
    metadata_path: Path = ()
    envelope: Value | Absent = ABSENT


@dataclass(frozen=True)
class Found:
    """The object in force and where it is, or `ABSENT`; ``meant`` is one at a place that the library doesn't read.

    ``call`` is the call type that the text itself gives. ``raises`` is True if the library refuses the call.
    ``message`` has the fields of the message under the names of the library's own API: ``userId`` and ``event`` in Node,
    ``user_id`` in Python, ``UserId`` in Go. It is an `OpenObject` where a spread may add fields, and None where the fields
    aren't in the text, as in ``track(message)``. ``refusal`` is the library's reason for refusing the call, if it gives one.
    ``doubt`` says what else the library may read, if a variable in the text decides. ``context`` is that of the message or
    of the options. ``payload`` is set if the text is a message as it was sent, not code. ``problems`` are those of the
    places in which objects are, in the order of the search.
    """

    read_as: ReadAs
    integrations: Value | Absent = ABSENT
    path: Path = ()
    call: CallType | None = None
    meant: Value | Absent = ABSENT
    meant_path: Path = ()
    raises: bool = False
    message: dict[str, Value] | None = None
    refusal: str | None = None
    doubt: str | None = None
    context: Value | Absent = ABSENT
    context_path: Path = ()
    payload: Payload | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def intended(self) -> tuple[Value | Absent, Path]:
        """The object that the author wrote, whether or not it is read."""
        is_name = isinstance(self.integrations, Variable) and self.meant is not ABSENT
        if self.integrations is ABSENT or is_name:
            return self.meant, self.meant_path
        return self.integrations, self.path

    def with_problems(self, problems: Iterable[Problem]) -> Found:
        """Return the same with further problems after its own."""
        return replace(self, problems=(*self.problems, *problems))
