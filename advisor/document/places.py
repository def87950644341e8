"""Says for people where a problem of a document is, as ``Event 5 “Order Completed”, destination 2``, and how to fix it.

Programs read the JSON pointer of a problem; pages show this instead.
"""

from __future__ import annotations

from typing import Any

from advisor.knowledge.questions import QUESTIONS
from advisor.text import quote

_PARTS = {
    "events": "event",
    "properties": "property",
    "common": "common property",
    "destinations": "destination",
    "client": "client library",
    "sources": "client library",
    "values": "allowed value",
    "suggested": "suggested answer",
    "dismissed": "dismissed finding",
}
"""The word for one item of each list."""
_WORDS = {
    "sources": "libraries",
    "server": "server library",
    "call": "call type",
    "known_by": "known by",
    "web_mode": "mode on the web",
    "mobile_mode": "mode in apps",
    **{question.key: f"the answer to “{question.asks}”" for question in QUESTIONS},
}
_SKIPPED = frozenset({"answers", "key", "name"})
"""Keys that are left out, because the words before them already say enough."""
_MENDS = {
    "not-in-plan": "Add it to the plan’s own list, or take it out of the event.",
    "unknown-destination": "Write it as the catalogue does, or say under “custom” what it receives.",
    "not-a-destination": "Take it out. A warehouse is “warehouse”: true.",
    "required": "Add it.",
    "blank": "Give it a name.",
    "limit": "Shorten it.",
    "wrong-side": "Choose one of these, or move it to the other side.",
    "unknown-key": "Correct or remove it.",
}


def place_in_words(document: Any, pointer: str) -> str:
    """Return in words where a JSON pointer leads in a document; empty for the document as a whole."""
    said: list[str] = []
    node = document
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    in_list = False
    for place, step in enumerate(steps):
        after = steps[place + 1] if place + 1 < len(steps) else ""
        inside = _child(node, step)
        if step.isdecimal() and (in_list or isinstance(node, list)):
            said[-1:] = [f"{said[-1] if said else 'item'} {int(step) + 1}{_named(inside)}"]
        elif step not in _SKIPPED or (not after and not said):
            said.append(_PARTS[step] if step in _PARTS and after.isdecimal() else _word(step))
        node, in_list = inside, step in _PARTS
    words = ", ".join(said)
    return words[:1].upper() + words[1:]


def mend(code: str) -> str:
    """Return what to do about a problem with this code; empty if its message already says it."""
    return _MENDS.get(code, "")


def _child(node: Any, step: str) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and step.isdecimal() and int(step[:8]) < len(node):
        return node[int(step[:8])]
    return None


def _named(node: Any) -> str:
    """Return the name of a thing after its number: `` “Order Completed”``."""
    if isinstance(node, str):
        return f" {quote(node)}" if node.strip() else ""
    name = node.get("name") or node.get("key") or node.get("code") if isinstance(node, dict) else None
    return f" {quote(name)}" if isinstance(name, str) and name.strip() else ""


def _word(step: str) -> str:
    return _WORDS.get(step) or (step.replace("_", " ") if step.isidentifier() and len(step) < 30 else quote(step))
