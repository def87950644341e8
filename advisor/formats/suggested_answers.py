"""Fills in what known names suggest for the events that an import adds. What the file says stays as it is."""

from __future__ import annotations

from dataclasses import replace as replaced

from msgspec.structs import replace

from advisor.formats.merge_plans import Merge
from advisor.knowledge.known_names import suggestions, with_known_answers
from advisor.knowledge.name_signs import SuggestedAnswer
from advisor.model import Event

Suggested = tuple[SuggestedAnswer, ...]


def fill_added(merge: Merge) -> Merge:
    """Return a merge whose added events have the answers that their names suggest, as suggestions."""
    filled = {id(event): with_known_answers(event) for event in merge.added}
    events = tuple(filled.get(id(event), event) for event in merge.plan.events)
    return replaced(
        merge, plan=replace(merge.plan, events=events), added=tuple(filled[id(each)] for each in merge.added)
    )


def suggested_for(event: Event) -> Suggested:
    """Return what the name of an event suggests for the questions that it has no answer to."""
    known = suggestions(event.name, event.call)
    return (
        tuple(item for item in known.suggested if not item.maybe and item.question not in event.answers)
        if known
        else ()
    )


def suggested_by_place(merge: Merge) -> dict[int, Suggested]:
    """Return what is suggested for each added event, by its place among the events of the file.

    ``merge`` is the one before `fill_added`.
    """
    places = (place for place, effect in enumerate(merge.effects) if effect == "added")
    found = {place: suggested_for(event) for place, event in zip(places, merge.added, strict=True)}
    return {place: suggested for place, suggested in found.items() if suggested}
