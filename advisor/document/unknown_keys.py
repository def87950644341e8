"""Handles keys that the plan format does not know: keeps them under ``extra`` where there is one, else refuses them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from advisor.document.nearest import not_known
from advisor.document.parse import depth
from advisor.document.problems import Path, Remarks
from advisor.document.shape import COMPUTED
from advisor.document_limits import MAX_DEPTH
from advisor.model import Against, Decision, Destination, Dismissal, Event, Naming, Plan, Property
from advisor.text import quote

FIELDS: dict[type[Struct], tuple[FieldInfo, ...]] = {
    kind: fields(kind) for kind in (Plan, Destination, Event, Property, Decision, Naming, Dismissal, Against)
}
"""The fields of each kind of object that msgspec reads also with unknown keys."""
_KNOWN: dict[type[Struct], tuple[str, ...]] = {
    kind: tuple(each.encode_name for each in known) for kind, known in FIELDS.items()
}
_TAKEN: dict[type[Struct], frozenset[str]] = {
    kind: frozenset(names) - COMPUTED - {"extra"} for kind, names in _KNOWN.items()
}


def keep_unknown(value: Any, kind: type[Struct], path: Path, remarks: Remarks) -> Any:
    """Return a copy of an object without its computed parts and with its unknown keys under ``extra``, sorted.

    A value that is not an object, or an ``extra`` that is not one, is returned as it is; `shape` refuses it.
    """
    if type(value) is not dict:
        return value
    taken = _TAKEN[kind]
    if value.keys() <= taken:
        return dict(value)
    kept = {key: member for key, member in value.items() if key in taken}
    unknown = {key: member for key, member in value.items() if key not in _KNOWN[kind]}
    extra = value.get("extra", {})
    if type(extra) is not dict:
        return kept | {"extra": extra}
    _check_moves(unknown, extra, path, remarks)
    if merged := extra | unknown:
        kept["extra"] = dict(sorted(merged.items()))
    return kept


def refuse_unknown(value: Any, kind: type[Struct], path: Path, remarks: Remarks) -> None:
    """Add a problem for every key of an object that its kind does not have, with the nearest that it has."""
    refuse_keys(value, _KNOWN[kind], path, remarks)


def refuse_keys(value: Any, known: tuple[str, ...], path: Path, remarks: Remarks) -> None:
    """Add a problem for every key of an object that is not known, with the nearest that is."""
    if type(value) is not dict:
        return
    for key in value:
        if key not in known:
            remarks.problem((*path, key), "unknown-key", not_known(key, known))


def _check_moves(unknown: dict[str, Any], extra: dict[str, Any], path: Path, remarks: Remarks) -> None:
    for key, member in unknown.items():
        if key in extra:
            message = f"The unknown key {quote(key)} would move to extra, which already has one of that name."
            remarks.problem((*path, key), "extra-conflict", message)
        # The object is at level len(path) + 1, its ``extra`` one level deeper, and the member below that.
        elif type(member) in (dict, list) and len(path) + 2 + depth(member) > MAX_DEPTH:
            message = (
                f"The unknown key {quote(key)} would move to extra and then be nested deeper than {MAX_DEPTH} levels."
            )
            remarks.problem((*path, key), "too-deep", message)
