"""The builder methods that set single entries: of options, of Go's integrations, of the integrations object itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeGuard

from advisor.explain.parse.tree import Call, Constant, Entry, Mapping, Name, Node, Opaque, Sequence
from advisor.knowledge.libraries import Language

_Made = Callable[[Call], Entry]
_ALL_KEY = "ALL_INTEGRATIONS_KEY"


def key_of(node: Node) -> str | None:
    """Return the text of a key, or None if it is computed."""
    if isinstance(node, Constant):
        return f"{node.value}"
    return "All" if isinstance(node, Name) and node.text.endswith(_ALL_KEY) else None


def split_chain(node: Node) -> tuple[Node, list[Call]]:
    """Return the beginning of a chain of calls, and the calls on it from first to last."""
    steps: list[Call] = []
    while isinstance(node, Call) and node.receiver is not None:
        steps.append(node)
        node = node.receiver
    return node, steps[::-1]


def _constant(key: str, *, value: bool) -> _Made:
    return lambda step: Entry(key, Constant(value, step.start), step.start)


def _switch(*, value: bool) -> _Made:
    def make_entry(step: Call) -> Entry:
        if len(step.arguments) != 1:
            return Entry(None, step, step.start)
        key = step.arguments[0].value
        return Entry(key_of(key), Constant(value, key.start), key.start)

    return make_entry


def _key_and_value(step: Call) -> Entry:
    """Return the entry that a method with a key and a value sets; with a key alone it is true."""
    values = [each.value for each in step.arguments]
    if len(values) == 1:
        return Entry(key_of(values[0]), Constant(True, values[0].start), values[0].start)
    if len(values) != 2:
        return Entry(None, step, step.start)
    return Entry(key_of(values[0]), values[1], values[0].start)


_GO_STEPS: dict[str, _Made] = {
    # The library's own helpers write the key in lower case.
    "EnableAll": _constant("all", value=True),
    "DisableAll": _constant("all", value=False),
    "Enable": _switch(value=True),
    "Disable": _switch(value=False),
    "Set": _key_and_value,
}
INTEGRATION_STEPS: dict[str, _Made] = {
    "enableIntegration": _key_and_value,
    "integrationOptions": _key_and_value,
    "setIntegration": _key_and_value,
    "setIntegrationOptions": _key_and_value,
    "SetIntegration": _key_and_value,
    "SetIntegrationOptions": _key_and_value,
    "putIntegrations": _key_and_value,
    "PutIntegrations": _key_and_value,
    "disableIntegration": _switch(value=False),
    "DisableIntegration": _switch(value=False),
    "EnableIntegration": _switch(value=True),
}
"""Methods that set one entry of the integrations object, on any receiver."""


def go_integrations(base: Node, steps: list[Call]) -> Node:
    """Return the object that ``NewIntegrations()`` or ``Integrations{…}`` and the calls on it build."""
    given = base.entries if isinstance(base, Mapping) else ()
    entries = (
        _GO_STEPS[step.name](step) if step.name in _GO_STEPS else Entry(None, step, step.start) for step in steps
    )
    return Mapping((*given, *entries), base.start)


def options(base: Node, steps: list[Call]) -> Node:
    """Return the object of an options builder: its integrations and all other fields that are set."""
    integrations = [INTEGRATION_STEPS[step.name](step) for step in steps if step.name in INTEGRATION_STEPS]
    others = [_option(step) for step in steps if step.name not in INTEGRATION_STEPS]
    first = integrations[0].start if integrations else base.start
    own = [Entry("integrations", Mapping(tuple(integrations), first), first)] if integrations else []
    return Mapping((*own, *others), base.start, "Options")


def _option(step: Call) -> Entry:
    field = step.name.removeprefix("set").removeprefix("Set").removeprefix("put")
    value = step.arguments[-1].value if step.arguments else Opaque(step.text, step.start)
    return Entry(field[:1].lower() + field[1:] or None, value, step.start)


def from_steps(node: Node, language: Language) -> Iterator[Entry]:
    """Yield the entries of ``putIntegrations(…)`` and the calls chained to it, first to last."""
    base, steps = split_chain(node)
    for step in (base, *steps):
        if not isinstance(step, Call):
            continue
        if step.name in CLOUD_STEPS:
            yield from _cloud_entries(step, language)
        elif step.name in INTEGRATION_STEPS:
            yield INTEGRATION_STEPS[step.name](step)


def _cloud_entries(step: Call, language: Language) -> Iterator[Entry]:
    """Yield All and the exceptions of ``disableCloudIntegrations(exceptKeys)``.

    Kotlin keeps only those exceptions that the event has already, and it has none.
    """
    value = CLOUD_STEPS[step.name]
    yield Entry("All", Constant(value, step.start), step.start)
    if not value and language == "kotlin":
        return
    for each in step.arguments:
        node = each.value
        node = Sequence(tuple(each.value for each in node.arguments), node.start) if _is_list(node) else node
        if not isinstance(node, Sequence):
            yield Entry(None, node, node.start)
            continue
        yield from (Entry(key_of(key), Constant(not value, key.start), key.start) for key in node.items)


def _is_list(node: Node) -> TypeGuard[Call]:
    return isinstance(node, Call) and node.name == "listOf"


CLOUD_STEPS = {"disableCloudIntegrations": False, "enableCloudIntegrations": True}
"""Methods of Swift and Kotlin that set All."""
