"""Remarks on a value that is neither true nor false, and what was probably meant by it.

Used by `entries`.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explain.check.keys import Remark
from advisor.explain.judge.names import ALL, WAREHOUSES
from advisor.explain.judge.segment import SEGMENT
from advisor.explain.judge.truthiness import meant_boolean
from advisor.explain.judge.warehouse import is_warehouse_rule
from advisor.explain.parse.values import Undefined, Value, Variable
from advisor.explain.report.explanation import Input
from advisor.explain.report.sources import COMMON_FIELDS, FILTERING
from advisor.explain.report.sources import WAREHOUSES as WAREHOUSE_PAGE
from advisor.text import quote


def check_value(key: str, value: Value, source: Input) -> Iterator[Remark]:
    """Yield the remarks on the value of a key. At load time, settings are usual."""
    if isinstance(value, bool) or (key == WAREHOUSES and is_warehouse_rule(value)):
        if key == WAREHOUSES and isinstance(value, bool):
            yield _no_warehouse_rule()
    elif isinstance(value, Variable):
        message = f"The value {quote(value.name)} isn’t in the text."
        yield Remark("variable", message, "Look at it with each value it can have.", COMMON_FIELDS)
    elif key == WAREHOUSES:
        yield _no_warehouse_rule()
    elif isinstance(value, dict):
        yield from _settings(key, source)
    else:
        code, message = _odd_value(key, value, source)
        word = "true" if meant_boolean(value) else "false"
        yield Remark(code, message, f"Write {word}.", COMMON_FIELDS)


def _no_warehouse_rule() -> Remark:
    message = "Warehouses takes an object: its key all, in lower case, is true or false, or warehouseIds lists some."
    return Remark("warehouses-form", message, 'Write {"all": true} or {"all": false}.', WAREHOUSE_PAGE)


def _settings(key: str, source: Input) -> Iterator[Remark]:
    if key == ALL:
        yield Remark("object-for-all", "All is an object here.", "Write true or false.", COMMON_FIELDS)
    elif key != SEGMENT and source == "object":
        message = "An object counts as true, and overrides a filter that was set for this destination in the app."
        yield Remark("options-object", message, "Keep it if the settings are wanted.", FILTERING)


def _odd_value(key: str, value: Value, source: Input) -> tuple[str, str]:
    name = quote(key)
    at_load = source == "load"
    if isinstance(value, str):
        message = f"The value of {name} is a text. In a browser every text but the empty one switches on, “false” too."
        return "string-for-boolean", message
    if value is None:
        if at_load:
            return "null-value", f"The value of {name} is null. At load time this is false."
        message = (
            f"The value of {name} is null, neither true nor false. In a browser All decides; elsewhere it isn’t known."
        )
        return "null-value", message
    if value is Undefined.UNDEFINED:
        if at_load:
            return "undefined-value", f"The value of {name} is undefined. At load time this is false."
        return "undefined-value", f"The value of {name} is undefined, which is the same as no entry: All decides."
    if isinstance(value, list):
        message = f"The value of {name} is a list. In a browser it switches on; elsewhere it isn’t known."
        return "list-value", message
    message = f"The value of {name} is a number. In a browser 0 switches off and others on; elsewhere it isn’t known."
    return "number-for-boolean", message
