"""HCL as JSON and back, so that blocks and expressions that nobody understands can be kept in a plan and written again."""

from __future__ import annotations

from typing import Any

from advisor.formats.carriers.hcl import HclBlock, HclCall, HclExpression, attribute_lines, hcl_string, write_hcl

_EXPRESSION = "$hcl"
"""The only key of an object that holds an expression as its text."""


def as_json(value: Any) -> Any:
    """Return a value of HCL as JSON: an expression or a call becomes an object with its text."""
    if isinstance(value, HclExpression | HclCall):
        return {_EXPRESSION: write_hcl(value)}
    if isinstance(value, dict):
        # An object that looks like a kept expression is kept as the text of an object.
        members = {key: as_json(each) for key, each in value.items()}
        return {_EXPRESSION: write_hcl(dict(value))} if is_expression(members) else members
    return [as_json(each) for each in value] if isinstance(value, list) else value


def from_json(value: Any) -> Any:
    """Return the value of HCL that `as_json` made this JSON of."""
    if isinstance(value, dict):
        text = value.get(_EXPRESSION)
        if len(value) == 1 and isinstance(text, str):
            return HclExpression(text)
        return {key: from_json(each) for key, each in value.items()}
    return [from_json(each) for each in value] if isinstance(value, list) else value


def is_expression(value: Any) -> bool:
    """Return whether a value of `as_json` is an expression that only Terraform can evaluate."""
    return isinstance(value, dict) and len(value) == 1 and _EXPRESSION in value


def holds_expression(value: Any) -> bool:
    """Return whether there is an expression anywhere in a value of `as_json`."""
    if isinstance(value, dict):
        return is_expression(value) or any(map(holds_expression, value.values()))
    return isinstance(value, list) and any(map(holds_expression, value))


def block_json(block: HclBlock) -> dict[str, Any]:
    """Return a block as JSON: its type, labels, attributes and blocks, those that are not empty."""
    members = {
        "labels": list(block.labels),
        "attributes": {each.name: as_json(each.value) for each in block.attributes},
        "blocks": [block_json(each) for each in block.blocks],
    }
    return {"type": block.type} | {key: each for key, each in members.items() if each}


def write_block(block: dict[str, Any], indent: str = "") -> str:
    """Return a block as HCL, with a line end; attributes come before blocks."""
    inner = indent + "  "
    labels = "".join(f" {hcl_string(label)}" for label in block.get("labels", ()))
    attributes = from_json(block.get("attributes", {}))
    lines = list(attribute_lines(attributes, inner))
    lines += [write_block(each, inner) for each in block.get("blocks", ())]
    return f"{indent}{block['type']}{labels} {{\n" + "".join(lines) + f"{indent}}}\n"
