"""Properties pasted from a spreadsheet: what is read, what is marked, and what an event becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.document import check
from advisor.document_limits import MAX_PROPERTIES
from advisor.model import Event, Plan, Property
from advisor.presentation.property_values import ValuesError, read_values, values_text
from advisor.web.paste.properties import chosen_heads, preview_properties
from plan_documents import scalars

EMPTY = Event(name="A")
SHEET = (
    "Property name\tData type\tMandatory\tPII\tNotes\tOwner\n"
    "total\tfloat\tyes\t\tGross\tAnn\n"
    "email\ttext\tno\tx\t\tBob\n"
    "products\tlist\t\t\t\t\n"
    "products.$.sku\tstring\tY\t\t\t\n"
    "\t\t\t\t\t\n"
    "bad\tcolour\tmaybe\t\t\t\n"
)


def test_a_sheet_with_headings_is_read_in_any_order_and_wording() -> None:
    """Types and answers are read in people's own words, a field inside a list goes inside, and other columns are reported."""
    shown = preview_properties(SHEET, EMPTY)
    assert shown is not None
    assert shown.ignored == ("Owner",)
    assert [row.effect for row in shown.rows] == ["add", "add", "add", "add", "refused"]
    assert shown.event.properties == (
        Property(name="total", type="number", required=True, description="Gross"),
        Property(name="email", type="string", sensitive=True),
        Property(name="products", type="array", properties=(Property(name="sku", type="string", required=True),)),
    )
    assert [bool(cell.problem) for cell in shown.rows[-1].cells] == [False, True, True, False, False, False]
    assert shown.rows[-1].number == 7


def test_without_headings_the_columns_are_taken_in_order() -> None:
    """The columns are the name alone, or the name and the rest in order; a property may be called name or type."""
    shown = preview_properties("name\ntype\ntotal\n", EMPTY)
    assert shown is not None
    assert [item.name for item in shown.event.properties] == ["name", "type", "total"]
    shown = preview_properties('total\tnumber\tyes\tno\tserver\t1; 2\t"two\nlines"', EMPTY)
    assert shown is not None
    assert shown.event.properties == (
        Property(
            name="total", type="number", required=True, known_by="server", values=(1, 2), description="two\nlines"
        ),
    )


def test_a_row_changes_only_what_it_has_a_column_for() -> None:
    """A known property keeps its place, its inner fields, and everything that the sheet has no column for."""
    before = Property(name="b", type="object", sensitive=True, properties=(Property(name="c"),), extra={"x": 1})
    event = replace(EMPTY, properties=(Property(name="a"), before, Property(name="d.e")))
    shown = preview_properties("Field\tRequired\nb\tyes\na\tno\nb.c\tyes\nd.e\tyes\nb.f\tno", event)
    assert shown is not None
    assert [row.effect for row in shown.rows] == ["change", "same", "change", "change", "add"]
    inside = (Property(name="c", required=True), Property(name="f"))
    assert shown.event.properties == (
        Property(name="a"),
        replace(before, required=True, properties=inside),
        Property(name="d.e", required=True),
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("\tstring", 0),
        ("n" * 501, 0),
        ("a\tstringy", 1),
        ("a\t\tperhaps", 2),
        ("a\t\t\tperhaps", 3),
        ("a\t\t\t\tmoon", 4),
        ("a\t\t\t\t\t1,,2", 5),
        ("a\t\t\t\t\t\t" + "d" * 10_001, 6),
        ("a\t\t\t\t\t\t\textra", 7),
        ("list[].field", 0),
        ("list.$.field", 0),
    ],
)
def test_a_cell_that_cannot_be_read_is_marked(row: str, column: int) -> None:
    """The cell is marked with a reason and its row changes nothing; the other rows do."""
    shown = preview_properties(f"good\n{row}", EMPTY)
    assert shown is not None
    assert [place for place, cell in enumerate(shown.rows[1].cells) if cell.problem] == [column]
    assert shown.rows[1].effect == "refused"
    assert [item.name for item in shown.event.properties] == ["good"]


def test_the_first_row_over_a_limit_is_marked() -> None:
    """Marked are the first property that doesn't fit, and the second one of a name."""
    shown = preview_properties("\n".join(f"p{number}" for number in range(MAX_PROPERTIES + 1)) + "\np0", EMPTY)
    assert shown is not None
    assert [row.effect for row in shown.rows[-3:]] == ["add", "refused", "refused"]
    assert "at most 500" in shown.rows[-2].cells[0].problem
    assert "Another row" in shown.rows[-1].cells[0].problem


def test_an_empty_paste_has_no_preview() -> None:
    """Blanks and empty rows count as an empty paste."""
    assert preview_properties("", EMPTY) is None
    assert preview_properties(" \t\n\n \n", EMPTY) is None


cells = st.one_of(
    st.text(max_size=12), st.sampled_from(["name", "Property", "type", "yes", "a.b", "a[].b", '"', "\x00", "1,2"])
)
sheets = st.lists(st.lists(cells, max_size=8).map("\t".join), max_size=6).map("\n".join)


@given(st.one_of(sheets, st.text()))
def test_any_text_has_a_preview_and_leaves_a_valid_event(text: str) -> None:
    """Any text leaves an event that a document accepts, with all that was there before."""
    before = replace(EMPTY, properties=(Property(name="a", type="object"), Property(name="x y", values=("1", 1))))
    shown = preview_properties(text, before)
    if shown is None:
        assert not text.replace('"', "").strip()  # quotation marks around nothing are an empty cell
        return
    names = [item.name for item in shown.event.properties]
    assert names[:2] == ["a", "x y"]
    if text.isprintable() or all(not 0xD800 <= ord(character) < 0xE000 for character in text):
        assert check(Plan(events=(shown.event,)))[0].events[0].properties == shown.event.properties
    assert shown.count("add", "change", "same", "refused") == len(shown.rows)


@given(st.lists(scalars, max_size=6))
def test_allowed_values_are_read_as_they_were_written(values: list[object]) -> None:
    """Texts, numbers, true, false and null are told apart: ``1`` is a number, ``"1"`` a text."""
    again = read_values(values_text(tuple(values)))
    assert [(type(value), value) for value in again] == [(type(value), value) for value in values]


@pytest.mark.parametrize("text", ["a,,b", ",a", 'a, "b', '"a" b', "a, ,b"])
def test_an_invalid_list_of_values_is_refused(text: str) -> None:
    """An empty value between commas and a quotation mark that is never closed, or closed too early, are refused."""
    with pytest.raises(ValuesError):
        read_values(text)


def test_values_are_read_as_people_write_them() -> None:
    """Plain words need no quotation marks."""
    assert read_values("card, paypal , 3, 2.5, true, null, on hold,") == (
        "card",
        "paypal",
        3,
        2.5,
        True,
        None,
        "on hold",
    )
    assert values_text(("card", "1", 1, "a,b", "", " x", True)) == 'card, "1", 1, "a,b", "", " x", true'
    assert read_values("  ") == ()


def test_titles_above_the_headings_are_passed_over() -> None:
    """A sheet that begins with its title is read from its headings on."""
    preview = preview_properties("Properties of the order\t\nProperty\tType\ntotal\tnumber\n", Event(name="A"))
    assert preview is not None
    assert [(each.name, each.type) for each in preview.event.properties] == [("total", "number")]


def test_a_column_is_what_its_head_says() -> None:
    """A choice outranks what was found, which gives way in another column; nothing means left out."""
    chosen = {0: "name", 1: "type", 2: "description"}
    text = "Property\tKind of\tMore\ntotal\tnumber\tGross\n"
    first = preview_properties(text, EMPTY)
    assert first is not None
    again = preview_properties(text, EMPTY, chosen, first.first_row)
    assert again is not None
    assert again.heads == (("Property", "name"), ("Kind of", "type"), ("More", "description"))
    assert again.event.properties == (Property(name="total", type="number", description="Gross"),)
    swapped = preview_properties("Property\tType\ntotal\tnumber\n", EMPTY, {1: "name", 0: ""}, "")
    assert swapped is not None
    assert swapped.heads == (("Property", "name"), ("Type", "type"))


def test_without_a_column_of_names_every_row_says_so() -> None:
    """Nothing is taken over, and nothing breaks."""
    first = preview_properties("Property\tType\ntotal\tnumber\n", EMPTY)
    assert first is not None
    shown = preview_properties("Property\tType\ntotal\tnumber\n", EMPTY, {0: "", 1: "type"}, first.first_row)
    assert shown is not None
    assert [row.effect for row in shown.rows] == ["refused"]
    assert shown.rows[0].cells[0].problem == "Say above which column has the names"
    assert shown.event == EMPTY


@given(st.lists(st.text(max_size=12), max_size=6))
def test_whatever_a_form_sends_for_columns_is_read(values: list[str]) -> None:
    """Only numbers with a column of ours, or with nothing, count."""
    assert all(column in ("", "name", "type", "required", "sensitive", "known_by", "values", "description")
               for column in chosen_heads(values).values())  # fmt: skip
    assert chosen_heads(["2:type", "0:", "x:type", "1:other", "-1:name"]) == {2: "type", 0: ""}


def test_blanks_around_a_name_stay_and_are_shown() -> None:
    """Names are kept byte for byte, and a CSV with headings is cut at its commas."""
    shown = preview_properties("property,type\n total ,number\n", EMPTY)
    assert shown is not None
    assert shown.event.properties == (Property(name=" total ", type="number"),)
    assert (shown.rows[0].cells[0].shown.before, shown.rows[0].cells[0].shown.after) == (1, 1)
