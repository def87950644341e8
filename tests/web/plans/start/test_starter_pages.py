"""Starting from a template: its contents are shown first, and the plan is a copy."""

from __future__ import annotations

import pytest
from flask import Flask

from advisor.knowledge.starters import starter_plan, starters
from owned_plans import SHOP, own, plan_of
from page_client import PageClient

EVERY = pytest.mark.parametrize("key", starters())


@EVERY
def test_the_page_of_a_template_lists_all_its_contents(client: PageClient, key: str) -> None:
    """Each event, property and destination is shown before a plan is made, and looking makes none."""
    client.get(f"/plans/templates/{key}")
    plan = starter_plan(key)
    heads = [cell for cell in client.page.root.all("th") if cell["scope"] == "row"]
    assert [str(cell.children[0]).strip() for cell in heads] == [event.name for event in plan.events]
    shown = {code.text for code in client.page.root.first("main").all("code")}
    assert shown == {item.name for event in plan.events for item in event.properties}
    client.get("/plans")
    assert "No plans yet" in client.page.root.first("main").text


@EVERY
def test_the_plan_of_a_template_is_a_copy(app: Flask, client: PageClient, key: str) -> None:
    """One click makes the plan, the same form sent twice makes it once, and the plan opens."""
    client.get(f"/plans/templates/{key}")
    form = client.page.root.all("form")[0]
    sent = {control["name"]: control["value"] for control in form.all("input")}
    first = client.post(form["action"], data=sent, status=303).location
    assert client.post(form["action"], data=sent, status=303).location == first
    client.get(first)
    with client.session_transaction() as session:
        owner = session["owner"]
    assert plan_of(app, first.rsplit("/", 1)[1], owner) == starter_plan(key)


def test_templates_are_offered_where_a_plan_is_started(app: Flask, client: PageClient) -> None:
    """Templates are on the page that starts a plan, and on the list of plans, also once there are some."""
    wanted = {f"/plans/templates/{key}" for key in starters()}
    for page in ("/plans", "/plans/new"):
        client.get(page)
        assert wanted <= {link["href"] for link in client.page.root.all("a")}
    own(app, client, SHOP)
    client.get("/plans")
    assert wanted <= {link["href"] for link in client.page.root.all("a")}


def test_an_unknown_template_is_not_found(client: PageClient) -> None:
    """An unknown template can be neither shown nor started from."""
    client.get("/plans/templates/nothing", status=404)
    client.get("/plans/new")
    client.post("/plans/templates/nothing", status=404)
