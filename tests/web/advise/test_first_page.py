"""The first page and ``/advise`` never take the answers of an example for those of the visitor."""

from __future__ import annotations

import pytest

from advisor.web.advise.examples import EXAMPLES, FIRST
from markup import filled_in
from page_client import PageClient


def _given(client: PageClient) -> dict[str, str]:
    sent = dict(filled_in(client.page.form("/advise")))
    return {key: value for key, value in sent.items() if value in ("yes", "no")}


def test_the_first_page_shows_an_example_and_an_empty_form(client: PageClient) -> None:
    """Its advice says what it is; the form is empty, so that whoever sends it sends their own words only."""
    client.get("/")
    assert f"An example: {FIRST.name}" in client.page.root.by_id("example").text
    assert FIRST.name in client.page.root.by_class("verdict__line")[0].text
    assert _given(client) == {}
    client.submit("/advise", name="My Event", payment="yes")
    assert _given(client) == {"payment": "yes"}
    assert "Answers disagree" not in client.page.root.text
    client.get("/?payment=yes")
    assert FIRST.name not in client.page.root.by_class("verdict__line")[0].text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_example_disappears_with_the_first_own_input(client: PageClient, example: object) -> None:
    """Another name, or another answer: what the example answered is not sure again, what one answered stays."""
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
    """Also those that an example happens to have."""
    query = {key: value for key, value in EXAMPLES[0].query.items() if key != "example"}
    client.get("/advise", query_string=query | {"name": "Other"})
    assert len(_given(client)) == len(query) - 1
