"""Tags of events, in tools that have tags and no labels: they are the label ``tags``, and the placement is among them."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.reading import EventReading
from advisor.model import Event

TAGS = "tags"
_SIDES: dict[str, tuple[str, ...]] = {"client": ("client",), "server": ("server",), "both": ("client", "server")}


def tags_of(event: Event | EventReading) -> list[str]:
    """Return the tags of an event."""
    given = event.labels.get(TAGS, ())
    return [given] if isinstance(given, str) else list(given)


def with_verdict(tags: Iterable[str], placement: str) -> list[str]:
    """Return tags with those that say the placement; older ones that say another are replaced."""
    return [tag for tag in tags if tag.casefold() not in _SIDES["both"]] + [*_SIDES[placement]]


def add_other_labels(lost: LossList, event: Event, held: Iterable[str] = (TAGS,)) -> None:
    """Add the labels of an event that have no place where there are only tags, and the ``held`` ones."""
    for key in sorted(event.labels.keys() - set(held)):
        lost.add(event.name, f"label {shown(key)}")
