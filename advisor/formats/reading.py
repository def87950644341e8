"""The reading model: what the reader of a format returns, before it becomes a plan document.

A reader builds one `PlanReading`. `PlanReading.document` turns it into the JSON value of a plan document, which
`advisor.document` reads and checks like any other. Names and texts are kept exactly. What the plan document has no place
for goes to ``extra`` at its own level (plan, event, property), under the namespace of the format; `advisor.formats.remainder`
says how a writer uses it to give the same file back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from advisor.formats.limits import MAX_NOTICES
from advisor.formats.places import Notice, Path, Place
from advisor.model import FORMAT, UNTITLED, Answer, CallType, KnownBy, Placement, Scalar

LabelValue = str | list[str]
"""A label holds a text, or a list of texts."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the team tracks an event today, and what in the file says so (``labels.source = backend``)."""

    placement: Placement
    evidence: str


@dataclass(slots=True)
class PropertyReading:
    """One property. ``types`` are words of the plan document, ``null`` among them; none means ``any``."""

    name: str
    types: tuple[str, ...] = ()
    required: bool = False
    sensitive: bool = False
    personal: str = ""
    known_by: KnownBy = "either"
    values: tuple[Scalar, ...] = ()
    description: str = ""
    properties: list[PropertyReading] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the property as a plan document has it; what has its default is left out."""
        given: dict[str, Any] = {
            "type": "|".join(self.types),
            "required": self.required,
            "sensitive": self.sensitive,
            "personal": self.personal,
            "known_by": self.known_by if self.known_by != "either" else None,
            "values": list(self.values),
            "description": self.description,
            "properties": [each.document() for each in self.properties],
            "extra": self.extra,
        }
        return {"name": self.name} | _given(given)


@dataclass(slots=True)
class EventReading:
    """One event. ``place`` is where it begins in its file."""

    name: str
    call: CallType = "track"
    description: str = ""
    version: int | str | None = None
    labels: dict[str, LabelValue] = field(default_factory=dict)
    practice: Practice | None = None
    owner: str = ""
    status: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    suggested: list[str] = field(default_factory=list)
    sources: Literal["all"] | list[str] = "all"
    destinations: Literal["all"] | list[str] = "all"
    properties: list[PropertyReading] = field(default_factory=list)
    decision: dict[str, Any] | None = None
    dismissed: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    place: Place = Place()  # noqa: RUF009 - a frozen value

    def document(self) -> dict[str, Any]:
        """Return the event as a plan document has it; what has its default is left out."""
        practice = self.practice
        given: dict[str, Any] = {
            "description": self.description,
            "labels": self.labels,
            "practice": practice and {"placement": practice.placement, "evidence": practice.evidence},
            "status": self.status,
            "owner": self.owner,
            "answers": self.answers,
            "suggested": self.suggested,
            "properties": [each.document() for each in self.properties],
            "decision": self.decision,
            "dismissed": self.dismissed,
            "extra": self.extra,
        }
        chosen = {"sources": self.sources, "destinations": self.destinations}
        return (
            {"name": self.name, "call": self.call}
            | ({} if self.version is None else {"version": self.version})
            | {key: value for key, value in chosen.items() if value != "all"}
            | _given(given)
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or an entry of a file that is not in the plan, and why."""

    place: Place
    what: str
    reason: str


@dataclass(slots=True)
class RowReading:
    """One row of a table, for a preview: the event that it belongs to, or why it is left out, and what is wrong in it.

    ``line`` is its line in the table, ``problems`` are the index of a column and a message.
    """

    table: str
    line: int
    event: EventReading | None = None
    left_out: str = ""
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class UnknownDestination:
    """A name in files that is no destination known here: how many rows have it, and the key of the nearest that is."""

    name: str
    rows: int
    nearest: str = ""


@dataclass(slots=True)
class PlanReading:
    """All that was read from files in one format: the plan, and what the person should know about the reading."""

    format: str
    name: str = ""
    description: str = ""
    client: list[str] = field(default_factory=list)
    server: str | None = None
    destinations: list[dict[str, Any]] = field(default_factory=list)
    warehouse: bool = False
    common: list[PropertyReading] = field(default_factory=list)
    events: list[EventReading] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    warnings: list[Notice] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    whole: dict[str, Any] | None = None
    """The value of a plan document that was brought as it is; then nothing else of the plan is filled in."""
    rows: list[RowReading] = field(default_factory=list)
    """The rows of tables under their headings, in order; blank ones are not among them."""
    unknown_destinations: list[UnknownDestination] = field(default_factory=list)
    """The names in tables that are no destinations, the most frequent first."""
    more_warnings: int = 0
    """How many warnings were not kept, because there were too many."""

    def warn(self, place: Place, message: str) -> None:
        """Add a warning about a place; only counted once there are `MAX_NOTICES`."""
        if len(self.warnings) < MAX_NOTICES:
            self.warnings.append(Notice.at(place, message))
        else:
            self.more_warnings += 1

    def leave_out(self, place: Place, what: str, reason: str) -> None:
        """Note an entry of the file that does not become part of the plan."""
        self.left_out.append(LeftOut(place, what, reason))

    def document(self) -> dict[str, Any]:
        """Return the plan as the JSON value of a plan document; what has its default is left out."""
        if self.whole is not None:
            return self.whole
        given: dict[str, Any] = {
            "name": self.name,
            "description": self.description,
            "destinations": self.destinations,
            "warehouse": self.warehouse,
            "common": [each.document() for each in self.common],
            "events": [each.document() for each in self.events],
            "extra": self.extra,
        }
        sources = {"client": self.client, "server": self.server}
        named = _given(given)
        return {"format": FORMAT, "name": UNTITLED, "sources": sources} | named

    def place_of(self, path: Path) -> Place:
        """Return where in the files the part of the document at a path comes from; the first file if not known."""
        if len(path) > 1 and path[0] == "events" and isinstance(path[1], int) and path[1] < len(self.events):
            return self.events[path[1]].place
        return Place(self.events[0].place.file) if self.events else Place()

    def set_places(self, located: Callable[[Iterable[Place]], list[Place]]) -> None:
        """Replace the place of every warning and left out entry by what ``located`` returns for it."""
        warned = located(each.place for each in self.warnings)
        self.warnings = [Notice.at(place, each.message) for place, each in zip(warned, self.warnings, strict=True)]
        left = located(each.place for each in self.left_out)
        self.left_out = [
            LeftOut(place, each.what, each.reason) for place, each in zip(left, self.left_out, strict=True)
        ]

    def property_count(self) -> int:
        """Return how many properties were read, those inside objects and common ones included."""
        return sum(1 for _ in self.each_property())

    def each_property(self) -> Iterator[PropertyReading]:
        """Yield every property: common ones first, then those of each event, parents before children."""
        stack = [*self.common, *(each for event in self.events for each in event.properties)][::-1]
        while stack:
            each = stack.pop()
            yield each
            stack += reversed(each.properties)


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value}
