"""Reads and writes labels: what a plan can hold of them. What it can't hold stays in the remainder of its object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.document_limits import LONGEST_LABEL, MAX_LABEL_TEXTS, MAX_LABELS
from advisor.formats.reading import LabelValue


def read_labels(value: Any) -> dict[str, LabelValue]:
    """Return the labels in an object: texts, lists of texts, and numbers and booleans as text, at most `MAX_LABELS`."""
    if not isinstance(value, dict):
        return {}
    labels: dict[str, LabelValue] = {}
    for key, member in value.items():
        texts = [_text(each) for each in (member if isinstance(member, list) else [member])]
        fitting = [text for text in texts if text is not None and len(text) <= LONGEST_LABEL]
        is_whole = len(fitting) == len(texts) <= MAX_LABEL_TEXTS
        if is_whole and 0 < len(key) <= LONGEST_LABEL and len(labels) < MAX_LABELS:
            labels[key] = fitting if isinstance(member, list) else fitting[0]
    return labels


def plain_labels(labels: Mapping[str, LabelValue | tuple[str, ...]]) -> dict[str, str | list[str]]:
    """Return labels as JSON, sorted by key as a plan holds them: the plain form that the order of a file is compared with."""
    return {key: value if isinstance(value, str) else list(value) for key, value in sorted(labels.items())}


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None
