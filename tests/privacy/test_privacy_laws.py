"""Laws of the privacy lens over generated plans: the advised calls and deliveries are its only source, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from advisor.document import DocumentError
from advisor.knowledge.personal_kinds import guessed_kind
from advisor.model import (
    Call,
    Decision,
    Delivery,
    Destination,
    Event,
    Plan,
    Property,
    Recommendation,
    Sources,
    recommendation_of,
    with_all_properties,
)
from advisor.presentation.receivers import Receivers
from advisor.privacy import Lens, Receiver, privacy_lens
from plan_documents import plans
from privacy_plans import advised, small_plans

GENERATED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def personal_paths(items: tuple[Property, ...], above: str = "") -> Iterator[str]:
    """Yield the path of every property that is personal, sensitive or named so, without asking the lens."""
    for item in items:
        if item.personal or item.sensitive or guessed_kind(item.name):
            yield above + item.name
        yield from personal_paths(item.properties, f"{above}{item.name}.")


def carried(plan: Plan, event: Event, call: Call) -> set[str]:
    """Return the personal paths that a call carries, read from its lists alone."""
    found = set()
    for path in personal_paths(with_all_properties(plan, event).properties):
        steps = path.split(".")
        beginnings = {".".join(steps[: end + 1]) for end in range(len(steps))}
        if steps[0] in call.properties and beginnings.isdisjoint(call.withheld):
            found.add(path)
    return found


def by_key(lens: Lens) -> dict[str, Receiver]:
    """Return the receivers by key."""
    return {item.key: item for item in lens.receivers}


def expected(plan: Plan) -> set[tuple[str, int, str, str, str | None, frozenset[str]]]:
    """Return what each receiver gets: key, event, side, library, mode and properties, from calls and deliveries."""
    rows = set()
    stores = Receivers(plan.destinations)
    for index, event in enumerate(plan.events):
        advice = recommendation_of(event)
        sensitive = event.answers.get("sensitive") == "yes"
        for delivery in (*advice.deliveries, *stores.storage_deliveries(event)):
            call = _call_of(advice, delivery)
            paths = carried(plan, event, call)
            if paths or sensitive:
                where = (delivery.destination, index, delivery.side, delivery.library, delivery.mode)
                rows.add((*where, frozenset(paths)))
        for call in advice.calls:
            paths = carried(plan, event, call)
            if call.library and (paths or sensitive):
                rows.add(("Segment.io", index, call.side, call.library, None, frozenset(paths)))
                stored = call.integrations.get("Warehouses", {"all": True})
                if plan.warehouse and stored == {"all": True}:
                    rows.add(("Warehouses", index, call.side, call.library, None, frozenset(paths)))
    return rows


def _call_of(advice: Recommendation, delivery: Delivery) -> Call:
    (call,) = [one for one in advice.calls if (one.side, one.library) == (delivery.side, delivery.library)]
    return call


@GENERATED
@given(small_plans)
def test_a_receiver_has_a_property_exactly_if_a_call_to_it_carries_it(plan: Plan) -> None:
    """Nothing is missing and nothing is added, for each receiver, event, side, library and mode."""
    plan = advised(plan)
    listed = {
        (
            item.key,
            call.event,
            call.side,
            call.library,
            call.mode,
            frozenset(value.path for value in call.values),
        )
        for item in privacy_lens(plan).receivers
        for call in item.calls
    }
    assert listed == expected(plan)


@GENERATED
@given(small_plans)
def test_a_withheld_property_is_never_listed_on_its_call(plan: Plan) -> None:
    """What a call leaves out is with the values that stay, and with no receiver of that call."""
    plan = advised(plan)
    lens = privacy_lens(plan)
    for item in lens.receivers:
        for sent in item.calls:
            (call,) = [
                one
                for one in recommendation_of(plan.events[sent.event]).calls
                if (one.side, one.library) == (sent.side, sent.library)
            ]
            assert {value.path for value in sent.values}.isdisjoint(call.withheld)
    held = {(item.event, item.library, item.path) for item in lens.held}
    assert held == {
        (index, call.library, path)
        for index, event in enumerate(plan.events)
        for call in recommendation_of(event).calls
        if call.library
        for path in call.withheld
    }


@GENERATED
@given(small_plans)
def test_refused_events_are_those_that_the_advice_refuses(plan: Plan) -> None:
    """Each with the reason that the advice gives."""
    plan = advised(plan)
    refused = [(item.event, item.destination, item.message) for item in privacy_lens(plan).refused]
    assert refused == [
        (index, item.destination, item.message)
        for index, event in enumerate(plan.events)
        for item in recommendation_of(event).unreachable
        if item.reason == "sensitive"
    ]


@GENERATED
@given(small_plans)
def test_the_totals_add_up(plan: Plan) -> None:
    """Each total is what one counts from the lists beside it."""
    lens = privacy_lens(advised(plan))
    everything = by_key(lens)["Segment.io"].calls
    assert lens.summary.events == len(plan.events)
    assert lens.summary.carrying == len({call.event for call in everything})
    assert lens.summary.from_device == len({call.event for call in everything if call.side == "client"})
    assert lens.summary.destinations == len(plan.destinations)
    named = {item.key for item in plan.destinations}
    assert lens.summary.receiving == sum(bool(item.calls) for item in lens.receivers if item.key in named)
    assert lens.summary.held == len({item.path for item in lens.held})
    for item in lens.receivers:
        assert {call.event for call in item.calls} <= {call.event for call in everything}
        assert item.events == len({call.event for call in item.calls})


@GENERATED
@given(plans)
def test_every_valid_plan_has_a_lens(plan: Plan) -> None:
    """Hostile names, blank names and names with dots included; each destination is listed once."""
    try:
        plan = advised(plan)
    except DocumentError:
        return
    lens = privacy_lens(plan)
    keys = [item.key for item in lens.receivers if item.kind in ("destination", "storage")]
    assert sorted(keys) == sorted(item.key for item in plan.destinations)
    for item in lens.receivers:
        for sent in item.calls:
            allowed = {each.name for each in with_all_properties(plan, plan.events[sent.event]).properties}
            assert all(any(value.path.startswith(name) for name in allowed) for value in sent.values)


@GENERATED
@given(small_plans)
def test_a_kind_is_a_guess_until_somebody_said_it(plan: Plan) -> None:
    """A kind that the plan says is no guess, and a guess is what the name suggests."""
    plan = advised(plan)
    for item in privacy_lens(plan).receivers:
        for sent in item.calls:
            said = dict(_said(with_all_properties(plan, plan.events[sent.event]).properties))
            for value in sent.values:
                assert value.is_guess == (not said[value.path] and bool(value.kind))
                assert value.kind == (said[value.path] or guessed_kind(value.path.rpartition(".")[2]))


def _said(items: tuple[Property, ...], above: str = "") -> Iterator[tuple[str, str]]:
    for item in items:
        yield above + item.name, item.personal
        yield from _said(item.properties, f"{above}{item.name}.")


def _point_codes(plan: Plan) -> list[str]:
    return [item.code for item in privacy_lens(advised(plan)).points]


ONE = Plan(
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(Destination(key="Mixpanel", contract="DPA of 2026"),),
)
SAID = Property(name="mail", personal="contact")


@pytest.mark.parametrize(
    ("event", "destination", "codes"),
    [
        (Event(name="A", answers={"sensitive": "no"}), {}, []),
        (Event(name="A", answers={"sensitive": "no"}, properties=(SAID,)), {}, []),
        (Event(name="A", answers={"sensitive": "no"}, properties=(SAID,)), {"contract": " "}, ["no-contract"]),
        (Event(name="A", answers={"sensitive": "no"}, properties=(Property(name="email"),)), {}, ["guessed-kinds"]),
        (
            Event(name="A", answers={"sensitive": "no"}, properties=(Property(name="key", personal="credential"),)),
            {},
            ["credential-sent"],
        ),
        (
            Event(name="A", answers={"sensitive": "yes"}, decision=Decision(placement="client")),
            {},
            ["sensitive-on-client"],
        ),
        (Event(name="A", answers={"sensitive": "yes"}), {}, []),
        (Event(name="A", answers={"browser_only": "yes"}), {}, ["sensitive-unanswered"]),
    ],
    ids=["nothing", "said", "no contract", "guess", "credential", "on the client", "on the server", "unanswered"],
)
def test_an_open_point_is_there_exactly_while_it_is_open(
    event: Event, destination: dict[str, str], codes: list[str]
) -> None:
    """Each comes with what it is about, and goes when that is said."""
    key = ONE.destinations[0]
    plan = replace(ONE, events=(event,), destinations=(replace(key, **destination),))
    assert _point_codes(plan) == codes
