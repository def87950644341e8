"""The review of an import: what files would do to a plan, with what a person chose, before anything is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.document import check, write
from advisor.formats.carriers.archives import tree_of_files
from advisor.formats.columns.remembered import MAX_TABLES, remembered_columns, with_columns
from advisor.formats.exchange import FormatError
from advisor.formats.import_review import ImportChoices, ImportReview, review_import
from advisor.formats.pasted_text import PASTED
from advisor.knowledge.known_names import suggestions
from advisor.model import Destination, Event, Plan
from plan_documents import plans

MIXPANEL = Plan(destinations=(Destination(key="Mixpanel"),), events=(Event(name="Order Completed"),))


def _review(text: str, plan: Plan | None = None, **chosen: object) -> ImportReview:
    return review_import(tree_of_files({PASTED: text.encode()}), plan, ImportChoices(**chosen))  # type: ignore[arg-type]


def test_pasted_names_are_events_byte_for_byte() -> None:
    """Blanks at the end stay, and a warning says so."""
    review = _review("Order Completed\r\nSigned Up \r\n\r\nSeen")
    assert [event.name for event in review.outcome.events] == ["Order Completed", "Signed Up ", "Seen"]
    assert [notice.line for notice in review.warnings() if "begins or ends with a blank" in notice.message] == [2]


@pytest.mark.parametrize("text", ['{"a"', "[1, 2", "", '{"source": "ampli", "Zone": "us"}'])
def test_text_that_begins_like_something_else_is_no_list_of_names(text: str) -> None:
    """JSON that can't be read is refused with its place, not taken for an event."""
    with pytest.raises(FormatError):
        _review(text)


@pytest.mark.parametrize("text", ["A\nA\nB\nA\n", "Event,Money\nA,yes\nB,no\nA,no\nA,no\n"])
def test_names_that_repeat_are_all_events_and_a_warning_says_so(text: str) -> None:
    """A list in which most names are the same is still a list of names, and nobody meets the same event twice unwarned."""
    review = _review(text)
    assert sorted(event.name for event in review.outcome.events) == ["A", "A", "A", "B"]
    (warning,) = [str(each) for each in review.warnings() if "3 times" in each.message]
    assert "“A”" in warning


def test_a_column_of_answers_holds_no_names() -> None:
    """Where no heading says which column has the names, it is the first with different texts that are no answers."""
    review = _review("Pays,Moment\nyes,Order Completed\nyes,Gift Card Redeemed\nno,Store Opened")
    assert [event.name for event in review.brought.events] == ["Order Completed", "Gift Card Redeemed", "Store Opened"]


def test_a_file_of_prose_is_refused_although_the_same_text_can_be_pasted() -> None:
    """Only what someone pastes can be a list of names."""
    with pytest.raises(FormatError):
        review_import(tree_of_files({"readme.txt": b"Order Completed\nSigned Up"}), None, ImportChoices())
    assert len(_review("Order Completed\nSigned Up").brought.events) == 2


def test_rows_name_a_destination_that_the_plan_lacks() -> None:
    """165 rows are 165 events, with the destination added or without it, as chosen; no row is left out."""
    text = "Event,Destinations\n" + "".join(f"E{number},Heap; Mixpanel\n" for number in range(165))
    added = _review(text, MIXPANEL)
    assert dict(added.missing) == {"Heap": 165}
    assert [item.key for item in added.outcome.destinations] == ["Mixpanel", "Heap"]
    assert added.outcome.events[-1].destinations == ("Heap", "Mixpanel")
    without = _review(text, MIXPANEL, missing="without")
    assert [item.key for item in without.outcome.destinations] == ["Mixpanel"]
    assert (without.outcome.events[-1].destinations, len(without.merge.added)) == (("Mixpanel",), 165)
    assert without.reading.left_out == []


def test_a_misspelled_destination_is_read_as_the_nearest_if_someone_says_so() -> None:
    """Without that, the name is left out of its rows alone."""
    text = "Event,Destinations\nA,Facebok Pixel\n"
    assert _review(text).outcome.events[0].destinations == ()
    assert _review(text, unknown="nearest").outcome.events[0].destinations == ("Facebook Pixel",)


def test_known_names_suggest_and_the_file_outranks_them() -> None:
    """Only added events get suggestions, only where the file has no answer, and only as suggestions."""
    review = _review("Event,Payment\nOrder Completed,no\nOrder Refunded,\nqqq zzz,\n", MIXPANEL, mode="update")
    before, refunded, unknown = review.outcome.events
    assert (before.answers, before.suggested) == ({"payment": "no"}, ())
    known = suggestions("Order Refunded")
    assert known is not None
    assert (refunded.answers, set(refunded.suggested)) == (known.answers, set(known.answers))
    assert unknown.answers == {}
    assert list(review.suggested) == [1]
    assert _review("Order Refunded", suggest=False).outcome.events[0].answers == {}


@pytest.mark.parametrize(("mode", "names"), [("add", "ABN"), ("update", "ABN"), ("replace", "BN")])
def test_modes_decide_about_events_that_are_there(mode: str, names: str) -> None:
    """Add leaves them, update changes them, and replace removes those that the file does not have."""
    plan = Plan(events=(Event(name="A"), Event(name="B", description="old")))
    review = _review("Event,When\nB,new\nN,\n", plan, mode=mode)
    assert "".join(event.name for event in review.outcome.events) == names
    there = next(event for event in review.outcome.events if event.name == "B")
    assert there.description == ("old" if mode == "add" else "new")
    assert [event.name for event in review.merge.removed] == (["A"] if mode == "replace" else [])


def test_a_chosen_column_is_remembered_for_the_next_table_with_its_headings() -> None:
    """It is kept in the plan, is used without being asked for again, and another choice replaces it."""
    text = "Event,Foo\nA,yes\n"
    first = _review(text, MIXPANEL, columns={"Foo": "question:payment", "Gone": "owner"})
    assert first.outcome.events[-1].answers == {"payment": "yes"}
    later = _review("Event,Foo\nB,no\n", check(first.outcome)[0])
    assert later.outcome.events[-1].answers["payment"] == "no"
    assert _review("Foo,Event\nyes,C\n", first.outcome).chosen == {}
    other = _review(text, first.outcome, columns={"Foo": "owner"})
    assert remembered_columns(other.outcome, ("Event", "Foo")) == {"Foo": "owner"}


@given(st.lists(st.tuples(st.text(max_size=3), st.sampled_from(["name", "owner", "ignore"])), max_size=30))
def test_a_plan_remembers_the_last_choices_for_each_table(choices: list[tuple[str, str]]) -> None:
    """The newest tables are kept, and a plan that remembers is still a plan document."""
    plan = Plan(extra={"mine": 1})
    for heading, field in choices:
        plan = with_columns(plan, [heading], {heading: field})
    assert check(plan)[0].extra == plan.extra
    last = dict(choices)
    newest = list(dict.fromkeys(heading for heading, _ in reversed(choices)))[:MAX_TABLES]
    assert {heading: remembered_columns(plan, [heading])[heading] for heading in newest} == {
        each: last[each] for each in newest
    }
    for heading in newest:
        plan = with_columns(plan, [heading], {})
    assert all(remembered_columns(plan, [heading]) == {} for heading in newest)


@given(plans)
def test_a_plan_document_is_imported_as_it_is(plan: Plan) -> None:
    """No answer is suggested, no warning is invented, and into the same plan nothing changes."""
    canonical = replace(check(plan)[0], findings=Plan().findings)
    review = review_import(tree_of_files({"plan.json": write(canonical)}), None, ImportChoices())
    assert replace(review.outcome, findings=Plan().findings) == canonical
    assert review.suggested == {}


@given(
    st.text(max_size=60) | st.lists(st.lists(st.text(max_size=4), max_size=4).map(",".join), max_size=5).map("\n".join)
)
def test_any_pasted_text_is_reviewed_or_refused(text: str) -> None:
    """There is no crash, every row is an event or left out, and the outcome is a plan document."""
    data = text.encode(errors="replace")
    try:
        review = review_import(tree_of_files({PASTED: data}), MIXPANEL, ImportChoices())
    except FormatError:
        return
    assert len(review.merge.effects) == len(review.brought.events)
    assert all(row.left_out or row.event is not None for row in review.reading.rows)
    check(review.outcome)
