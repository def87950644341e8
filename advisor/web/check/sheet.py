"""The content of ``/integrations`` for an explanation: a summary, the receivers, and objects as highlighted code."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec

from advisor.explain import Explanation, ObjectProblem, Verdict
from advisor.presentation.calls import Token
from advisor.text import join_names, plural

_TINTED = re.compile(r'("(?:[^"\\]|\\.)*"|\btrue\b|\bfalse\b)')
_CHIPS = {
    "receives": ("receives", "good"),
    "check": ("needs a check", "warn"),
    "unknown": ("unknown", "warn"),
    "does-not": ("does not", "off"),
}
_ALONE = {
    "receives": "{} receives it.",
    "check": "{} needs a check.",
    "unknown": "Whether {} receives it can’t be known.",
    "does-not": "{} doesn’t receive it.",
}
_READ_AS = {
    "integrations": "an integrations object",
    "options": "an options argument",
    "message": "a message",
    "call": "a whole call",
}


@dataclass(frozen=True)
class ReceiverLine:
    """One receiver: its verdict, and the text and style of its chip."""

    verdict: Verdict
    word: str
    chip: str


@dataclass(frozen=True)
class CheckSheet:
    """The content of the page. ``summary`` is one sentence; code that adds nothing to the explanation is empty."""

    explanation: Explanation
    summary: str
    read_as: str
    lines: tuple[ReceiverLine, ...]
    corrected: tuple[Token, ...]
    corrected_load: tuple[Token, ...]
    effective: tuple[Token, ...]

    @property
    def problems(self) -> tuple[ObjectProblem, ...]:
        """The problems of the object, the most severe first."""
        return self.explanation.problems


def sheet(explanation: Explanation, *, has_load: bool) -> CheckSheet:
    """Return the sheet of an explanation. It has the effective object only if there is a load-time object to merge."""
    receivers = [explanation.segment, *explanation.destinations]
    if explanation.warehouse:
        receivers.append(explanation.warehouse)
    return CheckSheet(
        explanation=explanation,
        summary=_summary(explanation),
        read_as=_READ_AS[explanation.read_as],
        lines=tuple(ReceiverLine(verdict, *_CHIPS[verdict.verdict]) for verdict in receivers),
        corrected=_code(explanation.corrected),
        corrected_load=_code(explanation.corrected_load),
        effective=_code(explanation.effective if has_load else None),
    )


def _summary(explanation: Explanation) -> str:
    destinations = explanation.destinations
    if not destinations:
        return "No destination is named here. Add those that you use."
    if len(destinations) == 1:
        return _ALONE[destinations[0].verdict].format(destinations[0].name)
    count = Counter(each.verdict for each in destinations)
    parts = [_receiving(count["receives"], len(destinations))]
    parts += [f"{count['check']} {plural(count['check'], 'needs', 'need')} a check"] if count["check"] else []
    parts += [f"{count['unknown']} can’t be known"] if count["unknown"] else []
    return join_names(parts) + "."


def _receiving(receiving: int, total: int) -> str:
    if receiving == total:
        return f"All {total:,} destinations receive it"
    number = f"{receiving:,}" if receiving else "None"
    return f"{number} of {total:,} destinations {'receive' if receiving > 1 else 'receives'} it"


def _code(value: dict[str, Any] | None) -> tuple[Token, ...]:
    """Return an object as JSON with true and false highlighted; empty for None."""
    if value is None:
        return ()
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return tuple(Token(piece, _css(piece)) for piece in _TINTED.split(text) if piece)


def _css(piece: str) -> str:
    return {"true": "k-t", "false": "k-f"}.get(piece, "")
