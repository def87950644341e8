"""The laws of an ``integrations`` object (law, part 2.3): exact, in order, no larger than it must be, and closed where it must.

As in the laws of routing, each is a function of one case, held against all the systematic ones and against Hypothesis.
"""

import pytest
from hypothesis import given, settings

from advisor.model import Call, Plan

from .archetypes import plans
from .routed import Case, cases_of, source_type, systematic_cases
from .routing_model import Tool, route
from .segment import ALSO_KNOWN_AS, LOOK_AT_THEIR_OWN_KEY_ONLY, possibly, warehouse
from .test_routing_laws import Law, broken

SPECIAL = {"All", "Warehouses"}


def is_closed(call: Call) -> bool:
    """Whether nothing receives the call but what is named."""
    return call.integrations.get("All") is False


def keys_are_those_of_the_plan(case: Case) -> bool:
    """Exact, never trimmed or re-cased; or the second name of one of them. Never ``Segment.io`` or ``all``."""
    keys = {tool.key for tool in case.tools}
    seconds = {second for key, second in ALSO_KNOWN_AS.items() if key in keys}
    return all(set(call.integrations) <= SPECIAL | keys | seconds for call in case.advice.calls)


def keys_are_in_the_order_of_the_plan(case: Case) -> bool:
    """``All`` first, then the destinations as the plan has them, each second name after its first, ``Warehouses`` last."""
    order = ["All"]
    for tool in case.tools:
        order += [tool.key, ALSO_KNOWN_AS[tool.key]] if tool.key in ALSO_KNOWN_AS else [tool.key]
    order.append("Warehouses")
    return all(
        list(call.integrations) == [key for key in order if key in call.integrations] for call in case.advice.calls
    )


def values_are_booleans(case: Case) -> bool:
    """``All`` is only ever false; ``Warehouses`` holds one boolean."""
    return all(
        (isinstance(value, dict) and list(value) == ["all"] and isinstance(value["all"], bool))
        if key == "Warehouses"
        else isinstance(value, bool) and not (key == "All" and value)
        for call in case.advice.calls
        for key, value in call.integrations.items()
    )


def no_entry_could_be_left_out(case: Case) -> bool:
    """Removing one changes who gets the call, re-opens a closed object, or removes an entry that a quirk demands."""
    return all(is_needed(case, call, key) for call in case.real_calls for key in call.integrations)


def is_needed(case: Case, call: Call, key: str) -> bool:
    """Whether this entry of the object has a purpose.

    The law lists excluded storage like everything else that the source may reach, although it ignores the object.
    """
    if key == "All":
        return True
    if key == "Warehouses":
        return case.plan.warehouse and is_closed(call)
    owner = next(tool for tool in case.tools if key in (tool.key, ALSO_KNOWN_AS.get(tool.key)))
    if key != owner.key:
        return call.library == "analytics.js" and call.integrations.get(owner.key) == call.integrations[key]
    if call.integrations[key] is True:
        return owner.key in case.delivered_by(call) and (is_closed(call) or owner.key == "Salesforce")
    if is_closed(call):
        return slips_through(owner, call)
    return owner.kind == "storage" or gets_through_without(owner, call)


def slips_through(tool: Tool, call: Call) -> bool:
    """Whether ``All: false`` alone would not stop it."""
    seen = tool.connected(source_type(call))
    device = seen.mode == "device" and call.library in LOOK_AT_THEIR_OWN_KEY_ONLY
    return device or (call.library == "analytics.js" and seen.rewritten)


def gets_through_without(tool: Tool, call: Call) -> bool:
    """Whether a destination would receive the call if its entries were left out."""
    names = {tool.key, ALSO_KNOWN_AS.get(tool.key)}
    rest = {key: value for key, value in call.integrations.items() if key not in names}
    return possibly(rest, call.library or "", tool.connected(source_type(call)))


def what_a_closed_object_delivers_is_named(case: Case) -> bool:
    """With true; and in any object Salesforce is, since nothing else switches it on."""
    return all(
        call.integrations.get(key) is True
        for call in case.real_calls
        for key in case.delivered_by(call)
        if is_closed(call) or key == "Salesforce"
    )


def second_names_say_the_same(case: Case) -> bool:
    """On Analytics.js, and nowhere else, a plugin's own name has the value of the destination's key."""
    return all(
        call.integrations.get(second) == (call.integrations.get(key) if call.library == "analytics.js" else None)
        for call in case.real_calls
        for key, second in ALSO_KNOWN_AS.items()
    )


def what_must_be_closed_is(case: Case) -> bool:
    """A sensitive event, one that wants nothing of the plan's destinations, and the client half of both."""
    everything = case.event.answers.get("sensitive") == "yes" or (bool(case.tools) and not case.wanted)
    return all(
        is_closed(call)
        for call in case.advice.calls
        if everything or (case.in_force == "both" and call.side == "client")
    )


def nothing_to_exclude_leaves_it_open(case: Case) -> bool:
    """Where nothing else may be reached and nothing has to be closed, the object is empty: later destinations get it too."""
    return all(
        not call.integrations
        for call in case.real_calls
        if case.in_force != "both"
        and case.event.answers.get("sensitive") != "yes"
        and case.wanted == case.tools
        and len(case.real_calls) == 1
        and all(tool.key != "Salesforce" for tool in case.tools)
    )


def the_warehouse_stores_each_event_once(case: Case) -> bool:
    """Every closed object says whether warehouses get it; open ones leave it to Segment, which stores it.

    Wherever an event happens, one of the calls that are then made is stored: no occurrence is lost, none stored twice.
    """
    calls = case.real_calls
    if not case.plan.warehouse:
        return all("Warehouses" not in call.integrations for call in calls)
    stored = {call.library: warehouse(call.integrations) for call in calls}
    if None in stored.values():
        return False
    return all(sum(bool(stored[call.library]) for call in place) == 1 for place in case.occurrences() if is_made(case))


def is_made(case: Case) -> bool:
    """Whether the plan has the libraries that make the calls of this placement, or one of them."""
    return bool(case.real_calls)


def the_second_reading_writes_the_same_object(case: Case) -> bool:
    """Entry by entry, in the same order; the client call of a plan without a client library has no source type to go by."""
    model = route(case.plan, case.event)
    if [(call.side, call.library) for call in case.advice.calls] != [(call.side, call.library) for call in model.calls]:
        return True  # a difference that the laws of routing report
    return all(
        list(call.integrations.items()) == list((expected.integrations or {}).items())
        for call, expected in zip(case.advice.calls, model.calls, strict=True)
        if call.library or call.side == "server"
    )


LAWS: tuple[Law, ...] = (
    keys_are_those_of_the_plan,
    keys_are_in_the_order_of_the_plan,
    values_are_booleans,
    no_entry_could_be_left_out,
    what_a_closed_object_delivers_is_named,
    second_names_say_the_same,
    what_must_be_closed_is,
    nothing_to_exclude_leaves_it_open,
    the_warehouse_stores_each_event_once,
    the_second_reading_writes_the_same_object,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_systematic_object_obeys_the_law(law: Law) -> None:
    """Pairs and triples of destinations, with every set of sources, and answers, calls, wants and decisions in turn."""
    found = broken(law, systematic_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(found[:3])


@settings(max_examples=120, deadline=None)
@given(plans())
def test_every_object_obeys_the_law(plan: Plan) -> None:
    """Plans that Hypothesis draws from everything at once."""
    cases = tuple(cases_of(plan))
    for law in LAWS:
        found = broken(law, cases)
        assert not found, f"{law.__name__}: {law.__doc__}\n" + "\n".join(found[:3])
