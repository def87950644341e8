"""HCL is read as Terraform reads it, as far as plans need it, and values are written so that they read the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.carriers.hcl import HclCall, HclExpression, parse_hcl, write_hcl
from advisor.formats.places import FormatError
from plan_documents import texts

FILE = r"""
# what people write by hand
import {
  to = segment_tracking_plan.shop // a reference
  id = "tp_1"
}
resource "segment_tracking_plan" shop {
  name = "Shop \"EU\" \u00e9", /* one */
  rules = [
    { key = null, type = "PAGE", version = 1.5e1, schema = jsonencode({
        "$schema" : "x", properties : {}
        "has space" = [1, -2, true,
          false,]
      }) },
    { text = <<-EOT
        {"a": "$${b}"}

          indented
      EOT
    },
  ]
  plain = <<EOT
  kept
EOT
  cost     = "Costs $${amount}, 100 %%{sure}, $5 %"
  computed = "x${var.a == "}" ? 1 : 2}y"
  chosen   = var.list[0] ? [1, 2] : null
}
"""


def test_blocks_values_and_places_are_read() -> None:
    """Both signs between key and value, commas or lines between members, heredocs, escapes and calls."""
    whole = parse_hcl(FILE, "plan.tf")
    (block,) = (each for each in whole.blocks if each.type == "resource")
    assert (block.labels, str(block.place)) == (("segment_tracking_plan", "shop"), "plan.tf, line 7, column 1")
    schema = {"$schema": "x", "properties": {}, "has space": [1, -2, True, False]}
    assert block.value("rules") == [
        {"key": None, "type": "PAGE", "version": 15.0, "schema": HclCall("jsonencode", (schema,))},
        {"text": '{"a": "${b}"}\n\n  indented\n'},
    ]
    assert block.value("name") == 'Shop "EU" é'
    assert block.value("plain") == "  kept\n"
    assert block.value("cost") == "Costs ${amount}, 100 %{sure}, $5 %"


def test_what_only_terraform_can_compute_is_kept_as_text() -> None:
    """References, templates and conditions."""
    whole = parse_hcl(FILE)
    assert whole.blocks[0].value("to") == HclExpression("segment_tracking_plan.shop")
    assert whole.blocks[1].value("computed") == HclExpression('"x${var.a == "}" ? 1 : 2}y"')
    assert whole.blocks[1].value("chosen") == HclExpression("var.list[0] ? [1, 2] : null")


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
odd = st.text('${}%"\\\n\t #é', max_size=8)
values = st.recursive(
    scalars | texts | odd, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | odd, inner, max_size=3)
)


@given(values)
def test_any_value_reads_as_it_was_written(value: Any) -> None:
    """Text that looks like a template stays text."""
    assert parse_hcl(f"value = {write_hcl(value)}\n").value("value") == value


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a = ", "line 1, column 5", "expected a value"),
        ("x\n{", "line 1, column 2", "expected “=” or a block"),
        ("\nb {\n", "line 2, column 1", "is not closed"),
        ('a = "x\n"', "line 1, column 5", "the string is not closed"),
        ('a = "\\q"', "line 1, column 6", "no escape"),
        ("a = <<EOT\nx", "line 1, column 5", "no line “EOT”"),
        ("a = [1 2]", "line 1, column 8", "expected a comma"),
        ("a = {b}", "line 1, column 7", "expected “=” or “:”"),
        ("a = 1 b = 2", "line 1, column 7", "the end of the line"),
        ("a = (1", "line 1, column 5", "not closed"),
        ("a = 1e999", "line 1, column 5", "out of range"),
        ("a = -" + "1" * 5_000, "line 1, column 6", "out of range"),
        ("\x01", "line 1, column 1", "no meaning"),
        ("a = " + "[" * 1_000, "line 1, column 69", "nested too deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, place: str, said: str) -> None:
    """One problem, where the reader stopped."""
    with pytest.raises(FormatError) as refused:
        parse_hcl(text)
    (problem,) = refused.value.problems
    assert (str(problem.place), said in problem.message) == (place, True), problem


@given(st.text('a="{}[](),:<-EOT\n$%\\#/* ', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Templates inside templates, too."""
    for each in (text, f'a = "{text}"', 'a = "' + '${"' * 3_000 + text):
        try:
            parse_hcl(each)
        except FormatError as error:
            assert str(error)  # noqa: PT017 - most texts are refused, and some are not


def test_a_heredoc_with_a_template_is_written_so_that_it_can_be_read_again() -> None:
    """In parentheses, because its last word needs a line of its own."""
    value = parse_hcl("a = [<<EOT\nfor ${var.a}\nEOT\n, 1]\n").value("a")
    text = write_hcl(value)
    again = parse_hcl(f"a = {text}\n").value("a")
    assert again[1] == 1
    assert write_hcl(again) == text


def test_calls_are_written_with_their_arguments() -> None:
    """As they were read."""
    text = 'jsonencode({\n  a = file("x")\n})'
    assert write_hcl(parse_hcl(f"a = {text}\n").value("a")) == text
