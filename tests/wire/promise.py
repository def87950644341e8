"""Compares the promises of the advice for a call with the message that arrived, and returns every difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.model import Property

from .plans import Written

ENVELOPE = {"type", "messageId", "timestamp", "sentAt", "originalTimestamp", "writeKey", "_metadata", "integrations"}
"""What libraries add beside the call."""
OWN_CONTEXT: dict[str, set[str]] = {
    "analytics.js": {"page", "userAgent", "userAgentData", "locale", "timezone", "library", "campaign", "groupId"},
    "react-native": {
        "app",
        "device",
        "instanceId",
        "library",
        "locale",
        "network",
        "os",
        "screen",
        "timezone",
        "traits",
    },
    "analytics-node": {"library"},
    "analytics-python": {"library"},
    "http-api": set(),
    "pixel-api": set(),
}
"""What each library adds to the context, seen from outside."""
OWN_PAGE = {"path", "referrer", "search", "title", "url", "name", "category"}
"""What Analytics.js adds to the properties of a page call."""
IDS = ("userId", "anonymousId", "groupId", "previousId")
SPELLED_OUT = {"http-api", "pixel-api"}
"""Whose calls name each part of the context; the others pass on what they are handed, and only that is read."""
SENDS_MESSAGE_ID = {"Facebook Pixel", "TikTok Pixel", "Reddit Pixel"}
"""Pixels whose id of an event is the messageId."""


def differences(written: Written, message: dict[str, Any] | None, handoff: dict[str, Any]) -> list[str]:
    """How the message differs from what the call promises. ``handoff`` is what the server was handed."""
    if message is None:
        return ["nothing arrived"]
    return [
        *_in_names(written, message),
        *_in_ids(written, message, handoff),
        *_in_fields(written, message, handoff),
        *_in_integrations(written, message, handoff),
        *_in_context(written, message, handoff),
    ]


def is_handed(written: Written) -> bool:
    """Whether the call takes its values from a hand-off."""
    return written.call.side == "server" and bool(written.advice.handoff)


def shared_property(written: Written) -> set[str]:
    """The property by which a vendor tells the copies of both halves apart, if this call feeds that vendor."""
    fed = {each.destination for each in written.advice.deliveries if each.library == written.call.library}
    on_client = written.call.side == "client"
    return {each.property for each in written.advice.shared_ids if (each.client if on_client else each.server) in fed}


def _in_names(written: Written, message: dict[str, Any]) -> Iterator[str]:
    kind = written.event.call
    if message["type"] != kind:
        yield f"type: {message['type']} for {kind}"
    named = {"track": "event", "page": "name", "screen": "name"}.get(kind)
    names = {key: message[key] for key in ("event", "name") if message.get(key) is not None}
    if names != ({named: written.event.name} if named else {}):
        yield f"name: {names}"
    fields = "traits" if kind in ("identify", "group") else "properties"
    strays = set(message) - ENVELOPE - {"event", "name", "context", "channel", "category", *IDS, fields}
    if strays:
        yield f"beside the call: {sorted(strays)}"


def _in_ids(written: Written, message: dict[str, Any], handoff: dict[str, Any]) -> Iterator[str]:
    kind = written.event.call
    told = {name: message.get(name) for name in IDS}
    if written.call.side == "client":
        if not told["anonymousId"]:
            yield "anonymousId: none"
        promised = {"groupId": "group-id"} if kind == "group" else {}
        promised |= {"userId": "user-id"} if kind in ("identify", "alias") else {}
    elif is_handed(written):
        promised = {"userId": handoff["userId"], "anonymousId": handoff["anonymousId"]}
    else:
        promised = {"userId": "user-id"} | ({"groupId": "group-id"} if kind == "group" else {})
        promised |= {"previousId": "previous-id"} if kind == "alias" else {}
    yield from (f"{name}: {told[name]}" for name, value in promised.items() if told[name] != value)
    yield from _in_message_id(written, message)


def _in_message_id(written: Written, message: dict[str, Any]) -> Iterator[str]:
    shared = {message.get("properties", {}).get(name) for name in shared_property(written)}
    is_set = message.get("messageId") in shared
    is_meant = written.call.side == "client" and any(
        pair.client in SENDS_MESSAGE_ID and pair.property in shared_property(written)
        for pair in written.advice.shared_ids
    )
    if is_set != is_meant:
        yield f"messageId: {'shared with the other half' if is_set else 'not the id that the Pixel sends'}"


def _in_fields(written: Written, message: dict[str, Any], handoff: dict[str, Any]) -> Iterator[str]:
    event, call = written.event, written.call
    key = "traits" if event.call in ("identify", "group") else "properties"
    fields = message.get(key) or {}
    promised = set(call.properties) if event.call != "alias" else set()
    promised |= shared_property(written)
    if is_handed(written):
        promised |= {each.to.partition(".")[2] for each in written.advice.handoff if each.to.startswith(key + ".")}
    added = OWN_PAGE if call.library == "analytics.js" and event.call == "page" else set()
    if set(fields) - added != promised - added:
        yield f"{key}: {sorted(fields)} for {sorted(promised)}"
    for item in event.properties:
        if item.name not in fields:
            continue
        if item.known_by == "client" and is_handed(written):
            if fields[item.name] != handoff["properties"][item.name]:
                yield f"{key}: {item.name} was not handed over"
        else:
            yield from _in_value(item, fields[item.name], call.side)


def _in_value(item: Property, value: Any, side: str) -> Iterator[str]:
    if item.values and value != item.values[0]:
        yield f"value of {item.name!r}: {value!r}"
    held = value[0] if isinstance(value, list) and value else value
    if item.properties and isinstance(held, dict):
        kept = {each.name: each for each in item.properties if side == "server" or not _is_masked(each)}
        if set(held) != set(kept):
            yield f"inside {item.name!r}: {sorted(held)} for {sorted(kept)}"
        for name in held.keys() & kept.keys():
            yield from _in_value(kept[name], held[name], side)


def _is_masked(item: Property) -> bool:
    return item.sensitive or item.known_by == "server"


def _in_integrations(written: Written, message: dict[str, Any], handoff: dict[str, Any]) -> Iterator[str]:
    promised: dict[str, Any] = dict(written.call.integrations)
    for each in written.advice.handoff if is_handed(written) else ():
        if each.to.startswith('integrations["'):
            key, _, option = each.to.removeprefix('integrations["').rpartition('"].')
            there = promised.get(key)
            if there is not False and each.value in handoff["ids"]:
                promised[key] = (there if isinstance(there, dict) else {}) | {option: handoff["ids"][each.value]}
            promised.setdefault(key, True)
    told = message.get("integrations") or {}
    if not _same(told, promised):
        yield f"integrations: {told} for {promised}"


def _same(told: Any, promised: Any) -> bool:
    """Equal, and of the same types: 0 is not false."""
    if isinstance(promised, dict):
        return (
            isinstance(told, dict)
            and told.keys() == promised.keys()
            and all(_same(told[key], promised[key]) for key in told)
        )
    return type(told) is type(promised) and told == promised


def _in_context(written: Written, message: dict[str, Any], handoff: dict[str, Any]) -> Iterator[str]:
    assert written.call.library is not None
    context = message.get("context") or {}
    own = OWN_CONTEXT[written.call.library]
    handed = handoff["context"] if is_handed(written) and written.advice.handoff else {}
    if written.call.library in SPELLED_OUT:
        listed = {each.to.split(".")[1] for each in written.advice.handoff if each.to.startswith("context.")}
        handed = {part: value for part, value in handed.items() if part in listed}
    if set(context) - own != set(handed) - own:
        yield f"context: {sorted(set(context) - own)} for {sorted(handed)}"
    for part in handed:
        if part in context and context[part] != handed[part]:
            yield f"context.{part}: {context[part]} for {handed[part]}"
    if not context.get("consent", {"categoryPreferences": True}).get("categoryPreferences"):
        yield "context.consent: empty"
