"""The text of a ticket for each event: what to write in code and to set in Segment, and when it is done.

It is Markdown with task lists, for Jira, Linear or GitHub. It has no findings, no notes on privacy and no comments, so
that it can be given to anyone who builds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.formats.markdown import block, code, inline, paragraphs
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.ruleset import RULESET
from advisor.knowledge.wording import event_wording
from advisor.model import (
    Call,
    Event,
    HandoffValue,
    Placement,
    Plan,
    Property,
    Recommendation,
    Side,
    placement_in_force,
    recommendation_of,
    with_all_properties,
)
from advisor.presentation.calls import CallSheet, call_sheets
from advisor.text import join_names, quantity

_FROM: dict[Placement, str] = {"client": "from the client", "server": "from the server", "both": "from both sides"}
_SENT: dict[Placement, str] = {"client": "client only", "server": "server only", "both": "client and server"}


def ticket(plan: Plan, index: int, today: str, address: str | None = None) -> str:
    """Return the ticket of an event of an advised plan. It ends with the rules, the date and the address, if there is one.

    Raises `TypeError` if the event was not advised.
    """
    event = plan.events[index]
    return "\n\n".join(filter(None, [*_body(plan, event), _foot(plan, today, address)])) + "\n"


def joined_tickets(texts: Iterable[str]) -> str:
    """Return several tickets as one text, with a line between them."""
    return "\n---\n\n".join(texts)


def _foot(plan: Plan, today: str, address: str | None) -> str:
    link = f", <{address}>" if address else ""
    return f"{inline(plan.name)}, rules {RULESET}, {today}{link}"


def _body(plan: Plan, event: Event) -> Iterator[str]:
    advice = recommendation_of(event)
    yield f"## Track {inline(event.name)} {_FROM[placement_in_force(event)]}"
    said = paragraphs(event.description)
    yield f"**What happens:** {said}" if said else ""
    yield _move(event, advice)
    carried = with_all_properties(plan, event)
    properties = {item.name: item for item in carried.properties}
    for call, sheet in zip(advice.calls, call_sheets(carried, advice), strict=True):
        yield from _call(plan, event, call, sheet, properties)
    if advice.setup:
        yield "### In Segment"
        yield _tasks(
            f"{_tool(step.destination)}: set {inline(step.setting)} to {code(step.value)}"
            f" (by default {code(step.default)})"
            for step in advice.setup
        )
    yield "### Done when"
    yield _tasks(_proofs(event, advice))


def _move(event: Event, advice: Recommendation) -> str:
    says = f"**To build:** {_SENT[placement_in_force(event)]}{', by relay' if advice.relay else ''}, a `{event.call}` call."
    return f"**Today:** {_SENT[event.practice.placement]}. {says}" if event.practice else says


def _call(plan: Plan, event: Event, call: Call, sheet: CallSheet, properties: dict[str, Property]) -> Iterator[str]:
    library = LIBRARIES[call.library].name if call.library else "no library yet"
    yield f"### {call.side.capitalize()}: {library}"
    yield _tasks(
        [
            *_handing(plan, event, call.side),
            *_sending(call, sheet, properties),
            *_sharing(call, recommendation_of(event)),
            f"Pass this `integrations` object:\n\n{block(''.join(token.text for token in sheet.code), 'json')}",
        ]
    )


def _handing(plan: Plan, event: Event, side: Side) -> Iterator[str]:
    """Yield what the page hands over, or what the server takes over, with the place of each value in the server call."""
    advice = recommendation_of(event)
    if not advice.handoff:
        return
    place, count = event_wording(plan.sources, event).place, quantity(len(advice.handoff), "value")
    if advice.relay and side == "server":
        yield f"Let the {place} tell your server when it happens; your server makes the call"
    if side == "client":
        yield f"Hand over {count} to your server, as listed below"
        return
    several = len({item.source for item in advice.handoff}) > 1
    yield "\n".join([f"Take over {count} from the {place}:", *(_taken_over(item, several) for item in advice.handoff)])


def _taken_over(item: HandoffValue, several: bool) -> str:
    """Return a value of the hand-off as a list item. With several types of sources, it names its own."""
    source, value = f" ({item.source})" if several else "", f"{code(item.value)}, " if item.value != item.to else ""
    return f"- {code(item.to)}{source}: {value}{inline(item.from_)}"


def _sending(call: Call, sheet: CallSheet, properties: dict[str, Property]) -> Iterator[str]:
    required = [name for name in call.properties if name in properties and properties[name].required]
    if call.properties:
        needed = f"; required: {join_names(map(code, required))}" if required else ""
        yield f"Send {join_names(map(code, call.properties))}{needed}"
    if sheet.withheld:
        yield f"Leave out {join_names(f'{code(item.name)} ({item.why})' for item in sheet.withheld)}"


def _sharing(call: Call, advice: Recommendation) -> Iterator[str]:
    """Yield the ids by which tools tell copies apart, unless this call must not carry them."""
    for name in dict.fromkeys(pair.property for pair in advice.shared_ids):
        if name not in call.withheld:
            yield f"Send {code(name)}, with the same value in both calls"


def _proofs(event: Event, advice: Recommendation) -> Iterator[str]:
    sides: tuple[Side, ...] = ("client", "server")
    for side in sides:
        fed = dict.fromkeys(item.destination for item in advice.deliveries if item.side == side)
        if fed:
            yield f"The {side} call arrives in {join_names(map(_tool, fed))}"
    for pair in advice.shared_ids:
        client, server = _tool(pair.client), _tool(pair.server)
        yield f"One {inline(event.name)} counts once in {client} and {server}: both calls carry the same {code(pair.property)}"
    if placement_in_force(event) == "both":
        yield "Where the client call is blocked, the server call still arrives"
    if not advice.deliveries:
        yield "The call shows in Segment’s debugger"


def _tool(key: str) -> str:
    """Return the name of a destination. One without any letter to be seen is shown as code, so that it takes up room."""
    return inline(destination_name(key)) or code(key)


def _tasks(lines: Iterable[str]) -> str:
    """Return a task list. The further lines of a task are indented, so that they belong to it."""
    tasks = (f"- [ ] {line}".split("\n") for line in lines)
    return "\n".join("\n".join([first, *(f"  {line}" if line else "" for line in more)]) for first, *more in tasks)
