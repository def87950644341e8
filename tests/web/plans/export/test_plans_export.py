"""Plans out and in again: the export page, the download, its name, and the import."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import msgspec
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.document import DocumentError, bare, read, write
from advisor.document.places import place_in_words
from advisor.formats import EXPORTS, IMPORTS
from advisor.model import Event, Plan
from advisor.web.app.downloads import disposition, file_name
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from importing import bring, confirm, import_text, primary
from owned_plans import HOSTILE, SHOP, own, plan_of
from page_client import PageClient


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_download_equals_the_plan_document_byte_for_byte(app: Flask, client: PageClient, key: str) -> None:
    """The download, advised or bare, has the bytes of the document, and the page shows the same text."""
    plan = example_plan(key)
    plan_id = own(app, client, plan)
    response = client.get(f"/plans/{plan_id}/export/json/download")
    assert response.data == write(advise(plan))
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.get(f"/plans/{plan_id}/export/json")
    assert client.page.root.all("pre")[0].first("code").children == [response.data.decode()]
    without = client.get(f"/plans/{plan_id}/export/json/download?recommendations=none")
    assert without.data == write(bare(plan))
    client.get(f"/plans/{plan_id}/export/json?recommendations=none")
    assert client.page.root.all("pre")[0].first("code").children == [without.data.decode()]


def test_the_export_page_leads_to_the_download_that_it_shows(app: Flask, client: PageClient) -> None:
    """The link keeps the choice, and ``?download=1`` is the same file."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/json")
    client.submit(f"/plans/{plan_id}/export/json", recommendations="none")
    link = next(link for link in client.page.root.all("a") if "download" in link)
    assert client.get(link["href"]).data == write(bare(SHOP))
    shortcut = client.get(f"/plans/{plan_id}/export/json?download=1&recommendations=none", follow_redirects=True)
    assert shortcut.data == write(bare(SHOP))
    client.get(f"/plans/{plan_id}/export/none", status=404)


def test_a_long_plan_is_shown_in_part_and_downloaded_completely(app: Flask, client: PageClient) -> None:
    """The page says that it shows only a part."""
    plan = replace(SHOP, events=tuple(Event(name=f"Event {number}") for number in range(101)))
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/export/json")
    assert "the download has all" in client.page.root.first("main").text
    assert len(read(client.get(f"/plans/{plan_id}/export/json/download").data).plan.events) == 101


@given(
    st.text(min_size=1, max_size=500)
    | st.sampled_from(HOSTILE)
    | st.sampled_from(["con", "LPT1", "...", "a/b\\c", "–"])
)
def test_a_file_name_is_safe_for_any_plan(name: str) -> None:
    """It has letters, digits and hyphens of any script, and no path, device or line break; the header is plain ASCII."""
    made = file_name(name, "json")
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*\.json", re.sub(r"[\u0300-\u036f]", "", made)) or made.isprintable()
    stem = made.removesuffix(".json")
    assert stem
    assert len(stem) <= 70
    assert not set(stem) & set('/\\:*?"<>|.; \r\n\0')
    assert not re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)[0-9]", stem)
    header = disposition(made)
    assert header.isascii()
    assert header.isprintable()
    plain = re.match(r'attachment; filename="([a-z0-9-]+\.json)"', header)
    assert plain
    full = re.search(r"filename\*=UTF-8''([A-Za-z0-9._~%-]+)$", header)
    assert (unquote(full.group(1)) if full else plain.group(1)) == made


def test_file_names_resemble_the_name_of_the_plan() -> None:
    """The file names are those that people expect of ordinary names."""
    names = {
        "Shop 2026": "shop-2026",
        "Größe & Preis": "größe-preis",
        "  __a__  ": "a",
        "🛒": "plan",
        "CON": "plan-con",
    }
    assert {name: file_name(name, "json") for name in names} == {name: f"{stem}.json" for name, stem in names.items()}


@pytest.mark.parametrize("key", IMPORTS)
def test_an_exported_plan_is_imported_unchanged(app: Flask, client: PageClient, key: str) -> None:
    """A document that is pasted or uploaded, with or without a byte order mark, becomes a plan equal to the exported one."""
    plan = replace(
        SHOP, name=HOSTILE[2], events=(*SHOP.events, *(Event(name=name, extra={"x": name}) for name in HOSTILE))
    )
    document = EXPORTS[key].write(advise(plan))
    first = import_text(client, document.decode())
    bring(client, plan_json=b"\xef\xbb\xbf" + document)
    second = confirm(client)
    with client.session_transaction() as session:
        owner = session["owner"]
    assert plan_of(app, first, owner) == plan_of(app, second, owner) == plan


def test_every_problem_of_a_refused_document_is_listed_and_nothing_is_lost(client: PageClient) -> None:
    """Each problem has its place in words, in the summary and at the field, and the text stays, also that of a file."""
    text = (
        '{"format": "tracking-plan/1",\n "destinations": [{"key": "Facebok Pixel"}],\n "events": [{"call": "trak"}, 7]}'
    )
    with pytest.raises(DocumentError) as refused:
        read(text.encode())
    for page in (bring(client, text), bring(client, plan_json=text.encode())):
        shown = page.by_id("refusals").text
        for problem in refused.value.errors:
            assert f"{place_in_words(json.loads(text), problem.pointer)}: {problem.message}" in shown
        assert page.by_id("text").children[0].removeprefix("\n").replace("\r\n", "\n") == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format": "tracking-plan/2"}',
        b'{"a":1,"a":1}',
        b"[" * 2_000,
        b"NaN",
    ],
)
def test_input_that_is_not_a_plan_is_refused_with_a_reason(client: PageClient, data: bytes) -> None:
    """Bad JSON, other formats, deep nesting and broken UTF-8 get a page that says so, never an internal error."""
    page = bring(client, x_json=data)
    assert primary(page) in ("Read it", "Look again")
    assert page.by_class("error") or page.by_id("refusals").text


def test_a_document_may_be_larger_than_a_form(app: Flask, client: PageClient) -> None:
    """Two megabytes, pasted or uploaded, are a plan; above the limit of documents the answer is 413."""
    plan = replace(
        SHOP, events=tuple(Event(name=f"Event {number}", description="x" * 2_000) for number in range(1_000))
    )
    client.get("/plans/import")
    client.post("/plans/import", data={"text": write(plan).decode()}, status=303)
    upload = {"data": _multipart(client, write(plan)), "content_type": "multipart/form-data; boundary=edge"}
    client.post("/plans/import", status=303, **upload)
    object.__setattr__(app.extensions["settings"], "max_body", 100_000)
    client.post("/plans/import", status=413, **upload)


def _multipart(client: PageClient, document: bytes) -> bytes:
    """Return the form with a file, as a browser sends it: the test client's own large bodies leave a temporary file open."""
    token = b'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + (client.token or "").encode()
    file = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="x.json"\r\n\r\n' + document
    return token + b"\r\n" + file + b"\r\n--edge--\r\n"


def test_replaced_names_are_reported_before_an_import(client: PageClient) -> None:
    """The preview shows the notes of the reader."""
    document = msgspec.json.encode({"format": "tracking-plan/1", "destinations": [{"key": "Mixpanel (Legacy)"}]})
    page = bring(client, document.decode())
    assert [note.message for note in read(document).notes] == [
        item.text for item in page.by_class("bring__warnings")[0].all("li")
    ]


def test_an_event_goes_from_the_first_page_into_a_plan(app: Flask, client: PageClient) -> None:
    """A new plan gets its libraries and destinations, and an existing one keeps its own."""
    state = "name=Paid&payment=yes&client=swift&server=analytics-go&destination=Drift&destination=Facebook+Pixel&warehouse=yes"
    client.get(f"/plans/add?{state}")
    client.submit("/plans/add", plan="new", plan_name="From one event")
    with client.session_transaction() as session:
        owner = session["owner"]
    made = plan_of(app, client.address.split("/")[2], owner)
    assert made.name == "From one event"
    assert made.sources.client == ("swift",)
    assert [item.key for item in made.destinations] == ["Drift", "Facebook Pixel"]
    assert made.events == (Event(name="Paid", answers={"payment": "yes"}),)
    plan_id = own(app, client)
    client.get(f"/plans/add?{state}")
    client.submit("/plans/add", plan=plan_id)
    assert plan_of(app, plan_id).events[-1] == Event(
        name="Paid", answers={"payment": "yes"}, destinations=("Facebook Pixel",)
    )
    assert "This plan doesn’t have Drift" in client.page.root.first("main").text


def test_an_event_is_added_only_where_it_may_be(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """Someone else's plan, an event without a name and a plan without one are refused; a POST without a plan asks which."""
    plan_id = own(app, other_client, owner="someone else")
    client.post("/plans/add", data={"name": "Paid", "payment": "yes"}, status=400)
    client.get("/plans/add?payment=yes")
    client.post("/plans/add", data={"name": "Paid", "plan": plan_id}, status=404)
    client.post("/plans/add", data={"name": "Paid", "payment": "yes"})
    assert client.page.form("/plans/add")
    client.get("/plans/add?payment=yes")
    client.submit("/plans/add", plan="new", plan_name=" ")
    assert {link["href"] for link in client.page.root.by_id("problems").all("a")} == {"#name", "#plan_name"}
    client.submit("/plans/add", name="Paid", plan_name="Named")
    assert client.page.root.first("h1").text == "Named"


def test_a_plan_without_events_can_be_exported(app: Flask, client: PageClient) -> None:
    """The export of an empty plan is a valid document."""
    plan_id = own(app, client, Plan())
    client.get(f"/plans/{plan_id}/export/json")
    assert client.get(f"/plans/{plan_id}/export/json/download").data == write(advise(Plan()))
