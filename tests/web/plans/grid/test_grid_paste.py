"""Rows from a spreadsheet: how they are read, what the preview says, and that only a confirmed one changes anything."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from advisor.document import check
from advisor.knowledge.answer_words import answer_in
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.model import Event, Plan, Practice
from advisor.web.plans.grid.paste_preview import preview_rows
from advisor.web.plans.grid.table import read_table
from owned_plans import CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

SETTINGS = check(SHOP)[0]
HEADING = "Event\tCall\tPayment\tNotes"


def _paste(text: str, heading: bool | None = None):
    return preview_rows(read_table(text, heading=heading), SETTINGS, ("a", "b", "c", "d"), SETTINGS.events)


def test_names_alone_become_events() -> None:
    """Each line is one event, with Windows line ends too; blank lines are left out, and rows keep their number. A blank
    around a name stays, and is warned of.
    """
    done = _paste("Gift Card Redeemed\r\n\r\n  Store Opened \r\n")
    assert [(row.number, row.kind, row.cells) for row in done.rows] == [
        (1, "new", {"name": "Gift Card Redeemed"}),
        (3, "new", {"name": "  Store Opened "}),
    ]
    assert [row.doubts for row in done.rows] == [{}, {0: "The name begins or ends with a blank, which stays."}]


def test_a_block_without_a_heading_is_read_in_the_order_of_the_grid() -> None:
    """The second column may be the call type, or the answers may follow the name at once."""
    with_call = _paste("A\tpage\tyes\tno\nB\t\t?\t")
    assert with_call.rows[0].cells == {"name": "A", "call": "page", QUESTION_KEYS[0]: "yes", QUESTION_KEYS[1]: "no"}
    assert with_call.rows[1].cells == {"name": "B", QUESTION_KEYS[0]: "unsure"}
    without = _paste("A\ty\tn\nB\t1\t0")
    assert without.rows[0].cells == {"name": "A", QUESTION_KEYS[0]: "yes", QUESTION_KEYS[1]: "no"}


@pytest.mark.parametrize("spell", ["label", "key", "asks"])
def test_a_heading_is_recognised_by_labels_keys_and_questions(spell: str) -> None:
    """Headings are recognised in any order and any case, and every question in each of its names."""
    names = [str(getattr(question, spell)).upper() for question in reversed(QUESTIONS)]
    table = read_table("\t".join([*names, "event name"]) + "\n" + "\t".join(["yes"] * len(names) + ["A"]))
    assert table.has_heading
    assert table.columns == (*reversed(QUESTION_KEYS), "name")
    assert table.rows == ((*["yes"] * len(names), "A"),)


def test_unknown_columns_are_named_and_placements_are_not_read() -> None:
    """The preview names the columns that are not read, and reads the others."""
    table = read_table("Event\tParameters\tPlacement\tStored\nA\ttotal\tClient\tyes")
    assert (table.unknown, table.columns) == (("Parameters",), ("name", None, "placement", "stored_in_database"))


HEADINGS = ["Event name\tWireframe", "Event\tTrigger\tScreen", "Event\tHow we say it", "Event\t"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_row_that_names_the_events_is_a_heading_beside_any_other_headings(heading: str) -> None:
    """A column that nobody knows is left out; it makes no event of the heading and leaves no row out."""
    done = _paste(f"{heading}\nGift Card Redeemed\tWhen it is used\nOrder Completed\tAfter paying")
    assert done.table.has_heading
    assert [row.kind for row in done.rows] == ["new", "changes" if "Trigger" in heading else "same"]


@pytest.mark.parametrize("row", ["Event\tyes\tno", "Event\ttrack\t\tno"])
def test_a_row_with_an_answer_or_a_call_type_is_no_heading(row: str) -> None:
    """An event may be called “Event”."""
    done = _paste(row)
    assert not done.table.has_heading
    assert done.rows[0].cells["name"] == "Event"


def test_a_heading_that_no_one_knows_takes_the_names_from_the_column_that_looks_like_names() -> None:
    """What the column holds can then be chosen in its head, as in an import."""
    done = _paste("Fired\tMoment\nyes\tOrder Completed\nyes\tGift Card Redeemed\nno\tStore Opened", heading=True)
    assert [row.event.name for row in done.rows if row.event] == [
        "Order Completed",
        "Gift Card Redeemed",
        "Store Opened",
    ]
    assert [sheet.field for sheet in done.table.sheets] == ["ignore", "name"]


PROBLEMS = [
    ("", None, "nothing to paste"),
    (" \n\t\n", None, "nothing to paste"),
    ("Payment\tStored\nyes\tno", True, "No column is headed “Event”"),
    ("Event\tStored\tStored\nA\tyes\tno", None, "is there twice"),
    ("Event\tStored", None, "no row below it"),
]


@pytest.mark.parametrize(("text", "heading", "why"), PROBLEMS, ids=[why for _, _, why in PROBLEMS])
def test_text_that_is_not_a_table_gets_a_message(text: str, heading: bool | None, why: str) -> None:
    """The whole paste is refused with a reason."""
    done = _paste(text, heading)
    assert why in done.problem
    assert done.rows == ()


BAD_CELLS = [
    ("Event\tPayment\nA\tmaybe", 1, "“maybe” isn’t yes, no or not sure"),
    ("Event\tCall\nA\tclick", 1, "isn’t a call type"),
    ("Event\tCall\n\ttrack", 0, "There is no name"),
    ("A\tyes\n" + "x" * 200_000, 0, "Shorten"),
    ("Event\tPayment\n" + "n" * 501 + "\tyes", 0, "Shorten"),
    ("A\tyes\n" + "\t".join(["B", *["no"] * 20]), 13, "There are only 13 columns"),
    ("Event\tPayment\nA\tyes\nA\tno", 0, "The same event is in row 2"),
]


@pytest.mark.parametrize(("text", "column", "why"), BAD_CELLS, ids=[why for _, _, why in BAD_CELLS])
def test_an_invalid_cell_leaves_out_only_its_row(text: str, column: int, why: str) -> None:
    """The cell is marked and says what is wrong; the other rows stay."""
    done = _paste(text)
    (bad,) = [row for row in done.rows if row.kind == "left out"]
    assert why in bad.bad[column]
    assert all(row.kind == "new" for row in done.rows if row is not bad)


def test_rows_of_known_events_change_only_what_differs() -> None:
    """An event with the same call and name is the same event, and a blank cell leaves an answer as it is."""
    done = _paste(
        "Event\tPayment\tActed on\tWanted by\nOrder Completed\tyes\tyes\t\nRenewed\tyes\t\tFacebook Pixel; Amplitude (Actions)"
    )
    assert [(row.kind, row.event_id, row.cells) for row in done.rows] == [
        ("changes", "b", {"accuracy": "yes"}),
        ("same", "c", {}),
    ]
    assert done.rows[0].notes == ["Every one counts: not sure → yes"]


def test_a_paste_over_the_event_limit_is_refused_as_a_whole() -> None:
    """The message states the limit and the number of events that the plan would have."""
    done = _paste("\n".join(f"Event {number}" for number in range(9_997)))
    assert "at most 10,000 events; with these rows it would have 10,001" in done.problem


@pytest.mark.parametrize(
    ("word", "answer"), [("YES", "yes"), (" Not  Sure ", "unsure"), ("0", "no"), ("x", "yes"), ("perhaps", None)]
)
def test_answers_are_read_as_people_write_them(word: str, answer: str | None) -> None:
    """Case and blanks don't count."""
    assert answer_in(word) == answer


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_table_that_a_spreadsheet_writes_is_read_cell_by_cell(rows: list[list[str]]) -> None:
    """Quotes, line breaks and tabs inside cells are read, and no pasted text causes an error."""
    rows = [[cell + '\n\t"x"' for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    table = read_table(out.getvalue(), heading=False)
    assert [list(row) for row in table.rows] == rows
    assert preview_rows(table, SETTINGS, ("a", "b", "c", "d"), SETTINGS.events).rows


def test_only_a_confirmed_preview_changes_the_plan(app: Flask, client: PageClient) -> None:
    """Without JavaScript, the page marks the wrong cell and its button says what it will do; the change is one step of
    history.
    """
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/plain")
    client.get(f"/plans/{plan_id}/grid/paste")
    text = f"{HEADING}\nOrder Completed\ttrack\tno\tn\nGift Card Redeemed\ttrack\tyes\tn\nNewsletter\ttrack\tmaybe\tn"
    client.submit("/grid/paste", text=text)
    page = client.page.root
    assert plan_of(app, plan_id) == SETTINGS
    assert [cell.text for cell in page.by_class("is-bad")] == ["Off: maybe"]
    (button,) = [one for one in page.all("button") if "btn--primary" in one["class"]]
    assert button.text == "Add 1, change 1"
    before = the_store(app).history.latest("me", plan_id)
    client.submit("/grid/paste", f"confirm={button['value']}")
    assert the_store(app).history.latest("me", plan_id) == before + 1
    events = plan_of(app, plan_id).events
    assert (events[1].answers["payment"], events[-1].name, events[-1].answers["payment"]) == (
        "no",
        "Gift Card Redeemed",
        "yes",
    )
    assert set(events[-1].suggested) == set(events[-1].answers) - {"payment"}
    assert events[1].suggested == ()


def test_pasted_names_bring_their_suggested_answers_along_unless_that_is_unticked(
    app: Flask, client: PageClient
) -> None:
    """The preview says how many answers there are, and the new events have them as suggestions."""
    for tick, suggested in (("yes", 9), ("no", 0)):
        plan_id = own(app, client)
        client.get(f"/plans/{plan_id}/grid/paste")
        client.submit("/grid/paste", text="signed_up\nQq Zz")
        assert "(9 suggested answers)" in client.page.root.text
        if tick == "no":
            client.submit("/grid/paste", "confirm=", fill="no")
            assert "suggested answers)" not in client.page.root.text
        (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
        client.submit("/grid/paste", f"confirm={button['value']}")
        *_, known, unknown = plan_of(app, plan_id).events
        assert (len(known.answers), known.suggested, unknown.answers) == (suggested, tuple(known.answers), {})


def test_cells_beyond_the_columns_are_shown_and_marked(app: Flask, client: PageClient) -> None:
    """Such cells have a column of their own, and the message about them is given once."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text="Event\tPayment\nGift Card Redeemed\tyes\nNewsletter\tno\tmore\tand more")
    page = client.page.root
    assert [cell.text for cell in page.by_class("is-bad")] == ["Off: more, and more"]
    assert page.text.count("There are only 2 columns to fill.") == 1
    assert "Too many" in [cell.text for cell in page.all("th")]


def test_an_outdated_preview_is_shown_again(app: Flask, client: PageClient) -> None:
    """If someone else added the event meanwhile, nothing is done before the updated preview is confirmed."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text="Gift Card Redeemed")
    (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
    the_store(app).add_event("me", plan_id, Event(name="Gift Card Redeemed"))
    client.submit("/grid/paste", f"confirm={button['value']}")
    assert "The plan was changed meanwhile" in client.page.root.text
    assert len(event_ids(app, plan_id)) == 5


def test_hostile_rows_are_shown_as_text_and_stored_as_they_are(app: Flask, client: PageClient) -> None:
    """Rows are pasted as a spreadsheet writes them; blanks around a name stay, too."""
    plan_id = own(app, client, Plan(name="Empty"))
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows([[name] for name in HOSTILE])
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text=out.getvalue())
    (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
    client.submit("/grid/paste", f"confirm={button['value']}")
    names = [event.name for event in plan_of(app, plan_id).events]
    assert names == [name.replace("\r", "\n") for name in HOSTILE]


def test_a_thousand_rows_are_previewed_in_part_and_all_added(app: Flask, client: PageClient) -> None:
    """The table shows 200 rows, including those that are left out, and says so."""
    plan_id = own(app, client)
    rows = [f"Event {number}\ttrack\t{'yes' if number != 950 else 'perhaps'}" for number in range(1_000)]
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text="\n".join(rows))
    page = client.page.root
    assert len(page.all("tbody")[0].all("tr")) == 200
    assert "perhaps" in page.text
    assert "The table shows 200 of them" in page.text
    (button,) = [one for one in page.all("button") if "btn--primary" in one["class"]]
    client.submit("/grid/paste", f"confirm={button['value']}")
    assert len(event_ids(app, plan_id)) == 4 + 999


def test_names_of_destinations_are_found_by_key_and_by_name() -> None:
    """Several destinations are separated by semicolons or commas, and there are words for all and none."""
    cells = [_paste(f"Event\tWanted by\nA\t{text}").rows[0].cells["destinations"] for text in
             (f"{PIXEL}, {CLOUD}", "amplitude (actions); FACEBOOK PIXEL", "All", "none")]  # fmt: skip
    assert cells == [[PIXEL, CLOUD], [CLOUD, PIXEL], "all", []]


@pytest.mark.parametrize(
    ("cell", "why", "kept"),
    [
        (f"Facebok Pixel; {CLOUD}", "Did you mean Facebook Pixel?", [CLOUD]),
        ("qqq", "no destination that is known here", None),
        (f"Heap, {PIXEL}", "this plan doesn’t have it", [PIXEL]),
    ],
)
def test_an_unknown_destination_never_drops_a_row(cell: str, why: str, kept: list[str] | None) -> None:
    """The name is marked and left out, the row is not; a cell without any known name changes nothing."""
    (row,) = _paste(f"Event\tWanted by\nA\t{cell}").rows
    assert (row.kind, row.bad, row.cells.get("destinations")) == ("new", {}, kept)
    assert why in row.doubts[1]


def test_each_row_that_names_a_destination_the_plan_lacks_counts_once() -> None:
    """The question is about all of these rows together, not about those of the most frequent destination."""
    done = _paste(f"Event\tWanted by\nA\tHeap\nB\tIntercom; Heap\nC\tIntercom\nD\tHeap\nE\t{PIXEL}")
    assert (done.naming, len(done.missing), done.missing[0]) == (4, 2, "Heap")


def test_a_select_says_what_a_column_holds() -> None:
    """An unknown column becomes a label or a question once a person says so, with and without a heading."""
    table = read_table("Event\tFoo\nA\tyes", heading=True, chosen={"Foo": "question:payment"})
    assert table.columns == ("name", "payment")
    table = read_table("yes\tA\nno\tB", heading=False, chosen={"#1": "question:payment", "#2": "name"})
    assert table.columns == ("payment", "name")


def test_the_page_says_where_a_column_without_a_place_in_the_grid_is_read(app: Flask, client: PageClient) -> None:
    """A list of properties is left out of the grid, and the note about it leads to the import."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text="Event\tParameters\nGift Card Redeemed\ttotal")
    (note,) = [
        one for one in client.page.root.all("div") if "The grid has no place for" in one.text and one["class"] == "note"
    ]
    assert "Parameters" in note.text
    assert [link["href"] for link in note.all("a")] == [f"/plans/{plan_id}/import"]


def test_destinations_that_the_plan_lacks_are_added_or_left_out_as_chosen(app: Flask, client: PageClient) -> None:
    """The page asks once for all rows. Adding them is the same step of the history as the rows."""
    plan_id = own(app, client)
    for choice, destinations in (("without", SETTINGS.destinations), ("add", None)):
        client.get(f"/plans/{plan_id}/grid/paste")
        client.submit("/grid/paste", text=f"Event\tWanted by\nNew {choice}\tHeap")
        assert "1 row names Heap" in client.page.root.text
        client.submit("/grid/paste", "confirm=", missing=choice)
        (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
        before = the_store(app).history.latest("me", plan_id)
        client.submit("/grid/paste", f"confirm={button['value']}")
        plan = plan_of(app, plan_id)
        assert the_store(app).history.latest("me", plan_id) == before + 1
        assert [item.key for item in plan.destinations[len(SETTINGS.destinations) :]] == (
            [] if destinations else ["Heap"]
        )
    assert plan.events[-1].destinations == ("Heap",)


def test_titles_above_the_heading_of_a_pasted_sheet_are_passed_over() -> None:
    """All 102 rows under a title and a heading are read, with their numbers in the sheet."""
    rows = "".join(f"Event {number}\tyes\n" for number in range(102))
    table = read_table("Plan of 2026\t\n\nEvent\tPayment\n" + rows)
    assert (table.columns, len(table.rows), table.numbers[0]) == (("name", "payment"), 102, 4)
    assert read_table("Plan of 2026\nOther\n").columns == ("name",)


def test_descriptions_owners_states_and_sides_are_read_as_imports_read_them(app: Flask, client: PageClient) -> None:
    """New events get them, changed ones are told what changes, and the whole paste is one step that is undone."""
    plan_id = own(app, client)
    before = plan_of(app, plan_id)
    rows = (
        "Event\tWhen it fires\tOwner\tStatus\tSource",
        "Order Completed\tPaid at last\tBE team\tlive\tProduction Backend",
        "Newly\tSeen\t\t\tiOS App",
    )
    text = "\n".join(rows)
    client.get(f"/plans/{plan_id}/grid/paste")
    client.submit("/grid/paste", text=text)
    (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
    assert button.text == "Add 1, change 1"
    assert "Status: proposed → implemented" in client.page.root.text
    client.submit("/grid/paste", f"confirm={button['value']}")
    events = {event.name: event for event in plan_of(app, plan_id).events}
    done = events["Order Completed"]
    assert (done.description, done.owner, done.status) == ("Paid at last", "BE team", "implemented")
    assert done.practice == Practice(placement="server", evidence="Tracked today = Production Backend")
    assert events["Newly"].practice == Practice(placement="client", evidence="Tracked today = iOS App")
    number = the_store(app).history.latest("me", plan_id)
    the_store(app).history.undo("me", plan_id, number)
    assert plan_of(app, plan_id) == before


@pytest.mark.parametrize(("heading", "text"), [("Source", "Marketing"), ("Status", "perhaps"), ("Owner", "x" * 201)])
def test_a_cell_of_such_a_column_that_says_nothing_leaves_no_row_out(heading: str, text: str) -> None:
    """The rest of the row counts, as in an import, and the preview says what is left out."""
    (row,) = _paste(f"Event\t{heading}\nNewly\t{text}").rows
    assert (row.kind, row.cells) == ("new", {"name": "Newly"})
    assert list(row.doubts) == [1]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_with_other_delimiters_is_cut_there_if_that_makes_a_heading(delimiter: str) -> None:
    """Names with commas and no heading stay names."""
    done = _paste(f'Event{delimiter}Payment\n"A{delimiter} B"{delimiter}yes\nC{delimiter}no')
    assert [row.cells for row in done.rows] == [
        {"name": f"A{delimiter} B", "payment": "yes"},
        {"name": "C", "payment": "no"},
    ]
    assert [row.cells for row in _paste(f"A{delimiter} B\nC").rows] == [{"name": f"A{delimiter} B"}, {"name": "C"}]


def test_a_blank_around_a_name_that_the_plan_has_without_it_is_pointed_out() -> None:
    """It becomes an event of its own, and the preview says that it may not be meant."""
    (row,) = _paste("Order Completed ").rows
    assert row.kind == "new"
    assert row.doubts == {0: "The name begins or ends with a blank, which stays. The plan has it without."}
