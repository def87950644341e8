"""The reader of pasted texts: it reads JSON and JavaScript correctly, and refuses other texts with a reason."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.explain import LiteralError, read_literal
from advisor.explain.parse.paste import MAX_DEPTH
from advisor.explain.parse.source import MAX_LENGTH
from advisor.explain.parse.values import Invocation, Undefined, Variable

NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)
NOISE = st.text("{}[](),:;'\"`\\/*$.=+-_ \n\r\t\u2028aAx0189eEn\0é😀", max_size=60) | st.text(max_size=60)


@given(JSON, st.booleans(), st.sampled_from([None, 0, 1, "\t"]))
def test_json_is_read_like_the_json_module_reads_it(value: Any, escaped: bool, indent: int | str | None) -> None:
    """Any JSON in any layout gives the same values, types and order as Python's json module."""
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert repr(read_literal(text).value) == repr(json.loads(text))


@given(st.dictionaries(TEXTS, JSON, max_size=5), st.randoms(use_true_random=False))
def test_javascript_is_read_like_the_same_json(value: dict[str, Any], random: Any) -> None:
    """Unquoted keys, other quotes, comments and trailing commas change nothing."""
    assert repr(read_literal(_as_javascript(value, random)).value) == repr(json.loads(json.dumps(value)))


def _as_javascript(value: Any, random: Any) -> str:
    gap = random.choice(["", " ", "\n", " // a line, {\n", "/* a { comment */", "\ufeff\t"])
    comma = random.choice(["", ","])
    if isinstance(value, dict):
        members = [f"{_key(key, random)}{gap}:{gap}{_as_javascript(each, random)}" for key, each in value.items()]
        return "{" + gap + ",".join(members) + (comma if members else "") + gap + "}"
    if isinstance(value, list):
        items = [_as_javascript(each, random) for each in value]
        return "[" + gap + ",".join(items) + (comma if items else "") + gap + "]"
    return _quoted(value, random) if isinstance(value, str) else json.dumps(value)


def _key(key: str, random: Any) -> str:
    return key if re.fullmatch(r"[A-Za-z_$][\w$]*", key) and random.random() < 0.5 else _quoted(key, random)


def _quoted(text: str, random: Any) -> str:
    quote = random.choice("\"'`")
    escapes = {quote: "\\" + quote, "\\": "\\\\", "\n": "\\n", "\r": "\\r", "$": "\\$"}
    return quote + "".join(escapes.get(char, char) for char in text) + quote


@given(NOISE)
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    """Nothing crashes the reader, and a refusal names a line and column that exist."""
    refusal = _refusal(text)
    if refusal is not None:
        lines = re.split(r"\r\n?|\n", text)
        assert 1 <= refusal.line <= len(lines)
        assert 1 <= refusal.column <= len(lines[refusal.line - 1]) + 1
        assert refusal.message


def _refusal(text: str) -> LiteralError | None:
    try:
        read_literal(text)
    except LiteralError as error:
        return error
    return None


SHAPES: dict[str, Callable[[int], str]] = {
    "members": lambda count: "{" + ",".join(f"k{index}:true" for index in range(count)) + "}",
    "items": lambda count: "[" + "1," * count + "]",
    "one long text": lambda count: "'" + "a" * count + "'",
    "escapes": lambda count: '"' + "\\n" * count + '"',
    "dollars": lambda count: "`" + "$" * count + "`",
    "blanks": lambda count: "{" + " \n" * count + "}",
    "comments": lambda count: "{" + "/**/" * count + "}",
    "unclosed comments": lambda count: "/* " * count,
    "one long number": lambda count: "1" * min(count, 300),
    "underscores": lambda count: "1" + "_" * count + "x",
    "dots": lambda count: "{a:" + "b." * count + "}",
    "prefixes": lambda count: "await " * count,
    "arguments": lambda count: "track(" + "{}," * count + ")",
    "nesting": lambda count: "[" * count,
    "the same key": lambda count: "{" + "a:1," * count + "}",
    "semicolons": lambda count: "{}" + ";" * count,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_time_is_linear_in_the_length_of_the_text(shape: str) -> None:
    """Four times the text takes about four times the calls, for any content."""
    small, large = (_calls(SHAPES[shape](count)) for count in (1_000, 4_000))
    assert large <= 4.2 * small + 200


def _calls(text: str) -> int:
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tally)
    try:
        _refusal(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "{ a: 0x1F, b: 0b11, c: 0o17, d: .5, e: 5., f: 1_000, g: +2, h: -3e2 }",
            [31, 3, 15, 0.5, 5.0, 1000, 2, -300.0],
        ),
        ("{ a: 'it\\'s', b: \"\\u{1F600}\", c: `two\nlines`, d: 'a\\\nb' }", ["it's", "😀", "two\nlines", "ab"]),
        ("{ a: \"\\ud83d\\ude00\", b: '\\x41\\v\\0' }", ["😀", "A\v\0"]),
        ("{ a: undefined, b: null, c: Infinity }", [Undefined.UNDEFINED, None, math.inf]),
        (
            "{ a: isOn(), b: `${on}`, c: !x, d: p ? q : r, e: new X(1), f: a ?? b, g: (x) => { return {} } }",
            [
                *(Variable("isOn()"), Variable("`${on}`"), Variable("!x"), Variable("p ? q : r"), Variable("new X(1)")),
                *(Variable("a ?? b"), Variable("(x) => { return {} }")),
            ],
        ),
        ("{ a: order.total, b: consent?.ads, c }", [Variable("order.total"), Variable("consent?.ads"), Variable("c")]),
        ("{'a': True, 'b': False, 'c': None}", [True, False, None]),
        ("{ 1: true, 'two': false }", [True, False]),
    ],
)
def test_values_of_the_languages_are_read(text: str, value: list[Any]) -> None:
    """JavaScript's numbers, escapes, undefined and names, and Python's words."""
    read = read_literal(text).value
    assert isinstance(read, dict)
    assert list(read.values()) == value


@pytest.mark.parametrize(
    "text",
    [
        "{ integrations: { All: false } }",
        "integrations: { All: false }",
        '"integrations": {"All": false},',
        "const integrations = { All: false };",
        "event.integrations = { All: false }",
        "integrations={'All': False}",
    ],
)
def test_code_copied_around_the_object_does_not_matter(text: str) -> None:
    """Members without braces and assignments show that it is the integrations object."""
    assert read_literal(text).value == {"integrations": {"All": False}}


def test_a_call_is_read_with_its_arguments() -> None:
    """Positional and keyword arguments, and the text before and after the call."""
    called = read_literal("await analytics.track('E', {a: 1}, null,);").value
    assert called == Invocation("analytics.track", ["E", {"a": 1}, None], {})
    called = read_literal("analytics.track(user_id='u', integrations={'All': False})").value
    assert called == Invocation("analytics.track", [], {"user_id": "u", "integrations": {"All": False}})


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "nothing here"),
        ("{\n  All: false\n  Drift: true\n}", 3, 3, "a comma or } is needed"),
        ("{ All false }", 1, 7, "a colon is needed after All"),
        ("{ All: }", 1, 8, "a value is needed"),
        ("{ 'All: false }", 1, 3, "no end"),
        ("{ All: false", 1, 13, "the text ends here"),
        ("{ All: false, : true }", 1, 15, "a key is needed"),
        ("analytics.track('E', {}, { integrations: { All: false } )", 1, 57, "a comma or } is needed"),
        ("analytics.track('E', {}, { integrations: { All: false }", 1, 56, "the text ends here"),
        ("(x) => x", 1, 1, "isn’t here"),
        ("{ All: /* no", 1, 8, "comment has no end"),
        ("{ All: 010 }", 1, 8, "can’t begin with 0"),
        ("{ All: 1e999 }", 1, 8, "too large"),
        ("{ All: '\\ud800' }", 1, 8, "half of a character"),
        ("options", 1, 1, "its value isn’t here"),
        ("{} {}", 1, 4, "nothing can follow"),
    ],
)
def test_a_refusal_has_a_place_and_a_reason(text: str, line: int, column: int, says: str) -> None:
    """It has a line, a column and a sentence that says what to do."""
    with pytest.raises(LiteralError) as refusal:
        read_literal(text)
    assert (refusal.value.line, refusal.value.column) == (line, column)
    assert says in refusal.value.message.replace("'", "’")


def test_nesting_and_length_have_limits() -> None:
    """64 levels and 65,536 characters are read, and no more."""
    assert read_literal("[" * MAX_DEPTH + "]" * MAX_DEPTH).value
    with pytest.raises(LiteralError, match="deep"):
        read_literal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert read_literal("'" + "a" * (MAX_LENGTH - 2) + "'").value
    with pytest.raises(LiteralError, match="only the first"):
        read_literal("'" + "a" * (MAX_LENGTH - 1) + "'")


def test_every_value_has_its_place_in_the_text() -> None:
    """Every key and item knows its line and column; an unknown path gives the nearest place above it."""
    literal = read_literal("{\n  integrations: {\n    All: false,\n    X: [1] } }")
    assert literal.place(("integrations", "All")) == (3, 5)
    assert literal.place(("integrations", "X", 0)) == (4, 9)
    assert literal.place(("integrations", "elsewhere")) == (2, 3)
