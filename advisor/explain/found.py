"""What a pasted text turns out to hold: the ``integrations`` object in force, and one that was meant but isn't read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from advisor.explain.explanation import ReadAs
from advisor.explain.values import Path, Value
from advisor.model import CallType


class Absent(Enum):
    """No value at all, which is not the same as null."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True)
class Found:
    """The object in force and where it is, or `ABSENT`; ``meant`` is one at a place that the library doesn't read.

    ``call`` is the call type that the text itself tells. ``raises``: the library refuses the call as it stands.
    ``message`` has the fields of the message under the names of the library's own API: ``userId`` and ``event`` in Node,
    ``user_id`` in Python, ``UserId`` in Go. It is an `OpenObject` where a spread may add fields, and None where the fields
    aren't in the text, as in ``track(message)``.
    """

    read_as: ReadAs
    integrations: Value | Absent = ABSENT
    path: Path = ()
    call: CallType | None = None
    meant: Value | Absent = ABSENT
    meant_path: Path = ()
    raises: bool = False
    message: dict[str, Value] | None = None

    @property
    def intended(self) -> tuple[Value | Absent, Path]:
        """The object that the author wrote, whether or not it is read."""
        if self.integrations is ABSENT:
            return self.meant, self.meant_path
        return self.integrations, self.path
