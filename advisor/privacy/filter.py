"""Narrows the privacy lens to some kinds of data and to one side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from advisor.knowledge.personal_kinds import PERSONAL_KINDS
from advisor.model import Side
from advisor.privacy.lens import Lens
from advisor.privacy.receivers import Receiver, SentCall, passing_calls
from advisor.privacy.values import PersonalValue

UNNAMED, SENSITIVE_EVENT = "unnamed", "event"
DATA_KINDS: dict[str, str] = {
    **{str(kind): word for kind, word in PERSONAL_KINDS.items()},
    UNNAMED: "No kind said",
    SENSITIVE_EVENT: "Sensitive event",
}
"""What a call can tell of a person, in the order of the columns: the kinds of personal data, values that are sensitive
without a kind, and that a sensitive event happened at all."""


@dataclass(frozen=True)
class LensFilter:
    """The kinds of data to show (all if there are none), and the side whose calls to show (both if empty)."""

    kinds: tuple[str, ...] = ()
    side: Side | Literal[""] = ""

    @property
    def is_on(self) -> bool:
        """Whether the filter leaves anything out."""
        return bool(self.kinds or self.side)

    def narrow(self, lens: Lens) -> Lens:
        """Return the lens with only the calls and values that the filter lets through. The summary stays whole."""
        if not self.is_on:
            return lens
        receivers = tuple(replace(item, calls=tuple(self._calls(item))) for item in lens.receivers)
        return replace(lens, receivers=receivers)

    def _calls(self, receiver: Receiver) -> Iterator[SentCall]:
        for call in receiver.calls:
            if self.side in ("", call.side):
                values = tuple(value for value in call.values if self._shows(data_kind(value)))
                if values or (call.sensitive and self._shows(SENSITIVE_EVENT)):
                    yield replace(call, values=values)

    def _shows(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def data_kind(value: PersonalValue) -> str:
    """Return the kind of data of a value, a key of `DATA_KINDS`."""
    return value.kind or UNNAMED


def kinds_in(lens: Lens) -> tuple[str, ...]:
    """Return the kinds of data that the calls of a plan carry, in the order of `DATA_KINDS`."""
    calls = passing_calls(lens.receivers)
    found = {data_kind(value) for call in calls for value in call.values}
    found |= {SENSITIVE_EVENT} if any(call.sensitive for call in calls) else set()
    return tuple(kind for kind in DATA_KINDS if kind in found)
