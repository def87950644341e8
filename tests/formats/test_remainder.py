"""What a plan can't say about an object is kept and joined again: nothing is lost, and an edit changes itself alone."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.remainder import joined, merged_list, remainder, same

scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, "", "a", "b", "1"])
keys = st.sampled_from(["a", "b", "c", "d", "e", "type", "required"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))
objects = st.dictionaries(keys, values, max_size=6)


def _text(value: Any) -> bytes:
    return msgspec.json.encode(value)


@given(objects, objects)
def test_the_object_of_the_file_comes_back_whatever_its_plain_form_is(
    plain: dict[str, Any], source: dict[str, Any]
) -> None:
    """With the order of its keys, and after the remainder was stored as JSON."""
    kept = msgspec.json.decode(_text(remainder(plain, source)))
    assert _text(joined(plain, kept)) == _text(source)


@given(objects)
def test_of_an_object_in_plain_form_nothing_is_kept(plain: dict[str, Any]) -> None:
    """So that the document of a plainly written file is no larger than its content."""
    assert remainder(plain, plain) is None


@given(objects, objects, st.data())
def test_an_edited_member_is_said_and_every_other_stays(
    plain: dict[str, Any], source: dict[str, Any], data: st.DataObject
) -> None:
    """For a scalar member: its value is the plan's, and the rest of the object is that of the file."""
    members = [key for key, value in plain.items() if not isinstance(value, dict | list)]
    if not members:
        return
    key = data.draw(st.sampled_from(members))
    edited = joined(plain | {key: "the edit"}, remainder(plain, source))
    assert edited[key] == "the edit"
    assert _text({name: value for name, value in edited.items() if name != key}) == _text(
        {name: value for name, value in source.items() if name != key}
    )


@given(objects, objects)
def test_joining_changes_neither_side(plain: dict[str, Any], source: dict[str, Any]) -> None:
    """The plan and what it keeps are values that others hold, too."""
    kept = remainder(plain, source)
    before = _text([plain, kept])
    joined(plain, kept)
    assert _text([plain, kept]) == before


def test_a_file_that_names_one_type_as_a_word_keeps_doing_so() -> None:
    """The spelling of the file is used for the edited value."""
    kept = remainder({"type": ["string"]}, {"type": "string"})
    assert joined({"type": ["number"]}, kept) == {"type": "number"}
    assert joined({"type": ["number", "null"]}, kept) == {"type": ["number", "null"]}


names = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@given(names, names, names)
def test_a_list_takes_over_exactly_what_was_added_and_removed(
    plain: list[str], source: list[str], now: list[str]
) -> None:
    """What the file alone has stays, and what stays keeps its order."""
    merged = merged_list(plain, source, now)
    removed = set(plain) - set(now)
    assert set(merged) == (set(source) - removed) | (set(now) - set(plain))
    assert len(merged) == len(set(merged))
    assert [each for each in merged if each in source] == [each for each in source if each not in removed]


def test_values_that_json_tells_apart_are_told_apart() -> None:
    """Python takes 1, 1.0 and true for the same."""
    different = [1, 1.0, True, "1", None, [1], [1.0], {"a": 1}, {"a": True}]
    assert [[same(one, other) for other in different] for one in different] == [
        [one is other for other in different] for one in different
    ]
