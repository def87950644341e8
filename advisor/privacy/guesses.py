"""Kinds of personal data that only the name of a property suggests: those of a plan, and confirming them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.personal_kinds import guessed_kind
from advisor.model import Personal, Plan, Property


class GuessedKind(Struct, frozen=True, kw_only=True, gc=False):
    """A property whose kind is a guess. ``places`` counts where the plan has it: in events and in common properties."""

    path: str
    kind: Personal
    places: int


def guesses(plan: Plan) -> tuple[GuessedKind, ...]:
    """Return every guess in a plan, in the order in which the plan has the properties."""
    groups = (plan.common, *(event.properties for event in plan.events))
    found = Counter(guess for properties in groups for guess in _guesses(properties, ""))
    return tuple(GuessedKind(path=path, kind=kind, places=places) for (path, kind), places in found.items())


def with_kind(plan: Plan, kind: Personal, is_meant: Callable[[str, Personal], bool]) -> Plan:
    """Return the plan with this kind for every guess that is meant, which is asked with the path and the guess."""
    return replace(
        plan,
        common=_confirmed(plan.common, "", kind, is_meant),
        events=tuple(
            replace(event, properties=_confirmed(event.properties, "", kind, is_meant)) for event in plan.events
        ),
    )


def _guesses(properties: tuple[Property, ...], above: str) -> Iterator[tuple[str, Personal]]:
    for item in properties:
        path = above + item.name
        if guess := _guess(item):
            yield path, guess
        if item.properties:
            yield from _guesses(item.properties, f"{path}.")


def _confirmed(
    properties: tuple[Property, ...], above: str, kind: Personal, is_meant: Callable[[str, Personal], bool]
) -> tuple[Property, ...]:
    changed = []
    for item in properties:
        path, guess = above + item.name, _guess(item)
        is_confirmed = bool(guess) and is_meant(path, guess)
        changed.append(
            replace(
                item,
                personal=kind if is_confirmed else item.personal,
                properties=_confirmed(item.properties, f"{path}.", kind, is_meant),
            )
        )
    return tuple(changed)


def _guess(item: Property) -> Personal:
    """Return the kind that the name suggests; empty if somebody said a kind."""
    return "" if item.personal else guessed_kind(item.name)
