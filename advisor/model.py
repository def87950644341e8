"""The data types of a tracking plan: frozen values, used by every other package, and what the advice in them means.

The structs are the plan document (``docs/document.md``): a `Plan` is written in the order of its fields. `UNSET` marks a
key that is left out: an empty ``extra``, and in the bare form the computed values. ``gc=False`` is safe because the
structs contain no reference cycles.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field
from msgspec.structs import replace

from advisor import document_limits as limits

Answer = Literal["yes", "no", "unsure"]
CallType = Literal["track", "page", "screen", "identify", "group", "alias"]
Side = Literal["client", "server"]
SourceType = Literal["web", "mobile", "server"]
Placement = Literal["client", "server", "both"]
Strength = Literal["must", "should", "lean"]
Mode = Literal["device", "cloud"]
Reach = Literal["device", "cloud", "none"]
Severity = Literal["error", "warning", "info"]
KnownBy = Literal["either", "client", "server"]
Status = Literal["proposed", "agreed", "implemented"]
Personal = Literal["", "contact", "identity", "health", "finance", "location", "credential", "free-text"]
"""The kind of personal data that a property is; empty if nobody said that it is personal."""

CALL_TYPES: tuple[CallType, ...] = get_args(CallType)
PROPERTY_TYPES = ("any", "string", "integer", "number", "boolean", "datetime", "object", "array", "null")
FORMAT = "tracking-plan/1"
UNTITLED = "Untitled plan"

Name = Annotated[str, Meta(min_length=1, max_length=limits.LONGEST_NAME, pattern=r"\S")]
PropertyName = Annotated[str, Meta(max_length=limits.LONGEST_NAME)]
Text = Annotated[str, Meta(max_length=limits.LONGEST_TEXT)]
LabelText = Annotated[str, Meta(max_length=limits.LONGEST_LABEL)]
LabelTexts = Annotated[tuple[LabelText, ...], Meta(max_length=limits.MAX_LABEL_TEXTS)]
LabelValue = LabelText | LabelTexts
Labels = Annotated[dict[Annotated[LabelText, Meta(min_length=1)], LabelValue], Meta(max_length=limits.MAX_LABELS)]
Scalar = str | int | float | bool | None
Extra = dict[str, Any] | UnsetType
IntegrationValue = bool | dict[str, bool]
Integrations = dict[str, IntegrationValue]
"""The ``integrations`` object of one call: ``All`` first, then integrations keys, ``Warehouses`` last."""


class Property(Struct, frozen=True, kw_only=True, gc=False):
    """One field of an event. ``type`` is one of `PROPERTY_TYPES`, or several joined by ``|``.

    Its name may be blank: names are kept exactly, and a finding says so. ``personal`` never changes the advice.
    """

    name: PropertyName
    type: str = "any"
    required: bool = False
    sensitive: bool = False
    personal: Personal = ""
    known_by: KnownBy = "either"
    values: tuple[Scalar, ...] = ()
    description: Text = ""
    properties: tuple[Property, ...] = ()
    extra: Extra = UNSET


class CustomReach(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """How a destination that is not in the catalogue is reached, per source type."""

    web: Reach = "none"
    mobile: Reach = "none"
    server: Literal["cloud", "none"] = "none"


class Destination(Struct, frozen=True, kw_only=True, gc=False):
    """A destination of the plan, named by its exact integrations key. A mode is set only if there is a choice.

    ``consent`` is the consent category that it belongs to, ``contract`` a note about the contract with its vendor.
    """

    key: Name
    web_mode: Mode | None = None
    mobile_mode: Mode | None = None
    custom: CustomReach | None = None
    consent: LabelText = ""
    contract: Text = ""
    extra: Extra = UNSET


class Sources(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """Where events come from: library keys, any number of client libraries and at most one server library."""

    client: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    server: str | None = None


class Against(Struct, frozen=True, kw_only=True, gc=False):
    """The recommendation that a decision was made against."""

    placement: Placement
    ruleset: str | None = None


class Decision(Struct, frozen=True, kw_only=True, gc=False):
    """The placement that the team chose instead of the recommendation. ``date`` is an ISO date."""

    placement: Placement
    reason: Text = ""
    author: str = ""
    date: str | None = None
    against: Against | None = None
    extra: Extra = UNSET


class Practice(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """Where the team tracks an event today. ``evidence`` says what shows it, such as ``labels.source = backend``."""

    placement: Placement
    evidence: Text = ""


class Dismissal(Struct, frozen=True, kw_only=True, gc=False):
    """A finding that the team has reviewed and hidden. ``date`` is an ISO date."""

    code: str
    reason: Text = ""
    author: str = ""
    date: str | None = None


class Naming(Struct, frozen=True, kw_only=True, gc=False):
    """The plan's naming conventions."""

    events: str = "Title Case"
    properties: str = "snake_case"


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """Something the plan's author should look at. ``pointer`` is a JSON pointer into the plan."""

    code: str
    severity: Severity
    message: str
    pointer: str


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """A matching rule that supports the recommendation."""

    rule: str
    side: Side
    strength: Strength
    text: str
    citation: str


class Tradeoff(Struct, frozen=True, kw_only=True, gc=False):
    """A matching rule that was outweighed. ``remedy`` says what to do about it."""

    rule: str
    side: Side
    strength: Strength
    text: str
    citation: str
    remedy: str


class Flip(Struct, frozen=True, kw_only=True, gc=False):
    """An answer that would change the placement."""

    question: str
    answer: Answer
    placement: Placement


class HandoffValue(Struct, frozen=True, kw_only=True, gc=False):
    """A value that the source must pass to the server so that the server call loses nothing."""

    source: SourceType
    value: str
    from_: str = field(name="from")
    to: str
    why: str


class Call(Struct, frozen=True, kw_only=True, gc=False):
    """One call to write in code. ``library`` is null if the plan has no library for it."""

    side: Side
    library: str | None
    integrations: Integrations
    properties: tuple[str, ...]
    withheld: tuple[str, ...]


class Delivery(Struct, frozen=True, kw_only=True, gc=False):
    """The delivery of an event to one destination, by one call in one mode."""

    destination: str
    side: Side
    library: str
    mode: Mode


class Unreachable(Struct, frozen=True, kw_only=True, gc=False):
    """A wanted destination that no call delivers. ``reason`` is a reason code (law, part 2.2)."""

    destination: str
    reason: str
    message: str
    alternative: str | None


class SharedId(Struct, frozen=True, kw_only=True, gc=False):
    """Two destinations of one vendor, fed by different calls, that recognize duplicates by a common id."""

    client: str
    server: str
    property: str


class SetupStep(Struct, frozen=True, kw_only=True, gc=False):
    """A setting to make in a destination itself. ``default`` is the value of the setting until somebody changes it."""

    destination: str
    setting: str
    value: str
    default: str
    why: str
    citation: str


class Recommendation(Struct, frozen=True, kw_only=True, gc=False):
    """The advice for one event, and the calls that follow from the placement in force."""

    ruleset: str
    placement: Placement
    strength: Strength
    settled: bool
    reasons: tuple[Reason, ...]
    tradeoffs: tuple[Tradeoff, ...]
    decisive: tuple[str, ...]
    flips: tuple[Flip, ...]
    relay: bool
    handoff: tuple[HandoffValue, ...]
    calls: tuple[Call, ...]
    deliveries: tuple[Delivery, ...]
    unreachable: tuple[Unreachable, ...]
    shared_ids: tuple[SharedId, ...]
    setup: tuple[SetupStep, ...]
    findings: tuple[Finding, ...]


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """One planned call. ``answers`` contains only the questions that were answered, in the order of the questions.

    Two events with the same call and name are duplicates only if they have the same ``version``, too.
    """

    name: Name
    call: CallType = "track"
    description: Text = ""
    labels: Labels = {}
    version: int | LabelText | None = None
    practice: Practice | None = None
    status: Status = "proposed"
    owner: LabelText = ""
    answers: dict[str, Answer] = {}
    suggested: tuple[str, ...] = ()
    sources: Literal["all"] | tuple[str, ...] = "all"
    destinations: Literal["all"] | tuple[str, ...] = "all"
    properties: Annotated[tuple[Property, ...], Meta(max_length=limits.MAX_PROPERTIES)] = ()
    decision: Decision | None = None
    dismissed: tuple[Dismissal, ...] = ()
    recommendation: Recommendation | UnsetType = UNSET
    extra: Extra = UNSET


class Plan(Struct, frozen=True, kw_only=True, gc=False):
    """A tracking plan, with the fields of its document.

    ``common`` are the properties that every event carries. An event's own property of the same name replaces one.
    """

    format: str = FORMAT
    name: Name = UNTITLED
    description: Text = ""
    sources: Sources = Sources()
    destinations: Annotated[tuple[Destination, ...], Meta(max_length=limits.MAX_DESTINATIONS)] = ()
    warehouse: bool = False
    naming: Naming | None = None
    dismissed: tuple[Dismissal, ...] = ()
    common: Annotated[tuple[Property, ...], Meta(max_length=limits.MAX_PROPERTIES)] = ()
    events: Annotated[tuple[Event, ...], Meta(max_length=limits.MAX_EVENTS)] = ()
    findings: tuple[Finding, ...] | UnsetType = UNSET
    extra: Extra = UNSET


def with_all_properties(plan: Plan, event: Event) -> Event:
    """Return the event with all properties that it carries: its own, then the plan's common ones with other names."""
    if not plan.common:
        return event
    own = {item.name for item in event.properties}
    common = tuple(item for item in plan.common if item.name not in own)
    return replace(event, properties=(*event.properties, *common))


def recommendation_of(event: Event) -> Recommendation:
    """Return the recommendation of an advised event. Raises `TypeError` if the event has not been advised."""
    if not isinstance(event.recommendation, Recommendation):
        raise TypeError(f"the event {event.name!r} has not been advised")
    return event.recommendation


def placement_in_force(event: Event) -> Placement:
    """Return the placement that the calls of an event follow: the team's decision, or else the recommendation.

    Raises `TypeError` if the event has neither.
    """
    return event.decision.placement if event.decision else recommendation_of(event).placement
