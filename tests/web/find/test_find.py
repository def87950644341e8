"""The search of the whole app: what it finds, in which order, how much, and for whom."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.model import Event, Plan
from advisor.web.find import shortcuts
from advisor.web.find.matching import matches, wanted_words
from markup import Element
from owned_plans import HOSTILE, SHOP, event_ids, own, the_store
from page_client import PageClient

NAME = "Zebra Crossed"
ZOO = Plan(name="Zoo", sources=SHOP.sources, events=(Event(name=NAME), Event(name="Zebra Fed", call="page")))


def _found(client: PageClient, text: str, **query: str) -> dict[str, list[Element]]:
    """Return the links of each group of the page, by the title of the group."""
    client.get("/find", query_string={"q": text, **query})
    groups = client.page.root.first("main").all("section")
    return {group.first("h2").text.split()[0]: group.all("a") for group in groups}


def _names(links: list[Element]) -> list[str]:
    return [link.first("bdi").text for link in links]


def test_the_palette_and_the_page_find_the_same(app: Flask, client: PageClient) -> None:
    """The part of a page that the palette asks for is the list of the page."""
    plan_id = own(app, client, ZOO)
    for query in ({}, {"q": "zebra"}, {"q": "zebra", "plan": plan_id}, {"plan": plan_id}, {"q": "qqqqqqqq"}):
        page = client.get("/find", query_string=query).text
        part = client.get("/find/found", query_string=query, lint=False).text
        assert part.strip() in page


@pytest.mark.parametrize("opened", [True, False])
def test_who_may_see_a_plan_finds_its_events_and_nobody_else_does(
    app: Flask, client: PageClient, *, opened: bool
) -> None:
    """Owners and guests find them; those with a link for developers or a revoked one, strangers and new visitors don't."""
    plan_id = own(app, client, ZOO)
    store = the_store(app)
    asked = {"plan": plan_id} if opened else {}
    guests = {"viewer": "view", "editor": "edit", "developer": "dev", "revoked": "view"}
    for number, (name, may) in enumerate(guests.items()):
        store.shares.create("me", plan_id, f"{number:032x}", f"{number:064x}", may, name)  # type: ignore[arg-type]
        store.shares.open(f"{number:064x}", name)
    store.shares.revoke("me", plan_id, f"{3:032x}")
    for name, finds in {
        "me": True,
        "viewer": True,
        "editor": True,
        "developer": False,
        "revoked": False,
        "stranger": False,
        "": False,
    }.items():
        visitor = app.test_client()
        assert isinstance(visitor, PageClient)
        if name:
            with visitor.session_transaction() as session:
                session["owner"] = name
        visitor.get("/find/found", query_string={"q": "zebra", **asked}, lint=False)
        assert (NAME in visitor.get("/find", query_string={"q": "zebra", **asked}).text) is finds, name
        assert ("Zoo" in visitor.get("/find", query_string={"q": "zoo", **asked}).text) is finds, name
    store.delete("me", plan_id)
    assert NAME not in client.get("/find", query_string={"q": "zebra", **asked}).text


def test_every_result_leads_to_a_page_that_its_visitor_may_open(app: Flask, client: PageClient) -> None:
    """Owners, editors and viewers: each link that is offered answers, and viewers are offered nothing that changes a plan."""
    plan_id = own(app, client, ZOO)
    store = the_store(app)
    seen = {}
    for number, may in enumerate(("view", "edit", "own")):
        if may != "own":
            store.shares.create("me", plan_id, f"{number:032x}", f"{number:064x}", may, "")  # type: ignore[arg-type]
            store.shares.open(f"{number:064x}", may)
        with client.session_transaction() as session:
            session["owner"] = "me" if may == "own" else may
        links = [link for group in _found(client, "", plan=plan_id).values() for link in group]
        links += [link for group in _found(client, "zebra", plan=plan_id).values() for link in group]
        for link in links:
            assert client.get(link["href"], lint=False).status_code == 200, (may, link["href"])
        seen[may] = {link.first("bdi").text for link in links}
    assert seen["view"] < seen["edit"] < seen["own"]
    assert seen["edit"] - seen["view"] == {shortcut.name for shortcut in ALL if shortcut.right == "edit"}
    assert seen["own"] - seen["edit"] == {shortcut.name for shortcut in ALL if shortcut.right == "own"}


ALL = (*shortcuts.PAGES, *shortcuts.ACTIONS, *shortcuts.PLAN_PAGES, *shortcuts.PLAN_ACTIONS)


def test_every_tab_of_a_plan_and_every_entry_of_the_bar_is_found(app: Flask, client: PageClient) -> None:
    """A page that gets a tab or an entry is found by its word."""
    plan_id = own(app, client, ZOO)
    client.get(f"/plans/{plan_id}")
    navs = {nav["aria-label"]: nav.all("a") for nav in client.page.root.all("nav")}
    entries = [(link.text, link["href"]) for link in (*navs["Main"], *navs["Pages of this plan"])]
    assert len(entries) > 10
    for text, address in entries:
        found = _found(client, text, plan=plan_id)["Pages"]
        assert (text, address) in [(link.text, link["href"]) for link in found]


def test_names_that_pages_break_on_are_found_by_themselves(app: Flask, client: PageClient) -> None:
    """Each hostile name of an event or a plan finds itself, and is shown as a text."""
    plan_id = own(app, client, replace(ZOO, events=tuple(Event(name=name) for name in HOSTILE)))
    for name, event_id in zip(HOSTILE, event_ids(app, plan_id), strict=True):
        links = _found(client, name, plan=plan_id)["Events"]
        assert f"/plans/{plan_id}/events/{event_id}" in [link["href"] for link in links]


def test_no_more_than_ten_of_a_kind_are_shown_and_all_are_counted(app: Flask, client: PageClient) -> None:
    """The heading says how many there are."""
    own(app, client, replace(ZOO, events=tuple(Event(name=f"Zebra {number}") for number in range(25))))
    links = _found(client, "zebra")["Events"]
    assert _names(links) == [f"Zebra {number}" for number in range(10)]
    assert "10 of 25" in client.page.root.first("main").text


def test_the_plans_that_were_not_searched_are_counted(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit, the plans changed last are searched, and the page says how many were left out."""
    own(app, client, ZOO)
    own(app, client, replace(ZOO, name="Newer", events=(Event(name="Zebra Slept"),)))
    monkeypatch.setattr("advisor.web.find.views.MOST_EVENTS", 2)
    assert _names(_found(client, "zebra")["Events"]) == ["Zebra Slept"]
    assert "The events of 1 plan that changed longer ago weren’t searched" in client.page.root.first("main").text


def test_a_destination_is_found_by_an_everyday_name(client: PageClient) -> None:
    """The search of the catalogue answers here, too; a similar name counts only if nothing else fits."""
    assert "Google Analytics 4 Web" in _names(_found(client, "ga4")["Destinations"])
    assert "Destinations" not in _found(client, "recovery code")
    assert "Nothing has" in client.get("/find", query_string={"q": "\N{SHOPPING TROLLEY}\N{SHOPPING TROLLEY}"}).text


def test_ten_thousand_events_are_searched_at_once(app: Flask, client: PageClient) -> None:
    """A search reads names only: it takes a fraction of the time of loading the plan. The bound is far above that."""
    events = tuple(Event(name=f"Event {number} happened", answers={"payment": "yes"}) for number in range(10_000))
    plan_id = own(app, client, replace(ZOO, events=events))
    start = time.perf_counter()
    assert _names(_found(client, "9999", plan=plan_id)["Events"]) == ["Event 9999 happened"]
    assert time.perf_counter() - start < 2


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=6))
def test_every_match_has_all_words_and_the_best_come_first(names: list[str], text: str) -> None:
    """Nothing that fits is left out, nothing else is found, and a name that is exactly what was typed is the first."""
    wanted = wanted_words(text)
    found = matches(names, wanted, len(names), name=str)
    assert sorted(found.items) == sorted(name for name in names if all(word in name.casefold() for word in wanted))
    assert found.total == len(found.items)
    if len(wanted) == 1 and wanted[0] in (folded := [name.casefold() for name in names]):
        assert found.items[0].casefold() == wanted[0]
        assert found.grade == 0
        assert folded.count(wanted[0]) >= 1
