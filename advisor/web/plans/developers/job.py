"""One event as developers build it: its calls as code, its properties by call, the hand-off, and the settings in Segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.formats.ticket import ticket
from advisor.knowledge.libraries import LIBRARIES, Language, Library
from advisor.knowledge.wording import event_wording
from advisor.model import Call, Event, Plan, Property, recommendation_of, with_all_properties
from advisor.presentation.calls import CallSheet, Token, call_sheets
from advisor.snippets import snippet
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.handed import DestinationSteps, HandedGroup, destination_steps, handed_groups
from advisor.web.advice_panel.handoff_code import HandoffSheet, handoff_sheet
from advisor.web.advice_panel.highlight import highlight


@dataclass(frozen=True)
class JobCall:
    """A call to write: its object as ``sheet``, and its code, which is empty without a library."""

    sheet: CallSheet
    library: Library | None
    tokens: tuple[Token, ...]

    @property
    def language(self) -> Language:
        """Return the language of the comments in what is copied."""
        return self.library.code.language if self.library else "javascript"


@dataclass(frozen=True)
class JobProperty:
    """A property, with what each call does with it: ``sent``, or why not, in the order of the calls.

    ``inside`` is the path of the object that has it; empty for a property of the event itself.
    """

    inside: str
    item: Property
    by_call: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """Everything that the page says about one event. ``where`` is the place that the event happens in: a page, an app.

    ``names_sources`` says whether values of the hand-off come from more than one type of source, so that each needs its name.
    """

    event: Event
    where: str
    calls: tuple[JobCall, ...]
    properties: tuple[JobProperty, ...]
    handed: tuple[HandedGroup, ...]
    handed_count: int
    names_sources: bool
    handoff: HandoffSheet | None
    steps: tuple[DestinationSteps, ...]
    ticket: str
    page: CodePage


def job(plan: Plan, index: int, page: CodePage) -> Job:
    """Return the work on one event of an advised plan. ``page`` is where it is shown."""
    event = plan.events[index]
    advice = recommendation_of(event)
    carried = with_all_properties(plan, event)
    sheets = call_sheets(carried, advice)
    wording = event_wording(plan.sources, event)
    return Job(
        event=event,
        where=wording.place,
        calls=tuple(_call(plan, event, *pair, page) for pair in zip(advice.calls, sheets, strict=True)),
        properties=tuple(_properties(carried.properties, advice.calls, sheets)),
        handed=handed_groups(advice, wording),
        handed_count=len(advice.handoff),
        names_sources=len({value.source for value in advice.handoff}) > 1,
        handoff=handoff_sheet(plan, event, Chosen(), None),
        steps=destination_steps(advice),
        ticket=ticket(plan, index, page.today, page.permalink),
        page=page,
    )


def _call(plan: Plan, event: Event, call: Call, sheet: CallSheet, page: CodePage) -> JobCall:
    library = LIBRARIES.get(call.library or "")
    if library is None:
        return JobCall(sheet, None, ())
    text = snippet(plan, event, call, permalink=page.permalink).text.strip("\n")
    return JobCall(sheet, library, tuple(highlight(text, library.code.language)))


def _properties(
    properties: Iterable[Property], calls: tuple[Call, ...], sheets: tuple[CallSheet, ...], above: tuple[str, ...] = ()
) -> Iterator[JobProperty]:
    """Yield every property, also those inside others, which share the fate of what contains them unless they are masked."""
    for item in properties:
        names = (*above, item.name)
        fates = tuple(_fate(names, *pair) for pair in zip(calls, sheets, strict=True))
        yield JobProperty("".join(f"{name} › " for name in above), item, fates)
        yield from _properties(item.properties, calls, sheets, names)


def _fate(names: tuple[str, ...], call: Call, sheet: CallSheet) -> str:
    """Return what a call does with the property of this path: ``sent``, or why it leaves it out."""
    paths = {".".join(names[:count]) for count in range(1, len(names) + 1)}
    why = next((item.why for item in sheet.withheld if item.name in paths), "")
    return why or ("sent" if names[0] in call.properties else "left out")
