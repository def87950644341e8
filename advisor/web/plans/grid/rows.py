"""The rows of the grid: advised events with the content of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup
from msgspec.structs import replace

from advisor.advice import Derived, advise, derived
from advisor.field_values import label_text
from advisor.model import Answer, Event, Plan, Property, placement_in_force, recommendation_of
from advisor.presentation.states import STATE_WORDS, place_of, state_of
from advisor.presentation.words import Place, place
from advisor.text import quantity
from advisor.web.plans.grid.cells import WANTED, read, words
from advisor.web.plans.grid.columns import Columns

_SHORT = {"yes": "y", "no": "n", "unsure": "u"}


@dataclass(frozen=True)
class AnswerCell:
    """An answer as the grid shows it. ``own`` is the event's own value if a derived fact overrides it."""

    css: str
    word: str
    more: str
    own: str = ""

    def __html__(self) -> str:
        """Return the HTML of the cell. It is cached: a page has ten thousand cells, but few different ones."""
        return _cell_html(self)


@cache
def _cell_html(cell: AnswerCell) -> str:
    own = Markup(' data-own="{}"').format(cell.own) if cell.own else ""
    more = Markup("<i>, {}</i>").format(cell.more) if cell.more else ""
    # The style sheet draws the glyph; the word is for screen readers.
    return Markup('<td role="gridcell" class="{}"{}><i>{}</i>{}</td>').format(cell.css, own, cell.word, more)


@dataclass(frozen=True)
class GridRow:
    """One event of the grid, with the answers and labels of the visible columns.

    ``wanted`` is the JSON value of the cell with the wanted destinations, ``wanted_words`` its text.
    """

    id: str
    name: str
    call: str
    answers: tuple[AnswerCell, ...]
    labels: tuple[tuple[str, str], ...]
    wanted: str | list[str]
    wanted_words: str
    place: Place
    says: str
    """The name and placement as a sentence for screen readers."""

    @property
    def answer_cells(self) -> Markup:
        """The HTML of all answer cells."""
        return Markup("").join(self.answers)


class Derivations:
    """The derived facts of the events of one plan. Facts that many events share are computed once."""

    def __init__(self, plan: Plan) -> None:
        # Facts from properties don't depend on destinations, and facts from destinations don't depend on properties.
        self._plan = replace(plan, common=())
        self._common = Plan(common=plan.common)
        self._known: dict[tuple[object, ...], tuple[Derived, ...]] = {}

    def of(self, event: Event) -> tuple[Derived, ...]:
        """Return the facts that override answers of the event."""
        own = derived(self._common, event) if _knows_server((*event.properties, *self._common.common)) else ()
        key = (event.call, event.sources, event.destinations, event.answers.get("sensitive") == "yes")
        if key not in self._known:
            self._known[key] = derived(self._plan, replace(event, properties=()))
        return (*own, *self._known[key])


def advise_events(settings: Plan, events: Sequence[Event]) -> tuple[Event, ...]:
    """Return these events of a plan with their recommendations. Pointers use the indexes within ``events``."""
    return advise(replace(settings, events=tuple(events))).events


def grid_rows(settings: Plan, rows: Iterable[tuple[str, Event]], columns: Columns) -> tuple[GridRow, ...]:
    """Return the grid rows of advised events, given with their ids."""
    facts = Derivations(settings)
    keys = len(settings.destinations)
    return tuple(_row(event_id, event, facts.of(event), keys, columns) for event_id, event in rows)


def shown_answer(event: Event, key: str, facts: Iterable[Derived]) -> str:
    """Return what the cell of a question shows, given the facts that override answers of the event.

    It is ``yes``, ``no`` or ``unsure``, followed by ``?`` if it is only suggested.
    """
    outranking = next((fact.answer for fact in facts if fact.question == key), None)
    return outranking or str(read(event, key))


def announcement(event: Event) -> str:
    """Return an advised event as a sentence for screen readers, such as ``Coupon Applied: server, settled``."""
    here = place(placement_in_force(event), relay=recommendation_of(event).relay)
    relay = " by relay" if here.more else ""
    firm = "decided" if event.decision else STATE_WORDS[state_of(event)]
    return f"{event.name[:120]}: {here.word.lower()}{relay}, {firm}."


def _row(event_id: str, event: Event, facts: tuple[Derived, ...], destinations: int, columns: Columns) -> GridRow:
    outranked = {fact.question: fact for fact in facts}
    return GridRow(
        id=event_id,
        name=event.name,
        call=event.call,
        answers=tuple(_answer(event, item.key, outranked.get(item.key)) for item in columns.questions),
        labels=tuple((name, label_text(event.labels.get(name, ""))) for name in columns.label_names),
        wanted="all" if event.destinations == "all" else list(event.destinations),
        wanted_words=_wanted_words(event, destinations),
        place=place_of(event),
        says=announcement(event),
    )


def _answer(event: Event, key: str, fact: Derived | None) -> AnswerCell:
    return _answer_cell(key, str(read(event, key)), fact.answer if fact else None)


@cache
def _answer_cell(key: str, value: str, derived_answer: Answer | None) -> AnswerCell:
    if derived_answer:
        own = value if value != derived_answer else ""
        return AnswerCell(f"{_SHORT[derived_answer]} d", derived_answer.capitalize(), "derived", own)
    bare = value.removesuffix("?")
    word = words(key, bare)
    return AnswerCell(_SHORT[bare] + " g", word, "suggested") if bare != value else AnswerCell(_SHORT[bare], word, "")


def _knows_server(properties: tuple[Property, ...]) -> bool:
    """Return whether the properties can give a derived fact."""
    return any(item.known_by == "server" or _knows_server(item.properties) for item in properties)


def _wanted_words(event: Event, destinations: int) -> str:
    if event.destinations == "all":
        return "All"
    if len(event.destinations) == 1:
        return words(WANTED, list(event.destinations))
    return f"{len(event.destinations)} of {quantity(destinations, 'tool')}" if event.destinations else "No tools"
