"""When the server makes the call, what the page or app has to hand over (law.md §2.5)."""

import pytest

from .routed import Case, systematic_cases
from .routing_model import type_of
from .test_routing_laws import Law, broken

IDS = {"anonymousId", "userId"}
CIRCUMSTANCES = {
    "web": {
        "context.ip",
        "context.userAgent",
        "context.page",
        "context.campaign",
        "context.locale",
        "context.timezone",
    },
    "mobile": {"context.ip", "context.locale", "context.timezone", "context.device", "context.app", "context.os"},
}


def is_whole(case: Case) -> bool:
    """Whether the event needs cookies or context, has a property that only the client knows, or is relayed."""
    answers = case.event.answers
    needs = "yes" in (answers.get("needs_cookies"), answers.get("needs_client_context"))
    return needs or case.advice.relay or any(item.known_by == "client" for item in case.event.properties)


def values_of(case: Case, source_type: str) -> set[str]:
    """What sources of this type hand over."""
    return {item.value for item in case.advice.handoff if item.source == source_type}


def without_a_server_call_nothing_is_handed_over(case: Case) -> bool:
    """The client's own call has it all."""
    return case.in_force != "client" or not case.advice.handoff


def what_the_browser_knows_is_handed_over_whole(case: Case) -> bool:
    """From every type of source on which the event happens: who it is, and in which circumstances."""
    types = {type_of(library) for library in case.sources}
    expected = is_whole(case) and case.in_force != "client"
    return not expected or all(values_of(case, kind) >= IDS | CIRCUMSTANCES[kind] for kind in types)


def a_vendors_id_alone_comes_with_the_persons_ids_only(case: Case) -> bool:
    """Nothing about circumstances that nobody asked for; and where nothing is needed, nothing at all."""
    if is_whole(case) or not case.advice.handoff:
        return True
    circumstances = {name for names in CIRCUMSTANCES.values() for name in names}
    types = {item.source for item in case.advice.handoff}
    values = set().union(*(values_of(case, kind) for kind in types))
    return values > IDS and not values & circumstances and all(values_of(case, kind) >= IDS for kind in types)


def every_value_says_where_and_why(case: Case) -> bool:
    """Source, place in the server call and purpose; each value once per type of source."""
    values = [(item.source, item.value) for item in case.advice.handoff]
    return len(values) == len(set(values)) and all(item.from_ and item.to and item.why for item in case.advice.handoff)


LAWS: tuple[Law, ...] = (
    without_a_server_call_nothing_is_handed_over,
    what_the_browser_knows_is_handed_over_whole,
    a_vendors_id_alone_comes_with_the_persons_ids_only,
    every_value_says_where_and_why,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_systematic_hand_off_obeys(law: Law) -> None:
    """Events with and without a property that only the client knows."""
    found = broken(law, systematic_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(found[:3])


def test_some_events_hand_over_a_vendors_id_alone() -> None:
    """So that the law about it is about something."""
    assert any(case.advice.handoff and not is_whole(case) for case in systematic_cases())
