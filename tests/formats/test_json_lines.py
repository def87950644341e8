"""JSON files that people laid out by hand come back as they were, and an edit changes its own lines alone."""

from __future__ import annotations

import json

import pytest
from brought import again, read_plan, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.json_text import write_json
from advisor.formats.exchange import format_named
from advisor.model import Event, Property

BY_HAND = """{
  "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
  "description": "A basket was paid",
  "self": { "vendor": "com.acme", "name": "paid", "format": "jsonschema", "version": "1-0-0" },

  "type": "object",
  "properties": {
    "total": { "type": ["number", "null"], "minimum": 0, "maximum": 100000 },
    "lines": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": { "sku": { "type": "string", "maxLength": 40 }, "count": { "type": "integer" } },
        "required": ["sku"]
      }
    },

    "note": {
      "type": [
        "string",
        "null"
      ],
      "maxLength": 200
    }
  },
  "required": ["total"],
  "additionalProperties": false
}

"""
STYLES = (
    BY_HAND,
    '{\n  "a" : 1,\n  "b" : [ "x", "y" ],\n  "c" : [ ],\n  "d" : { }\n}\n',
    '[\n  {"event": "a", "tags": []},\n  {"event": "b", "tags": ["x"]},\n  {\n    "event": "c"\n  }\n]',
    '{\n\t"a": [1,2,3],\n\t"b": {"c":"[ ]", "d": "{,}"},\n\n\t"e": "x, y"\n}\n',
    '{\r\n    "a": ["b"],\r\n    "c": {}\r\n}\r\n',
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text('a"\\[]{},:\né', max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab[", max_size=3), inner, max_size=4),
    max_leaves=20,
)


def _again(text: str) -> str:
    file = SourceFile("a.json", text.encode())
    return write_json(file.json.value, file.json.style).decode()


@pytest.mark.parametrize("text", [each for each in STYLES if '"c":"[ ]"' not in each])
def test_a_layout_by_hand_comes_back(text: str) -> None:
    """Objects and lists on one line, blank lines, blanks inside brackets and line ends."""
    assert _again(text) == text


@given(value=VALUES, width=st.integers(0, 60), more=st.sampled_from((": ", " : ")))
def test_any_value_is_the_same_in_any_layout(value: object, width: int, more: str) -> None:
    """What is written is the value, and writing it again changes nothing."""

    def text_of(each: object, level: int) -> str:
        line = json.dumps(each, separators=(", ", more))
        if not isinstance(each, list | dict) or not each or level * 2 + len(line) <= width:
            return line
        inner = "  " * (level + 1)
        if isinstance(each, dict):
            parts = [json.dumps(key) + more + text_of(member, level + 1) for key, member in each.items()]
        else:
            parts = [text_of(member, level + 1) for member in each]
        ends = "{}" if isinstance(each, dict) else "[]"
        return f"{ends[0]}\n" + ",\n".join(inner + part for part in parts) + f"\n{'  ' * level}{ends[1]}"

    text = _again(text_of(value, 0))
    assert json.loads(text) == value
    assert _again(text) == text


@pytest.mark.parametrize("text", STYLES)
def test_a_layout_that_is_not_even_keeps_its_values(text: str) -> None:
    """Blanks inside brackets may become the same everywhere; the values never change."""
    assert json.loads(_again(text)) == json.loads(text)


def test_an_edit_in_a_file_by_hand_changes_its_own_lines_alone() -> None:
    """A changed description, a flipped required and an added event leave every other line as it was."""
    form = format_named("snowplow-iglu")
    plan = read_plan(FileTree.of({"com.acme/paid/jsonschema/1-0-0": BY_HAND.encode()}), form)
    (path,) = written(plan, form)
    assert written(plan, form)[path].decode() == BY_HAND
    (event,) = plan.events
    total = event.properties[0]
    edits = {
        '  "description": "Another text",': replace(event, description="Another text"),
        '  "required": ["total", "note"],': replace(
            event, properties=(*event.properties[:-1], replace(event.properties[-1], required=True))
        ),
        '    "total": { "type": ["number", "null"], "description": "EUR", "minimum": 0, "maximum": 100000 },': replace(
            event, properties=(replace(total, description="EUR"), *event.properties[1:])
        ),
    }
    for line, edited in edits.items():
        after = written(replace(plan, events=(edited,)), form)[path].decode().splitlines()
        assert [each for each in after if each not in BY_HAND.splitlines()] == [line]
    more = replace(plan, events=(event, Event(name="refunded", properties=(Property(name="total"),))))
    assert written(more, form)[path].decode() == BY_HAND
    assert [each.name for each in again(written(more, form), form).events] == ["paid", "refunded"]
