"""Pasted text as a person means it: lists with marks, several names in a line, YAML; nothing of it is taken for a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.exchange import FormatError, recognise
from advisor.formats.import_review import ImportChoices, ImportReview, review_import
from advisor.formats.pasted_text import PASTED, as_meant


def _review(text: str, path: str = PASTED) -> ImportReview:
    return review_import(tree_of_files({path: text.encode()}), None, ImportChoices())


def _names(text: str) -> list[str]:
    return [event.name for event in _review(text).outcome.events]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- Order Completed\n- Product Viewed",
            "* Order Completed\n\n* Product Viewed\n",
            "1. Order Completed\n2. Product Viewed",
        ),
        *(
            "1) Order Completed\n10) Product Viewed",
            "• Order Completed\n  ◦ Product Viewed",
            "- [ ] Order Completed\n- [x] Product Viewed",
        ),
        *("Order Completed, Product Viewed", "Order Completed; Product Viewed;", "Order Completed\nProduct Viewed"),
    ],
)
def test_a_list_of_names_is_read_without_its_marks(text: str) -> None:
    """From a page, a chat or a task list, and from one line; a note says what was left out."""
    assert _names(text) == ["Order Completed", "Product Viewed"]
    assert any("left out" in each.message or "is read as" in each.message for each in _review(text).warnings()) is (
        text != "Order Completed\nProduct Viewed"
    )


@pytest.mark.parametrize(
    "text", ["- Order Completed\nProduct Viewed", "-Order\n-Product", "A-1\nB-2", "2 Step Login\n3 Step Login"]
)
def test_marks_that_not_every_line_has_belong_to_the_names(text: str) -> None:
    """Names are kept byte for byte where the text is no list."""
    assert _names(text) == text.splitlines()


@pytest.mark.parametrize("text", ["Order Completed,track,yes", "analytics.track('A', {b: 1}), more"])
def test_a_line_of_cells_or_code_is_no_list_of_names(text: str) -> None:
    """A row of a table has an answer or a call type; code has brackets."""
    tree = tree_of_files({PASTED: text.encode()})
    assert as_meant(tree) is tree


@pytest.mark.parametrize(
    "text",
    [
        "events:\n  - name: Order Completed\n    description: Paid\n  - name: Product Viewed\n",
        "- event: Order Completed\n  source: backend\n- event: Product Viewed\n  source: web\n",
    ],
)
def test_a_list_of_objects_in_yaml_is_read_as_one_in_json(text: str) -> None:
    """Pasted or as a file; no line of it becomes an event."""
    assert _names(text) == ["Order Completed", "Product Viewed"]
    assert [each.name for each in _review(text, "plan.yaml").outcome.events] == ["Order Completed", "Product Viewed"]


def test_yaml_without_events_is_refused() -> None:
    """Its lines are no names."""
    with pytest.raises(FormatError):
        _review("services:\n  web:\n    image: x\n    ports: [80]\n")


@pytest.mark.parametrize("files", [{"a.csv": b""}, {"a.csv": b"\xef\xbb\xbf \r\n"}, {"a.csv": b"", "b.csv": b"\n"}])
def test_an_empty_file_is_called_empty(files: dict[str, bytes]) -> None:
    """No list of formats that it is not."""
    with pytest.raises(FormatError, match="empty"):
        recognise(tree_of_files(files))


@given(st.lists(st.from_regex("[B-D][ao]{2,9}( [B-D][ao]{2,9})?", fullmatch=True), min_size=1, max_size=5))
def test_marks_never_change_how_many_names_there_are(names: list[str]) -> None:
    """A list with marks has as many events as lines, each with its own name."""
    assert _names("\n".join(f"- {name}" for name in names)) == names
