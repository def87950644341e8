"""One page of the catalogue of destinations: searched, filtered by the source that reaches them, and split into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from advisor.knowledge.catalogue import Row
from advisor.knowledge.destination_search import search
from advisor.knowledge.destination_slugs import rows_by_slug, slug_of_row
from advisor.model import SourceType
from advisor.presentation.destination_words import why_found
from advisor.web.app.pager import Pager

PAGE_SIZE = 50
Reached = Literal["web", "mobile", "server", "client-only", "server-only"]
_SOURCES: tuple[SourceType, ...] = get_args(SourceType)


@dataclass(frozen=True)
class CatalogueEntry:
    """A destination of the list: its row, the last part of its page's address, and why a search found it, if unclear."""

    row: Row
    slug: str
    why: str


@dataclass(frozen=True)
class CataloguePage:
    """One page of the destinations that match a search. ``is_near``: none matches, and these have similar names.

    ``reached`` is the filter in use: a source type, ``client-only``, ``server-only``, or empty for all.
    """

    text: str
    reached: str
    is_near: bool
    entries: tuple[CatalogueEntry, ...]
    pager: Pager


def find(text: str, reached: str, page: str) -> CataloguePage:
    """Return a page of the destinations that match the text and pass the filter. An unknown filter is ignored.

    ``page`` is the number of the page as the address has it.
    """
    reached = reached if reached in get_args(Reached) else ""
    hits = search(text) if text.strip() else ()
    every = [CatalogueEntry(hit.row, slug_of_row(hit.row), why_found(hit)) for hit in hits]
    if not text.strip():
        every = [CatalogueEntry(row, slug, "") for slug, row in rows_by_slug().items()]
    fitting = [entry for entry in every if is_reached(entry.row, reached)]
    pager = Pager.of(page, PAGE_SIZE, len(fitting))
    is_near = bool(hits) and hits[0].why == "similar"
    return CataloguePage(text, reached, is_near, tuple(pager.cut(fitting)), pager)


def is_reached(row: Row, reached: str) -> bool:
    """Return whether a destination passes the filter."""
    server = bool(row.reaches("server"))
    client = bool(row.reaches("web") or row.reaches("mobile"))
    if reached in _SOURCES:
        return any(row.reaches(source) for source in _SOURCES if source == reached)
    return {"client-only": client and not server, "server-only": server and not client}.get(reached, True)
