"""The formats of other tools that a plan can be taken to, and the files of a plan in one of them."""

from __future__ import annotations

from advisor.formats.format import Format, WriteOptions
from advisor.formats.losses import Written
from advisor.formats.registry import formats
from advisor.model import Plan

_OF_OURS = frozenset({"tracking-plan", "html", "decision-record"})
"""Formats that the pages and the API offer as the three exports of `advisor.formats.exports`."""


def tool_formats() -> tuple[Format, ...]:
    """Return the formats of other tools that can be written, in the order of the registry."""
    return tuple(each for each in formats().values() if each.writes and each.key not in _OF_OURS)


def tool_format(key: str) -> Format | None:
    """Return the format of another tool with this key; None if there is none that can be written."""
    return next((each for each in tool_formats() if each.key == key), None)


def formats_of_origin(plan: Plan) -> frozenset[str]:
    """Return the keys of the formats whose own data the plan keeps: it came from a file in one of them."""
    extras = (plan.extra, *(event.extra for event in plan.events))
    kept = {key for extra in extras if isinstance(extra, dict) for key in extra}
    return frozenset(each.key for each in tool_formats() if each.extra_key in kept)


def write_for_tool(plan: Plan, form: Format, options: WriteOptions) -> Written:
    """Return the files of an advised plan in the format of a tool. Raises `FormatError` for a plan that it can't hold."""
    assert form.write is not None
    return form.write(plan, options)
