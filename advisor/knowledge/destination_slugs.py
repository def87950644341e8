"""The last part of the address of each destination's page, made of its key: every row of the catalogue has one of its own."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from advisor.knowledge.catalogue import CATALOGUE, STORAGE, Row


def slug_of(key: str) -> str | None:
    """Return the slug of a destination by its key, or None if it is not in the catalogue."""
    row = CATALOGUE.get(key)
    return slug_of_row(row) if row else None


def slug_of_row(row: Row) -> str:
    """Return the slug of a row, also of storage that has no key."""
    return _slugs()[row.slug]


def row_of_slug(slug: str) -> Row | None:
    """Return the row with this slug, or None."""
    return rows_by_slug().get(slug)


@cache
def rows_by_slug() -> dict[str, Row]:
    """Return every row, also storage, by its slug, in the order of the catalogue."""
    found: dict[str, Row] = {}
    for row in (*CATALOGUE.values(), *STORAGE):
        # Two keys may differ in capitals only, and warehouses share one key; their names differ.
        own = _plain(row.key) if row.key in CATALOGUE else _plain(row.name)
        found[own if own not in found else _plain(row.name)] = row
    return found


@cache
def _slugs() -> dict[str, str]:
    return {row.slug: slug for slug, row in rows_by_slug().items()}


def _plain(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
