"""The rows of the grid: advised events as their cells show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup
from msgspec.structs import replace

from advisor.advice import Derived, advise, derived
from advisor.model import Event, Plan, Property, Recommendation
from advisor.presentation.states import STATE_WORDS, place_of, state_of
from advisor.presentation.words import Place, counted, place
from advisor.web.grid_cells import WANTED, read, words
from advisor.web.grid_columns import Columns

_NO_DESTINATIONS = Plan()
_SHORT = {"yes": "y", "no": "n", "unsure": "u"}


@dataclass(frozen=True)
class AnswerCell:
    """An answer as the grid shows it. ``own`` is the value of the event itself where a derived fact outranks it."""

    css: str
    word: str
    more: str
    own: str = ""

    def __html__(self) -> str:
        """The cell of the grid. There are few different ones, and ten thousand of them on a page."""
        return _cell_html(self)


@cache
def _cell_html(cell: AnswerCell) -> str:
    own = Markup(' data-own="{}"').format(cell.own) if cell.own else ""
    more = Markup("<i>, {}</i>").format(cell.more) if cell.more else ""
    word = Markup("<i>{}</i>").format(cell.word) if cell.css == "u" else Markup("{}{}").format(cell.word, more)
    return Markup('<td role="gridcell" class="{}"{}>{}</td>').format(cell.css, own, word)


@dataclass(frozen=True)
class GridRow:
    """One event of the grid, with the answers and labels of the columns that show.

    ``wanted`` is the value of its cell as JSON, ``wanted_words`` what the cell says.
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
    """The name and its placement, as they are announced."""

    @property
    def answer_cells(self) -> Markup:
        """The answers as cells of the grid."""
        return Markup("").join(self.answers)


class Derivations:
    """The derived facts of the events of one plan; what many events have in common is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[tuple[object, ...], tuple[Derived, ...]] = {}

    def of(self, event: Event) -> tuple[Derived, ...]:
        """The facts that outrank answers of the event."""
        # What the properties say needs no destinations, and what the destinations say needs no properties.
        own = derived(_NO_DESTINATIONS, event) if _knows_server(event.properties) else ()
        key = (event.call, event.sources, event.destinations, event.answers.get("sensitive") == "yes")
        if key not in self._known:
            self._known[key] = derived(self._plan, replace(event, properties=()))
        return (*own, *self._known[key])


def advised(settings: Plan, events: Sequence[Event]) -> tuple[Event, ...]:
    """These events of a plan with their recommendations. Their pointers count within these events."""
    return advise(replace(settings, events=tuple(events))).events


def grid_rows(settings: Plan, rows: Iterable[tuple[str, Event]], columns: Columns) -> tuple[GridRow, ...]:
    """The rows of advised events, which come with their ids."""
    facts = Derivations(settings)
    keys = len(settings.destinations)
    return tuple(_row(event_id, event, facts.of(event), keys, columns) for event_id, event in rows)


def announced(event: Event) -> str:
    """An advised event as it is announced: ``Coupon Applied: server, settled.``"""
    advice = event.recommendation
    assert isinstance(advice, Recommendation)
    here = place(event.decision.placement if event.decision else advice.placement, relay=advice.relay)
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
        labels=tuple((name, event.labels.get(name, "")) for name in columns.label_names),
        wanted="all" if event.destinations == "all" else list(event.destinations),
        wanted_words=_wanted(event, destinations),
        place=place_of(event),
        says=announced(event),
    )


def _answer(event: Event, key: str, fact: Derived | None) -> AnswerCell:
    value = read(event, key)
    assert isinstance(value, str)
    if fact:
        own = value if value != fact.answer else ""
        return AnswerCell(f"{_SHORT[fact.answer]} d", fact.answer.capitalize(), "derived", own)
    bare = value.removesuffix("?")
    word = words(key, bare)
    return AnswerCell(_SHORT[bare] + " g", word, "suggested") if bare != value else AnswerCell(_SHORT[bare], word, "")


def _knows_server(properties: tuple[Property, ...]) -> bool:
    """Whether a fact may follow from the properties."""
    return any(item.known_by == "server" or _knows_server(item.properties) for item in properties)


def _wanted(event: Event, destinations: int) -> str:
    if event.destinations == "all":
        return "All"
    if len(event.destinations) == 1:
        return words(WANTED, list(event.destinations))
    return f"{len(event.destinations)} of {counted(destinations, 'tool')}" if event.destinations else "No tools"
