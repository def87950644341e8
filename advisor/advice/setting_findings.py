"""Findings about destinations whose default settings ignore an event or its amount (law, part 1.4).

They are the only findings about one event that depend on its name, because presets match exact names. They do not
change the advice. Used by `advisor.advice.advisor`.
"""

from collections.abc import Iterator

from advisor.advice.finding import finding
from advisor.advice.placement.reasons import enumerate_names
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_fields import money_field
from advisor.knowledge.destination_presets import is_subscribed, usable_presets
from advisor.model import Delivery, Event, Finding

_PROPERTIES = "properties."


def setting_findings(
    event: Event, pointer: str, deliveries: tuple[Delivery, ...], *, payment: bool
) -> Iterator[Finding]:
    """Yield the findings about the destinations of an event, at most one of each kind."""
    delivered = [key for key in dict.fromkeys(each.destination for each in deliveries) if key in CATALOGUE]
    if idle := [key for key in delivered if not is_subscribed(key, event.call, event.name)]:
        yield finding("not-subscribed", _not_subscribed(event, idle), pointer)
    if payment and event.call == "track" and (blind := _blind(event, delivered)):
        yield finding("value-not-read", _not_read(blind), pointer)


def _not_subscribed(event: Event, keys: list[str]) -> str:
    names = enumerate_names(CATALOGUE[key].name for key in keys)
    offers = "; ".join(f"{CATALOGUE[key].name}: {_offer(event, key)}" for key in keys)
    return f"Nothing of this event reaches {names} until a mapping takes it. Presets to start from: {offers}."


def _offer(event: Event, key: str) -> str:
    """Return the names of the usable presets, with the events that they wait for, as a phrase."""
    offered = usable_presets(key, event.call, event.name)
    said = [f"{each.name} (on {', '.join(each.events)})" if each.events else each.name for each in offered]
    return ", ".join(said) if said else f"none for {event.call} calls"


def _blind(event: Event, keys: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the destinations that read the amount from properties that the event lacks, with these properties."""
    own = {item.name for item in event.properties}
    found = {}
    for key in keys:
        field = money_field(key)
        wanted = tuple(place.removeprefix(_PROPERTIES) for place in field.reads) if field else ()
        if wanted and own.isdisjoint(wanted):
            found[key] = wanted
    return found


def _not_read(blind: dict[str, tuple[str, ...]]) -> str:
    said = enumerate_names(
        f"{CATALOGUE[key].name} from {' or '.join(f'“{name}”' for name in wanted)}" for key, wanted in blind.items()
    )
    return (
        f"The amount stays unread: by default, it is read by {said}, and this event has no such property. "
        "Add one, or map the value to a property that it has."
    )
