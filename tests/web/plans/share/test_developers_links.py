"""A link for developers opens one page, its tickets and nothing else of the plan."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace
from test_share import addresses, ask, make_link, writable

from advisor.advice import advise
from advisor.model import Personal, Plan, Property, recommendation_of
from owned_plans import SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

ALLOWED = {"", "/tickets"}
HEALTH: Personal = "health"
PLAN: Plan = replace(
    SHOP,
    events=tuple(
        replace(event, status=status, properties=(*event.properties, Property(name="injury", personal=HEALTH)))
        for event, status in zip(SHOP.events, ("agreed", "agreed", "implemented", "proposed"), strict=True)
    ),
)


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """Return the id of a plan of the person at the client, with a comment and a named version."""
    plan_id = own(app, client, PLAN)
    the_store(app).versions.name("me", plan_id, "v1")
    the_store(app).comments.add("me", plan_id, event_ids(app, plan_id)[1], "me", "A secret remark")
    return plan_id


@pytest.fixture
def developer(client: PageClient, other_client: PageClient, plan_id: str) -> PageClient:
    """Return a browser that has opened a link for developers."""
    other_client.get(make_link(client, plan_id, "dev", "Agency"), follow_redirects=True)
    assert other_client.address == f"/plans/{plan_id}/developers"
    return other_client


def test_no_other_address_of_the_plan_answers(app: Flask, developer: PageClient, plan_id: str) -> None:
    """Every page, file and form is refused, and nothing of the plan is in the answer; nothing changes."""
    before = plan_of(app, plan_id)
    page = f"/plans/{plan_id}/developers"
    developer.get("/plans")
    for method, path in addresses(app, plan_id):
        status, text = ask(developer, method, path)
        if method == "GET" and path.removeprefix(page) in ALLOWED:
            assert status == 200, path
            continue
        assert status == 403, (method, path)
        assert "This link is for developers" in text, path
        assert not any(name in text for name in ("Order Completed", "Untold", "A secret remark")), path
    assert plan_of(app, plan_id) == before


def test_no_address_outside_of_the_plan_says_more(app: Flask, developer: PageClient, plan_id: str) -> None:
    """The API has no such plan, and the pages of destinations don't list its events."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/plans/<plan_id>")]
    assert len(rules) > 3
    for rule in rules:
        path = rule.replace("<plan_id>", plan_id).replace("<format_key>", "json")
        assert developer.get(path).status_code == 404, path
    developer.get(f"/destinations/amplitude-actions?plan={plan_id}", follow_redirects=True)
    assert not [a for a in developer.page.root.all("a") if plan_id in a["href"] and "/destinations/" not in a["href"]]
    assert "Untold" not in developer.page.root.text
    for text in ("Untold", "Renewed", "Shop"):
        for query in (f"q={text}", f"q={text}&plan={plan_id}"):
            for address in (f"/find?{query}", f"/find/found?{query}"):
                assert plan_id not in developer.get(address, lint=False).text.replace(query, ""), address
    developer.get("/plans")
    (link,) = [a for a in developer.page.root.all("a") if plan_id in a["href"]]
    assert link["href"] == f"/plans/{plan_id}/developers"


def test_the_page_has_no_tabs_findings_privacy_notes_comments_or_controls(developer: PageClient, plan_id: str) -> None:
    """For every event, whatever its status; its links stay on the page or lead to its tickets."""
    messages = [item.message for event in advise(PLAN).events for item in recommendation_of(event).findings]
    assert messages
    developer.get(f"/plans/{plan_id}/developers?show=all")
    each = [a["href"] for a in developer.page.root.first("main").all("a") if "event=" in a["href"]]
    for address in [f"/plans/{plan_id}/developers", *each]:
        if "/tickets" in address:
            text = developer.get(address, lint=False).text
        else:
            developer.get(address)
            main = developer.page.root.first("main")
            text = main.text
            assert not developer.page.root.by_class("tabs")
            assert writable(developer) == []
            inside = [a["href"].partition("?")[0] for a in main.all("a") if f"/plans/{plan_id}" in a["href"]]
            assert {path.removeprefix(f"/plans/{plan_id}/developers") for path in inside} <= ALLOWED
        assert "A secret remark" not in text, address
        assert "health" not in text.lower(), address
        assert not [message for message in messages if message in text], address


def test_a_link_for_developers_is_replaced_by_one_and_revoked(
    client: PageClient, developer: PageClient, plan_id: str
) -> None:
    """Replacing it never makes a link that shows more."""
    client.get(f"/plans/{plan_id}/share")
    client.submit("/replace")
    assert "For developers" in client.page.root.by_class("shares")[0].text
    developer.get(f"/plans/{plan_id}/developers", status=404)
    (new,) = [link["href"] for link in client.page.root.all("a") if "data-copy-link" in link]
    developer.get(new, follow_redirects=True)
    developer.get(f"/plans/{plan_id}", status=403)
