"""YAML is read by the core schema of YAML 1.2 within limits, and written again with comments, quotes and indents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.carriers.text import decode
from advisor.formats.carriers.yaml_layout import YamlStyle, take, yaml_layout, yaml_style
from advisor.formats.carriers.yaml_text import YamlText, parse_yaml
from advisor.formats.carriers.yaml_write import Laid, write_yaml
from advisor.formats.places import FormatError
from plan_documents import texts

FILE = """\
# The plan of the shop
version: 1.10   # of the format

meta:
    owner: 'no'
    "quoted key": "tab\\there"
    created: 2026-08-10
    empty:
    tilde: ~
    hex: 0x1F

# -- events --
events:
- name: Order Paid  # the one
  description: >-
    Folded
    text
  source: backend

  # about the fields
  properties:
  - {name: amount, type: number,  required: true}
  - name: note
    text: |
      one
        two

      three
  tags: [a, "b, c",
    d]
# between
- name: on
  'yes': plain text
    over two lines
-
  name: dash alone
- just text
- []
# the end
"""


def _parsed(text: str) -> YamlText:
    return parse_yaml(decode(text.encode()), "plan.yaml")


def _again(text: str) -> str:
    parsed = _parsed(text)
    return write_yaml(parsed.value, yaml_style(parsed), yaml_layout(parsed)).decode()


def test_a_file_comes_back_with_comments_quotes_and_indents() -> None:
    """All but a dash alone on its line, whose item moves up to it."""
    assert _again(FILE) == FILE.replace("-\n  name: dash alone", "- name: dash alone")


@pytest.mark.parametrize(
    "text", ["a: 1\r\nb:\r\n  - x\r\n", "---\na: 1\n", "a: 1", "\ufeffa: 1\n", "- a\n- b: 1\n", "x\n"]
)
def test_line_ends_and_marks_come_back(text: str) -> None:
    """As they were in the file."""
    assert _again(text) == text


def test_an_edit_changes_its_line_and_nothing_else() -> None:
    """In an object whose layout was cut off and kept beside it, and with the quotes that the file uses."""
    parsed = _parsed(FILE)
    layout = yaml_layout(parsed)
    kept = take(layout, ("events", 0))
    value = parsed.value
    value["meta"]["owner"] = "yes"
    value["events"][0] = Laid(value["events"][0] | {"name": "Order: Paid"}, kept)
    written = write_yaml(value, yaml_style(parsed), layout).decode()
    expected = FILE.replace("-\n  name: dash alone", "- name: dash alone").replace("owner: 'no'", "owner: 'yes'")
    assert written == expected.replace("name: Order Paid  # the one", "name: 'Order: Paid'  # the one")


def test_a_removed_object_takes_its_comments_along_and_an_added_one_looks_like_the_others() -> None:
    """The indents are those of the file."""
    text = "events:\n    # first\n    - name: a\n      on: 1\n    # second\n    - name: b\n"
    parsed = _parsed(text)
    layout = yaml_layout(parsed)
    kept = [take(layout, ("events", index)) for index in range(2)]
    second = Laid(parsed.value["events"][1], kept[1])
    written = write_yaml({"events": [second, {"name": "c", "list": ["x"]}]}, yaml_style(parsed), layout).decode()
    assert written == "events:\n    # second\n    - name: b\n    - name: c\n      list:\n          - x\n"


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        *[(text, text) for text in ("no", "on", "2026-08-10", "1-0", "1_000", "1:30", ".nan")],
        *[
            ("0o17", 15),
            ("017", 17),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("+1", 1),
            ("Null", None),
            ("", None),
            ("TRUE", True),
        ],
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(plain: str, value: Any) -> None:
    """Where YAML 1.1 would make them booleans, dates or numbers."""
    found = _parsed(f"a: {plain}\n").value["a"]
    assert (found, type(found)) == (value, type(value))


scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
odd = st.text("\n \t'\"#:-?[]{},&*!|>%@`~0x1.e+\x85\u2028é", max_size=12)
values = st.recursive(
    scalars | texts | odd | st.sampled_from(["no", "2026-01-01", "1_0", "- a", "a: b", "a #b", "null", "~", "0o7", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | odd, inner, max_size=3),
    max_leaves=12,
)
styles = st.builds(YamlStyle, indent=st.integers(2, 4), dash=st.integers(0, 4), start=st.booleans())


@given(values, styles)
def test_any_value_reads_as_it_was_written(value: Any, style: YamlStyle) -> None:
    """In any style; text stays text."""
    parsed = parse_yaml(decode(write_yaml(value, style)))
    assert parsed.value == value
    layout = yaml_layout(parsed)
    assert parse_yaml(decode(write_yaml(parsed.value, yaml_style(parsed), layout))).value == value


def test_aliases_and_merges_are_written_out() -> None:
    """The value is the same; the file has no layout that could be kept."""
    parsed = _parsed("base: &base {a: 1}\nother:\n  <<: *base\n  b: 2\nagain: *base\n")
    assert parsed.value == {"base": {"a": 1}, "other": {"a": 1, "b": 2}, "again": {"a": 1}}
    assert yaml_layout(parsed) == {}


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: [1, 2\n", 3, "Not YAML"),
        ("a: \t- x\n", 1, "Not YAML"),
        ("[" * 100_000, 1, "too deep"),
        ("- " * 100_000 + "a", 1, "too deep"),
        ("\n".join(" " * depth + "a:" for depth in range(3_000)), 65, "too deep"),
        ("a: &a [*a]\n", 1, "holds itself"),
        ("? [a]\n: 1\n", 1, "A key is a text"),
        ("a: 1\n---\nb: 2\n---\nc: 3\n", 3, "3 documents"),
        (BOMB, 1, "more than 100,000 values"),
    ],
    ids=["open", "tab", "brackets", "dashes", "indents", "circle", "key", "documents", "bomb"],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, line: int, said: str) -> None:
    """Quickly, and without ending the process."""
    with pytest.raises(FormatError) as refused:
        _parsed(text)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("plan.yaml", line)
    assert said in problem.message


@pytest.mark.parametrize("text", ["a: 1\n---\n", "---\na: 1\n...\n---\n", "--- \n---\na: 1\n", "a: 1\n--- # the end\n"])
def test_documents_without_a_value_do_not_count(text: str) -> None:
    """Some tools end a file with three dashes."""
    assert _parsed(text).value == {"a": 1}


def test_doubled_keys_are_noted_and_places_are_known() -> None:
    """The last one counts."""
    parsed = _parsed("a: 1\nb:\n  - x: 1\n    y: 2\na: 3\n")
    assert parsed.value["a"] == 3
    assert [(notice.line, notice.pointer) for notice in parsed.notices] == [(5, "/a")]
    assert str(parsed.place(("b", 0, "y"))) == "plan.yaml, line 4, column 8"


@pytest.mark.parametrize(
    "text", ["? # none\na: 1\n", "? \n: 2\n", "? a\n: 2\n", "? 'b c'\n", "? a\n  b\n: 1\n", "? |\n  a\n  b\n"]
)
def test_keys_with_a_question_mark_are_written_in_the_usual_form(text: str) -> None:
    """Also one that is empty or takes several lines."""
    parsed = _parsed(text)
    written = write_yaml(parsed.value, yaml_style(parsed), yaml_layout(parsed)).decode()
    assert _parsed(written).value == parsed.value


@given(st.data())
def test_a_damaged_file_that_can_be_read_keeps_its_value_and_comments(data: st.DataObject) -> None:
    """Also where the damage turns one thing into another."""
    start = data.draw(st.integers(0, len(FILE)))
    end = data.draw(st.integers(start, min(len(FILE), start + 6)))
    put = data.draw(
        st.sampled_from(
            ["", "\n", "  ", "- ", ": ", '"', "'", "\n# more\n", " # more", "|", ">", "{", "]", "? ", "---\n"]
        )
    )
    try:
        parsed = _parsed(FILE[:start] + put + FILE[end:])
    except FormatError:
        return
    written = write_yaml(parsed.value, yaml_style(parsed), yaml_layout(parsed)).decode()
    assert _parsed(written).value == parsed.value
    assert written.count("# more") == (FILE[:start] + put + FILE[end:]).count("# more")


@pytest.mark.parametrize("head", ["|", ">", "|-", ">-", "|+", "|2", "| # why"])
def test_blank_lines_below_a_block_come_back(head: str) -> None:
    """Of a member and of an item, whatever is edited beside it."""
    text = f"a: {head}\n  one\n  two\n\n\nb:\n  - c: {head}\n      x\n\n    d: 1\n\n  - e\n"
    parsed = parse_yaml(decode(text.encode()))
    style = yaml_style(parsed)
    layout = yaml_layout(parsed, style)
    assert write_yaml(parsed.value, style, layout).decode() == text
    edited = parsed.value | {"b": ["e"]}
    assert write_yaml(edited, style, layout).decode().startswith(text.split("b:", maxsplit=1)[0])
