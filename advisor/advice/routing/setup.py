"""The settings to make in the destinations themselves, so that the calls arrive as advised (law, part 2.6).

They depend on the destinations, the call type and the circumstances, not on the event's name. Used by
`advisor.advice.advisor`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_fields import Field, match_field, required_fields
from advisor.knowledge.destination_presets import Preset, is_subscribed, presets
from advisor.knowledge.handed_values import UNREAD_CONTEXT, VALUES, HandedValue
from advisor.knowledge.setup_steps import MAPPING, MAPPINGS, steps_of
from advisor.knowledge.wording import Wording
from advisor.model import CallType, HandoffValue, SetupStep, SharedId, Side, SourceType

_NOTHING = "none"
_REFUSED = "Required: without it the event is refused."


class Occasion(NamedTuple):
    """The facts of an event that decide its steps, besides its deliveries and its hand-off."""

    call: CallType
    types: tuple[SourceType, ...]
    anonymous: bool
    user_absent: bool
    wording: Wording

    @property
    def circumstances(self) -> frozenset[str]:
        """The words that narrow down a row of the table (``app``, ``anonymous``, ``late``) and are true here."""
        holding = {"app": "mobile" in self.types, "anonymous": self.anonymous, "late": self.user_absent}
        return frozenset(word for word, holds in holding.items() if holds)


def setup_steps(
    fed: tuple[tuple[str, frozenset[Side]], ...],
    shared_ids: tuple[SharedId, ...],
    handoff: tuple[HandoffValue, ...],
    occasion: Occasion,
) -> tuple[SetupStep, ...]:
    """Return the steps of every destination that is fed, in their order; each setting once.

    ``fed`` are the destinations that receive something, each with the sides that deliver it.
    """
    paired = frozenset([key for pair in shared_ids for key in (pair.client, pair.server)])
    handed = _READ_PLACES.intersection([value.to for value in handoff])
    return _steps(fed, paired, handed, occasion)


@lru_cache(maxsize=4096)
def _steps(
    fed: tuple[tuple[str, frozenset[Side]], ...], paired: frozenset[str], handed: frozenset[str], occasion: Occasion
) -> tuple[SetupStep, ...]:
    return tuple(
        step
        for key, by in fed
        if key in CATALOGUE
        for step in _steps_of(key, by, handed if "server" in by else frozenset(), occasion, paired=key in paired)
    )


@lru_cache(maxsize=4096)
def _steps_of(
    key: str, by: frozenset[Side], handed: frozenset[str], occasion: Occasion, *, paired: bool
) -> tuple[SetupStep, ...]:
    """Return the steps of one destination; each setting once."""
    steps = (
        *_of_table(key, by, occasion, paired=paired),
        *_of_mapping(key, occasion.call),
        *_of_handed(key, handed),
    )
    return _each_setting_once(steps)


def pair_mapping(pair: SharedId) -> str:
    """Return a sentence on what to map so that the server call sends the shared id; empty if the default fits."""
    wanted = f"$.properties.{pair.property}"
    for row in steps_of(pair.server):
        if row.when == "pair" and row.value == wanted:
            default = row.default.removeprefix("$.")
            name = CATALOGUE[pair.server].name
            return f" In {name}, map {row.setting} to properties.{pair.property} (default: {default})."
    return ""


def _each_setting_once(steps: tuple[SetupStep, ...]) -> tuple[SetupStep, ...]:
    """Return the first step for each setting. Steps that ask for a mapping come first: nothing can be set without one."""
    once: dict[str, SetupStep] = {}
    for step in steps:
        once.setdefault(step.setting.partition(" (")[0], step)
    return tuple(sorted(once.values(), key=lambda step: step.setting != MAPPING))


def _of_table(key: str, by: frozenset[Side], occasion: Occasion, *, paired: bool) -> Iterator[SetupStep]:
    for row in steps_of(key):
        when, _, narrower = row.when.partition("+")
        applies = paired if when == "pair" else when in by
        if applies and row.is_about(occasion.call) and (not narrower or narrower in occasion.circumstances):
            yield SetupStep(
                destination=key,
                setting=row.setting,
                value=_for_traits(occasion.wording.say(row.value), occasion.call),
                default=row.default,
                why=row.why,
                citation=row.citation,
            )


def _for_traits(value: str, call: CallType) -> str:
    """Return the value with traits in the place of properties if the call has traits."""
    return value.replace("$.properties.", "$.traits.") if call in ("identify", "group") else value


def _of_mapping(key: str, call: CallType) -> Iterator[SetupStep]:
    """Yield a step for a mapping if no preset takes such a call, and for each field that must be filled by hand."""
    known = presets(key)
    if known is None:
        return
    if not is_subscribed(key, call, None):
        yield SetupStep(
            destination=key,
            setting=MAPPING,
            value=f"one that this {call} call sets off",
            default=_NOTHING,
            why="Nothing is sent until there is a mapping.",
            citation=MAPPINGS,
        )
    for field in _unfilled(key, call, known):
        yield _step(field, "a value of your own", _REFUSED)


def _unfilled(key: str, call: CallType, known: tuple[Preset, ...]) -> tuple[Field, ...]:
    """Return the required fields that an automatic preset for such calls leaves empty.

    Without an automatic preset: the required fields that all offered presets have.
    """
    required = required_fields(key)
    automatic = [each for each in known if each.type == "automatic" and each.matches(call, None)]
    if automatic:
        return tuple(
            field for field in required
            if any(field.is_of(each.action) and field.name not in each.sets for each in automatic)
        )  # fmt: skip
    offered = [each for each in known if each.matches(call, None)] or [each for each in known if each.type == "none"]
    return tuple(field for field in required if offered and all(field.is_of(each.action) for each in offered))


def _of_handed(key: str, handed: frozenset[str]) -> Iterator[SetupStep]:
    """Yield a step for every value that is passed on in a place that its field does not read by default."""
    for value in VALUES:
        name = value.fields.get(key)
        for place in _places(value):
            if name and place in handed and place not in (field := match_field(key, name)).reads:
                yield _step(field, f"$.{place}", value.unread or f"By default it goes unread: {value.why}.")
                break
    for place, name in UNREAD_CONTEXT.get(key, {}).items():
        if place in handed or place.rpartition(".")[0] in handed:
            yield _step(match_field(key, name), f"$.{place}", "By default it goes unread.")


def _places(value: HandedValue) -> tuple[str, str]:
    """Return the places where a call may carry a value: as a property, or as a trait."""
    return value.to, value.to.replace("properties.", "traits.", 1)


_WITH_PARENTS = frozenset(
    part for places in UNREAD_CONTEXT.values() for place in places for part in (place, place.rpartition(".")[0])
)
_READ_PLACES = _WITH_PARENTS.union(*map(_places, VALUES))
"""The places of a call that some step is about; what is passed on elsewhere makes no difference."""


def _step(field: Field, value: str, why: str) -> SetupStep:
    return SetupStep(
        destination=field.destination,
        setting=field.label,
        value=value,
        default=field.default or _NOTHING,
        why=why,
        citation=field.citation,
    )
