"""What is found in a pasted text: the ``integrations`` object in force, and one that was meant but isn't read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from advisor.explain.parse.values import Path, Value, Variable
from advisor.explain.report.explanation import ReadAs
from advisor.model import CallType


class Absent(Enum):
    """No value at all, which is not the same as null."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


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
    aren't in the text, as in ``track(message)``. ``refusal`` is the library's reason for refusing the call. ``doubt`` says
    what else the library may read, if a variable in the text decides. ``context`` is that of the message or of the options.
    ``payload`` is set if the text is a message as it was sent, not code.
    """

    read_as: ReadAs
    integrations: Value | Absent = ABSENT
    path: Path = ()
    call: CallType | None = None
    meant: Value | Absent = ABSENT
    meant_path: Path = ()
    raises: bool = False
    message: dict[str, Value] | None = None
    refusal: str = ""
    doubt: str = ""
    context: Value | Absent = ABSENT
    context_path: Path = ()
    payload: Payload | None = None

    @property
    def intended(self) -> tuple[Value | Absent, Path]:
        """The object that the author wrote, whether or not it is read."""
        is_name = isinstance(self.integrations, Variable) and self.meant is not ABSENT
        if self.integrations is ABSENT or is_name:
            return self.meant, self.meant_path
        return self.integrations, self.path
