"""The pages of an import: nothing is written before it is confirmed, and then exactly what the preview showed."""

from __future__ import annotations

import csv
import io
import time
import zipfile

import pytest
from flask import Flask

from advisor.document import check
from advisor.model import Event, Plan, Sources
from advisor.store import May
from advisor.store.history.history import History
from importing import bring, confirm, import_text, look, primary
from markup import Element
from owned_plans import HOSTILE, SHOP, own, plan_of, the_store
from page_client import PageClient

PLAN = check(SHOP)[0]
SHEET = (
    "Plan of 2026,,,\r\n\r\nEvent,Payment,Tools,Team note\r\nOrder Completed,no,,x\r\n"
    "Gift Card Redeemed ,yes,Heap,y\r\nNewsletter,maybe,Facebok Pixel,z\r\n,no,,\r\n"
)


def test_pasted_names_become_a_plan_with_suggested_answers(app: Flask, client: PageClient) -> None:
    """Three names, one button, one plan: the known one has its usual answers as suggestions."""
    page = bring(client, "Order Completed\nProduct Viewed\nqqq")
    assert "3 new events, 2 of them known" in page.text
    assert primary(page) == "Start a plan with 3 events"
    plan_id = confirm(client)
    with client.session_transaction() as session:
        plan = plan_of(app, plan_id, session["owner"])
    assert [event.name for event in plan.events] == ["Order Completed", "Product Viewed", "qqq"]
    assert plan.events[0].suggested
    assert plan.events[2].answers == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Order Completed\nqqq", "2 events, 1 of them known: 9 answers suggested."),
        ("qqq", "1 event."),
        ("Event\tPayment\nOrder Completed\tyes\n", "any columns: 1 event, 1 of them known"),
        ('{"format": "tracking-plan/1", "events": [7]}', "Event 1"),
        (" ", ""),
    ],
)
def test_a_glance_says_in_one_line_what_text_is_and_stores_nothing(
    app: Flask, client: PageClient, text: str, said: str
) -> None:
    """It has the words of the preview, or the first reason why there is none."""
    client.get("/")
    line = client.post("/plans/import/glance", data={"text": text}, status=200).get_json()["said"]
    assert said in line
    assert bool(line) is bool(said)
    assert "\n" not in line
    with client.session_transaction() as session:
        assert the_store(app).plans(session.get("owner", "")) == []


def test_a_glance_at_a_file_and_its_preview_agree(client: PageClient) -> None:
    """The same functions read both."""
    client.get("/")
    file = (io.BytesIO(SHEET.encode()), "plan.csv")
    line = client.post("/plans/import/glance", data={"file": file}, status=200).get_json()["said"]
    assert "3 events" in line
    assert "3 new events" in bring(client, plan_csv=SHEET.encode()).text


def test_a_sheet_is_previewed_with_its_problems_and_changes_nothing_yet(app: Flask, client: PageClient) -> None:
    """Titles, the heading, a blank at the end of a name, cells that can't be read and a row without a name are all shown."""
    plan_id = own(app, client)
    page = bring(client, plan_id=plan_id, plan_csv=SHEET.encode())
    assert plan_of(app, plan_id) == PLAN
    assert primary(page) == "Add 2, change 1"
    assert [cell.text for cell in page.by_class("is-bad")] == ["Off: maybe", "Off: Facebok Pixel"]
    assert [mark.text for mark in page.by_class("blankmark")] == ["␣"]
    assert "There is no name in this row." in page.text
    assert "1 event names Heap, which this plan doesn’t have." in page.text
    heading = next(
        button for button in page.all("input") if button["name"] == "heading" and "checked" in button.attributes
    )
    assert heading["value"] == "3"


def test_an_import_is_one_step_of_the_history_that_is_undone_as_one(app: Flask, client: PageClient) -> None:
    """New and changed events, the new destination and what was chosen for the columns are in it."""
    plan_id = own(app, client)
    bring(client, plan_id=plan_id, plan_csv=SHEET.encode())
    look(client, **{"column-3": "owner"})
    before = the_store(app).history.latest("me", plan_id)
    assert confirm(client) == plan_id
    after = plan_of(app, plan_id)
    assert the_store(app).history.latest("me", plan_id) == before + 1
    assert [event.name for event in after.events[-2:]] == ["Gift Card Redeemed ", "Newsletter"]
    assert (after.events[-2].owner, after.events[-2].destinations) == ("y", ("Heap",))
    assert after.extra["imported_tables"][0]["columns"] == {"Team note": "owner"}
    the_store(app).history.undo("me", plan_id, before + 1)
    assert plan_of(app, plan_id) == PLAN


@pytest.mark.parametrize("choices", [{}, {"mode": "replace"}])
def test_undo_after_an_import_never_takes_back_what_somebody_saved_right_after(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, choices: dict[str, str]
) -> None:
    """Somebody else may save before the number of the change is looked up."""
    plan_id = own(app, client)
    store = the_store(app)
    look_up = History.first_after

    def late(history: History, owner: str, plan_id: str, seen: int, event_id: str | None = None) -> int | None:
        store.add_event("me", plan_id, Event(name="Theirs"))
        return look_up(history, owner, plan_id, seen, event_id)

    bring(client, "Only One", plan_id)
    look(client, **choices)
    monkeypatch.setattr(History, "first_after", late)
    confirm(client, **({"removal": str(len(PLAN.events))} if choices else {}))
    offered = [int(one["value"]) for one in client.page.root.all("input") if one["name"] == "number"]
    assert offered == [store.history.latest("me", plan_id) - 1]
    client.submit(f"/plans/{plan_id}/undo")
    assert [event.name for event in plan_of(app, plan_id).events] == [*(event.name for event in PLAN.events), "Theirs"]


def test_the_next_file_of_the_same_shape_needs_no_choice(app: Flask, client: PageClient) -> None:
    """The select shows what was chosen for the last one."""
    plan_id = own(app, client)
    bring(client, "Event,Foo\nA,yes", plan_id)
    look(client, **{"column-1": "question:payment"})
    confirm(client)
    page = bring(client, "Event,Foo\nB,yes", plan_id)
    assert "your choice" in page.text
    confirm(client)
    assert plan_of(app, plan_id).events[-1].answers["payment"] == "yes"


def test_replacing_asks_once_more_and_says_how_many(app: Flask, client: PageClient) -> None:
    """Without the tick nothing is removed."""
    plan_id = own(app, client)
    bring(client, "Only One", plan_id)
    page = look(client, mode="replace")
    count = len(PLAN.events)
    assert primary(page) == f"Add 1, remove {count}"
    confirm(client)
    assert plan_of(app, plan_id) == PLAN
    confirm(client, removal=str(count))
    assert [event.name for event in plan_of(app, plan_id).events] == ["Only One"]


def test_a_plan_that_was_changed_meanwhile_is_reviewed_again(app: Flask, client: PageClient) -> None:
    """Two windows: what the button of the older one said is not done."""
    plan_id = own(app, client)
    bring(client, "Order Completed 2", plan_id)
    the_store(app).add_event("me", plan_id, check(Plan(events=SHOP.events[:1]))[0].events[0])
    confirm(client)
    assert "changed meanwhile" in client.page.root.text
    assert len(plan_of(app, plan_id).events) == len(PLAN.events) + 1
    confirm(client)
    assert plan_of(app, plan_id).events[-1].name == "Order Completed 2"


def test_a_reload_and_a_second_window_show_the_same_preview(app: Flask, client: PageClient) -> None:
    """Choices stay with the upload, whichever process answers; after the import it is gone."""
    plan_id = own(app, client)
    bring(client, "Event,Foo\nA,yes", plan_id)
    look(client, **{"column-1": "question:payment"})
    address = client.address
    client.get(address)
    (chosen,) = [one for one in client.page.root.by_id("column-1").all("option") if "selected" in one.attributes]
    assert chosen["value"] == "question:payment"
    confirm(client)
    client.get(address, status=303)
    client.get(f"/plans/{plan_id}/import")
    assert "not here any more" in client.page.root.text


def test_a_button_pressed_twice_imports_once(app: Flask, client: PageClient) -> None:
    """The second copy of the form leads to the same plan."""
    bring(client, "Order Completed")
    form = client.page.form(client.address)
    sent = {control["name"]: control["value"] for control in form.root.all("input") if control["type"] == "hidden"}
    places = [
        client.post(client.address, data=sent | {"do": "import", "suggest": "yes"}, status=303).location for _ in "ab"
    ]
    assert places[0] == places[1]
    with client.session_transaction() as session:
        assert len(the_store(app).plans(session["owner"])) == 1


def test_uploads_are_not_shown_to_others(app: Flask, client: PageClient) -> None:
    """Neither with the address nor with the id of another plan."""
    bring(client, "Secret Event")
    address = client.address
    stranger = app.test_client()
    for path in (address, f"{address}/problems.csv"):
        answer = stranger.get(path)
        assert answer.status_code == 303
        assert "Secret" not in answer.text


def test_problems_are_a_file_that_no_spreadsheet_runs(app: Flask, client: PageClient) -> None:
    """Each line has the row, the column, the value and the message."""
    plan_id = own(app, client)
    bring(client, "Event,Payment\nA,=cmd|'/c calc'!A1\n=B,yes\n,no\n", plan_id)
    answer = client.get(f"{client.address}/problems.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["file", "row", "column", "value", "message"]
    assert rows[1][1:4] == ["2", "Payment", "'=cmd|'/c calc'!A1"]
    assert next(row for row in rows if row[4].startswith("Left out"))[1] == "4"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_files_of_a_folder_are_read_together(app: Flask, client: PageClient) -> None:
    """A zip is unpacked; what could do harm in it is refused with a reason."""
    for name, said in (("../out.csv", "leads out of it"), ("plan.csv", "")):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(name, "Event,Payment\nA,yes\nB,no\n")
        page = bring(client, plan_zip=data.getvalue())
        assert said in page.text
    assert primary(page) == "Start a plan with 2 events"


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\0" * 100, b"\xff\xfe\x00", b"PK\x03\x04broken", b'{"a":' * 5_000, b"a: &a [*a]", b"," * 5_000),
        *(b"<html>", b"%PDF-1.4", ("Event," + "c," * 2_000).encode(), b"Event\n" + b"x" * 200_000, b'"' * 9_999),
    ],
    ids=lambda data: data[:12].decode("latin-1"),
)
def test_hostile_files_get_a_page_and_write_nothing(app: Flask, client: PageClient, data: bytes) -> None:
    """It says what is wrong, or shows what would be left out."""
    page = bring(client, x_bin=data)
    assert primary(page)
    with client.session_transaction() as session:
        assert the_store(app).plans(session.get("owner", "")) == []


def test_hostile_names_are_shown_as_text_and_stored_as_they_are(app: Flask, client: PageClient) -> None:
    """Markup, directions and long names change no page, and names keep their bytes."""
    names = [name for name in HOSTILE if name.strip() and "\0" not in name]
    out = io.StringIO()
    csv.writer(out).writerows([["Event", "Payment"], *([name, "yes"] for name in names)])
    bring(client, plan_csv=out.getvalue().encode(errors="replace"))
    plan_id = confirm(client)
    with client.session_transaction() as session:
        found = [event.name for event in plan_of(app, plan_id, session["owner"]).events]
    assert found == [name.encode(errors="replace").decode() for name in names]


def test_ten_thousand_rows_are_previewed_in_seconds_with_problems_first(app: Flask, client: PageClient) -> None:
    """The page stays small, shows the rows with problems first, and imports all others."""
    rows = "".join(f"Event {number},{'maybe' if number == 9_000 else 'yes'},web\n" for number in range(10_000))
    start = time.monotonic()
    page = bring(client, plan_csv=("Event,Payment,Source\n" + rows).encode())
    assert time.monotonic() - start < 20
    first = page.by_class("bring__rows")[0].all("tbody")[0].all("tr")[1]
    assert "Event 9000" in first.text
    assert len(page.all("tr")) < 400
    assert primary(page) == "Start a plan with 10,000 events"


def test_a_file_can_be_said_to_be_something_else(app: Flask, client: PageClient) -> None:
    """Another format, another heading row, or no heading at all; each is read at once."""
    page = bring(client, plan_csv=b"Event,Payment\nOrder Completed,yes\n")
    page = look(client, heading="0")
    assert primary(page) == "Start a plan with 2 events"
    page = look(client, heading="1")
    assert primary(page) == "Start a plan with 1 event"
    page = look(client, format="segment-public-api")
    assert primary(page) == "Look again"
    assert page.by_id("refusals").text
    assert primary(look(client, format="csv")) == "Start a plan with 1 event"


def _guest(app: Flask, plan_id: str, may: May) -> PageClient:
    """Return the browser of someone who has the plan through a link."""
    store = the_store(app)
    store.shares.create("me", plan_id, "c" * 32, "c" * 64, may, "")
    guest: PageClient = app.test_client()
    with guest.session_transaction() as session:
        session["owner"] = "guest"
    store.shares.open("c" * 64, "guest")
    return guest


def test_guests_who_may_edit_import_into_the_plan(app: Flask, client: PageClient) -> None:
    """Their upload is their own, and the plan stays that of its owner."""
    plan_id = own(app, client)
    guest = _guest(app, plan_id, "edit")
    bring(guest, "Event,Foo\nBy A Guest,yes", plan_id)
    client.get(guest.address, status=303)
    look(guest, **{"column-1": "question:payment"})
    assert confirm(guest) == plan_id
    assert plan_of(app, plan_id).events[-1].answers["payment"] == "yes"


def test_viewers_of_a_plan_bring_nothing_into_it(app: Flask, client: PageClient) -> None:
    """They may see the plan, and get neither the page nor the preview."""
    plan_id = own(app, client)
    guest = _guest(app, plan_id, "view")
    assert guest.get(f"/plans/{plan_id}").status_code == 200
    assert guest.get(f"/plans/{plan_id}/import", status=403).status_code == 403


def test_the_plan_of_an_import_can_be_brought_again(app: Flask, client: PageClient) -> None:
    """What was read twice is the same: nothing is left to change."""
    plan_id = import_text(client, "Event,Payment\nA,yes\nB,no\n")
    page = bring(client, "Event,Payment\nA,yes\nB,no\n", plan_id)
    assert "Nothing to change" in page.text


def _sources_of(app: Flask, client: PageClient, plan_id: str) -> Sources:
    with client.session_transaction() as session:
        return plan_of(app, plan_id, session["owner"]).sources


def _asks(page: Element) -> bool:
    return any(select["name"] == "client" for select in page.all("select"))


def test_a_new_plan_gets_the_libraries_that_the_preview_asks_for(app: Flask, client: PageClient) -> None:
    """Names alone start a plan with the usual libraries or the chosen ones, so that its calls have code."""
    assert _asks(bring(client, "Order Completed\nSigned Up"))
    usual = confirm(client)
    bring(client, "Order Completed\nSigned Up")
    look(client, client="swift", server="")
    chosen = confirm(client)
    assert _sources_of(app, client, usual) == Sources(client=("analytics.js",), server="analytics-node")
    assert _sources_of(app, client, chosen) == Sources(client=("swift",))


def test_libraries_of_files_and_plans_are_kept_and_not_asked_for(app: Flask, client: PageClient) -> None:
    """A plan document names its libraries, or has none; an import into a plan leaves those of the plan."""
    document = (
        b'{"format": "tracking-plan/1", "name": "P", "sources": {"client": ["kotlin"]}, "events": [{"name": "A"}]}'
    )
    assert not _asks(bring(client, plan_json=document))
    assert _sources_of(app, client, confirm(client)) == Sources(client=("kotlin",))
    plan_id = own(app, client, SHOP)
    assert not _asks(bring(client, "Brand New", plan_id))
    confirm(client)
    assert plan_of(app, plan_id).sources == SHOP.sources


def test_files_that_are_not_read_are_named_on_the_page_and_in_its_table(client: PageClient) -> None:
    """A folder often has more than the plan: nobody should wonder what became of a file."""
    page = bring(client, events_csv=b"Event,Description\nPaid,Charged\n", README_txt=b"Ask Kim.\nFirst.\n")
    assert "Not read. It is no part of the plan" in page.text
    assert primary(page) == "Start a plan with 1 event"
    answer = client.get(f"{client.address}/problems.csv")
    table = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [row[0] for row in table[1:]].count("README.txt") == 1


def test_a_plan_without_destinations_is_told_which_it_gets(app: Flask, client: PageClient) -> None:
    """They reach the events that are there already, so the preview names them; a plan with some is asked instead."""
    plan_id = own(app, client, Plan(name="Bare", events=(Event(name="Old"),)))
    page = bring(client, "Event\tTools\nNew\tHeap, Mixpanel\n", plan_id)
    assert "The plan has no destinations yet: it gets Heap and Mixpanel (Legacy)." in page.text
    confirm(client)
    assert [item.key for item in plan_of(app, plan_id).destinations] == ["Heap", "Mixpanel"]
    page = bring(client, "Event\tTools\nNewer\tHeap\n", plan_id)
    assert "The plan has no destinations yet" not in page.text
