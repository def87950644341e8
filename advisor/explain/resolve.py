"""Resolves an inquiry: its library, its destinations and its pasted texts, or every fault in them. Used by `explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from advisor.advice.reach.network import Tool, tool
from advisor.document_limits import MAX_DESTINATIONS
from advisor.explain.judge.names import function_tool, is_function
from advisor.explain.parse.paste import read_literal
from advisor.explain.parse.source import LiteralError, check_value
from advisor.explain.parse.values import Literal, Value
from advisor.explain.report.explanation import Fault, Inquiry, InquiryError
from advisor.explain.report.pasted import Pasted
from advisor.knowledge.catalogue import CATALOGUE, find_destination
from advisor.knowledge.libraries import LIBRARIES, Library, find_library
from advisor.model import Destination
from advisor.text import did_you_mean, quote


@dataclass(frozen=True)
class Question:
    """An inquiry whose parts are all resolved: it can be answered. ``tools`` are empty if the object is to name them."""

    library: Library
    tools: dict[str, Tool]
    pasted: Pasted


def resolve_inquiry(inquiry: Inquiry) -> Question:
    """Return the resolved parts of an inquiry. Raises `InquiryError` with all of its faults."""
    library = find_library(inquiry.library)
    pasted = _read(inquiry.object, "/object", library)
    load = None if inquiry.load is None or inquiry.load == "" else _read(inquiry.load, "/load", library)
    destinations = _resolve_all(inquiry.destinations)
    faults = (
        *((_unknown_library(inquiry.library),) if library is None else ()),
        *(each for each in (pasted, load) if isinstance(each, Fault)),
        *((_needless_load(),) if isinstance(load, Literal) and library not in (None, "analytics.js") else ()),
        *(each for each in destinations if isinstance(each, Fault)),
    )
    if faults or library is None or isinstance(pasted, Fault) or isinstance(load, Fault):
        raise InquiryError(faults)
    tools = {each.key: each for each in destinations if isinstance(each, Tool)}
    return Question(LIBRARIES[library], tools, Pasted(pasted, load))


def _read(given: Any, pointer: str, library: str | None) -> Literal | Fault:
    try:
        if not isinstance(given, str):
            check_value(given)
            value: Value = given
            return Literal(value)
        return read_literal(given, library, wants_load=pointer == "/load")
    except LiteralError as error:
        return Fault(code="literal", message=str(error), pointer=pointer, line=error.line, column=error.column)
    except ValueError as error:
        return Fault(code="literal", message=str(error), pointer=pointer)


def _resolve_all(destinations: tuple[Destination | str, ...]) -> tuple[Tool | Fault, ...]:
    if len(destinations) > MAX_DESTINATIONS:
        message = f"At most {MAX_DESTINATIONS} destinations at once; these are {len(destinations):,}."
        return (Fault(code="too-many", message=message, pointer="/destinations"),)
    return tuple(_tool_or_fault(each, place) for place, each in enumerate(destinations))


def _tool_or_fault(destination: Destination | str, place: int) -> Tool | Fault:
    known = resolve(destination)
    if isinstance(known, Tool):
        return known
    return Fault(code="unknown-destination", message=known, pointer=f"/destinations/{place}")


def _unknown_library(name: str) -> Fault:
    message = f"{quote(name)} isn’t a library. The libraries are {', '.join(LIBRARIES)}."
    return Fault(code="unknown-library", message=message, pointer="/library")


def _needless_load() -> Fault:
    message = "Only Analytics.js has a load-time object. Leave this out, or choose Analytics.js."
    return Fault(code="load", message=message, pointer="/load")


def resolve(destination: Destination | str) -> Tool | str:
    """Return the destination or destination function of a key or another name, or an error message if there is none."""
    if isinstance(destination, str):
        destination = Destination(key=destination)
    if destination.custom is not None or destination.key in CATALOGUE:
        return tool(destination)
    match = find_destination(destination.key)
    if match.key is not None:
        return tool(Destination(key=match.key, web_mode=destination.web_mode, mobile_mode=destination.mobile_mode))
    if is_function(destination.key):
        return function_tool(destination.key)
    return f"{quote(destination.key)} isn’t a destination.{did_you_mean(match.candidates)}"
