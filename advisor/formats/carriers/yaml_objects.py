"""Keeps of one object of a YAML file what the plan has no place for, and how it is laid out: for every format in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.formats.carriers.yaml_layout import Layout
from advisor.formats.carriers.yaml_write import Laid
from advisor.formats.remainder import joined, remainder


def kept_object(plain: dict[str, Any], source: dict[str, Any], layout: Layout | None) -> dict[str, Any]:
    """Return what is kept under ``extra`` of an object: its remainder and its layout; nothing if it is written plainly.

    ``layout`` is what `advisor.formats.carriers.yaml_layout.take` cut off for it; the children's layouts are cut off before.
    """
    members = {"kept": remainder(plain, source), "layout": layout}
    return {name: each for name, each in members.items() if each}


def written_object(plain: dict[str, Any], kept: Mapping[str, Any], children: Mapping[str, Any] | None = None) -> Laid:
    """Return an object as it is written, with its children: members whose place is empty in its plain form."""
    whole = joined(plain, kept.get("kept"))
    return Laid({key: (children or {}).get(key, value) for key, value in whole.items()}, kept.get("layout"))
