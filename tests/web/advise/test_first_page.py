"""The first page leads to one event and to a whole plan, and examples are never taken for the answers of the visitor."""

from __future__ import annotations

import pytest

from advisor.knowledge.known_names import suggestions
from advisor.web.advise.examples import EXAMPLES
from importing import primary
from markup import filled_in
from page_client import PageClient


def _given(client: PageClient) -> dict[str, str]:
    sent = dict(filled_in(client.page.form("/advise")))
    return {key: value for key, value in sent.items() if value in ("yes", "no")}


def test_the_first_page_has_two_doors_and_one_primary_button(client: PageClient) -> None:
    """One event leads to ``/advise``; a whole plan leads to the preview of an import, and is the primary button."""
    client.get("/")
    assert primary(client.page.root) == "Place every event"
    assert sum("btn--primary" in button["class"] for button in client.page.root.all("button")) == 1
    client.submit("/plans/import", text="Order Completed\nProduct Viewed")
    assert "2 new events, 2 of them known" in client.page.root.text
    client.get("/")
    client.submit("/advise", name="My Event")
    assert client.page.root.first("h1").text == "My Event"
    assert _given(client) == {}


def test_an_old_address_of_the_first_page_keeps_its_state(client: PageClient) -> None:
    """The first page kept the answers for one event in its address until it had two doors."""
    response = client.get("/?name=Trial+Ended&user_absent=yes&utm_source=x", status=302)
    assert response.location == "/advise?name=Trial+Ended&user_absent=yes"
    client.get("/?utm_source=x", status=200)


def test_a_known_name_fills_in_its_usual_answers_on_request_only(client: PageClient) -> None:
    """A name alone answers nothing; one button fills in what is still open, and leaves the visitor's own answers."""
    client.get("/advise?name=Order+Completed&payment=no")
    assert _given(client) == {"payment": "no"}
    client.get(client.submit("/advise", "usual=yes", status=302).location)
    known = suggestions("Order Completed")
    assert known is not None
    assert _given(client) == known.answers | {"payment": "no"}
    assert not [button for button in client.page.root.all("button") if button["name"] == "usual"]
    client.get("/advise?name=qqq")
    assert "We know" not in client.page.root.text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_example_disappears_with_the_first_own_input(client: PageClient, example: object) -> None:
    """Another name or answer removes the answers of the example and keeps those of the visitor."""
    query = dict(example.query)  # type: ignore[attr-defined]
    client.get("/advise", query_string=query)
    assert "an example’s" in client.page.root.by_id("example").text
    assert _given(client) == {key: value for key, value in query.items() if value in ("yes", "no")}
    client.submit("/advise", name="My Own")
    assert _given(client) == {}
    client.get("/advise", query_string=query)
    other = next(key for key in ("computed_from_database", "needs_cookies") if key not in query)
    client.submit("/advise", **{other: "yes"})
    assert _given(client) == {other: "yes"}


def test_an_address_without_an_example_keeps_all_its_answers(client: PageClient) -> None:
    """Answers without an example stay, also those that an example happens to have."""
    query = {key: value for key, value in EXAMPLES[0].query.items() if key != "example"}
    client.get("/advise", query_string=query | {"name": "Other"})
    assert len(_given(client)) == len(query) - 1
