"""The values of the hand-off in groups, and the settings of destinations, as the advice panel folds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.setup_steps import MAPPING
from advisor.knowledge.wording import Wording
from advisor.model import HandoffValue, Recommendation, SetupStep, Side


@dataclass(frozen=True)
class HandedValue:
    """A value of the hand-off. ``read_by`` are the settings that must be changed to read it, as destination and setting."""

    value: HandoffValue
    read_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HandedGroup:
    """The values of one kind. ``note`` says in two words what they are."""

    key: str
    title: str
    note: str
    values: tuple[HandedValue, ...]


@dataclass(frozen=True)
class DestinationSteps:
    """What has to be set in one destination. ``side`` is the side whose call feeds it."""

    name: str
    side: Side
    steps: tuple[SetupStep, ...]

    @property
    def waits(self) -> bool:
        """Return whether the destination sends nothing until its mapping is made."""
        return any(step.setting == MAPPING for step in self.steps)


def _is_context(to: str) -> bool:
    return to.startswith("context.") and not to.startswith("context.consent")


def _is_id(to: str) -> bool:
    return to.startswith(("properties.", "traits.", "integrations["))


_GROUPS: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
    ("who", "Who it is", "ids, consent", lambda to: not _is_context(to) and not _is_id(to)),
    ("where", "Where it happened", "the {place} and the device", _is_context),
    ("ids", "Into its properties", "ids of the tools, own values", _is_id),
)
"""Key, title, note, and which places in the call belong to the group."""


def handed_groups(advice: Recommendation, wording: Wording) -> tuple[HandedGroup, ...]:
    """Return the values of the hand-off by kind. Kinds without a value are left out."""
    groups = (
        HandedGroup(
            key, title, wording.say(note), tuple(_handed(each, advice) for each in advice.handoff if belongs(each.to))
        )
        for key, title, note, belongs in _GROUPS
    )
    return tuple(group for group in groups if group.values)


def _handed(value: HandoffValue, advice: Recommendation) -> HandedValue:
    steps = (step for step in advice.setup if step.value == f"$.{value.to}")
    return HandedValue(value, tuple((destination_name(step.destination), step.setting) for step in steps))


def destination_steps(advice: Recommendation) -> tuple[DestinationSteps, ...]:
    """Return the settings to make by destination, in the order of the advice."""
    sides: dict[str, Side] = {item.destination: item.side for item in reversed(advice.deliveries)}
    keys = dict.fromkeys(step.destination for step in advice.setup)
    return tuple(
        DestinationSteps(
            destination_name(key), sides[key], tuple(step for step in advice.setup if step.destination == key)
        )
        for key in keys
    )
