"""Sharing: without a link there is no access, a link gives its right, and a revoked link gives none."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.settings import Settings
from advisor.web import create_app
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient


@pytest.fixture
def plan_id(app: Flask, client: PageClient) -> str:
    """Return the id of a plan of the person at the client."""
    return own(app, client)


@pytest.fixture
def guest(other_client: PageClient) -> PageClient:
    """Return a client for somebody else's browser."""
    return other_client


def make_link(client: PageClient, plan_id: str, may: str, label: str = "") -> str:
    """Make a link on the page, and return its path."""
    client.get(f"/plans/{plan_id}/share")
    client.submit("/share", may=may, label=label)
    links = [link["href"] for link in client.page.root.all("a") if "data-copy-link" in link]
    return re.sub(r"^https?://[^/]+", "", links[-1])


def addresses(app: Flask, plan_id: str) -> list[tuple[str, str]]:
    """Return every address of a plan with its method, from the app itself, with ids filled in."""
    event_id = event_ids(app, plan_id)[1]
    version_id = the_store(app).versions.of("me", plan_id)[0].id
    known = {"plan_id": plan_id, "event_id": event_id, "version_id": version_id, "format_key": "json"}
    found = []
    for rule in app.url_map.iter_rules():
        if "plan_id" in rule.arguments and not rule.rule.startswith("/api/"):
            path = re.sub(r"<int:\w+>", "1", rule.rule)
            path = re.sub(r"<(\w+)>", lambda match: known.get(match[1], "0" * 32), path)
            found += [(method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    assert len(found) > 40
    return found


def ask(client: PageClient, method: str, path: str) -> tuple[int, str]:
    """Return the status and the text of any answer."""
    data = {"csrf_token": client.token or ""} if method == "POST" else None
    answer = super(PageClient, client).open(path, method=method, data=data)
    return answer.status_code, answer.text


def without_token(text: str) -> str:
    """Return a page without what is different every time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def test_without_a_link_a_plan_cannot_be_seen_or_guessed(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """Every address gives the same answer as for a missing plan, with and without a cookie."""
    the_store(app).versions.name("me", plan_id, "v1")
    guest.get("/plans/new")
    for method, path in addresses(app, plan_id):
        theirs = ask(guest, method, path)
        nobodys = ask(guest, method, path.replace(plan_id, "0" * 32))
        assert theirs[0] == nobodys[0] == 404, (method, path)
        assert without_token(theirs[1]) == without_token(nobodys[1]), (method, path)
    own(app, guest, owner="somebody else")
    for method, path in addresses(app, plan_id):
        assert ask(guest, method, path)[0] == 404, (method, path)
    assert plan_of(app, plan_id) == plan_of(app, own(app, client))


def test_a_link_to_view_shows_everything_and_changes_nothing(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """No page of the plan has a form that writes, and every form that is sent anyway is refused."""
    the_store(app).versions.name("me", plan_id, "v1")
    event_id = event_ids(app, plan_id)[1]
    link = make_link(client, plan_id, "view")
    guest.get(link, follow_redirects=True)
    assert guest.address == f"/plans/{plan_id}"
    assert "You view this plan by a link." in guest.page.root.first("main").text
    pages = ["", "/settings", "/history", "/versions", "/compare?from=1", "/export/json", f"/events/{event_id}"]
    for page in [*pages, f"/events/{event_id}/history", "/grid", "/grid/plain", "/findings"]:
        guest.get(f"/plans/{plan_id}{page}")
        assert writable(guest) == [], page
        assert "/share" not in [link["href"][-6:] for link in guest.page.root.all("a")], page
    before, latest = plan_of(app, plan_id), the_store(app).history.latest("me", plan_id)
    guest.get("/plans/new")  # for a token
    for method, path in addresses(app, plan_id):
        if method == "POST":
            status, text = ask(guest, method, path)
            assert status == 403, path
            assert "This link is for viewing" in text or "Only who made this plan can do that" in text, path
    for path in ("/events/new", "/practice", "/history/1/restore", "/delete", "/share", f"/events/{event_id}/delete"):
        guest.get(f"/plans/{plan_id}{path}", status=403)
        assert "Nothing was changed." in guest.page.root.first("main").text
    assert plan_of(app, plan_id) == before
    assert the_store(app).history.latest("me", plan_id) == latest
    assert len(the_store(app).versions.of("me", plan_id)) == 1


def writable(client: PageClient) -> list[str]:
    """Return the controls of the page that could change something: enabled ones in forms that are posted."""
    return [
        str(control)
        for form in client.page.root.first("main").all("form")
        if form["method"].lower() == "post"
        for control in form.all("input", "select", "textarea", "button")
        if control["type"] != "hidden" and "disabled" not in control and not in_disabled(control)
    ]


def in_disabled(control: object) -> bool:
    """Return whether a control is in a disabled fieldset."""
    above = control.within("fieldset")  # type: ignore[attr-defined]
    while above is not None and "disabled" not in above:
        above = above.within("fieldset")
    return above is not None


def test_a_link_to_edit_lets_a_guest_work_under_their_name(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """A guest's changes are in the owner's plan under the guest's name; only the owner can share and delete."""
    guest.get(make_link(client, plan_id, "edit", "Jonas"), follow_redirects=True)
    assert "Your changes carry no name." in guest.page.root.first("main").text
    guest.get("/plans")
    assert "Shared with you" in guest.page.root.first("main").text
    guest.submit("/plans/name", person="  Jonas\u202e Weber ")
    guest.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[1]}")
    guest.submit(guest.address, name="Order Paid")
    guest.get(f"/plans/{plan_id}/settings")
    guest.submit("/settings", name="Our shop")
    guest.get(f"/plans/{plan_id}")
    assert "Your changes carry the name Jonas Weber." in guest.page.root.first("main").text
    plan = plan_of(app, plan_id)
    assert (plan.name, plan.events[1].name) == ("Our shop", "Order Paid")
    authors = [change.author for change in the_store(app).history.changes("me", plan_id)]
    assert authors == ["Jonas Weber", "Jonas Weber", ""]
    client.get(f"/plans/{plan_id}/history")
    assert "Jonas Weber" in client.page.root.first("main").text
    for path in ("/delete", "/share"):
        guest.get(f"/plans/{plan_id}{path}", status=403)
    with guest.session_transaction() as session:
        assert the_store(app).plans(session["owner"]) == []


def test_a_revoked_link_stops_working_at_once(app: Flask, client: PageClient, guest: PageClient, plan_id: str) -> None:
    """The link stops at every address, also in the browser that had it open, and opens nothing afterwards."""
    link = make_link(client, plan_id, "edit", "Agency")
    guest.get(link, follow_redirects=True)
    guest.get(f"/plans/{plan_id}/settings")
    client.get(f"/plans/{plan_id}/share")
    assert "Opened in one browser" in client.page.root.first("main").text
    client.submit("/revoke")
    assert "The link for Agency is revoked." in client.page.root.first("main").text
    the_store(app).versions.name("me", plan_id, "v1")
    for method, path in addresses(app, plan_id):
        assert ask(guest, method, path)[0] == 404, (method, path)
    guest.get(link, status=404)
    guest.get("/plans")
    assert "Shared with you" not in guest.page.root.first("main").text
    assert plan_of(app, plan_id) == plan_of(app, own(app, client))
    client.submit("/restore")
    assert "The link works again" in client.page.root.first("main").text
    guest.get(link, follow_redirects=True)
    guest.get(f"/plans/{plan_id}/settings", status=200)


def test_replacing_a_link_makes_another_one(client: PageClient, guest: PageClient, plan_id: str) -> None:
    """The replaced link stops working, and the one in its place has the same right and label."""
    old = make_link(client, plan_id, "edit", "Agency")
    client.submit("/replace")
    (new,) = [link["href"] for link in client.page.root.all("a") if "data-copy-link" in link]
    assert not new.endswith(old)
    assert "May edit Agency" in client.page.root.by_class("shares")[0].text
    guest.get(old, status=404)
    guest.get(new, follow_redirects=True)
    assert guest.address == f"/plans/{plan_id}"
    client.submit("/restore")
    assert [link["href"] for link in client.page.root.all("a") if "data-copy-link" in link] == [old]
    guest.get(f"/plans/{plan_id}", status=404)


def test_the_database_does_not_contain_the_links(app: Flask, client: PageClient, plan_id: str) -> None:
    """The database has only hashes of the links: a copy of it opens no plan."""
    token = make_link(client, plan_id, "view").rpartition("/")[2]
    assert len(token) == 22, "128 bits"
    with the_store(app)._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM share").all()
    assert len(rows) == 1
    assert token not in str(rows)


def test_a_link_that_was_made_with_another_key_still_works_and_cannot_be_shown(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """The page says why the link cannot be shown, and offers to make another one."""
    link = make_link(client, plan_id, "view")
    app.extensions["settings"] = replace_key(app.extensions["settings"])
    client.get(f"/plans/{plan_id}/share")
    assert "can’t be shown again" in client.page.root.first("main").text
    assert link not in str(client.page.root)
    guest.get(link, follow_redirects=True)
    assert guest.address == f"/plans/{plan_id}"


def replace_key(settings: Settings) -> Settings:
    """Return the settings with another secret key."""
    return Settings(database_url=settings.database_url, data_dir=settings.data_dir, secret_key="another key entirely")


def test_links_begin_with_the_public_address(app: Flask, client: PageClient) -> None:
    """Links begin with ``ADVISOR_PUBLIC_URL``, including its path, if it is set."""
    settings = app.extensions["settings"]
    public = Settings(
        database_url=settings.database_url,
        data_dir=settings.data_dir,
        secret_key=settings.secret_key,
        public_url="http://advisor.example/team",
    )
    again = create_app(public)
    again.test_client_class = PageClient
    visitor = again.test_client()
    plan_id = own(again, visitor)
    visitor.get(f"/plans/{plan_id}/share")
    visitor.post(f"/plans/{plan_id}/share", data={"may": "view"}, status=303)
    page = visitor.get(f"/plans/{plan_id}/share", lint=False).text
    assert "http://advisor.example/team/shared/" in page


def test_the_owner_who_opens_a_link_stays_the_owner(app: Flask, client: PageClient, plan_id: str) -> None:
    """An owner who tries their own link keeps all their rights."""
    client.get(make_link(client, plan_id, "view"), follow_redirects=True)
    assert client.address == f"/plans/{plan_id}"
    assert "by a link" not in client.page.root.first("main").text
    (share,) = the_store(app).shares.of("me", plan_id)
    assert share.opened == 0


def test_guests_lose_a_deleted_plan_until_it_is_restored(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """Only its owner learns that it was deleted."""
    guest.get(make_link(client, plan_id, "edit"), follow_redirects=True)
    the_store(app).delete("me", plan_id)
    guest.get(f"/plans/{plan_id}", status=404)
    client.get(f"/plans/{plan_id}", status=410)
    client.submit("/restore")
    guest.get(f"/plans/{plan_id}")


@pytest.mark.parametrize(
    "path", ["/shared/x", "/shared/", "/shared/" + "A" * 22, "/shared/%00", "/shared/" + "x" * 5000]
)
def test_a_guessed_link_opens_nothing_and_sets_no_cookie(guest: PageClient, path: str) -> None:
    """The answer is the page for a missing plan."""
    answer = guest.get(path, status=404)
    assert "Set-Cookie" not in answer.headers


def test_a_visitor_without_shared_plans_is_not_asked_for_a_name(client: PageClient, plan_id: str) -> None:
    """Such a visitor sees one more tab, and no question for a name, no account and no notice."""
    client.get("/plans")
    assert "name" not in client.page.root.first("main").text.lower().replace("names", "")
    client.get(f"/plans/{plan_id}")
    assert "standing" not in str([element["class"] for element in client.page.root])


@pytest.mark.parametrize("name", [*HOSTILE[:9], "", "   "])
def test_a_name_is_a_single_line_of_text(app: Flask, client: PageClient, plan_id: str, name: str) -> None:
    """Unprintable characters are dropped, a long name is refused, and an empty name removes it."""
    client.get(f"/plans/{plan_id}/share")
    client.submit("/plans/name", person=name)
    if len(name) > 100:
        assert client.page.root.first("title").text.startswith("Error: ")
        return
    assert client.address == f"/plans/{plan_id}/share"
    store = the_store(app)
    client.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[1]}")
    client.submit(client.address, description="new")
    kept = "".join(letter for letter in name if letter.isprintable()).strip()
    assert store.history.changes("me", plan_id)[0].author == kept
    client.get(f"/plans/{plan_id}/history")


def test_the_name_form_redirects_only_to_our_pages(client: PageClient) -> None:
    """No target in the request leads to another site."""
    client.get("/plans/new")
    answer = client.post("/plans/name", data={"person": "x", "plan_id": "//evil.example/"}, status=303)
    assert answer.location.startswith("/plans/")


def test_edits_of_guest_and_owner_are_both_kept(
    app: Flask, client: PageClient, guest: PageClient, plan_id: str
) -> None:
    """Changes of different events are both saved; of the same event, the second person chooses between versions part by part."""
    guest.get(make_link(client, plan_id, "edit"), follow_redirects=True)
    ids = event_ids(app, plan_id)
    for browser, event_id in ((client, ids[1]), (guest, ids[2])):
        browser.get(f"/plans/{plan_id}/events/{event_id}")
    client.submit(client.address, description="mine")
    guest.submit(guest.address, description="theirs")
    assert [event.description for event in plan_of(app, plan_id).events] == ["", "mine", "theirs", ""]
    for browser in (client, guest):
        browser.get(f"/plans/{plan_id}/events/{ids[1]}")
    client.submit(client.address, description="first", name="Order Paid")
    guest.submit(guest.address, description="second", accuracy="yes", status=409)
    page = guest.page.root.first("main").text
    assert all(text in page for text in ("first", "second", "Order Paid"))
    suggested = {radio["name"]: radio["value"] for radio in guest.page.root.all("input") if "checked" in radio}
    assert suggested == {"keep-name": "theirs", "keep-description": "mine", "keep-accuracy": "mine"}
    guest.submit("/merge", **{"keep-description": "theirs"})
    event = plan_of(app, plan_id).events[1]
    assert (event.name, event.description, event.answers["accuracy"]) == ("Order Paid", "first", "yes")
    assert replace(event, name="", description="", answers={}) == replace(
        SHOP.events[1], name="", description="", answers={}
    )


def test_the_api_checks_the_same_rights(app: Flask, client: PageClient, guest: PageClient, plan_id: str) -> None:
    """Who may view a plan can read it from the API; for everyone else, and after a revoked link, it does not exist."""
    link = make_link(client, plan_id, "view")
    paths = [f"/api/v1/plans/{plan_id}", f"/api/v1/plans/{plan_id}/export/json"]
    for path in paths:
        assert guest.get(path, status=404).data == guest.get(path.replace(plan_id, "0" * 32), status=404).data
    guest.get(link, follow_redirects=True)
    for path in paths:
        assert guest.get(path, status=200).data == client.get(path, status=200).data
    the_store(app).shares.revoke("me", plan_id, the_store(app).shares.of("me", plan_id)[0].id)
    for path in paths:
        guest.get(path, status=404)
