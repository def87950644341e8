"""Findings about destinations whose default settings ignore an event or its amount (law, part 1.4).

They are the only findings about one event that depend on its name, because presets match exact names. They do not
change the advice. Used by `advisor.advice.advisor`.
"""

from collections.abc import Iterator
from functools import lru_cache

from advisor.advice.finding import finding
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_fields import money_field
from advisor.knowledge.destination_presets import is_subscribed, name_for_triggers, usable_presets
from advisor.model import CallType, Event, Finding
from advisor.text import join_names

_PROPERTIES = "properties."


def setting_findings(
    event: Event, pointer: str, fed: tuple[str, ...], carried: tuple[str, ...], *, payment: bool
) -> Iterator[Finding]:
    """Yield the findings about the destinations that receive an event, at most one of each kind.

    ``carried`` are the names of the properties that the event carries.
    """
    if message := _not_subscribed(fed, event.call, name_for_triggers(event.name)):
        yield finding("not-subscribed", message, pointer)
    if payment and event.call == "track" and (blind := _blind(carried, fed)):
        yield finding("value-not-read", _not_read(blind), pointer)


@lru_cache(maxsize=4096)
def _not_subscribed(fed: tuple[str, ...], call: CallType, name: str) -> str:
    """Return the message about the destinations that do nothing with such a call; empty if there are none."""
    known = [key for key in fed if key in CATALOGUE]
    idle = [key for key in known if not is_subscribed(key, call, name)]
    if not idle:
        return ""
    names = join_names(CATALOGUE[key].name for key in idle)
    offers = "; ".join(f"{CATALOGUE[key].name}: {_offer(key, call, name)}" for key in idle)
    return f"Nothing of this event reaches {names} until a mapping takes it. Presets to start from: {offers}."


def _offer(key: str, call: CallType, name: str) -> str:
    """Return the names of the usable presets, with the events that they wait for, as a phrase."""
    offered = usable_presets(key, call, name)
    said = [f"{each.name} (on {', '.join(each.events)})" if each.events else each.name for each in offered]
    return ", ".join(said) if said else f"none for {call} calls"


@lru_cache(maxsize=4096)
def _reading_amounts(fed: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the destinations that read an amount from properties, each with their names."""
    found = []
    for key in fed:
        field = money_field(key) if key in CATALOGUE else None
        if field and field.reads:
            found.append((key, tuple(place.removeprefix(_PROPERTIES) for place in field.reads)))
    return tuple(found)


def _blind(carried: tuple[str, ...], fed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the destinations that read the amount from properties that the event lacks, with these properties."""
    own = frozenset(carried)
    return {key: wanted for key, wanted in _reading_amounts(fed) if own.isdisjoint(wanted)}


def _not_read(blind: dict[str, tuple[str, ...]]) -> str:
    said = join_names(
        f"{CATALOGUE[key].name} from {' or '.join(f'“{name}”' for name in wanted)}" for key, wanted in blind.items()
    )
    return (
        f"The amount stays unread: by default, it is read by {said}, and this event has no such property. "
        "Add one, or map the value to a property that it has."
    )
