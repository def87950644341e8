"""The small pieces of text that every room shares: what they say for few, many, strange and missing values."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.text import (
    LONGEST_QUOTE,
    escape_invisible,
    join_names,
    nearest_name,
    plural,
    quantity,
    quote,
    shorten,
    spell_number,
    whole_number,
)

names = st.text("abc", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_joined_as_a_sentence_lists_them(items: list[str], said: str) -> None:
    """Commas, and one word before the last name; also for a generator, and with another word."""
    assert join_names(item for item in items) == said
    assert join_names(items, "or") == said.replace(" and ", " or ")


@given(st.lists(names, max_size=6))
def test_a_list_in_a_sentence_names_everything_once_and_in_order(items: list[str]) -> None:
    """The names can be read back from the sentence."""
    assert re.findall("[abc]+", join_names(items, "&")) == items


@given(st.integers(0, 10**6))
def test_only_one_thing_is_singular(number: int) -> None:
    """A number other than 1 has the plural, which ends in s unless another word is given."""
    assert plural(number, "event") == ("event" if number == 1 else "events")
    assert plural(number, "is", "are") == ("is" if number == 1 else "are")
    assert quantity(number, "event") == f"{number:,} {plural(number, 'event')}"
    assert re.fullmatch("[a-z]+" if number <= 10 else "[0-9,]+", spell_number(number))


@given(st.text(max_size=200), st.integers(1, 100))
def test_shortened_text_fits_and_keeps_its_beginning(text: str, longest: int) -> None:
    """Text that fits stays as it is; other text is cut to the length and says so."""
    short = shorten(text, longest)
    assert len(short) <= longest
    assert short == text if len(text) <= longest else short == text[: longest - 1] + "…"


@given(st.text(max_size=200))
def test_a_quote_is_printable_and_of_limited_length(text: str) -> None:
    """A message that quotes text from outside stays on one line, and nothing hides in it."""
    said = quote(text)
    assert said[0] + said[-1] == "“”"
    assert said.isprintable()
    assert text.isprintable() is (escape_invisible(text) == text)
    if text.isprintable() and len(text) <= LONGEST_QUOTE:
        assert said == f"“{text}”"


@given(st.sets(names, min_size=1))
def test_the_nearest_name_is_a_known_one(known: set[str]) -> None:
    """A known name is nearest to itself in any capitals; a name that is too long to compare has none."""
    for name in known:
        assert nearest_name(name.upper(), known) == name
    assert nearest_name("x" * 201, ["x" * 201]) is None
    assert nearest_name("zzz", known) is None


@given(st.integers(0, 10**9 - 1))
def test_a_number_from_an_address_is_read_back(number: int) -> None:
    """Up to nine digits, or fewer if the caller says so."""
    assert whole_number(str(number)) == number
    assert whole_number(str(number), digits=4) == (number if number < 10**4 else None)


@pytest.mark.parametrize("text", [None, "", " 1", "-1", "+1", "1.0", "1_0", "1e3", "٣", "²", "1234567890", "x"])
def test_anything_else_is_no_number(text: str | None) -> None:
    """No sign, no blank, no other script, nothing that would be too large for a database."""
    assert whole_number(text) is None
