"""The destinations that the settings page shows: those of the plan, and the results of a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, Row, fold, nearest, search, storage_names
from advisor.model import Destination, Mode, Plan, SourceType
from advisor.web.plans.settings.changes import wanted_by
from advisor.web.plans.settings.form import DestinationRow, PlanSettingsForm

FEWEST_LETTERS = 2
MOST_FOUND = 12
_SOURCE_TYPES: tuple[SourceType, ...] = ("web", "mobile", "server")
_STATUS = {"RETIRED": "retired", "PRIVATE_BETA": "private beta", "PUBLIC_BETA": "beta"}

Reach = tuple[tuple[SourceType, tuple[Mode, ...]], ...]
"""For each source type, the modes in which it reaches a destination."""


@dataclass(frozen=True)
class PlannedDestination:
    """A destination of the plan. ``row`` is its row of the form; ``choices`` are the source types with two modes."""

    key: str
    name: str
    is_custom: bool
    reach: Reach
    choices: tuple[SourceType, ...]
    row: DestinationRow | None
    events: int
    note: str

    @property
    def only(self) -> str:
        """Return how a website reaches it, for a destination without a choice."""
        modes = dict(self.reach)["web"]
        return f"{modes[0]} only" if modes else "not from the web"


@dataclass(frozen=True)
class FoundDestination:
    """A destination of the catalogue that a search finds.

    ``pieces`` are the parts of its name, each with whether it matches the search. ``formerly`` is a former name that
    matches, if its name and key do not.
    """

    key: str
    name: str
    pieces: tuple[tuple[str, bool], ...]
    formerly: str
    reach: Reach
    note: str
    is_planned: bool


@dataclass(frozen=True)
class SearchResult:
    """The result of a search: the number of matches, the destinations to show, and a message about them."""

    text: str
    count: int
    rows: tuple[FoundDestination, ...]
    says: str


def planned_destinations(plan: Plan, form: PlanSettingsForm) -> tuple[PlannedDestination, ...]:
    """Return the plan's destinations for the page, in their order."""
    rows = form.rows()
    return tuple(_planned_destination(item, plan, rows.get(item.key)) for item in plan.destinations)


def find(plan: Plan, text: str) -> SearchResult:
    """Return the destinations whose name, former name or key contains the text; the nearest names if there are none."""
    wanted = " ".join(text.split())
    if len(wanted) < FEWEST_LETTERS:
        return SearchResult(text, 0, (), "Type two letters or more." if wanted else "")
    matching = search(wanted)
    if not matching:
        near = [CATALOGUE[key] for key in nearest(wanted)]
        return _result(plan, text, 0, near, _nothing(wanted, near))
    count = len(matching)
    says = "1 matches." if count == 1 else f"{count} match."
    if count > MOST_FOUND:
        says = f"{count} match. The first {MOST_FOUND}; type more letters to narrow it down:"
    return _result(plan, text, count, matching[:MOST_FOUND], says)


def _nothing(wanted: str, near: list[Row]) -> str:
    if fold(wanted) in storage_names():
        return "That is a warehouse: tick the box under Warehouse below instead."
    return f"Nothing matches “{wanted[:60]}”." + (" The nearest names:" if near else " Add it as your own tool below.")


def _result(plan: Plan, text: str, count: int, rows: list[Row], says: str) -> SearchResult:
    planned = {item.key for item in plan.destinations}
    return SearchResult(text, count, tuple(_match(row, text, row.key in planned) for row in rows), says)


def _match(row: Row, text: str, is_planned: bool) -> FoundDestination:
    wanted = fold(text)
    shown = any(wanted in fold(name) for name in (row.name, row.key))
    former = next((name for name in row.previous_names if wanted in fold(name)), "")
    return FoundDestination(
        key=row.key,
        name=row.name,
        pieces=_pieces(row.name, wanted),
        formerly="" if shown else former,
        reach=tuple((source, row.reaches(source)) for source in _SOURCE_TYPES),
        note=_note(row),
        is_planned=is_planned,
    )


def _pieces(name: str, wanted: str) -> tuple[tuple[str, bool], ...]:
    lower = name.casefold()
    at = lower.find(wanted)
    if at < 0 or len(lower) != len(name):
        return ((name, False),)
    end = at + len(wanted)
    pieces = ((name[:at], False), (name[at:end], True), (name[end:], False))
    return tuple(piece for piece in pieces if piece[0])


def _note(row: Row) -> str:
    if row.kind in NEVER_FED:
        return "fed by audiences or storage, takes no single events"
    if row.kind == "storage":
        return "stores every call"
    return _STATUS.get(row.status, "")


def _planned_destination(item: Destination, plan: Plan, form_row: DestinationRow | None) -> PlannedDestination:
    row = CATALOGUE.get(item.key) if item.custom is None else None
    reach: Reach = tuple((source, _reaches(item, row, source)) for source in _SOURCE_TYPES)
    choices = tuple(source for source, modes in reach if len(modes) > 1)
    if form_row is not None:
        for source, field in (("web", form_row.web_mode), ("mobile", form_row.mobile_mode)):
            modes = dict(reach)[source]  # type: ignore[index]  # the two are source types
            if modes and field.data not in modes:
                field.data = modes[0]
    return PlannedDestination(
        key=item.key,
        name=row.name if row else item.key,
        is_custom=item.custom is not None,
        reach=reach,
        choices=choices,
        row=form_row,
        events=len(wanted_by(plan, item.key)),
        note=_note(row) if row else "your own",
    )


def _reaches(item: Destination, row: Row | None, source: SourceType) -> tuple[Mode, ...]:
    if row is not None:
        return row.reaches(source)
    mode: Mode | Literal["none"] = getattr(item.custom, source) if item.custom else "none"
    return () if mode == "none" else (mode,)
