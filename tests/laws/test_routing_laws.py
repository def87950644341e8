"""The laws of routing (law.md §2.2): who delivers what, for every kind of destination, source, answer and decision.

Each law is a function of one case. It is held against every case of the systematic plans, and against the plans
that Hypothesis finds.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from advisor.knowledge.findings import SEVERITIES
from advisor.model import Plan

from .archetypes import plans
from .routed import Case, cases_of, source_type, systematic_cases
from .routing_model import route
from .segment import is_on, possibly, surely

Law = Callable[[Case], bool]
SHARED = {
    "Facebook Pixel": {"Facebook Conversions API (Actions)", "Facebook Pixel Server Side"},
    "TikTok Pixel": {"Tiktok Conversions"},
    "Pinterest Tag": {"Pinterest Conversions API"},
    "Reddit Pixel": {"Reddit Conversions Api"},
    "Google AdWords New": {"Actions Google Enhanced Conversions"},
    "Bing Ads": {"Ms Bing Capi"},
}


def each_wanted_destination_is_delivered_or_reported(case: Case) -> bool:
    """By some call, or unreachable; never both, and nothing that is not wanted."""
    delivered = {delivery.destination for delivery in case.advice.deliveries}
    reported = [missed.destination for missed in case.advice.unreachable]
    return (
        delivered.isdisjoint(reported)
        and len(reported) == len(set(reported))
        and delivered | set(reported) == {tool.key for tool in case.wanted}
    )


def no_occurrence_is_promised_to_a_destination_twice(case: Case) -> bool:
    """Wherever the event happens, at most one of that source's call and the server's delivers a destination."""
    return all(
        sum(tool.key in case.delivered_by(call) for call in calls) <= 1
        for calls in case.occurrences()
        for tool in case.wanted
    )


def what_some_sources_miss_is_reported(case: Case) -> bool:
    """Partial reach is a finding exactly where a delivered destination misses some place where the event happens."""
    missed = [
        tool.key
        for tool in case.wanted
        if {any(tool.key in case.delivered_by(call) for call in calls) for calls in case.occurrences()} == {True, False}
    ]
    return len(case.said("partial-reach")) == len(missed)


def every_promise_is_kept(case: Case) -> bool:
    """Segment delivers what the call promises, in the mode that is named."""
    tools = {tool.key: tool for tool in case.tools}
    return all(
        surely(call.integrations, call.library or "", tools[delivery.destination].connected(source_type(call)))
        and delivery.mode == tools[delivery.destination].mode(source_type(call))
        and tools[delivery.destination].takes(case.event.call, source_type(call))
        for call in case.real_calls
        for delivery in case.advice.deliveries
        if (delivery.side, delivery.library) == (call.side, call.library)
    )


def no_excluded_destination_receives_anything(case: Case) -> bool:
    """Nor does a call reach what another call delivers. Storage that ignores the object is beyond its power."""
    return not any(
        possibly(call.integrations, call.library or "", tool.connected(source_type(call)))
        for call in case.real_calls
        for tool in case.tools
        if tool.kind != "storage" and tool.key not in case.delivered_by(call) and may_not_have_it(case, tool.key)
    )


def may_not_have_it(case: Case, key: str) -> bool:
    """Unwanted here, or delivered by another call, or refused because the event is sensitive."""
    refused = {missed.destination for missed in case.advice.unreachable if missed.reason == "sensitive"}
    unwanted = key not in {tool.key for tool in case.wanted}
    return unwanted or key in refused or any(delivery.destination == key for delivery in case.advice.deliveries)


def what_is_received_was_promised(case: Case) -> bool:
    """A wanted destination that a call reaches, is open to and takes is one that it promises."""
    return all(
        tool.key in case.delivered_by(call)
        for call in case.real_calls
        for tool in case.wanted
        if tool.kind != "storage"
        and tool.takes(case.event.call, source_type(call))
        and surely(call.integrations, call.library or "", tool.connected(source_type(call)))
    )


def calls_follow_the_placement_in_force(case: Case) -> bool:
    """Client sources in the plan's order, then the server; both has calls on both sides, one side none on the other."""
    libraries = [call.library for call in case.advice.calls if call.side == "client"]
    sides = [call.side for call in case.advice.calls]
    expected = {"client": {"client"}, "server": {"server"}, "both": {"client", "server"}}[case.in_force]
    return (
        set(sides) == expected
        and sides == sorted(sides)
        and sides.count("server") <= 1
        and libraries == [source for source in case.sources if source in libraries] + [None] * libraries.count(None)
    )


def a_client_event_is_sent_from_every_source(case: Case) -> bool:
    """Alone, the client sends from each source; in both, sources that feed nothing make no call, but one call stays."""
    libraries = [call.library for call in case.advice.calls if call.side == "client"]
    if case.in_force == "client":
        return libraries == (case.sources or [None])
    feeding = [call.library for call in case.real_calls if call.side == "client" and case.delivered_by(call)]
    return case.in_force == "server" or libraries == (feeding or case.sources[:1] or [None])


def a_call_without_a_library_is_an_error(case: Case) -> bool:
    """It delivers nothing, and a finding says that the plan has no source, or none that makes such a call."""
    missing = [call.side for call in case.advice.calls if call.library is None]
    return len(missing) == len(case.said("no-source")) + len(case.said("no-such-call"))


def nothing_delivered_is_an_error(case: Case) -> bool:
    """Where the event wants destinations and no call reaches one."""
    return bool(case.said("nothing-delivered")) == (bool(case.wanted) and not case.advice.deliveries)


def client_calls_carry_no_masked_property(case: Case) -> bool:
    """Nor one that only the server knows; the server call carries every property, in the event's order."""
    names = [item.name for item in case.event.properties]
    open_ones = [item.name for item in case.event.properties if not item.sensitive and item.known_by != "server"]
    return all(
        (list(call.properties), list(call.withheld))
        == ((names, []) if call.side == "server" else (open_ones, [name for name in names if name not in open_ones]))
        for call in case.advice.calls
    )


def every_property_is_carried_or_reported(case: Case) -> bool:
    """A property that no call carries is a finding, and only that."""
    carried = {name for call in case.advice.calls for name in call.properties}
    missing = [item.name for item in case.event.properties if item.name not in carried]
    return len(case.said("property-not-sent")) == len(missing)


def a_relay_needs_a_server_call_and_a_user(case: Case) -> bool:
    """The page tells the server, whatever the reason for the server call is."""
    answers = case.event.answers
    page_and_user = answers.get("browser_only") == "yes" and answers.get("user_absent") != "yes"
    return case.advice.relay == (page_and_user and case.in_force != "client")


def ids_are_shared_by_different_calls_only(case: Case) -> bool:
    """Two destinations of one vendor that tell copies apart by an id: listed exactly where two calls feed them."""
    by_side = {side: {d.destination for d in case.advice.deliveries if d.side == side} for side in ("client", "server")}
    expected = {(pixel, other) for pixel in by_side["client"] for other in SHARED.get(pixel, set()) & by_side["server"]}
    shared = [(pair.client, pair.server) for pair in case.advice.shared_ids]
    return set(shared) == expected and len(shared) == len(expected) == len(case.said("shared-event-id"))


def findings_are_sorted(case: Case) -> bool:
    """By severity, code and pointer."""
    order = [(SEVERITIES.index(item.severity), item.code, item.pointer) for item in case.advice.findings]
    return order == sorted(order)


def the_second_reading_agrees(case: Case) -> bool:
    """Calls, deliveries, unreachable destinations and objects are those of the independent model."""
    model = route(case.plan, case.event)
    calls = [(call.side, call.library) for call in model.calls]
    deliveries = [(tool.key, call.side, call.library) for call in model.calls for tool in call.mine]
    return (
        (case.advice.placement, [(call.side, call.library) for call in case.advice.calls])
        == (model.advice.placement, calls)
        and [(item.destination, item.side, item.library) for item in case.advice.deliveries] == deliveries
        and [item.destination for item in case.advice.unreachable] == model.unreachable
    )


LAWS: tuple[Law, ...] = (
    each_wanted_destination_is_delivered_or_reported,
    no_occurrence_is_promised_to_a_destination_twice,
    what_some_sources_miss_is_reported,
    every_promise_is_kept,
    no_excluded_destination_receives_anything,
    what_is_received_was_promised,
    calls_follow_the_placement_in_force,
    a_client_event_is_sent_from_every_source,
    a_call_without_a_library_is_an_error,
    nothing_delivered_is_an_error,
    client_calls_carry_no_masked_property,
    every_property_is_carried_or_reported,
    a_relay_needs_a_server_call_and_a_user,
    ids_are_shared_by_different_calls_only,
    findings_are_sorted,
    the_second_reading_agrees,
)


def broken(law: Law, cases: tuple[Case, ...]) -> list[str]:
    """The cases that break a law, in words."""
    return [str(case) for case in cases if not law(case)]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_systematic_case_obeys(law: Law) -> None:
    """Pairs and triples of destinations, with every set of sources, and answers, calls, wants and decisions in turn."""
    found = broken(law, systematic_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(found[:3])


@settings(max_examples=120, deadline=None)
@given(plans())
def test_every_plan_obeys(plan: Plan) -> None:
    """Plans that Hypothesis draws from everything at once."""
    cases = tuple(cases_of(plan))
    for law in LAWS:
        found = broken(law, cases)
        assert not found, f"{law.__name__}: {law.__doc__}\n" + "\n".join(found[:3])


def test_the_simulation_knows_what_is_on() -> None:
    """The few lines that all this rests on, against the examples of Segment's own documentation."""
    assert is_on({}, "Mixpanel")
    assert not is_on({"Facebook Pixel": False}, "Facebook Pixel")
    assert not is_on({"All": False, "Drift": True}, "Facebook Pixel")
    assert is_on({"All": False, "Drift": True}, "Drift")
    assert is_on({"all": False}, "Drift")
    assert is_on({"All": False, "Amplitude": {"session_id": 1}}, "Amplitude")
    assert not is_on({"All": True}, "Salesforce")
