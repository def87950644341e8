"""Remembers in a plan what a person said of the columns of a table, for the next table with the same headings.

It is kept under ``extra`` of the plan, so it is undone, restored, exported and deleted with the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from advisor.formats.columns.fields import is_field
from advisor.model import Plan

KEY = "imported_tables"
"""The key under ``extra`` of a plan."""
MAX_TABLES = 20
"""How many kinds of tables a plan remembers. The oldest is forgotten."""


def remembered_columns(plan: Plan, headings: Iterable[str]) -> dict[str, str]:
    """Return the fields that a person chose for the columns of a table with these headings; empty if none."""
    wanted = list(headings)
    for table in _tables(plan):
        if table.get("headings") == wanted and isinstance(table.get("columns"), dict):
            return {key: field for key, field in table["columns"].items() if isinstance(field, str) and is_field(field)}
    return {}


def with_columns(plan: Plan, headings: Iterable[str], columns: Mapping[str, str]) -> Plan:
    """Return the plan with what a person chose for a table with these headings. No choice forgets an earlier one."""
    named = list(headings)
    others = [table for table in _tables(plan) if table.get("headings") != named]
    tables = [{"headings": named, "columns": dict(sorted(columns.items()))}, *others] if columns else others
    before = plan.extra if isinstance(plan.extra, dict) else {}
    rest = {key: value for key, value in before.items() if key != KEY}
    after = rest | ({KEY: tables[:MAX_TABLES]} if tables else {})
    return plan if after == before else replace(plan, extra=after or UNSET)


def _tables(plan: Plan) -> list[dict[str, Any]]:
    kept = plan.extra.get(KEY) if isinstance(plan.extra, dict) else None
    return [table for table in kept if isinstance(table, dict)] if isinstance(kept, list) else []
