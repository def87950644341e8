"""Reads the libraries that a document names, in its sources and in those of its events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from advisor.document.names import NameList, UnknownName
from advisor.document.nearest import nearest_of
from advisor.document.problems import Remarks
from advisor.knowledge.libraries import LIBRARIES, find_library, libraries_of
from advisor.model import Side
from advisor.text import quote

_KEYS: dict[Side, tuple[str, ...]] = {
    side: tuple(library.key for library in libraries_of(side)) for side in ("client", "server")
}


def read_sources(value: Any, remarks: Remarks) -> tuple[Any, NameList]:
    """Return a plan's sources by key, and the reader for its events' lists of sources."""
    if type(value) is not dict:
        return value, NameList(_of_plan((), frozenset()), "library-replaced")
    sources = dict(value)
    client = NameList(_on_side("client"), "library-replaced")
    if "client" in sources:
        sources["client"] = client.read(sources["client"], ("sources", "client"), remarks)
    if "server" in sources:
        server = NameList(_on_side("server"), "library-replaced")
        sources["server"] = server.key(sources["server"], ("sources", "server"), remarks)
    named = [name for name in _texts(sources.get("client")) if find_library(name) in _KEYS["client"]]
    refused = frozenset(_texts(sources.get("client"))) - set(named)
    return sources, NameList(_of_plan(tuple(named), refused), "library-replaced")


def _texts(value: Any) -> list[str]:
    return [each for each in value if type(each) is str] if type(value) is list else []


def _on_side(side: Side) -> Callable[[str], str]:
    choices = f"The {side} libraries: {', '.join(_KEYS[side])}."

    def key_of(name: str) -> str:
        key = find_library(name)
        if key is None:
            raise UnknownName(
                "unknown-library", f"There is no library {quote(name)}.{nearest_of(name, _KEYS[side])} {choices}"
            )
        if key not in _KEYS[side]:
            raise UnknownName("wrong-side", f"{quote(name)} is a {LIBRARIES[key].side} library. {choices}")
        return key

    return key_of


def _of_plan(named: tuple[str, ...], refused: frozenset[str]) -> Callable[[str], str | None]:
    def key_of(name: str) -> str | None:
        key = find_library(name)
        if key in named:
            return key
        if name in refused:
            return None
        message = f"{quote(name)} is not one of the plan’s client libraries ({', '.join(named) or 'none'})."
        raise UnknownName("not-in-plan", message + nearest_of(name, named))

    return key_of
