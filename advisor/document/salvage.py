"""Reads what is still valid in damaged settings, for the store."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
from msgspec.structs import replace

from advisor.document.problems import DocumentError, Problem
from advisor.document.read import read_tree
from advisor.model import FORMAT, Plan

_ROUNDS = 50


def salvage(content: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Return the settings without the parts that are refused, and the problems of those parts.

    Returns None instead of settings if nothing can be read at all.
    """
    tree = _tree(content)
    if tree is None:
        return None, (Problem(code="not-json", message="Not a JSON object any more.", pointer=""),)
    tree |= {"format": FORMAT, "events": []}
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        try:
            return replace(read_tree(tree).plan, events=()), tuple(problems)
        except DocumentError as error:
            problems += error.errors
            for problem in reversed(error.errors):
                _take_out(tree, [_unescaped(part) for part in problem.pointer.split("/")[1:]])
    return None, tuple(problems)


def _tree(content: str) -> dict[str, Any] | None:
    try:
        tree = msgspec.json.decode(content)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _take_out(tree: dict[str, Any], path: list[str]) -> None:
    """Delete the value at a path; if there is none, delete the nearest value on the path that exists."""
    while path:
        with contextlib.suppress(KeyError, IndexError, ValueError, TypeError):
            parent: Any = tree
            for part in path[:-1]:
                parent = parent[int(part)] if isinstance(parent, list) else parent[part]
            del parent[int(path[-1]) if isinstance(parent, list) else path[-1]]
            return
        path = path[:-1]
