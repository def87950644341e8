"""The routing of a plan as a Mermaid flowchart: which events reach which destinations, from which side, in which mode.

Events with the same routes share one box, because Mermaid draws at most 500 arrows unless the page allows more.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.formats.advised import advised
from advisor.formats.format import Format, WriteOptions
from advisor.formats.html_format import READ_ONLY
from advisor.formats.losses import Loss, Written
from advisor.formats.markdown import one_line
from advisor.knowledge.catalogue import destination_name
from advisor.model import Event, Plan, placement_in_force, recommendation_of
from advisor.text import quantity, shorten

KEY = "mermaid"
FILE = "routing.mmd"
_MAX_ARROWS = 500
_NAMES_IN_A_BOX = 12
_LONGEST_NAME = 80
_PLAIN = frozenset(" .,:-_/()")
Route = tuple[str, tuple[tuple[str, str], ...]]
"""The placement of events, and the destinations that they reach, each with the words on its arrow."""


def write(plan: Plan, options: WriteOptions) -> Written:  # noqa: ARG001 - a chart always shows the verdict
    """Return the flowchart of a plan."""
    plan = advised(plan)
    groups: dict[Route, list[Event]] = {}
    for event in plan.events:
        groups.setdefault(_route(event), []).append(event)
    lines = ["flowchart LR", *_destinations(plan)]
    arrows = 0
    for number, (route, events) in enumerate(groups.items(), start=1):
        lines += _group(number, route, events, plan)
        arrows += len(route[1])
    losses = [READ_ONLY]
    if arrows > _MAX_ARROWS:
        losses.append(
            Loss("", f"{arrows:,} arrows", f"written; Mermaid draws {_MAX_ARROWS} unless “maxEdges” is higher")
        )
    return Written({FILE: ("\n".join(lines) + "\n").encode()}, tuple(losses))


def label(text: str) -> str:
    """Return a text between quotation marks for Mermaid: what could end it or mean something is written as its number."""
    plain = one_line(text)
    return '"' + "".join(each if each.isalnum() or each in _PLAIN else f"#{ord(each)};" for each in plain) + '"'


def _route(event: Event) -> Route:
    ways: dict[str, list[str]] = {}
    for each in recommendation_of(event).deliveries:
        ways.setdefault(each.destination, []).append(f"{each.side}, {each.mode}")
    return placement_in_force(event), tuple((key, " and ".join(dict.fromkeys(words))) for key, words in ways.items())


def _destinations(plan: Plan) -> Iterator[str]:
    for number, each in enumerate(plan.destinations, start=1):
        yield f"  d{number}([{label(destination_name(each.key))}])"


def _group(number: int, route: Route, events: list[Event], plan: Plan) -> Iterator[str]:
    placement, reached = route
    names = [label(shorten(event.name, _LONGEST_NAME))[1:-1] for event in events[:_NAMES_IN_A_BOX]]
    if len(events) > len(names):
        names.append(f"and {quantity(len(events) - len(names), 'more event')}")
    yield f'  e{number}["{"<br/>".join(names)}"] --> s{number}{{{label(placement)}}}'
    keys = [each.key for each in plan.destinations]
    for key, words in reached:
        yield f"  s{number} -->|{label(words)}| d{keys.index(key) + 1}"


FORMAT = Format(key=KEY, title="Routing as a Mermaid flowchart", fidelity="lossy", looked_for="", write=write)
