"""The page of the comments on an event: text as it was written, a name, and deleting one's own."""

from __future__ import annotations

import pytest
from flask import Flask

from advisor.document_limits import LONGEST_COMMENT
from owned_plans import HOSTILE, event_ids, own, the_store
from page_client import PageClient

TEXT = 'Why <b>both</b>?\nSee https://example.com\n<script>alert("x")</script>'


@pytest.fixture
def event(app: Flask, client: PageClient) -> str:
    """Return the path of an event of the person at the client."""
    plan_id = own(app, client)
    return f"/plans/{plan_id}/events/{event_ids(app, plan_id)[1]}"


def guest(app: Flask, other: PageClient, event: str, may: str) -> PageClient:
    """Return a browser that has opened a link to the plan of the event."""
    plan_id = event.split("/")[2]
    store = the_store(app)
    store.shares.create("me", plan_id, "a" * 32, "b" * 64, may, "")  # type: ignore[arg-type]
    with other.session_transaction() as session:
        session["owner"] = "guest"
    store.shares.open("b" * 64, "guest")
    return other


def shown(client: PageClient) -> list[str]:
    """Return the texts of the comments on the page."""
    return ["".join(map(str, item.children)) for item in client.page.root.by_class("comments__text")]


def test_a_comment_is_shown_as_it_was_written(client: PageClient, event: str) -> None:
    """Markup is text, lines stay lines, and an address is no link; the page of the event counts it."""
    client.get(f"{event}/comments")
    assert "No comments yet." in client.page.root.text
    client.submit("/comments", text=TEXT)
    assert shown(client) == [TEXT]
    assert not [a for a in client.page.root.all("a") if "example.com" in a["href"]]
    client.get(event)
    (link,) = [a for a in client.page.root.all("a") if a["href"] == f"{event}/comments"]
    assert link.text == "Comments 1"


@pytest.mark.parametrize("text", [*HOSTILE, "x" * LONGEST_COMMENT])
def test_any_text_up_to_the_limit_is_a_comment(client: PageClient, event: str, text: str) -> None:
    """The page stays valid."""
    client.get(f"{event}/comments")
    client.submit("/comments", text=text)
    assert len(shown(client)) == 1


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_COMMENT + 1)])
def test_no_comment_is_empty_or_too_long(client: PageClient, event: str, text: str) -> None:
    """The form says so and keeps what was written."""
    client.get(f"{event}/comments")
    client.submit("/comments", text=text)
    assert "There is a problem" in client.page.root.text
    assert shown(client) == []


def test_a_form_that_is_sent_twice_makes_one_comment(client: PageClient, event: str) -> None:
    """The second copy leads to the comment of the first."""
    client.get(f"{event}/comments")
    (once,) = [field["value"] for field in client.page.root.all("input") if field["name"] == "once"]
    for _ in range(2):
        client.post(f"{event}/comments", data={"text": "Once", "once": once}, follow_redirects=True)
    assert shown(client) == ["Once"]


def test_one_deletes_and_restores_ones_own_comment_only(
    app: Flask, client: PageClient, other_client: PageClient, event: str
) -> None:
    """A guest who edits has a button at theirs alone, and is refused at the others; the owner of the plan, too."""
    client.get(f"{event}/comments")
    client.submit("/comments", text="Owner's")
    other = guest(app, other_client, event, "edit")
    other.get("/plans")
    other.submit("/plans/name", person="Jonas")
    other.get(f"{event}/comments")
    other.submit("/comments", text="Guest's")
    assert "Jonas" in other.page.root.by_class("comments")[0].text
    forms = [form["action"] for form in other.page.root.all("form") if form["action"].endswith("/delete")]
    assert len(forms) == 1
    client.get(f"{event}/comments")
    client.post(forms[0], data={}, status=404)
    other.submit("/delete")
    assert shown(other) == ["Owner's"]
    other.submit("/restore")
    assert shown(other) == ["Owner's", "Guest's"]


def test_viewers_read_comments_and_write_none(
    app: Flask, client: PageClient, other_client: PageClient, event: str
) -> None:
    """Their page has no form."""
    client.get(f"{event}/comments")
    client.submit("/comments", text=TEXT)
    other = guest(app, other_client, event, "view")
    other.get(f"{event}/comments")
    assert shown(other) == [TEXT]
    assert not other.page.root.first("main").all("form")


def test_a_deleted_event_says_so_instead_of_its_comments(app: Flask, client: PageClient, event: str) -> None:
    """The page offers to restore the event."""
    _, _, plan_id, _, event_id = event.split("/")
    the_store(app).delete_event("me", plan_id, event_id)
    client.get(f"{event}/comments", status=410)


def test_the_api_has_the_comments_of_a_plan(client: PageClient, event: str) -> None:
    """Each with the place of its event in the document, the name and the time."""
    client.get(f"{event}/comments")
    client.submit("/comments", text=TEXT)
    (found,) = client.get(f"/api/v1/plans/{event.split('/')[2]}/comments").json["comments"]
    assert (found["place"], found["author"], found["text"]) == (1, "", TEXT)
    assert found["at"].endswith("Z")
