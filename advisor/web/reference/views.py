"""The pages that show what the advice is based on: the rules, and the catalogue of destinations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from flask import Blueprint, render_template, request, url_for

from advisor.knowledge.catalogue import CATALOGUE, Row, search
from advisor.knowledge.questions import QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.model import SourceType

PAGE_SIZE = 50
Reached = Literal["web", "mobile", "server", "client-only", "server-only"]
_SOURCES: tuple[SourceType, ...] = get_args(SourceType)


@dataclass(frozen=True)
class Found:
    """One page of the destinations that match a search. ``number`` is the page, counted from 1."""

    text: str
    reached: str
    """The filter in use: a source type, ``client-only``, ``server-only``, or empty for all."""
    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """Return the position of the first destination on this page, counted from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """Return the position of the last destination on this page, counted from 1."""
        return self.first + len(self.rows) - 1

    def address(self, number: int) -> str:
        """Return the address of a page of the same search."""
        state: dict[str, Any] = {"q": self.text or None, "from": self.reached or None, "page": number}
        return url_for("pages.destinations", **state)


def register(blueprint: Blueprint) -> None:
    """Add these pages to the blueprint."""
    blueprint.add_url_rule("/rules", view_func=rules)
    blueprint.add_url_rule("/destinations", view_func=destinations)


def rules() -> str:
    """Render the decision table with its sources, and the law in plain words."""
    return render_template("reference/rules.html", rules=RULES, questions=QUESTIONS)


def destinations() -> str:
    """Render the catalogue, searched by name, previous name or key, and filtered by the source that reaches it."""
    reached = request.args.get("from", "")
    found = find(request.args.get("q", ""), reached, request.args.get("page", 1, type=int))
    return render_template("reference/destinations.html", found=found)


def find(text: str, reached: str, number: int) -> Found:
    """Return a page of the destinations that match the text and pass the filter. An unknown filter is ignored."""
    reached = reached if reached in get_args(Reached) else ""
    rows = search(text) if text.strip() else list(CATALOGUE.values())
    fitting = [row for row in rows if is_reached(row, reached)]
    pages = max(1, -(-len(fitting) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = fitting[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Found(text, reached, tuple(shown), len(fitting), number, pages)


def is_reached(row: Row, reached: str) -> bool:
    """Return whether a destination passes the filter."""
    server = bool(row.reaches("server"))
    client = bool(row.reaches("web") or row.reaches("mobile"))
    if reached in _SOURCES:
        return any(row.reaches(source) for source in _SOURCES if source == reached)
    return {"client-only": client and not server, "server-only": server and not client}.get(reached, True)
