"""The page of a destination: one for every row of the catalogue, with what the app knows and what a plan sends to it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import text

from advisor.advice import advise
from advisor.knowledge.catalogue import CATALOGUE, STORAGE, Row
from advisor.knowledge.destination_slugs import row_of_slug, rows_by_slug, slug_of, slug_of_row
from advisor.knowledge.setup_steps import steps_of
from advisor.model import CustomReach, Destination, Event, Sources, recommendation_of
from advisor.web.reference.destination_setup import setup_items
from advisor.web.reference.destination_sheet import destination_sheet
from markup import read_page
from owned_plans import CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, the_store
from page_client import PageClient

META = "Facebook Conversions API (Actions)"
PAGE_LIMIT = 60 * 1024
ROWS = tuple(rows_by_slug().items())


def _shown(client: PageClient, slug: str, **query: str) -> str:
    client.get(f"/destinations/{slug}", query_string=query)
    return client.page.root.first("main").text


def test_every_row_has_a_slug_of_its_own() -> None:
    """The slugs are unique, made of letters, digits and hyphens, and lead back to their row."""
    assert len(ROWS) == len(CATALOGUE) + len(STORAGE)
    assert all(slug == slug_of_row(row) and row_of_slug(slug) == row for slug, row in ROWS)
    assert all(slug.replace("-", "").isalnum() and slug.isascii() and slug == slug.lower() for slug, _ in ROWS)
    assert slug_of(META) == "facebook-conversions-api-actions"
    assert slug_of("A tool of ours") is None


def test_every_row_has_a_page_without_empty_sections(client: PageClient) -> None:
    """All pages answer, are linted, have a title and a description of their own, and every section says something."""
    titles, descriptions = set(), set()
    for slug, row in ROWS:
        response = client.get(f"/destinations/{slug}")
        page = client.page
        assert len(response.data) < PAGE_LIMIT
        assert row.name in page.root.first("h1").text
        for section in page.root.first("main").all("section"):
            heading = section.first("h2").text
            assert len(section.text) > len(heading) + 10, f"{slug}: {heading}"
        titles.add(page.root.first("title").text)
        descriptions.add(next(meta["content"] for meta in page.root.all("meta") if meta["name"] == "description"))
    assert len(titles) == len(descriptions) == len(ROWS)


def test_no_page_denies_a_part_that_it_names() -> None:
    """Where the kind or a limit names a part in the page, the reach doesn't say that nothing runs there; some pages do say it."""
    denying = [sheet for sheet in map(destination_sheet, CATALOGUE.values()) if sheet.more.startswith("Nothing of ")]
    said = [f"{dict(sheet.facts)['Kind']} {' '.join(sheet.limits)}" for sheet in denying]
    assert denying
    assert [text for text in said if re.search(r"in the page\b|part in the page|its plugin", text)] == []


def test_the_list_leads_to_every_page(client: PageClient) -> None:
    """Following the pages of the catalogue finds a link to each destination and each kind of storage."""
    linked: set[str] = set()
    address = "/destinations"
    while address:
        client.get(address)
        linked |= {link["href"] for row in client.page.root.first("tbody").all("tr") for link in row.all("a")}
        address = next((link["href"] for link in client.page.root.all("a") if link["rel"] == "next"), "")
    assert linked >= {f"/destinations/{slug}" for slug, _ in ROWS}


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("actions-facebook-conversions-api", "facebook-conversions-api-actions"),
        ("Facebook Pixel", "facebook-pixel"),
        ("meta-pixel", "facebook-pixel"),
        ("x-ads", "twitter-ads"),
        ("Google Universal Analytics", "google-analytics"),
        ("bq", "bigquery"),
    ],
)
def test_other_names_lead_to_the_page(client: PageClient, written: str, slug: str) -> None:
    """Segment's slug, the name, and everyday and former names redirect to the one address, and keep the plan."""
    response = client.get(f"/destinations/{written}", query_string={"plan": "p"}, status=301)
    assert response.location == f"/destinations/{slug}?plan=p"


def test_a_name_of_several_leads_to_the_search(client: PageClient) -> None:
    """No destination is chosen for an ambiguous name, and an unknown name is not found."""
    assert client.get("/destinations/ga4", status=302).location == "/destinations?q=ga4"
    client.get("/destinations/nothing-of-that-name", status=404)


def test_the_page_says_what_the_app_knows(client: PageClient) -> None:
    """Reach, settings with their defaults, values with their places, presets, limits and relatives are there."""
    shown = _shown(client, "facebook-conversions-api-actions")
    for said in (
        "Either side reaches it",
        "$.properties.event_id", "default: $.messageId", "With Facebook Pixel", "From an app",
        "cookie _fbp", "properties.fbp", "by default", "set it",
        "Order Completed", "Initiate Checkout",
        "It takes no group or alias calls.",
        "Fine together", "if both calls carry one event_id",
    ):  # fmt: skip
        assert said in shown
    assert "Counts twice" in _shown(client, "google-analytics-4-web")
    assert "Only the page reaches it" in _shown(client, "hotjar")


def _settings_of_any_event(row: Row) -> set[str]:
    """Return the settings that the advice gives for events of this destination, in many circumstances."""
    sources = Sources(client=("analytics.js", "swift"), server="analytics-node")
    others = tuple(Destination(key=key) for key in (PIXEL, META, "TikTok Pixel", "Pinterest Tag") if key != row.key)
    events = tuple(
        Event(
            name="Order Completed",
            call=call,
            answers={"user_absent": absent, "payment": paid, "needs_cookies": cookies},
        )
        for call in ("track", "identify")
        for absent in ("yes", "no")
        for paid in ("yes", "no")
        for cookies in ("yes", "no")
    )
    plan = replace(SHOP, sources=sources, destinations=(Destination(key=row.key), *others), events=events)
    advised = [recommendation_of(event) for event in advise(plan).events]
    return {step.setting for advice in advised for step in advice.setup if step.destination == row.key}


@pytest.mark.parametrize(
    "key", sorted({key for key in CATALOGUE if steps_of(key)} | {"Klaviyo (Actions)", "Mixpanel (Actions)"})
)
def test_the_page_has_every_setting_that_the_advice_gives(key: str) -> None:
    """What the advice tells an event to set is on the page of the destination."""
    assert _settings_of_any_event(CATALOGUE[key]) <= {item.setting for item in setup_items(CATALOGUE[key])}


def test_the_page_shows_the_events_of_the_plan(app: Flask, client: PageClient) -> None:
    """With a plan in the address, its events that go there are listed, and every link keeps the plan."""
    plan_id = own(app, client)
    shown = _shown(client, str(slug_of(PIXEL)), plan=plan_id)
    assert f"In {SHOP.name}" in shown
    for event in advise(SHOP).events:
        is_wanted = event.destinations == "all" or PIXEL in event.destinations
        assert (event.name in shown) is is_wanted
    relatives = [link["href"] for link in client.page.root.all("a") if f"?plan={plan_id}" in link["href"]]
    assert relatives


def test_without_a_plan_the_page_offers_the_visitors_plans(app: Flask, client: PageClient) -> None:
    """The plans that have the destination are linked; a custom destination of the same key doesn't count."""
    plan_id = own(app, client)
    custom = replace(
        SHOP, name="Custom", destinations=(Destination(key=CLOUD, custom=CustomReach(server="cloud")),), events=()
    )
    own(app, client, custom)
    slug = slug_of(CLOUD)
    client.get(f"/destinations/{slug}")
    plans = [link["href"] for link in client.page.root.first("aside").all("a") if "plan=" in link["href"]]
    assert plans == [f"/destinations/{slug}?plan={plan_id}"]


def test_a_plan_of_someone_else_is_not_shown(app: Flask, client: PageClient) -> None:
    """The page is public, and another visitor's plan is as unknown as one that never existed."""
    plan_id = own(app, client)
    stranger = app.test_client()
    page = stranger.get(f"/destinations/{slug_of(PIXEL)}?plan={plan_id}").text
    assert SHOP.name not in page
    assert page == stranger.get(f"/destinations/{slug_of(PIXEL)}?plan=nothing").text


def test_a_guest_sees_the_events_of_a_shared_plan(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """A link to view is enough."""
    plan_id = own(app, client)
    shares = the_store(app).shares
    shares.create("me", plan_id, "a" * 32, "b" * 64, "view", "")
    with other_client.session_transaction() as session:
        session["owner"] = "guest"
    shares.open("b" * 64, "guest")
    assert f"In {SHOP.name}" in _shown(other_client, str(slug_of(PIXEL)), plan=plan_id)


def test_events_that_cannot_be_read_are_not_left_out_silently(app: Flask, client: PageClient) -> None:
    """The page says that events are missing."""
    plan_id = own(app, client)
    with the_store(app)._database.writing() as connection:
        connection.execute(text("UPDATE event SET content = '{}' WHERE id = :id"), {"id": event_ids(app, plan_id)[0]})
    assert "can’t be read" in _shown(client, str(slug_of(PIXEL)), plan=plan_id)


def test_names_of_plans_and_events_are_escaped(app: Flask, client: PageClient) -> None:
    """Hostile names are shown as they are."""
    events = tuple(Event(name=name) for name in HOSTILE)
    for name in HOSTILE:
        plan_id = own(app, client, replace(SHOP, name=name, events=events))
        client.get(f"/destinations/{slug_of(PIXEL)}?plan={plan_id}")
        assert len(client.page.root.first("aside").first("ul").all("li")) == len(HOSTILE)


def test_a_page_without_plans_sets_no_cookie(client: PageClient) -> None:
    """A visitor who only reads is not identified."""
    assert client.get("/destinations/hotjar").headers.getlist("Set-Cookie") == []


def test_a_name_in_settings_leads_to_the_page(app: Flask, client: PageClient) -> None:
    """Each destination of the plan is a link that keeps the plan; a custom one is a name only."""
    plan = replace(
        SHOP,
        events=(),
        destinations=(Destination(key=PIXEL), Destination(key="Ours", custom=CustomReach(server="cloud"))),
    )
    plan_id = own(app, client, plan)
    page = read_page(client.get(f"/plans/{plan_id}/settings").text)
    assert [link["href"] for link in page.root.by_id("planned").all("a")] == [
        f"/destinations/{slug_of(PIXEL)}?plan={plan_id}"
    ]
    assert "Ours" in page.root.by_id("planned").text
