"""The personal and sensitive properties of an event, and which of them a call carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import Struct

from advisor.advice.reach.masking import is_masked
from advisor.knowledge.personal_kinds import guessed_kind
from advisor.model import Call, Event, Personal, Plan, Property, with_all_properties


class PersonalValue(Struct, frozen=True, kw_only=True, gc=False):
    """A property that holds personal data, or that is marked as sensitive.

    ``path`` is its name after those of its parents. ``is_guess`` says that only the name suggests the kind. The kind is
    empty if the property is sensitive, nobody said which kind it is, and the name suggests none.
    """

    path: str
    kind: Personal
    is_guess: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class EventValues:
    """The personal values of one event: all of them, and those that a client call may carry."""

    all: tuple[PersonalValue, ...]
    open: tuple[PersonalValue, ...]

    def carried_by(self, call: Call) -> tuple[PersonalValue, ...]:
        """Return the values that this call carries. A client call carries none that is masked."""
        return self.all if call.side == "server" else self.open


def event_values(plan: Plan, event: Event) -> EventValues:
    """Return the personal values of an event of the plan. The plan's common properties count."""
    found = tuple(_values(with_all_properties(plan, event).properties, "", masked=False))
    return EventValues(
        all=tuple(value for value, _ in found), open=tuple(value for value, masked in found if not masked)
    )


def personal_value(item: Property, path: str) -> PersonalValue | None:
    """Return the property as a personal value; None if nothing says or suggests that it is one."""
    guess = guessed_kind(item.name) if not item.personal else ""
    if not (item.personal or guess or item.sensitive):
        return None
    kind = item.personal or guess
    return PersonalValue(path=path, kind=kind, is_guess=bool(guess), sensitive=item.sensitive)


def _values(properties: tuple[Property, ...], before: str, *, masked: bool) -> Iterator[tuple[PersonalValue, bool]]:
    """Yield the values at this level and below, and whether each is masked: by itself, or because a parent is."""
    for item in properties:
        is_hidden = masked or is_masked(item)
        if value := personal_value(item, before + item.name):
            yield value, is_hidden
        if item.properties:
            yield from _values(item.properties, f"{before}{item.name}.", masked=is_hidden)
