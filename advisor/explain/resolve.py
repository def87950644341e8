"""Resolves an inquiry: its library, its destinations and its pasted texts, or every fault in them. Used by `explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.advice.reach.network import Tool, tool
from advisor.explain.judge.names import is_function
from advisor.explain.parse.paste import read_literal
from advisor.explain.parse.source import LiteralError, check_value
from advisor.explain.parse.values import Literal, Value
from advisor.explain.report.explanation import Fault, Inquiry, InquiryError
from advisor.explain.report.report import listed, quoted
from advisor.knowledge.catalogue import CATALOGUE, find_destination
from advisor.knowledge.libraries import LIBRARIES, Library, find_library
from advisor.model import CustomReach, Destination

MAX_DESTINATIONS = 200


@dataclass(frozen=True)
class Answerable:
    """An inquiry whose parts are all resolved."""

    library: Library
    tools: dict[str, Tool]
    object: Literal
    load: Literal | None


def understand(inquiry: Inquiry) -> Answerable:
    """Return the resolved parts of an inquiry. Raises `InquiryError` with all of its faults."""
    faults: list[Fault] = []
    library = find_library(inquiry.library)
    if library is None:
        message = f"{quoted(inquiry.library)} isn’t a library. The libraries are {', '.join(LIBRARIES)}."
        faults.append(Fault(code="unknown-library", message=message, pointer="/library"))
    pasted = _read(inquiry.object, "/object", library, faults)
    load = None if inquiry.load is None or inquiry.load == "" else _read(inquiry.load, "/load", library, faults)
    if load is not None and library not in (None, "analytics.js"):
        message = "Only Analytics.js has a load-time object. Leave this out, or choose Analytics.js."
        faults.append(Fault(code="load", message=message, pointer="/load"))
    tools = dict(_tools(inquiry.destinations, faults))
    if faults or library is None or pasted is None:
        raise InquiryError(tuple(faults))
    return Answerable(LIBRARIES[library], tools, pasted, load)


def _read(given: Any, pointer: str, library: str | None, faults: list[Fault]) -> Literal | None:
    try:
        if not isinstance(given, str):
            check_value(given)
            value: Value = given
            return Literal(value)
        return read_literal(given, library, wants_load=pointer == "/load")
    except LiteralError as error:
        faults.append(Fault(code="literal", message=str(error), pointer=pointer, line=error.line, column=error.column))
    except ValueError as error:
        faults.append(Fault(code="literal", message=str(error), pointer=pointer))
    return None


def _tools(destinations: tuple[Destination | str, ...], faults: list[Fault]) -> Iterator[tuple[str, Tool]]:
    if len(destinations) > MAX_DESTINATIONS:
        message = f"At most {MAX_DESTINATIONS} destinations at once; these are {len(destinations):,}."
        faults.append(Fault(code="too-many", message=message, pointer="/destinations"))
        return
    for place, destination in enumerate(destinations):
        known = resolve(destination)
        if isinstance(known, Tool):
            yield known.key, known
        else:
            faults.append(Fault(code="unknown-destination", message=known, pointer=f"/destinations/{place}"))


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
    near = listed(match.candidates)
    return f"{quoted(destination.key)} isn’t a destination." + (f" Did you mean {near}?" if near else "")


def function_tool(key: str) -> Tool:
    """Return a destination function as a tool: Segment's servers run it for every kind of source."""
    return tool(Destination(key=key, custom=CustomReach(web="cloud", mobile="cloud", server="cloud")))
