"""When the server makes the call, what the page or app has to hand over (law, part 2.5)."""

from collections.abc import Iterator
from functools import cache

import pytest

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_fields import match_field
from advisor.knowledge.handed_values import VALUES
from advisor.model import CALL_TYPES, Destination, Event, Plan, Property, Sources

from .handoff_model import CONSENT, OF_A_SESSION, ORDER, by_server, expected, is_whole
from .routed import Case, cases_of, systematic_cases
from .test_routing_laws import Law, broken

CIRCUMSTANCES: tuple[dict[str, str], ...] = (
    {"payment": "yes"},
    {"payment": "yes", "user_absent": "yes"},
    {"payment": "yes", "needs_cookies": "yes"},
    {"payment": "yes", "needs_cookies": "yes", "user_absent": "yes"},
    {"payment": "yes", "browser_only": "yes"},
)
SOURCES = (("analytics.js",), ("swift",), ("analytics.js", "kotlin"), ())
OWN = (Property(name="fbp", known_by="client"), Property(name="session_id", known_by="client"))


def _events() -> tuple[Event, ...]:
    """Every call type in every circumstance, now and then with properties of the event's own that vendors know too."""
    return tuple(
        Event(name="E", call=call, answers=answers, properties=OWN if number % 3 == 2 else ())
        for call in CALL_TYPES
        for number, answers in enumerate(CIRCUMSTANCES)
    )


@cache
def catalogue_cases() -> tuple[Case, ...]:
    """Every destination of the catalogue alone, and all of them at once, in every circumstance."""
    return tuple(case for plan in _plans() for case in cases_of(plan))


def _plans() -> Iterator[Plan]:
    everything = tuple(map(_destination, CATALOGUE))
    for client in SOURCES:
        sources = Sources(client=client, server="analytics-node")
        for destination in everything:
            yield Plan(sources=sources, destinations=(destination,), events=_events())
        yield Plan(sources=sources, destinations=everything, events=_events())


def _destination(key: str) -> Destination:
    return Destination(key=key)


def without_a_server_call_nothing_is_handed_over(case: Case) -> bool:
    """The client's own call has it all."""
    return case.in_force != "client" or not case.advice.handoff


def the_second_reading_hands_over_the_same(case: Case) -> bool:
    """The same values at the same places, in the same order."""
    told: dict[str, list[tuple[str, str]]] = {}
    for item in case.advice.handoff:
        told.setdefault(item.source, []).append((item.value, item.to))
    return told == expected(case)


def no_two_values_go_to_one_place(case: Case) -> bool:
    """Of one type of source: the last would win, and the others would be lost."""
    places = [(item.source, item.to) for item in case.advice.handoff]
    return len(places) == len(set(places))


def consent_goes_with_every_value(case: Case) -> bool:
    """Whenever a browser or an app hands anything over."""
    sources = {item.source for item in case.advice.handoff}
    return {item.source for item in case.advice.handoff if item.to == CONSENT} == sources


def an_absent_user_has_no_session(case: Case) -> bool:
    """Its ids and its request are over when the call is made."""
    absent = case.event.answers.get("user_absent") == "yes"
    own = {item.name for item in case.event.properties}
    return not absent or {item.value for item in case.advice.handoff}.isdisjoint(OF_A_SESSION - own)


def every_value_says_where_and_why(case: Case) -> bool:
    """Source, place in the server call and purpose; each value once per type of source."""
    values = [(item.source, item.value) for item in case.advice.handoff]
    return len(values) == len(set(values)) and all(item.from_ and item.to and item.why for item in case.advice.handoff)


def what_is_read_by_default_is_put_there(case: Case) -> bool:
    """Where a field reads such a value by default, the first place that it looks is where the value goes."""
    handed = {item.value: item.to for item in case.advice.handoff}
    return case.event.call in ("identify", "group") or all(
        handed[value.value] == match_field(key, value.fields[key]).reads[0]
        for value in VALUES
        for key in by_server(case)
        if value.value in handed and value.fields.get(key) and value.to in match_field(key, value.fields[key]).reads
    )


LAWS: tuple[Law, ...] = (
    without_a_server_call_nothing_is_handed_over,
    the_second_reading_hands_over_the_same,
    no_two_values_go_to_one_place,
    consent_goes_with_every_value,
    an_absent_user_has_no_session,
    every_value_says_where_and_why,
    what_is_read_by_default_is_put_there,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_systematic_hand_off_obeys_the_law(law: Law) -> None:
    """Events with and without a property that only the client knows."""
    found = broken(law, systematic_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(found[:3])


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_hand_off_of_every_destination_obeys_the_law(law: Law) -> None:
    """Alone and all at once, from pages, apps, both and none."""
    found = broken(law, catalogue_cases())
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(
        each[:1500] for each in found[:3]
    )


def test_some_events_hand_over_only_a_vendor_id() -> None:
    """Otherwise the laws about this case would test nothing."""
    assert any(case.advice.handoff and not is_whole(case) for case in systematic_cases())


def test_every_vendor_value_is_handed_over_for_some_event() -> None:
    """The table has no value that no destination asks for."""
    handed = {item.value for case in catalogue_cases() for item in case.advice.handoff}
    assert handed == {*ORDER, *(item.name for item in OWN)}
