"""Collects the content of one call for every language: names, ids, values, the integrations object, and facts for comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.advice.reach.masking import is_masked, sort_properties
from advisor.model import Call, CallType, Event, Recommendation, SetupStep, SharedId, recommendation_of
from advisor.snippets.placeholders import placeholders
from advisor.snippets.values import SHARED_ID, Handed, Settings, Value, Variable

_TRAITS: tuple[CallType, ...] = ("identify", "group")
SETS_ID_BY_MESSAGE_ID = frozenset({"Facebook Pixel", "TikTok Pixel", "Reddit Pixel"})
"""Browser destinations that by default send the call's messageId as the id of the event."""
_SETTING = re.compile(r'integrations\["(.+)"\]\.([^.]+)')


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one call.

    ``name`` is that of the event, page or screen; None for calls without a name. ``fields`` are properties or traits;
    ``context`` has the parts of ``handoff.context`` that this call must pass on. ``unshared`` are pairs of destinations whose
    common id the client must not carry. ``replaced`` are properties of the event in whose place the call carries an id of the
    hand-off, each with the name of that id. ``setup`` are the settings that its destinations need.
    """

    type: CallType
    name: str | None
    user_id: Value
    anonymous_id: Value
    group_id: Value
    previous_id: Value
    fields: dict[str, Value]
    context: dict[str, Value]
    integrations: dict[str, Value]
    message_id: Variable | None
    shared: tuple[SharedId, ...]
    unshared: tuple[SharedId, ...]
    withheld: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    setup: tuple[SetupStep, ...]
    uses_handoff: bool

    @property
    def has_traits(self) -> bool:
        """Whether ``fields`` are traits."""
        return self.type in _TRAITS

    @property
    def needs_user(self) -> bool:
        """Whether the call needs a user in the hand-off: an alias joins two ids, and needs both."""
        return self.type == "alias" and isinstance(self.user_id, Handed)

    @property
    def declares_shared_id(self) -> bool:
        """Whether the snippet must declare the shared id."""
        return self.message_id is not None or SHARED_ID in self.fields.values()


def content_of(event: Event, call: Call) -> Content:
    """Return the content of one call of an advised event, with all properties that it carries (`with_all_properties`).

    Raises `TypeError` for an event that was not advised.
    """
    advice = recommendation_of(event)
    handed = call.side == "server" and bool(advice.handoff)
    has_fields = event.call != "alias"
    concerned = tuple(pair for pair in advice.shared_ids if has_fields and _concerns(pair, call, advice))
    shared = tuple(pair for pair in concerned if can_share(event, pair))
    fields = placeholders(event.properties, call.side, handed=handed) if has_fields else {}
    integrations: dict[str, Value] = dict(_plain(call))
    if handed:
        _take_vendor_ids(event, advice, fields if has_fields else {}, integrations)
    message_id = _share_ids(shared, call, fields)
    return Content(
        type=event.call,
        name=event.name if event.call in ("track", "page", "screen") else None,
        user_id=Handed("user_id") if handed else "user-id",
        anonymous_id=Handed("anonymous_id") if handed else None,
        group_id="group-id" if event.call == "group" else None,
        previous_id=_previous_id(event, handed=handed),
        fields=fields,
        context=_context(advice) if handed else {},
        integrations=integrations,
        message_id=message_id,
        shared=shared,
        unshared=tuple(pair for pair in concerned if pair not in shared),
        withheld=call.withheld,
        replaced=_replaced(event, advice) if handed and has_fields else (),
        setup=_setup(call, advice),
        uses_handoff=handed or (call.side == "server" and bool(shared)),
    )


def can_share(event: Event, pair: SharedId) -> bool:
    """Return whether both halves may carry the id: not in an alias, nor as a property that the client must not carry."""
    return event.call != "alias" and not any(
        item.name == pair.property and is_masked(item) for item in event.properties
    )


def _plain(call: Call) -> dict[str, Value]:
    return {key: dict(value) if isinstance(value, dict) else value for key, value in call.integrations.items()}


def _previous_id(event: Event, *, handed: bool) -> Value:
    if event.call != "alias":
        return None
    return Handed("anonymous_id") if handed else "previous-id"


def _concerns(pair: SharedId, call: Call, advice: Recommendation) -> bool:
    """Return whether the call delivers to one destination of the pair."""
    key = pair.client if call.side == "client" else pair.server
    return any(
        delivery.destination == key and delivery.side == call.side and delivery.library == call.library
        for delivery in advice.deliveries
    )


def _setup(call: Call, advice: Recommendation) -> tuple[SetupStep, ...]:
    fed = {each.destination for each in advice.deliveries if (each.side, each.library) == (call.side, call.library)}
    return tuple(step for step in advice.setup if step.destination in fed)


def _share_ids(shared: tuple[SharedId, ...], call: Call, fields: dict[str, Value]) -> Variable | None:
    """Add the shared id to the fields, and return its variable if the client's messageId must be set to it as well.

    The two copies never share a messageId: Segment would drop the second. If the event already has the property and no
    messageId is needed, its own value is the id.
    """
    on_client = call.side == "client"
    as_message_id = any(pair.client in SETS_ID_BY_MESSAGE_ID for pair in shared)
    for pair in shared:
        if as_message_id or pair.property not in fields:
            fields[pair.property] = SHARED_ID if on_client else Handed("ids", pair.property)
    return SHARED_ID if on_client and as_message_id else None


def _take_vendor_ids(
    event: Event, advice: Recommendation, fields: dict[str, Value], integrations: dict[str, Value]
) -> None:
    own = {place.name for place in sort_properties(event.properties).from_client}
    for each in advice.handoff:
        place, _, name = each.to.partition(".")
        if place in ("properties", "traits") and each.value not in own:
            fields[name] = Handed("ids", each.value)
        elif setting := setting_of(each.to):
            _set(integrations, *setting, Handed("ids", each.value))


def _replaced(event: Event, advice: Recommendation) -> tuple[tuple[str, str], ...]:
    """Return the properties of the event that an id of another name replaces: where both have one name, they are the same."""
    own = {item.name for item in event.properties if item.known_by != "client"}
    places = ((each.value, *each.to.partition(".")) for each in advice.handoff)
    return tuple(
        (name, value)
        for value, place, _, name in places
        if place in ("properties", "traits") and name in own and name != value
    )


def setting_of(to: str) -> tuple[str, str] | None:
    """Return the key and the option of a place such as ``integrations["Snap Conversions Api"].click_id``, or None."""
    match = _SETTING.fullmatch(to)
    return (match[1], match[2]) if match else None


def _set(integrations: dict[str, Value], key: str, option: str, value: Handed) -> None:
    """Set an option of a key that is true, has options or is missing. A key that is false stays false."""
    there = integrations.get(key, True)
    if isinstance(there, Settings):
        integrations[key] = Settings(there.options | {option: value})
    elif there is True:
        integrations[key] = Settings({option: value})


def _context(advice: Recommendation) -> dict[str, Value]:
    """Return the parts of ``handoff.context``, one by one for libraries that can't pass it as a whole."""
    parts: dict[str, Value] = {}
    for each in advice.handoff:
        place, _, name = each.to.partition(".")
        if place == "context":
            first = name.partition(".")[0]
            parts[first] = Handed("context", first)
    return parts
