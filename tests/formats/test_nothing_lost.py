"""Nothing is lost silently: what a plan says is in the files of an export and is read again, or the report names it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from brought import again
from msgspec.structs import replace

from advisor.document import check
from advisor.formats.exchange import Format, WriteOptions, formats
from advisor.model import (
    CallType,
    Decision,
    Destination,
    Dismissal,
    Event,
    Naming,
    Plan,
    Practice,
    Property,
    Sources,
)

FORMS = [form for form in formats().values() if form.reads and form.writes]
SETTINGS = Plan(
    name="Shop",
    sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
    destinations=(Destination(key="Mixpanel"), Destination(key="Actions Slack")),
)
TOTAL = Property(name="total", type="number")
PAID = Event(name="shop.paid", properties=(TOTAL,))
BASE = replace(SETTINGS, events=(PAID,))

OF_EVENT: dict[str, Any] = {
    "description": "It was paid.",
    "version": 3,
    "labels": {"team": "shop"},
    "practice": Practice(placement="server", evidence="Somebody said so"),
    "status": "agreed",
    "owner": "Ann",
    "answers": {"payment": "yes"},
    "sources": ("swift",),
    "destinations": ("Mixpanel",),
    "decision": Decision(placement="client", reason="Because"),
    "dismissed": (Dismissal(code="unsettled"),),
}
OF_PROPERTY: dict[str, Any] = {
    "type": "string|null",
    "required": True,
    "sensitive": True,
    "personal": "contact",
    "known_by": "server",
    "values": ("a", "b"),
    "description": "The total.",
}
OF_PLAN: dict[str, Any] = {
    "description": "All of it.",
    "warehouse": True,
    "naming": Naming(),
    "dismissed": (Dismissal(code="unsettled"),),
}
Look = Callable[[Plan], Any]


def _event(plan: Plan) -> Event:
    return next(each for each in plan.events if each.name == PAID.name)


def _of_event(name: str, plan: Plan) -> Any:
    value = getattr(_event(plan), name)
    if name == "labels":
        return value.get("team")
    return value and value.placement if name == "practice" else value


def _of_property(name: str, plan: Plan) -> Any:
    return getattr(next(each for each in _event(plan).properties if each.name == TOTAL.name), name)


def _of_plan(name: str, plan: Plan) -> Any:
    return getattr(plan, name)


def _names(plan: Plan) -> list[str]:
    return [each.name for each in _event(plan).properties]


def _with(*properties: Property, **members: Any) -> Plan:
    return replace(BASE, events=(replace(PAID, properties=properties or PAID.properties, **members),))


CASES: dict[str, tuple[Plan, Look]] = {
    **{f"event {name}": (_with(**{name: value}), partial(_of_event, name)) for name, value in OF_EVENT.items()},
    **{
        f"property {name}": (_with(replace(TOTAL, **{name: value})), partial(_of_property, name))
        for name, value in OF_PROPERTY.items()
    },
    **{f"plan {name}": (replace(BASE, **{name: value}), partial(_of_plan, name)) for name, value in OF_PLAN.items()},
    "a common property": (
        replace(BASE, common=(Property(name="tenant", type="string"),)),
        lambda plan: [each.name for each in plan.common],
    ),
    "properties inside": (
        _with(replace(TOTAL, type="object", properties=(Property(name="inner", type="string"),))),
        lambda plan: [each.name for each in _of_property("properties", plan)],
    ),
    "version as a text": (_with(version="2-0"), partial(_of_event, "version")),
    "a list as a label": (_with(labels={"team": ("a", "b")}), partial(_of_event, "labels")),
    "two properties of one name": (_with(TOTAL, TOTAL), _names),
    "two of one name inside": (
        _with(replace(TOTAL, type="object", properties=(TOTAL, TOTAL))),
        lambda plan: [each.name for each in _of_property("properties", plan)],
    ),
    "a property without a name": (_with(TOTAL, Property(name=" ")), _names),
    "a suggested answer": (
        _with(answers={"payment": "yes"}, suggested=("payment",)),
        partial(_of_event, "suggested"),
    ),
    "two events of one name": (
        replace(BASE, events=(PAID, replace(PAID, properties=()))),
        lambda plan: [each.name for each in plan.events],
    ),
    "two versions of a schema": (
        replace(BASE, events=(replace(PAID, version="1-0-0"), replace(PAID, version="2-0-0"))),
        lambda plan: [each.version for each in plan.events],
    ),
    "two versions of one event": (
        replace(BASE, events=(replace(PAID, version="1-0"), replace(PAID, version="2-0"))),
        lambda plan: [each.version for each in plan.events if each.name == PAID.name],
    ),
    **{
        f"a {call} call": (
            replace(BASE, events=(replace(PAID, call=call),)),
            lambda plan: [e.call for e in plan.events],
        )
        for call in ("page", "screen", "identify", "group", "alias")
    },
    "personal data inside": (
        _with(replace(TOTAL, type="object", properties=(replace(TOTAL, personal="health"),))),
        lambda plan: _of_property("properties", plan)[0].personal,
    ),
    "a common property that is sensitive": (
        replace(BASE, common=(replace(TOTAL, name="tenant", sensitive=True),)),
        lambda plan: [each.sensitive for each in plan.common],
    ),
}


def _export(form: Format, plan: Plan, options: WriteOptions) -> tuple[Plan, set[tuple[str, str]]]:
    assert form.write is not None
    done = form.write(plan, options)
    return again(done.files, form), {(loss.event, loss.what) for loss in done.losses}


def _is_covered(name: str, usual: set[tuple[str, str]]) -> bool:
    """Whether the report says already that all of the kind is left out."""
    if ("", "the name and description of the plan") in usual and name == "plan description":
        return True
    return (PAID.name, "properties") in usual and ("propert" in name or "inside" in name)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("options", [WriteOptions(), WriteOptions(advisor_data=True)], ids=["plain", "with our data"])
def test_what_does_not_come_back_is_in_the_report(form: Format, options: WriteOptions) -> None:
    """For each thing that a plan can say, beside a plan that does not say it."""
    usual = _export(form, BASE, options)[1]
    silent = []
    for name, (given, look) in CASES.items():
        plan = check(given)[0]
        found, lost = _export(form, plan, options)
        try:
            same = look(found) == look(plan)
        except (IndexError, StopIteration):
            same = False
        if not (same or lost - usual or _is_covered(name, usual)):
            silent.append(name)
    # A choice of sources or destinations is in the slot, and is read where the plan has those sources and destinations.
    assert set(silent) <= ({"event sources", "event destinations"} if options.advisor_data else set())


def _of_first(name: str, plan: Plan) -> Any:
    """A part of the only event, which has no name of its own in some formats."""
    value = getattr(plan.events[0], name)
    if name == "labels":
        return value.get("team")
    return value and value.placement if name == "practice" else value


def _property_of_first(name: str, plan: Plan) -> Any:
    return getattr(plan.events[0].properties[0], name)


OF_ANY_CALL: dict[str, tuple[Plan, Look]] = {
    "event name": (BASE, partial(_of_first, "name")),
    **{f"event {name}": (_with(**{name: value}), partial(_of_first, name)) for name, value in OF_EVENT.items()},
    **{
        f"property {name}": (_with(replace(TOTAL, **{name: value})), partial(_property_of_first, name))
        for name, value in OF_PROPERTY.items()
    },
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("call", ["page", "screen", "identify", "group", "alias"])
def test_what_does_not_come_back_of_other_calls_is_in_the_report(form: Format, call: CallType) -> None:
    """Some have no name, or a table of their own with fewer columns; or the report says that the event is left out."""

    def _export_of(plan: Plan) -> tuple[Plan, set[tuple[str, str]]]:
        return _export(form, replace(plan, events=(replace(plan.events[0], call=call),)), WriteOptions())

    usual = _export_of(BASE)[1]
    if any(what.startswith("the event") for _, what in usual):
        return
    silent = []
    for name, (given, look) in OF_ANY_CALL.items():
        plan = check(given)[0]
        found, lost = _export_of(plan)
        named = [what for _, what in lost if what.startswith(("its name", "the name of the call"))]
        is_reported = named if name == "event name" else lost - usual
        if not (is_reported or _is_covered(name, usual) or look(found) == look(plan)):
            silent.append(name)
    assert silent == []
