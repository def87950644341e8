"""The promised and the arrived content of a call, both in the form of the HTTP API."""

from __future__ import annotations

import math
from typing import Any

from advisor.model import Call, Event

FIELDS = ("event", "name", "userId", "anonymousId", "groupId", "previousId", "properties", "traits", "context")


def arrived(library: str, recorded: list[Any]) -> dict[str, Any]:
    """The one recorded call, in one form for all libraries."""
    ((name, *arguments),) = recorded
    said: dict[str, Any] = {"type": name}
    if library in ("analytics.js", "react-native"):
        said |= _positional(name, arguments, is_closure=library == "react-native")
    else:
        (fields,) = arguments
        said |= {_camel(key): value for key, value in fields.items()}
    return said


def _positional(name: str, arguments: list[Any], *, is_closure: bool) -> dict[str, Any]:
    first, *rest = arguments
    key = {"track": "event", "page": "name", "screen": "name", "group": "groupId"}.get(name, "userId")
    said = {key: first}
    if name != "alias":
        said["traits" if name in ("identify", "group") else "properties"] = rest.pop(0)
    (options,) = rest or [{}]
    assert set(options) <= ({"integrations"} if is_closure else {"integrations", "messageId"})
    return said | options


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def keeps(said: dict[str, Any], event: Event, call: Call) -> None:
    """Assert that a call without hand-off says exactly what the advice promises."""
    assert said["type"] == event.call
    assert said.get("integrations", {}) == call.integrations, "an open object is left out, any other is exact"
    assert "integrations" not in said or call.integrations
    fields = said.get("traits" if event.call in ("identify", "group") else "properties", {})
    assert sorted(fields) == (sorted(call.properties) if event.call != "alias" else [])
    named = {"track": "event", "page": "name", "screen": "name"}.get(event.call)
    assert {key: said[key] for key in ("event", "name") if key in said} == ({named: event.name} if named else {})
    assert set(said) <= {"type", "integrations", *FIELDS}
    assert "context" not in said, "context.integrations and the like would be accepted and mean nothing"
    for item in event.properties if event.call != "alias" else ():
        if item.values:
            meant = next((value for value in item.values if value is not None), None)
            assert same(fields[item.name], meant), item


def same(told: Any, meant: Any) -> bool:
    """Whether a value arrived. Where integers have 53 or 64 bits, a larger one arrives as the nearest decimal."""
    if isinstance(meant, int | float) and not isinstance(meant, bool):
        return not isinstance(told, bool) and (told == meant or math.isclose(told, meant, rel_tol=1e-15))
    return type(told) is type(meant) and told == meant
