"""The laws of routing (law, part 2.2): who delivers what, for every kind of destination, source, answer and decision.

Each law is a function of one case. It is held against every case of the systematic plans, and against the plans
that Hypothesis finds.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.findings import SEVERITIES
from advisor.model import Call, Plan

from .archetypes import plans
from .routed import Case, cases_of, source_type, systematic_cases
from .routing_model import only_loads, route
from .segment import is_on, possibly, surely

Law = Callable[[Case], bool]
SHARED = {
    "Facebook Pixel": {"Facebook Conversions API (Actions)", "Facebook Pixel Server Side"},
    "TikTok Pixel": {"Tiktok Conversions"},
    "Pinterest Tag": {"Pinterest Conversions API"},
    "Reddit Pixel": {"Reddit Conversions Api"},
    "Google AdWords New": {"Actions Google Enhanced Conversions"},
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
        and tools[delivery.destination].certainty(case.event.call, source_type(call)) != "no"
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
    """Alone, the client sends from each source; in both, sources that surely feed nothing make no call, but one call stays.

    Where the warehouse would miss what happens on a source, that source makes a call for the record.
    """
    libraries = [call.library for call in case.advice.calls if call.side == "client"]
    if case.in_force == "server":
        return not libraries
    feeding = [call.library for call in case.real_calls if call.side == "client" and surely_feeds(case, call)]
    stored_by_client = case.plan.warehouse and (
        route(case.plan, case.event).main == "client" or not case.plan.sources.server
    )
    if case.in_force == "client" or stored_by_client:
        return libraries == (case.sources or [None])
    return libraries == (feeding or case.sources[:1] or [None])


def surely_feeds(case: Case, call: Call) -> bool:
    """Whether a call delivers a destination that takes it for certain."""
    kind = source_type(call)
    delivered = case.delivered_by(call)
    return any(tool.key in delivered and tool.takes(case.event.call, kind) for tool in case.wanted)


def a_sensitive_event_reaches_no_advertising(case: Case) -> bool:
    """It is refused on both sides, with any other answers and any decision, and never named as an alternative."""
    if case.event.answers.get("sensitive") != "yes":
        return True
    refused = {tool.key for tool in case.tools if tool.advertising}
    reasons = {missed.destination: missed.reason for missed in case.advice.unreachable}
    told = [reasons.get(tool.key) for tool in case.wanted if tool.advertising]
    return (
        all(reason in ("not-a-stream", "call-type", "no-source", "sensitive") for reason in told)
        and not any(call.integrations.get(key) is True for call in case.advice.calls for key in refused)
        and not any(possible_receiver(case, call, key) for call in case.real_calls for key in refused)
        and not any(is_advertising(missed.alternative) for missed in case.advice.unreachable)
    )


def possible_receiver(case: Case, call: Call, key: str) -> bool:
    """Whether this destination may receive the call."""
    tool = next(tool for tool in case.tools if tool.key == key)
    return possibly(call.integrations, call.library or "", tool.connected(source_type(call)))


def is_advertising(key: str | None) -> bool:
    """Whether the catalogue files it under advertising or tag managers."""
    row = CATALOGUE.get(key or "")
    return row is not None and not {"Advertising", "Tag Managers"}.isdisjoint(row.categories)


def no_text_of_a_sensitive_event_sends_it_to_advertising(case: Case) -> bool:
    """Reasons, trade-offs, remedies and findings name what is refused only to say that it is not reached."""
    if case.event.answers.get("sensitive") != "yes":
        return True
    names = {CATALOGUE[tool.key].name for tool in case.wanted if tool.advertising}
    advice = case.advice
    texts = [reason.text for reason in advice.reasons]
    texts += [f"{item.text} {item.remedy}" for item in advice.tradeoffs]
    texts += [item.message for item in advice.findings if item.code not in ("unreachable", "catalogue-uncertain")]
    texts += [f"{value.value} {value.why}" for value in advice.handoff]
    return not any(name in text for name in names for text in texts)


def who_else_learns_of_a_sensitive_event_is_named(case: Case) -> bool:
    """Every delivered destination but the team's own storage, in one warning; of other events nothing is said."""
    is_sensitive = case.event.answers.get("sensitive") == "yes"
    delivered = {delivery.destination for delivery in case.advice.deliveries}
    third = [tool for tool in case.tools if tool.key in delivered and tool.kind != "storage" and is_sensitive]
    names = [CATALOGUE[tool.key].name if tool.kind != "custom" else tool.key for tool in third]
    said = case.said("sensitive-to-third-party")
    return len(said) == bool(names) and all(name in message for message in said for name in names)


def an_open_secret_is_asked_about(case: Case) -> bool:
    """A client call, or one that delivers what a sensitive event is refused, while nobody has said whether it is."""
    delivered = {delivery.destination for delivery in case.advice.deliveries}
    at_stake = case.in_force != "server" or any(tool.key in delivered and tool.advertising for tool in case.tools)
    is_open = case.event.answers.get("sensitive", "unsure") == "unsure"
    return bool(case.said("sensitive-unanswered")) == (is_open and at_stake)


def what_only_loads_is_told_and_nothing_else(case: Case) -> bool:
    """It is never delivered, unreachable, an alternative or an entry of an object; events that want it have an info."""
    loading = [item.key for item in case.plan.destinations if only_loads(item)]
    named = {item.destination for item in (*case.advice.deliveries, *case.advice.unreachable)}
    named |= {missed.alternative for missed in case.advice.unreachable}
    named |= {key for call in case.advice.calls for key in call.integrations}
    wants = [key for key in loading if case.event.destinations == "all" or key in case.event.destinations]
    return named.isdisjoint(loading) and len(case.said("loads-only")) == len(wants)


def what_may_not_take_the_call_is_marked(case: Case) -> bool:
    """Delivered by a website's call that may be in vain, or left to the server because of that doubt."""
    call = case.event.call
    doubtful = [tool for tool in case.wanted if "analytics.js" in case.sources and tool.perhaps_from("web", call)]
    by_web = {d.destination for d in case.advice.deliveries if d.library == "analytics.js"}
    types = {"web" if source == "analytics.js" else "mobile" for source in case.sources}
    sensitive = case.event.answers.get("sensitive") == "yes"
    marked = [
        tool
        for tool in doubtful
        if not (sensitive and tool.advertising)
        and (
            tool.key in by_web
            or (tool.delivered_from("server", call) and not any(tool.delivered_from(kind, call) for kind in types))
        )
    ]
    return len(case.said("call-type-uncertain")) == len(marked)


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
    """The page tells the server, for any reason of the server call."""
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
    a_sensitive_event_reaches_no_advertising,
    no_text_of_a_sensitive_event_sends_it_to_advertising,
    who_else_learns_of_a_sensitive_event_is_named,
    an_open_secret_is_asked_about,
    what_only_loads_is_told_and_nothing_else,
    what_may_not_take_the_call_is_marked,
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
def test_every_systematic_routing_obeys_the_law(law: Law) -> None:
    """Pairs and triples of destinations, with every set of sources, and answers, calls, wants and decisions in turn."""
    found = broken(law, systematic_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(found[:3])


@settings(max_examples=120, deadline=None)
@given(plans())
def test_the_routing_of_every_plan_obeys_the_law(plan: Plan) -> None:
    """Plans that Hypothesis draws from everything at once."""
    cases = tuple(cases_of(plan))
    for law in LAWS:
        found = broken(law, cases)
        assert not found, f"{law.__name__}: {law.__doc__}\n" + "\n".join(found[:3])


def test_the_simulation_knows_which_destinations_are_on() -> None:
    """The few lines that all this rests on, against the examples of Segment's own documentation."""
    assert is_on({}, "Mixpanel")
    assert not is_on({"Facebook Pixel": False}, "Facebook Pixel")
    assert not is_on({"All": False, "Drift": True}, "Facebook Pixel")
    assert is_on({"All": False, "Drift": True}, "Drift")
    assert is_on({"all": False}, "Drift")
    assert is_on({"All": False, "Amplitude": {"session_id": 1}}, "Amplitude")
    assert not is_on({"All": True}, "Salesforce")
