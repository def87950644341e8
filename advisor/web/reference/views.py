"""The pages that show what the advice is based on: the rules, and the catalogue of destinations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from flask import render_template, request, url_for

from advisor.knowledge.catalogue import CATALOGUE, Row, search
from advisor.knowledge.questions import QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.model import SourceType
from advisor.web.app.pager import Pager

PAGE_SIZE = 50
Reached = Literal["web", "mobile", "server", "client-only", "server-only"]
_SOURCES: tuple[SourceType, ...] = get_args(SourceType)


@dataclass(frozen=True)
class CataloguePage:
    """One page of the destinations that match a search."""

    text: str
    reached: str
    """The filter in use: a source type, ``client-only``, ``server-only``, or empty for all."""
    rows: tuple[Row, ...]
    pager: Pager

    def address(self, number: int | None) -> str:
        """Return the address of a page of the same search."""
        state: dict[str, Any] = {"q": self.text or None, "from": self.reached or None, "page": number}
        return url_for("reference.destinations", **state)


def rules() -> str:
    """Render the decision table with its sources, and the law in plain words."""
    return render_template("reference/rules.html", rules=RULES, questions=QUESTIONS)


def destinations() -> str:
    """Render the catalogue, searched by name, previous name or key, and filtered by the source that reaches it."""
    reached = request.args.get("from", "")
    found = find(request.args.get("q", ""), reached, request.args.get("page", ""))
    return render_template("reference/destinations.html", found=found)


def find(text: str, reached: str, page: str) -> CataloguePage:
    """Return a page of the destinations that match the text and pass the filter. An unknown filter is ignored.

    ``page`` is the number of the page as the address has it.
    """
    reached = reached if reached in get_args(Reached) else ""
    rows = search(text) if text.strip() else list(CATALOGUE.values())
    fitting = [row for row in rows if is_reached(row, reached)]
    pager = Pager.of(page, PAGE_SIZE, len(fitting))
    return CataloguePage(text, reached, tuple(pager.cut(fitting)), pager)


def is_reached(row: Row, reached: str) -> bool:
    """Return whether a destination passes the filter."""
    server = bool(row.reaches("server"))
    client = bool(row.reaches("web") or row.reaches("mobile"))
    if reached in _SOURCES:
        return any(row.reaches(source) for source in _SOURCES if source == reached)
    return {"client-only": client and not server, "server-only": server and not client}.get(reached, True)
