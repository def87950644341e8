"""The destinations of a plan as its settings page shows them, with what can be chosen about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, STORAGE_KIND, Row
from advisor.model import Destination, Mode, Plan, SourceType
from advisor.presentation.destination_words import STATUS_WORDS
from advisor.web.plans.settings.changes import wanted_by
from advisor.web.plans.settings.form import DestinationRow, PlanSettingsForm

_SOURCE_TYPES: tuple[SourceType, ...] = ("web", "mobile", "server")

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


def planned_destinations(plan: Plan, form: PlanSettingsForm) -> tuple[PlannedDestination, ...]:
    """Return the plan's destinations for the page, in their order."""
    rows = form.rows()
    return tuple(_planned_destination(item, plan, rows.get(item.key)) for item in plan.destinations)


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
        note=destination_note(row) if row else "your own",
    )


def _reaches(item: Destination, row: Row | None, source: SourceType) -> tuple[Mode, ...]:
    if row is not None:
        return row.reaches(source)
    mode: Mode | Literal["none"] = getattr(item.custom, source) if item.custom else "none"
    return () if mode == "none" else (mode,)


def reach_of(row: Row) -> Reach:
    """Return the modes of a row of the catalogue, for each source type."""
    return tuple((source, row.reaches(source)) for source in _SOURCE_TYPES)


def destination_note(row: Row) -> str:
    """Return what a person should know before they add a destination; usually nothing."""
    if row.kind in NEVER_FED:
        return "fed by audiences or a warehouse, takes no single events"
    if row.kind == STORAGE_KIND:
        return "stores every call"
    return STATUS_WORDS.get(row.status, "")
