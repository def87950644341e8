"""What the pages copy says where it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.knowledge.ruleset import RULESET
from advisor.settings import Settings
from advisor.web import create_app
from advisor.web.app import current
from owned_plans import event_ids, own
from page_client import PageClient

PUBLIC = "https://advisor.example"
WITHOUT = {
    "the key": "a value to paste into code",
    "Tracking plan, JSON": "a file that says its rules itself",
    "plan.json": "a file for another tool",
}
"""What is copied without a note, and why."""
OBJECT = '{"All": false, "facebook pixel": true}'


@pytest.mark.parametrize("public_url", [None, PUBLIC])
def test_everything_copied_says_its_rules_its_date_and_the_way_back(tmp_path: Path, public_url: str | None) -> None:
    """Each block with a Copy button ends with the rules and the date, and the address of its page if there is a public one."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'a.sqlite'}", data_dir=tmp_path, secret_key="a key", public_url=public_url
    )
    app = create_app(settings)
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    plan_id = own(app, client)
    plan = f"/plans/{plan_id}"
    pages = {
        "/advise?name=Order+Completed&payment=yes&needs_cookies=yes": 6,
        f"{plan}/events/{event_ids(app, plan_id)[1]}": 6,
        "/destinations/facebook-conversions-api-actions": 2,
        f"{plan}/export/json": 2,
        f"{plan}/export/for/segment-public-api": 2,
        f"{plan}/code/files": 2,
        f"{plan}/developers?show=all": 3,
    }
    for address, least in pages.items():
        client.get(address)
        assert _check(client, public_url) >= least, address
    client.get("/integrations", query_string={"object": OBJECT, "load": '{"All": true}'})
    assert _check(client, public_url) >= 2


def _check(client: PageClient, public_url: str | None) -> int:
    """Check the notes of a page, and return how many blocks it copies."""
    blocks = [element for element in client.page.root if element["data-copy"]]
    for block in blocks:
        if block["data-copy"] in WITHOUT:
            continue
        note = block["data-copy-note"] or block.text  # a ticket says it in its last line
        assert f"rules {RULESET}, {current.today()}" in " ".join(note.split()), block
        assert (PUBLIC in note) is bool(public_url), block
    return len(blocks)
