"""Advises a whole plan: adds recommendations to its events, and findings to the plan."""

from dataclasses import dataclass

from msgspec import UNSET
from msgspec.structs import replace

from advisor.advice.advisor import Advisor
from advisor.advice.finding import finding, sort_findings
from advisor.advice.placement.facts import CLIENT_ONLY, COMPUTED
from advisor.advice.plan_findings.find import plan_findings
from advisor.advice.reach.masking import sort_properties
from advisor.advice.reach.network import Network
from advisor.model import Answer, Event, Finding, Plan, placement_in_force
from advisor.text import join_names, plural

_READ_BY_EVENTS = ("sources", "destinations", "warehouse", "common")
"""The fields of a plan that the advice for an event depends on, besides the event itself: see `Network`."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that overrules an answer.

    ``answer`` is the answer that counts, ``text`` the reason, ``pointer`` the place inside the event, if there is one. For
    a common property, it is the place inside the plan.
    """

    question: str
    answer: Answer
    text: str
    pointer: str | None = None


def advise(plan: Plan, notes: tuple[Finding, ...] = ()) -> Plan:
    """Return the plan with a recommendation for every event, and with its own findings, which include these notes.

    Raises `KeyError` for an unknown library or destination; a plan that was read from a document has none.
    """
    advisor = Advisor(Network(plan))
    events = tuple(
        replace(event, recommendation=advisor.recommend(event, f"/events/{index}"))
        for index, event in enumerate(plan.events)
    )
    return replace(plan, events=events, findings=sort_findings([*notes, *_on_plan(plan, events)]))


def advise_again(plan: Plan, before: Plan) -> Plan:
    """Return the same as ``advise(plan)``, but faster if few events differ from ``before``, an advised plan.

    An event that is unchanged and has the same index keeps its `Recommendation` object. Raises the errors of `advise`.
    """
    if any(getattr(plan, name) != getattr(before, name) for name in _READ_BY_EVENTS):
        return advise(plan)
    advisor = Advisor(Network(plan))
    kept = len(before.events)
    events = []
    for index, event in enumerate(plan.events):
        earlier = before.events[index] if index < kept else None
        if earlier is not None and replace(earlier, recommendation=UNSET) == event:
            events.append(replace(event, recommendation=earlier.recommendation))
        else:
            events.append(replace(event, recommendation=advisor.recommend(event, f"/events/{index}")))
    found = sort_findings(_on_plan(plan, tuple(events)))
    return replace(plan, events=tuple(events), findings=found)


def advise_event(plan: Plan, index: int) -> Event:
    """Return one event of the plan with the recommendation that `advise` gives it. Raises the errors of `advise`."""
    event = plan.events[index]
    advisor = Advisor(Network(plan))
    return replace(event, recommendation=advisor.recommend(event, f"/events/{index}"))


def derived(plan: Plan, event: Event) -> tuple[Derived, ...]:
    """Return the facts about the event that overrule its answers."""
    found = []
    if known := sort_properties(event.properties, plan.common).computed:
        text = f"“{known.property.name}” is required and only the server knows it."
        found.append(Derived(COMPUTED, "yes", text, known.pointer))
    scope = Network(plan).scope(event)
    if scope.named:
        if tools := scope.reached_by_one("client", sensitive=event.answers.get("sensitive") == "yes"):
            verb = plural(len(tools), "is", "are")
            found.append(
                Derived(
                    CLIENT_ONLY,
                    "yes",
                    f"{join_names(item.name for item in tools)} {verb} reached from the {scope.wording.carrier} only.",
                )
            )
        else:
            found.append(
                Derived(
                    CLIENT_ONLY, "no", "Every wanted destination that can be reached is reached without the client."
                )
            )
    return tuple(found)


def _on_plan(plan: Plan, events: tuple[Event, ...]) -> list[Finding]:
    return [
        *_profiles_from_client(events),
        *_client_stays_anonymous(events),
        *_duplicates(events),
        *plan_findings(plan, events),
    ]


def _profiles_from_client(events: tuple[Event, ...]) -> list[Finding]:
    identifying = {index: placement_in_force(event) for index, event in enumerate(events) if event.call == "identify"}
    is_acted_on = any(event.answers.get("accuracy") == "yes" for event in events)
    if not is_acted_on or not set(identifying.values()) <= {"client"}:
        return []
    message = (
        "Something acts on the events of this plan, yet profiles come from the client, where they can be blocked. "
        "Send identify from the server too."
    )
    return [finding("profiles-from-client", message, f"/events/{index}") for index in identifying]


def _client_stays_anonymous(events: tuple[Event, ...]) -> list[Finding]:
    identifying = [index for index, event in enumerate(events) if event.call == "identify"]
    with_client_call = {index for index, event in enumerate(events) if placement_in_force(event) != "server"}
    if not identifying or not with_client_call or not with_client_call.isdisjoint(identifying):
        return []
    message = (
        "A client library learns the userId only from an identify call that it makes, and only the server makes one. "
        'Call identify on the client too; {"All": false} keeps that call from every destination.'
    )
    return [finding("client-stays-anonymous", message, f"/events/{identifying[0]}")]


def _duplicates(events: tuple[Event, ...]) -> list[Finding]:
    first: dict[tuple[str, str, int | str | None], int] = {}
    found = []
    for index, event in enumerate(events):
        earlier = first.setdefault((event.call, event.name, event.version), index)
        if earlier != index:
            same = "the same call type and name" if event.version is None else "the same call type, name and version"
            message = f"Event {earlier + 1} has {same}. Merge the two, or rename one."
            found.append(finding("duplicate-event", message, f"/events/{index}"))
    return found
