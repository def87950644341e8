"""Plans taken to other tools in the browser: each format opens, says first what it loses, and downloads the command’s bytes."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from urllib.parse import unquote

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import check
from advisor.formats import tool_formats as tools
from advisor.formats.exchange import WriteOptions, formats
from advisor.formats.places import Place, refusal
from advisor.model import Event, Plan
from advisor.web.plans.export.tool_sheet import loss_kinds
from importing import bring, confirm
from owned_plans import HOSTILE, SHOP, own, plan_of
from page_client import PageClient

KEYS = [each.key for each in tools.tool_formats()]
SEGMENT = b"""{
  "rules": [
    {"key": "Order Completed", "type": "TRACK", "version": 1, "jsonSchema": {"type": "object", "description": "Paid",
      "properties": {"properties": {"type": "object", "properties": {"total": {"type": "number"}}}}}}
  ]
}
"""


def test_every_format_that_can_be_written_is_offered_once(app: Flask, client: PageClient) -> None:
    """Only the document, the report and the record are offered in another way, under the keys of the three exports."""
    offered = {*KEYS, "tracking-plan", "html", "decision-record"}
    assert offered == {each.key for each in formats().values() if each.writes}
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/json")
    links = [link["href"] for link in client.page.root.all("a") if "/export/to/" in link["href"]]
    assert links == [f"/plans/{plan_id}/export/to/{key}" for key in KEYS]
    client.get(f"/plans/{plan_id}/export/to/tracking-plan", status=404)
    client.get(f"/plans/{plan_id}/export/to/none/download", status=404)


@pytest.mark.parametrize("key", KEYS)
def test_the_page_names_each_loss_and_leads_to_the_files_that_the_command_writes(
    app: Flask, client: PageClient, key: str
) -> None:
    """Each kind of loss is a row above the download; the file, or each file of the zip, has the bytes of the writer."""
    plan_id = own(app, client)
    write = formats()[key].write
    assert write is not None
    written = write(advise(*check(SHOP)), WriteOptions())
    client.get(f"/plans/{plan_id}/export/to/{key}")
    main = client.page.root.first("main")
    rows = [[cell.text for cell in row.children if not isinstance(cell, str)] for row in main.all("tr")[1:]]
    kinds = loss_kinds(written.losses)
    assert [row[:2] for row in rows] == [[kind.what, kind.done] for kind in kinds]
    assert {name for kind in kinds for name in kind.events} == {each.event for each in written.losses if each.event}
    (link,) = [each for each in main.all("a") if "download" in each and "/export/to/" in each["href"]]
    answer = client.get(link["href"], lint=False)
    if len(written.files) == 1:
        assert answer.data == next(iter(written.files.values()))
    else:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == written.files
    assert client.get(link["href"], lint=False).data == answer.data


def test_what_is_written_along_is_in_the_file_and_kept_in_the_link(app: Flask, client: PageClient) -> None:
    """The two choices are those of the command, and the download has what the page shows."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/to/csv")
    client.submit(f"/plans/{plan_id}/export/to/csv", verdict="1", ours="1")
    (link,) = [each["href"] for each in client.page.root.all("a") if "download" in each]
    write = formats()["csv"].write
    assert write is not None
    both = write(advise(*check(SHOP)), WriteOptions(verdict=True, advisor_data=True))
    assert client.get(link, lint=False).data == next(iter(both.files.values()))


def test_the_file_that_was_brought_comes_back_from_the_page(client: PageClient) -> None:
    """The page names the format that the plan came from, and its file has the same rules again."""
    bring(client, plan_json=SEGMENT)
    plan_id = confirm(client)
    client.get(f"/plans/{plan_id}/export/json")
    (nav,) = [each for each in client.page.root.all("nav") if each["aria-label"] == "Format"]
    (link,) = [
        each["href"] for each in nav.all("a") if "came from it" in each.text and "segment-public-api" in each["href"]
    ]
    client.get(link)
    again = client.get(f"{link}/download", lint=False).data
    assert json.loads(again) == json.loads(SEGMENT)


@pytest.mark.parametrize("key", ["segment-public-api", "xlsx", "json-schema", "mermaid", "telemetry-yaml"])
def test_hostile_names_are_only_text(app: Flask, client: PageClient, key: str) -> None:
    """Nothing of a plan becomes markup, a path or a header; the linter of pages reads the answer."""
    for name in HOSTILE:
        plan_id = own(app, client, Plan(name=name, events=(Event(name=name), Event(name=f"{name[:499]}2"))))
        client.get(f"/plans/{plan_id}/export/to/{key}")
        answer = client.get(f"/plans/{plan_id}/export/to/{key}/download", lint=False)
        sent = unquote(answer.headers["Content-Disposition"])
        assert answer.status_code == 200
        assert not set(sent.partition("filename")[2].replace("*=UTF-8''", "").strip('="')) & set("/\\\r\n<>")


def test_a_plan_that_a_format_refuses_has_a_page_that_says_why(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to download then; its address leads back to the page."""

    def refuse(*_: object) -> None:
        raise refusal(Place(), "Two events would be one file.")

    monkeypatch.setattr(tools, "write_for_tool", refuse)
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/to/csv")
    assert "Two events would be one file." in client.page.root.first("main").text
    assert not [each for each in client.page.root.all("a") if "download" in each]
    client.get(f"/plans/{plan_id}/export/to/csv/download", follow_redirects=True)
    assert client.address == f"/plans/{plan_id}/export/to/csv"


@pytest.mark.parametrize("count", [0, 1, 1_000])
def test_plans_of_any_size_open(app: Flask, client: PageClient, count: int) -> None:
    """A page shows the beginning of a long file and of a long list; the download has all."""
    plan = replace(SHOP, events=tuple(Event(name=f"Event {number}") for number in range(count)))
    plan_id = own(app, client, plan)
    answer = client.get(f"/plans/{plan_id}/export/to/segment-public-api")
    assert len(answer.data) < 600_000
    assert len(plan_of(app, plan_id).events) == count


@pytest.mark.parametrize("key", ["segment-public-api", "xlsx", "rudder-cli"])
def test_the_api_has_the_files_and_the_losses_of_the_page(
    app: Flask, client: PageClient, other_client: PageClient, key: str
) -> None:
    """Text as text, a workbook as base64; somebody else’s plan and an unknown format are missing."""
    plan_id = own(app, client)
    write = formats()[key].write
    assert write is not None
    written = write(advise(*check(SHOP)), WriteOptions(verdict=True))
    answer = client.get(f"/api/v1/plans/{plan_id}/export/to/{key}?verdict=1").get_json()
    assert {each["path"]: _bytes(each) for each in answer["files"]} == written.files
    lost = [{"event": each.event, "what": each.what, "done": each.done} for each in dict.fromkeys(written.losses)]
    assert (answer["format"], answer["losses"]) == (key, lost)
    assert other_client.get(f"/api/v1/plans/{plan_id}/export/to/{key}").status_code == 404
    assert client.get(f"/api/v1/plans/{plan_id}/export/to/html").status_code == 404


def _bytes(file: dict[str, str | None]) -> bytes:
    text, encoded = file["text"], file["base64"]
    return text.encode() if text is not None else base64.b64decode(encoded or "")
