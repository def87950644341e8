"""No text breaks the reader: it reads or refuses, in steps that grow with the text, and never runs anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from checks import check
from hypothesis import given
from hypothesis import strategies as st

from advisor.explain import Inquiry, InquiryError, explain
from advisor.explain.parse.source import MAX_LENGTH
from advisor.knowledge.libraries import LIBRARIES

FOLDER = Path(__file__).parent / "forms"
TEXTS = [
    (path.stem, text)
    for path in sorted(FOLDER.iterdir())
    for block in path.read_text(encoding="utf-8").split("=====> ")[1:]
    for text in [block.partition("\n")[2]]
]
PIECES = [*"{}[](),:;'\"`\\/*$.=+-_ \n\r\t@#|&<>?!~^%09aA\u2028é😀", "=>", "->", "::", "?.", "..."]
PIECES += ["**", '"""', "${", "/*", "<<EOF"]
LANGUAGES = {library.code.language: key for key, library in LIBRARIES.items()}


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a documented form with pieces taken out, added, or copied from another language."""
    library, text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 8)))
        _, other = draw(st.sampled_from(TEXTS))
        begin = draw(st.integers(0, len(other)))
        put = draw(st.sampled_from(PIECES) | st.just("") | st.just(other[begin : begin + draw(st.integers(1, 30))]))
        text = text[:at] + put + text[end:]
    return draw(st.just(library) | st.sampled_from(list(LIBRARIES))), text


@given(mutated())
def test_a_damaged_text_is_read_or_refused_with_a_place(given_text: tuple[str, str]) -> None:
    """A damaged text has no other result, and the place of a refusal is inside the text."""
    library, text = given_text
    try:
        explain(Inquiry(object=text, library=library))
    except InquiryError as refusal:
        (fault,) = refusal.faults
        if fault.line is not None and fault.column is not None:
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= fault.line <= len(lines)
            assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@given(st.text("{}[](),:;'\"`\\/*$.=+-_ \n@#|&<>?!%0aAx😀", max_size=80), st.sampled_from(list(LIBRARIES)))
def test_random_text_is_read_or_refused(text: str, library: str) -> None:
    """Random text is read or refused by the reader of every language."""
    refusal = _ask(text, library)
    assert refusal is None or refusal.faults


SHAPES: dict[str, Callable[[int], str]] = {
    "heads": lambda count: "track(" * count,
    "calls": lambda count: "a.track({}); " * count + "integrations",
    "assignments": lambda count: "a.integrations = b; " * count,
    "definitions": lambda count: (
        "".join(f"const a{index} = {{ b: a{index + 1} }};\n" for index in range(count)) + "track(a0)"
    ),
    "doubling": lambda count: "".join(f"const a{n} = [a{n + 1}, a{n + 1}];\n" for n in range(count)) + "track(a0)",
    "chain": lambda count: "a.track(b)" + ".then(c)" * count,
    "openers": lambda count: "([{" * count,
    "closers": lambda count: "integrations" + ")]}" * count,
    "colons": lambda count: "a" + ":" * count + "integrations",
    "quotes": lambda count: "'\"`" * count,
    "inserted": lambda count: '"${#{\\(' * count,
    "builders": lambda count: 'TrackMessage.builder("X")' + '.enableIntegration("All", false)' * count,
    "curl": lambda count: "curl -d '{' " * count,
    "braces": lambda count: "{" * count + "integrations",
    "chained": lambda count: 'x.integrations["A"] = ' * count,
    "members": lambda count: "const x = {};\n" + "x.a = {};\n" * count + "track(x)",
    "branches": lambda count: "if (a) {" * count + 'e.putIntegrations("A", true);' * count,
    "conditions": lambda count: "if (" + "a && " * count + "a) {" + 'e.putIntegrations("A", true);' * count,
    "paths": lambda count: "integrations?.setValue(true, forKeyPath: " * count,
    "updates": lambda count: 'updateEvent("integrations", ' * count,
    "heredocs": lambda count: "<<~A\nA\n" * count + "<<<A\n%w[" * count,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_reading_time_is_linear_in_every_language(shape: str, language: str) -> None:
    """Four times the text takes about four times the calls."""
    small, large = (_steps(SHAPES[shape](count), LANGUAGES[language]) for count in (50, 200))
    assert large <= 4.3 * small + 2_000


@pytest.mark.parametrize("place", ["object", "load"])
@pytest.mark.parametrize("name", ["Tool {}", "{} of ours", "Mixpanl{}", "Amplitude {}"])
def test_the_time_for_an_object_is_linear_in_its_keys(name: str, place: str) -> None:
    """Four times the keys that nobody has take about four times the calls, beyond those that are compared with known ones."""
    given = [{"All": False, **{name.format(number): True for number in range(count)}} for count in (250, 1_000)]
    small, large = (_steps({"object": {}, place: {"integrations": each}}, "analytics.js") for each in given)
    assert large <= 4.3 * small + 2_000


def _steps(given: str | dict[str, Any], library: str) -> int:
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tally)
    try:
        _ask(given, library)
    finally:
        sys.setprofile(None)
    return count


def _ask(given: Any, library: str) -> InquiryError | None:
    """Ask about an object, or about an object and what is loaded, and return the refusal."""
    texts = given if isinstance(given, dict) else {"object": given}
    try:
        explain(Inquiry(library=library, **texts))
    except InquiryError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("language", ["javascript", "ruby", "clojure", "objective-c"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_gets_an_answer(shape: str, language: str) -> None:
    """Each kind of text is tried at full length, where recursion would fail."""
    _ask(SHAPES[shape](1_000)[:MAX_LENGTH], LANGUAGES[language])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "text",
    [
        "{a: 0x" + "f" * 300 + "}",
        "{a: 0b" + "1" * 2_000 + "}",
        "{a: " + "9" * 400 + "}",
        "{a: 1e999}",
        '{"integrations": {"All": ' + "9" * 310 + "}}",
        "[" * 5_000,
        "{a:" * 500 + "1" + "}" * 500,
        "analytics.track(" * 300 + ")" * 300,
    ],
)
def test_extreme_numbers_and_nesting_are_refused_or_unknown(text: str, library: str) -> None:
    """Numbers beyond the range of a double, and objects nested deeper than any real call, never cause a crash."""
    _ask(text, library)


@pytest.mark.parametrize("value", [10**400, {"a": -(10**400)}, {"integrations": {"All": [10**400]}}])
def test_a_number_beyond_the_range_of_a_double_is_refused(value: Any) -> None:
    """The number is refused also if the value itself is given instead of its text."""
    with pytest.raises(InquiryError, match="too large"):
        check(value)


def test_a_value_with_too_many_levels_is_refused() -> None:
    """64 levels are accepted, and no more."""
    value: Any = {}
    for _ in range(5_000):
        value = {"a": value}
    with pytest.raises(InquiryError, match="64 deep"):
        check(value)
