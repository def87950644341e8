"""The inquiry about an object and its explanation: frozen structs, written as JSON in the order of their fields.

``docs/integrations-object.md`` describes them.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from advisor.model import CallType, Destination, Mode, Severity

FORMAT = "integrations-check/1"
VERDICTS = ("receives", "check", "unknown", "does-not")

Outcome = Literal["receives", "check", "unknown", "does-not"]
"""``check``: the evidence points one way, and the text says what to check; ``unknown``: nothing is published about it."""
Input = Literal["object", "load"]
"""One of the two pasted texts: that of the call, or that of ``analytics.load``."""
ReadAs = Literal["integrations", "options", "message", "call"]


class Inquiry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about an object.

    ``object`` and ``load`` are the pasted text, or the value itself; ``load`` is for Analytics.js only.
    Each of ``destinations`` is a name, or an entry as a plan has it; without any, those that the object names count.
    """

    object: Any
    library: str
    load: Any = None
    destinations: tuple[Destination | str, ...] = ()
    call: CallType | None = None
    warehouse: bool = False


class Where(Struct, frozen=True, kw_only=True):
    """A place in a pasted text: a JSON pointer into it, and line and column (from 1) if it was text."""

    input: Input
    pointer: str
    line: int | None = None
    column: int | None = None


class ObjectProblem(Struct, frozen=True, kw_only=True):
    """Something that doesn't do what it seems to do, and how to fix it."""

    code: str
    severity: Severity
    message: str
    fix: str
    where: Where
    citation: str


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether one receiver gets the event, in which mode, and the rule and the entry that decided."""

    key: str
    name: str
    verdict: Outcome
    mode: Mode | None
    rule: str
    text: str
    citation: str
    decided_by: Where | None = None


class Explanation(Struct, frozen=True, kw_only=True):
    """The answer to an inquiry.

    ``effective`` is the object as the call carries it, load-time entries included; null if it can't be known.
    ``corrected`` is the object that was probably meant, null if there is nothing to correct; likewise for the load.
    """

    format: str = FORMAT
    ruleset: str
    library: str
    call: CallType | None
    read_as: ReadAs
    effective: dict[str, Any] | None
    segment: Verdict
    destinations: tuple[Verdict, ...]
    warehouse: Verdict | None
    problems: tuple[ObjectProblem, ...]
    corrected: dict[str, Any] | None
    corrected_load: dict[str, Any] | None
    placement: str


class Fault(Struct, frozen=True, kw_only=True):
    """Why a question can't be answered. ``pointer`` is a JSON pointer into the question."""

    code: str
    message: str
    pointer: str
    line: int | None = field(default=None)
    column: int | None = field(default=None)


class InquiryError(ValueError):
    """The error for a question that can't be answered; ``faults`` says why, in the order of the question."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{fault.pointer}: {fault.message}" for fault in faults))
