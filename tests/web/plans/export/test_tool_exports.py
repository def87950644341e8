"""Plans in the formats of other tools: the page that says what one can't hold, and the download."""

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
from advisor.formats.exchange import WriteOptions, formats
from advisor.formats.tool_formats import ADDITIONS, options_for, tool_format
from advisor.model import Event, Plan
from advisor.web.app.downloads import zip_files
from advisor.web.plans.export.tool_files import loss_lines, tool_formats
from importing import bring, confirm
from owned_plans import HOSTILE, SHOP, own
from page_client import PageClient

TOOLS = [each.key for each in tool_formats(SHOP).others]
SEGMENT = b"""{"name": "Shop", "rules": [{"key": "Order Paid", "type": "TRACK", "version": 1, "jsonSchema":
 {"type": "object", "properties": {"properties": {"type": "object", "properties": {"total": {"type": "number"}}}}}}]}"""


def test_every_format_that_can_be_written_is_offered_once() -> None:
    """A page of the app leads to each format of `advisor formats` that exports, be it ours or that of a tool."""
    ours = {"tracking-plan", "markdown", "html", "decision-record"}
    assert set(TOOLS) == {each.key for each in formats().values() if each.writes} - ours
    assert TOOLS[:2] == ["xlsx", "csv"]
    assert [tool_format(key) is None for key in (*sorted(ours), "json", "bogus")] == [True] * 6


@pytest.mark.parametrize("key", TOOLS)
def test_the_download_has_what_the_format_writes(app: Flask, client: PageClient, key: str) -> None:
    """One file is sent as it is, several as a zip with the same bytes, with what the visitor chose to add."""
    plan_id = own(app, client)
    for addition in ADDITIONS:
        write = formats()[key].write
        assert write is not None
        files = write(advise(*check(SHOP)), options_for(addition)).files
        sent = client.get(f"/plans/{plan_id}/export/for/{key}/download?with={addition}")
        if len(files) == 1:
            assert sent.data == next(iter(files.values()))
        else:
            with zipfile.ZipFile(io.BytesIO(sent.data)) as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == files
        assert "attachment" in sent.headers["Content-Disposition"]


@pytest.mark.parametrize("key", TOOLS)
def test_the_page_names_each_loss(app: Flask, client: PageClient, key: str) -> None:
    """What the format can't hold is on the page; without a loss it says so."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/for/{key}?with=nothing")
    page = client.page.root.first("main").text
    write = formats()[key].write
    assert write is not None
    losses = write(advise(*check(SHOP)), WriteOptions()).losses
    shown = loss_lines(losses)
    assert {(line.what, line.done) for line in shown} == {(loss.what, loss.done) for loss in losses}
    assert all(line.what in page for line in shown[:30])
    assert ("Nothing of this plan is lost" in page) == (not losses)


def test_a_plan_goes_back_to_the_tool_that_it_came_from(client: PageClient) -> None:
    """The format of the file that was brought comes first, and gives the file back where nothing is added."""
    bring(client, plan_json=SEGMENT)
    plan_id = confirm(client)
    client.get(f"/plans/{plan_id}/export/json")
    nav = next(nav for nav in client.page.root.all("nav") if nav["aria-label"] == "Back to where the plan came from")
    assert nav.all("a")[0].first("b").text == "Segment Public API, JSON"
    client.get(nav.all("a")[0]["href"])
    client.submit(client.address.partition("?")[0], **{"with": "nothing"})
    link = next(link for link in client.page.root.all("a") if "download" in link)
    assert json.loads(client.get(link["href"]).data) == json.loads(SEGMENT)


def test_a_plan_that_a_format_refuses_says_why(app: Flask, client: PageClient) -> None:
    """The page names the place that the format refuses, and the download leads back to it."""
    outside = {"reflekt": {"file": "../x", "path": "../x"}}
    plan = Plan(name="P", extra=outside, events=(Event(name="A", extra=outside),))
    plan_id = own(app, client, plan)
    address = f"/plans/{plan_id}/export/for/reflekt"
    client.get(address)
    assert "This plan can’t be written in this format." in client.page.root.first("main").text
    assert client.get(f"{address}/download", status=303).location.startswith(address)


@pytest.mark.parametrize("key", ["segment-public-api", "xlsx", "json-schema", "mermaid", "telemetry-yaml"])
def test_hostile_names_are_only_text(app: Flask, client: PageClient, key: str) -> None:
    """Nothing of a plan becomes markup, a path or a header; the linter of pages reads the answer."""
    for name in HOSTILE:
        plan_id = own(app, client, Plan(name=name, events=(Event(name=name), Event(name=f"{name[:499]}2"))))
        client.get(f"/plans/{plan_id}/export/for/{key}")
        answer = client.get(f"/plans/{plan_id}/export/for/{key}/download", lint=False)
        sent = unquote(answer.headers["Content-Disposition"])
        assert not set(sent.partition("filename")[2].replace("*=UTF-8''", "").strip('="')) & set("/\\\r\n<>")


def test_unknown_tools_are_not_found(app: Flask, client: PageClient) -> None:
    """Neither a page nor a download has a format that is not there, or that can only be read."""
    plan_id = own(app, client)
    for key in ("bogus", "json", "html"):
        client.get(f"/plans/{plan_id}/export/for/{key}", status=404)
        client.get(f"/plans/{plan_id}/export/for/{key}/download", status=404)


def test_a_long_plan_is_shown_in_part(app: Flask, client: PageClient) -> None:
    """The page says so, and the download has all events."""
    plan = replace(SHOP, events=tuple(Event(name=f"Event {number}") for number in range(1_001)))
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/export/for/amplitude-events")
    assert "in the first 1,000 events" in client.page.root.first("main").text
    sent = client.get(f"/plans/{plan_id}/export/for/amplitude-events/download")
    assert sent.data.count(b"Event ") == 1_001


def test_a_zip_of_the_same_files_has_the_same_bytes() -> None:
    """No date of today is in it, and the files have their paths."""
    files = {"a/b.yaml": b"one", "c.xlsx": b"\x00two"}
    assert zip_files(files) == zip_files(files)
    with zipfile.ZipFile(io.BytesIO(zip_files(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


@pytest.mark.parametrize("key", ["segment-public-api", "xlsx", "rudder-cli"])
def test_the_api_has_the_files_and_the_losses_of_the_page(
    app: Flask, client: PageClient, other_client: PageClient, key: str
) -> None:
    """Text as text, a workbook as base64; somebody else’s plan and an unknown format are missing."""
    plan_id = own(app, client)
    address = f"/api/v1/plans/{plan_id}/export/for/{key}"
    write = formats()[key].write
    assert write is not None
    for addition in ADDITIONS:
        written = write(advise(*check(SHOP)), options_for(addition))
        answer = client.get(f"{address}?with={addition}").get_json()
        assert {each["path"]: _bytes(each) for each in answer["files"]} == written.files
        lost = [{"event": each.event, "what": each.what, "done": each.done} for each in dict.fromkeys(written.losses)]
        assert (answer["format"], answer["losses"]) == (key, lost)
    assert client.get(address).data == client.get(f"{address}?with=side").data
    assert client.get(f"{address}?with=more").status_code == 400
    assert other_client.get(address).status_code == 404
    assert client.get(f"/api/v1/plans/{plan_id}/export/for/html").status_code == 404


def _bytes(file: dict[str, str | None]) -> bytes:
    text, encoded = file["text"], file["base64"]
    return text.encode() if text is not None else base64.b64decode(encoded or "")
