"""Reports what rudder-cli refuses in a project that we write: it is written all the same, as the plan has it.

The rules are those of ``rudderlabs/rudder-iac``, ``cli/internal/providers/datacatalog``; ``tests/consumers/rudder_rules.py``
has them in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from advisor.formats.losses import LossList
from advisor.formats.places import shown
from advisor.formats.rudder_definitions import definition_types, snake
from advisor.formats.rudder_rules import NAMES
from advisor.model import Event, Plan, Property

_PLAN_NAME = re.compile(r"[A-Z_a-z][ \w,.-]{1,63}[\w,.-]", re.ASCII)
_DESCRIPTION = re.compile(r"[A-Za-z].{2,1999}", re.DOTALL)
_LONGEST_EVENT = 64
"""How many bytes of UTF-8 the name of an event may have."""
_LONGEST_PROPERTY = 65
_DEEPEST = 3
"""How many levels of properties may be inside a property of an event."""
_FORMATS = frozenset({"date-time", "date", "time", "email", "uuid", "hostname", "ipv4", "ipv6"})
_OF_NUMBERS = frozenset({"enum", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"})
_LIMITS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"enum", "min_length", "max_length", "pattern", "format"}),
    "number": _OF_NUMBERS,
    "integer": _OF_NUMBERS,
    "boolean": frozenset({"enum"}),
    "array": frozenset({"min_items", "max_items", "unique_items", "item_types"}),
}
"""What a definition may limit, by its type; nothing for objects and null."""


def add_refusals(plan: Plan, events: Sequence[Event], lost: LossList) -> None:
    """Add what rudder-cli refuses in the names, descriptions and structure of a plan."""
    if not _PLAN_NAME.fullmatch(plan.name):
        lost.add("", "a name of the plan that rudder-cli refuses", "written; it wants 3 to 65 plain letters and digits")
    if plan.description and not _DESCRIPTION.fullmatch(plan.description):
        lost.add("", "a description that rudder-cli refuses", "written; it wants a letter first, 3 to 2,000 long")
    for event in events:
        _add_refusals_of_event(event, lost)
    once: set[tuple[str, str]] = set()
    for event in events:
        key = event.call, "" if event.call in NAMES else event.name
        if key in once:
            lost.add(event.name, "a second rule for one event", "written; rudder-cli refuses it")
        once.add(key)


def add_refused_definitions(definitions: Iterable[Mapping[str, Any]], lost: LossList) -> None:
    """Add what rudder-cli refuses in the definitions of properties."""
    for each in definitions:
        for what in _refused(each):
            lost.add("", f"property {shown(str(each.get('name')))}: {what}", "written; rudder-cli refuses it")


def _refused(definition: Mapping[str, Any]) -> Iterator[str]:
    description = definition.get("description")
    if isinstance(description, str) and not 3 <= len(description) <= 2_000:
        yield "a description that is not 3 to 2,000 long"
    config = definition.get("config") or definition.get("propConfig")
    types = definition_types(definition)
    if not isinstance(config, dict) or any(word.startswith("#") for word in types):
        return
    taken = frozenset().union(*(_LIMITS.get(word, ()) for word in types or _LIMITS))
    yield from (f"{word} for the type {', '.join(types)}" for word in config if snake(str(word)) not in taken)
    values = config.get("enum")
    if isinstance(values, list) and len({(type(each), str(each)) for each in values}) < len(values):
        yield "an allowed value twice"
    if "format" in config and str(config["format"]) not in _FORMATS:
        yield f"the format {shown(str(config['format']))}"


def _add_refusals_of_event(event: Event, lost: LossList) -> None:
    if event.call not in NAMES and len(event.name.encode()) > _LONGEST_EVENT:
        lost.add(event.name, "a name that rudder-cli refuses", f"written; it wants at most {_LONGEST_EVENT} bytes")
    if event.description and not _DESCRIPTION.fullmatch(event.description):
        lost.add(
            event.name, "a description that rudder-cli refuses", "written; it wants a letter first, 3 to 2,000 long"
        )
    for prop, depth in _with_depth(event.properties):
        where = f"property {shown(prop.name)}"
        if prop.name != prop.name.strip() or not 0 < len(prop.name) <= _LONGEST_PROPERTY:
            lost.add(event.name, f"{where}: a name that rudder-cli refuses", "written; it wants 1 to 65 characters")
        if prop.properties and len({"object", "array"} & set(prop.type.split("|"))) != 1:
            lost.add(
                event.name, f"{where}: children that rudder-cli refuses", "written; it wants an object or an array"
            )
        if depth > _DEEPEST:
            lost.add(event.name, f"{where}: deeper than rudder-cli takes", f"written; it takes {_DEEPEST} levels")


def _with_depth(properties: Iterable[Property], depth: int = 0) -> Iterator[tuple[Property, int]]:
    for each in properties:
        yield each, depth
        yield from _with_depth(each.properties, depth + 1)
