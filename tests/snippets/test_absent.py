"""A hand-off of an unknown visitor: no user, no ids of vendors, nothing from the client but the anonymous id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CallType, Destination, Event, Plan, Property, Sources
from advisor.snippets import snippet
from advisor.snippets.files import snippets_of

from .evaluation import evaluator, python_calls, shell_calls
from .promises import arrived
from .running import COMPILED, printed
from .samples import calls_of, handed_plan

VISITOR: dict[str, Any] = {"anonymousId": "handed", "userId": None, "context": {}, "ids": {}, "properties": {}}
INTERPRETED = ("analytics-node", "analytics-python", "analytics-ruby", "analytics-php")


def _plan(library: str) -> Plan:
    """Return a plan with every call type, with properties, with null alone, and with nothing but ids."""
    handed = handed_plan(library)
    answers = {"payment": "yes", "needs_cookies": "yes"}
    bare = tuple(Event(name="Bare", call=call, answers=answers) for call in calls_of(library))
    null = tuple(
        Event(name="Null", call=call, answers=answers, properties=(Property(name="coupon", values=(None,)),))
        for call in calls_of(library)
    )
    return advise(
        Plan(
            sources=handed.sources,
            destinations=handed.destinations,
            warehouse=True,
            events=(*handed.events, *bare, *null),
        )
    )


def _calls(library: str) -> tuple[CallType, ...]:
    return tuple(call for call in calls_of(library) if call in LIBRARIES[library].code.calls)


def _server(event: Event) -> Any:
    return next(call for call in event.recommendation.calls if call.side == "server")


@pytest.mark.parametrize("library", INTERPRETED)
def test_every_call_but_alias_is_made_for_an_anonymous_visitor(library: str) -> None:
    """Every call has the anonymous id and no user; an alias, which joins two ids, is not made."""
    plan = _plan(library)
    code = [snippet(plan, event, _server(event)).text for event in plan.events]
    if library == "analytics-python":
        made = [python_calls(text, VISITOR) for text in code]
    else:
        with evaluator(LIBRARIES[library].code.language, VISITOR) as process:
            made = [process.calls(text) for text in code]
    for event, calls in zip(plan.events, made, strict=True):
        if event.call == "alias":
            assert calls == []
        else:
            said = arrived(library, calls)
            assert (said["anonymousId"], said.get("userId")) == ("handed", None)


@pytest.mark.parametrize("library", ["analytics-node", "analytics-ruby", "analytics-php"])
def test_a_hand_off_may_leave_the_user_out(library: str) -> None:
    """Where nobody is logged in, the hand-off may have no user at all: no warning, which frameworks turn into exceptions."""
    plan = _plan(library)
    without = {name: value for name, value in VISITOR.items() if name != "userId"}
    with evaluator(LIBRARIES[library].code.language, without) as process:
        for event in plan.events:
            calls = process.calls(snippet(plan, event, _server(event)).text)
            assert len(calls) == (event.call != "alias")


@pytest.mark.slow
@pytest.mark.parametrize("library", COMPILED)
def test_libraries_accept_every_call_for_an_anonymous_visitor(library: str, tmp_path: Path) -> None:
    """The library's own checks, of ids and of nulls, raise no error for these calls; no alias is made."""
    plan = _plan(library)
    (file,) = snippets_of(plan, [library])
    told = printed(library, file, tmp_path, anonymous_id="handed")
    expected = sum(event.call != "alias" and event.call in LIBRARIES[library].code.calls for event in plan.events)
    lines = told.splitlines()
    assert len(lines) == expected
    assert all("handed" in line and "alias" not in line.lower() for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("library", COMPILED)
def test_libraries_that_throw_on_null_never_get_one(library: str, tmp_path: Path) -> None:
    """Such a library gets no null without a hand-off either."""
    item = Property(name="coupon", values=(None,))
    events = tuple(Event(name="Null", call=call, properties=(item,)) for call in _calls(library) if call != "alias")
    plan = advise(Plan(sources=Sources(server=library), destinations=(Destination(key="Mixpanel"),), events=events))
    (file,) = snippets_of(plan, [library])
    assert len(printed(library, file, tmp_path).splitlines()) == len(events)


@pytest.mark.slow
@pytest.mark.parametrize("library", ["analytics-csharp", "kotlin-server"])
def test_users_never_share_an_anonymous_id(library: str, tmp_path: Path) -> None:
    """The library would use its stored anonymous id for all users, so each call gets an id made from the user's."""
    events = tuple(Event(name="Order Completed", call=call, answers={"payment": "yes"}) for call in _calls(library))
    plan = advise(Plan(sources=Sources(server=library), destinations=(Destination(key="Mixpanel"),), events=events))
    (file,) = snippets_of(plan, [library])
    told = [line.split() for line in printed(library, file, tmp_path).splitlines()]
    assert len(told) == len(events)
    assert all((anonymous, user) == ("server:user-id", "user-id") for _, anonymous, user in told)


def test_an_alias_request_says_when_not_to_send_it() -> None:
    """A shell script has no condition, so a comment says it."""
    plan = _plan("http-api")
    (event,) = [event for event in plan.events if event.call == "alias" and event.name == "Bare"]
    made = snippet(plan, event, _server(event))
    assert any(line.startswith("Only where the user is known") for line in made.notes)
    assert shell_calls(made.text)[0][0] == "alias"
