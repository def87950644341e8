"""Forms that are sent twice create one thing, also through two stores of one database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from advisor.model import Event, Plan
from advisor.store import EarlierResult, FormInHand, Store, UnavailableError, open_store, sent_forms
from advisor.store.statements import now
from advisor.store.tables import sent_forms as rows
from samples import ALICE


def age(store: Store, by: timedelta) -> None:
    """Make every form look as if it had been sent longer ago."""
    with store._database.writing() as connection:
        connection.execute(update(rows).values(taken_at=now() - by))


def send(url: str, key: str) -> str:
    """Process a form like a server process, and return its result."""
    store = open_store(url)
    try:
        taken = store.forms.take(key)
        if isinstance(taken, EarlierResult):
            return taken.address
        plan_id = store.signed("", taken).create(ALICE, Plan())
        store.forms.finish(taken, f"/plans/{plan_id}", ALICE)
        return f"/plans/{plan_id}"
    finally:
        store.close()


def test_copies_of_a_form_in_many_processes_make_one_plan(store: Store, database_url: str) -> None:
    """Eight at once: one makes it, the others wait and get where it led to."""
    with ThreadPoolExecutor(8) as processes:
        addresses = set(processes.map(lambda _: send(database_url, "k"), range(8)))
    assert [f"/plans/{plan.id}" for plan in store.plans(ALICE)] == list(addresses)
    assert send(database_url, "another") not in addresses


def test_a_form_without_a_result_can_be_sent_again(store: Store, database_url: str) -> None:
    """After the form was released, the next copy is processed; a stored result is never released."""
    taken = store.forms.take("k")
    assert isinstance(taken, FormInHand)
    store.forms.give_back(taken)
    address = send(database_url, "k")
    again = store.forms.take("k")
    assert isinstance(again, EarlierResult)
    assert again.address == address
    assert again.owner == ALICE


def test_a_process_killed_after_creating_does_not_create_twice(store: Store) -> None:
    """It could not store the redirect, but after a while the next copy leads to the plan."""
    taken = store.forms.take("k")
    assert isinstance(taken, FormInHand)
    plan_id = store.signed("", taken).create(ALICE, Plan())
    age(store, sent_forms.HELD + timedelta(seconds=1))
    assert store.forms.take("k") == EarlierResult(plan_id, "", ALICE)


def test_a_copy_that_lost_its_reservation_cannot_finish(store: Store) -> None:
    """Another copy takes over from a process that hangs; if that process continues later, it changes nothing."""
    lost = store.forms.take("k")
    assert isinstance(lost, FormInHand)
    plan_id = store.create(ALICE, Plan())
    age(store, sent_forms.HELD + timedelta(seconds=1))
    assert isinstance(store.forms.take("k"), FormInHand)
    late = store.signed("", lost)
    for make in (
        lambda: late.create(ALICE, Plan()),
        lambda: late.add_event(ALICE, plan_id, Event(name="A")),
        lambda: late.versions.name(ALICE, plan_id, "v1"),
        lambda: late.shares.create(ALICE, plan_id, "0" * 32, "0" * 64, "edit", ""),
    ):
        with pytest.raises(UnavailableError, match="Another copy"):
            make()
    assert [plan.events for plan in store.plans(ALICE)] == [0]
    assert store.versions.of(ALICE, plan_id) == store.shares.of(ALICE, plan_id) == []


def test_a_form_is_forgotten_after_a_day(store: Store) -> None:
    """Its row goes with the next form that is taken."""
    taken = store.forms.take("old")
    assert isinstance(taken, FormInHand)
    store.forms.finish(taken, "/plans/x", ALICE)
    age(store, sent_forms.KEPT + timedelta(seconds=1))
    assert isinstance(store.forms.take("new"), FormInHand)
    assert isinstance(store.forms.take("old"), FormInHand)


def test_a_request_that_waits_too_long_gets_an_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not wait forever for a copy that hangs."""
    monkeypatch.setattr(sent_forms, "WAIT_SECONDS", 0.2)
    store.forms.take("k")
    with pytest.raises(UnavailableError, match="still being dealt with") as caught:
        store.forms.take("k")
    assert caught.value.cause == "busy"
