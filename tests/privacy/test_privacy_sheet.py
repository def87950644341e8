"""Laws of guesses, filter and sheet: confirming changes nothing else, narrowing only leaves out, and no line loses a call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.model import Plan, Property
from advisor.privacy import privacy_lens
from advisor.privacy.filter import DATA_KINDS, SENSITIVE_EVENT, LensFilter, data_kind, kinds_in
from advisor.privacy.guesses import guesses, with_kind
from advisor.privacy.sheet import call_lines, held_lines, receiver_groups, refused_lines
from privacy_plans import advised, small_plans

filters = st.builds(
    LensFilter,
    kinds=st.lists(st.sampled_from(list(DATA_KINDS)), unique=True).map(tuple),
    side=st.sampled_from(["", "client", "server"]),
)


def unsaid(items: tuple[Property, ...]) -> tuple[Property, ...]:
    """Return the properties without the kinds that somebody said."""
    return tuple(replace(item, personal="", properties=unsaid(item.properties)) for item in items)


def said(items: tuple[Property, ...]) -> Iterator[str]:
    """Yield the kind of every property, in order."""
    for item in items:
        yield item.personal
        yield from said(item.properties)


def without_kinds(plan: Plan) -> Plan:
    """Return the plan without the kinds that somebody said."""
    events = tuple(replace(event, properties=unsaid(event.properties)) for event in plan.events)
    return replace(plan, common=unsaid(plan.common), events=events)


def kinds_of(plan: Plan) -> list[str]:
    """Return the kinds that somebody said, in order."""
    groups = (plan.common, *(event.properties for event in plan.events))
    return [kind for items in groups for kind in said(items)]


@given(small_plans)
def test_confirming_every_guess_leaves_none_and_changes_nothing_else(plan: Plan) -> None:
    """What somebody said stays as it is."""
    confirmed = with_kind(plan, "health", lambda *_: True)
    assert guesses(confirmed) == ()
    assert without_kinds(confirmed) == without_kinds(plan)
    changes = [
        (before, after) for before, after in zip(kinds_of(plan), kinds_of(confirmed), strict=True) if before != after
    ]
    assert changes == [("", "health")] * sum(item.places for item in guesses(plan))


@given(small_plans, st.data())
def test_confirming_one_guess_leaves_the_others(plan: Plan, data: st.DataObject) -> None:
    """The others are still guesses, with as many places."""
    found = guesses(plan)
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    confirmed = with_kind(plan, one.kind, lambda path, guess: (path, guess) == (one.path, one.kind))
    assert guesses(confirmed) == tuple(item for item in found if item != one)


@given(small_plans, filters)
def test_a_filter_keeps_exactly_what_it_names(plan: Plan, chosen: LensFilter) -> None:
    """A call stays if its side fits, and a kind that it carries; its other values are left out."""
    lens = privacy_lens(advised(plan))

    def fits(kind: str) -> bool:
        return not chosen.kinds or kind in chosen.kinds

    for whole, narrow in zip(lens.receivers, chosen.narrow(lens).receivers, strict=True):
        kept = [
            (call.event, call.side, call.library, call.mode, tuple(v for v in call.values if fits(data_kind(v))))
            for call in whole.calls
            if chosen.side in ("", call.side)
            and (any(fits(data_kind(v)) for v in call.values) or (call.sensitive and fits(SENSITIVE_EVENT)))
        ]
        assert kept == [(call.event, call.side, call.library, call.mode, call.values) for call in narrow.calls]


@given(small_plans)
def test_lines_hold_every_call_once(plan: Plan) -> None:
    """Equal calls share a line, and no call is lost or doubled."""
    for receiver in privacy_lens(advised(plan)).receivers:
        lines = call_lines(receiver)
        listed = Counter(
            (index, line.side, line.mode, line.sensitive, line.values) for line in lines for index, _ in line.events
        )
        assert listed == Counter(
            (call.event, call.side, call.mode, call.sensitive, call.values) for call in receiver.calls
        )
        assert len({(line.side, line.library, line.mode, line.sensitive, line.values) for line in lines}) == len(lines)


@given(small_plans)
def test_the_table_counts_each_property_and_event_once(plan: Plan) -> None:
    """For each kind and side; every receiver has one row."""
    lens = privacy_lens(advised(plan))
    rows = [row for group in receiver_groups(lens, kinds_in(lens)) for row in group.rows]
    assert [row.receiver for row in rows] == list(lens.receivers)
    for row in rows:
        for cell in row.cells:
            for side, names in (("client", cell.client), ("server", cell.server)):
                calls = [call for call in row.receiver.calls if call.side == side]
                values = {value.path for call in calls for value in call.values if data_kind(value) == cell.kind}
                events = {call.event for call in calls if call.sensitive}
                assert len(names) == len(events if cell.kind == SENSITIVE_EVENT else values)


@given(small_plans)
def test_what_stays_and_what_is_refused_is_listed_whole(plan: Plan) -> None:
    """Lines with counts cover every value that stays, and every refusal."""
    lens = privacy_lens(advised(plan))
    assert {line.path for line in held_lines(lens)} == {item.path for item in lens.held}
    pairs = Counter(index for line in refused_lines(lens) for index, _ in line.events for _ in line.destinations)
    assert pairs == Counter(item.event for item in lens.refused)
