"""A document is decoded straight into a plan, or walked to say what is wrong with it: both ways come to the same result."""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.advice import advise
from advisor.document import DocumentError, read, write
from advisor.model import FORMAT, Event, Plan, Property
from plan_documents import json_values, keys, plan_trees

MARK = "<mark>"
TOKENS = (
    "NaN", "-Infinity", "1e400", "-1E+400", "1.50", "1e5", "-0", "-0.0", "01", "1.", "9" * 307, "9" * 308, "9" * 309,
    "-" + "1" * 309, "1" * 309, "1" * 330, "[" * 60 + "]" * 60, "[" * 70 + "]" * 70, '{"a": ' * 62 + "1" + "}" * 62,
    r'"\ud800"', r'"\udc00\ud800"', r'"\ud83d\ude00"', r'"a\u003ab"', r'"\u003A"', '"\x01"', r'"\/"', r'"a\":b"',
    r'"\\"', r'{"a\\": 1, "a\u005c": 2}', r'{"a": 1, "\u0061": ":"}', '{"a": {"b": 1, "b": 2}}', '"\ud7ff"', "nul",
)  # fmt: skip
"""JSON, and what is nearly JSON, where parsers differ."""


def _told(data: bytes) -> object:
    """Everything that reading says, in a form in which 1, 1.0 and true differ, and the order of keys counts."""
    try:
        reading = read(data)
    except DocumentError as error:
        return error.kind, error.errors
    return repr(reading.plan), reading.notes


def _walked(data: bytes) -> object:
    """The same, said by the walk over the value that Python's own parser reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("advisor.document.typed.decode", lambda _body: None)
        patch.setattr("advisor.document.parse._proven", lambda _body: msgspec.UNSET)
        return _told(data)


layouts = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, None, 0, 2, 3, "\t"]),
        "separators": st.sampled_from([None, (",", ":"), (" , ", "\n: ")]),
        "ensure_ascii": st.booleans(),
    }
)
"""Ways in which programs write JSON."""


def _objects(node: Any) -> list[dict[str, Any]]:
    inside = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return [node] * isinstance(node, dict) + [each for member in inside for each in _objects(member)]


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Documents: bare or advised, all keys written or not, in any order, and perhaps with a key or value that is wrong."""
    tree = draw(plan_trees())
    if draw(st.booleans()):
        plan = read(msgspec.json.encode(tree)).plan
        tree = msgspec.json.decode(write(advise(plan)))
    for holder in draw(st.lists(st.sampled_from(_objects(tree)), max_size=3)):
        if holder and draw(st.booleans()):
            holder.pop(draw(st.sampled_from(sorted(holder))), None)
        else:
            holder[draw(keys | st.sampled_from(sorted({*holder, "name", "type", "findings"})))] = draw(json_values)
    return _shuffled(draw, tree) if draw(st.booleans()) else tree


def _shuffled(draw: st.DrawFn, node: Any) -> Any:
    if isinstance(node, list):
        return [_shuffled(draw, each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: _shuffled(draw, node[key]) for key in draw(st.permutations(list(node)))}


@given(trees(), layouts)
def test_both_ways_of_reading_come_to_the_same_result(tree: dict[str, Any], layout: dict[str, Any]) -> None:
    """The same plan and notes, or the same problems in the same order."""
    data = json.dumps(tree, **layout).encode()
    assert _told(data) == _walked(data)


@given(trees(), layouts, st.data())
def test_both_ways_of_reading_agree_on_unusual_json(
    tree: dict[str, Any], layout: dict[str, Any], draw: st.DataObject
) -> None:
    """Unusual JSON in the place of a value of any object, or of one more key."""
    holder = draw.draw(st.sampled_from(_objects(tree)))
    holder[draw.draw(keys | st.sampled_from(sorted({*holder, "extra"})))] = MARK
    data = (
        json.dumps(tree, **layout).replace(f'"{MARK}"', draw.draw(st.sampled_from(TOKENS))).encode("utf-8", "replace")
    )
    assert _told(data) == _walked(data)


@given(trees(), layouts, st.data(), json_values, st.booleans())
def test_a_key_that_is_there_twice_is_found_on_both_ways(
    tree: dict[str, Any], layout: dict[str, Any], draw: st.DataObject, value: Any, escaped: bool
) -> None:
    """Wherever it is: in settings, events, computed parts or ``extra``; also if it is written in another way."""
    holder = draw.draw(st.sampled_from([each for each in _objects(tree) if each]))
    key = draw.draw(st.sampled_from(sorted(holder)))
    holder[MARK] = value
    twin = '"' + "".join(rf"\u{ord(char):04x}" for char in key) + '"' if escaped and key.isascii() else json.dumps(key)
    data = json.dumps(tree, **layout).replace(f'"{MARK}"', twin).encode()
    told = _told(data)
    assert told == _walked(data)
    assert told[0] == "json"  # type: ignore[index]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("holder", ["plan", "extra", "event", "values"])
def test_both_ways_of_reading_agree_on_each_unusual_json(token: str, holder: str) -> None:
    """Each of them once in each kind of place, in bytes that are otherwise canonical."""
    plan = Plan(
        events=(
            Event(name="a", properties=(Property(name="b", values=(MARK,) if holder == "values" else ()),)),
            Event(name="c", extra={"x": MARK if holder == "event" else 0}),
        ),
        extra={"x": MARK if holder == "extra" else 0},
    )
    data = write(plan).decode().replace(f'"{MARK}"', token)
    if holder == "plan":
        data = data.replace('"extra": {', f'"more": {token}, "extra": {{')
    encoded = data.encode("utf-8", "replace")
    assert _told(encoded) == _walked(encoded)


NOTED = '{"name": "a", "destinations": ["slack"], "sources": ["analytics-swift"]}'
PLAIN = f'"format": "{FORMAT}", "name": "Shop"'


@pytest.mark.parametrize(
    "members",
    [
        '"name": "Shop"',
        f'{PLAIN}, "name": "Shop"',
        rf'{PLAIN}, "name": "Shop\u003a"',
        rf'{PLAIN}, "extra": {{"a": 1, "a": "\u003A"}}',
        rf'{PLAIN}, "events": [{{"name": "a\u003A", "recommendation": {{"a": 1, "a": 2}}}}]',
        f'{PLAIN}, "events": [{{"name": "a", "properties": [{{"name": "b", "unknown": 1}}]}}]',
        f'{PLAIN}, "events": [{{"name": "a", "decision": {{"placement": "both", "extra": {{"b": 1, "a": 2}}}}}}]',
        f'{PLAIN}, "events": [{{"name": "a", "labels": {{"b": "1", "a": "2"}}, "answers": {{"payment": "unsure"}}}}]',
        f'{PLAIN}, "events": [{{"name": "a", "properties": [{{"name": "b", "type": "text"}}]}}]',
        f'{PLAIN}, "events": [{{"name": "a", "properties": [{{"name": "b", "extra": {{"b": 1, "a": 2}}}}]}}]',
        f'{PLAIN}, "sources": {{"client": ["analytics.js"]}}, "events": [{{"name": "a", "sources": ["Analytics.js"]}}]',
        f'{PLAIN}, "sources": {{"client": ["swift"]}}, "destinations": [{{"key": "Slack"}}], "events": [{NOTED}]',
        f'{PLAIN}, "sources": {{"server": "node"}}, "destinations": [{{"key": "mixpanel"}}]',
        PLAIN.replace(FORMAT, "tracking-plan/1.4"),
        PLAIN.replace(FORMAT, "tracking-plan/2"),
    ],
)
def test_both_ways_of_reading_agree_on_what_decoding_overlooks(members: str) -> None:
    """What the types allow, and what nevertheless is refused, noted or put in another form."""
    data = f"{{{members}}}".encode()
    assert _told(data) == _walked(data)


@given(st.integers(0, 40), st.integers(300, 320))
@example(0, 309)
def test_a_number_of_too_many_digits_is_found_at_any_place(before: int, digits: int) -> None:
    """The bytes are looked at in steps: where the number begins must not matter."""
    data = f'{{"format": "{FORMAT}",{" " * before} "extra": {{"a": {"9" * digits}}}}}'.encode()
    assert _told(data) == _walked(data)


@given(plan_trees(), layouts, st.booleans(), st.booleans())
def test_a_good_document_is_never_walked(
    tree: dict[str, Any], layout: dict[str, Any], advised: bool, sparse: bool
) -> None:
    """However it is written: so that it is read fast."""
    if advised:
        tree = msgspec.json.decode(write(advise(read(msgspec.json.encode(tree)).plan)))
    if sparse:
        tree = {key: member for key, member in tree.items() if member or key == "format"}
    data = json.dumps(tree, **layout | {"ensure_ascii": False}).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["advisor.document.read"], "read_tree", _fail)
        patch.setattr("advisor.document.parse._explained", _fail)
        assert isinstance(read(data).plan, Plan)


def _fail(_value: object) -> None:
    raise AssertionError("walked")
