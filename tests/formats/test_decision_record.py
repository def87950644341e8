"""The Markdown decision record: complete, the same every time, and no name can break its structure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace
from quiet_plans import without_findings

from advisor.advice import advise
from advisor.advice.losses import losses
from advisor.document import bare, check
from advisor.formats.decision_record import write, write_event
from advisor.formats.markdown import block, code, inline, one_line
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.questions import QUESTION_KEYS, questions_by_key
from advisor.knowledge.wording import event_wording
from advisor.model import Decision, Event, Plan, Property
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from owned_plans import HOSTILE, SHOP
from plan_documents import HOSTILE as HOSTILE_TEXTS
from plan_documents import plans, texts

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
EVERY = pytest.mark.parametrize("key", EXAMPLES)


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def _structure(record: bytes) -> list[str]:
    """Return the structure of the record without its texts; a code block counts as one part."""
    return [token.type for token in _flat(PARSER.parse(record.decode())) if token.type not in ("text", "text_special")]


@EVERY
def test_every_event_is_recorded_with_questions_reasons_and_alternatives(key: str) -> None:
    """The record has the questions in their order, each reason with its source, and each call with its object and losses."""
    plan = advise(example_plan(key))
    text = write(plan).decode()
    for event in plan.events:
        assert f"{inline(event.name)} (`{event.call}`)" in text
        for argument in (*event.recommendation.reasons, *event.recommendation.tradeoffs):
            assert inline(argument.text) in text
            assert f"<{argument.citation}>" in text
            assert inline(CITATIONS[argument.citation]) in text
        for loss in losses(plan, event):
            assert inline(f"{loss.what} {loss.cost}") in text
            assert inline(loss.answer) in text
    assert text.count("### Alternatives") == text.count("### Decision") == len(plan.events)
    for question in QUESTION_KEYS:
        asked = [questions_by_key(event_wording(plan.sources, event))[question].asks for event in plan.events]
        for asks in asked:
            assert text.count(f"| {inline(asks)} |") == asked.count(asks)


@EVERY
def test_the_record_is_the_same_every_time(key: str) -> None:
    """Advised or bare, the same plan gives the same bytes, with one line feed at the end."""
    plan = example_plan(key)
    assert write(plan) == write(advise(plan)) == write(bare(advise(plan)))
    assert write(plan).endswith(b"\n")
    assert not write(plan).endswith(b"\n\n")


def test_a_decision_is_shown_with_the_advice_it_was_made_against() -> None:
    """The record shows placement, reason, name and date of the decision, and says if the advice has changed since."""
    decision = Decision(placement="client", reason="No backend yet", author="Ann", date="2026-11-24")
    plan = replace(SHOP, events=(replace(SHOP.events[1], decision=decision),))
    text = write_event(plan, 0).decode()
    for part in ("No backend yet", "Ann", "2026-11-24", "Decided otherwise: we advise both sides."):
        assert part in text


def _named(name: str) -> Plan:
    event = Event(
        name=name,
        description=one_line(name) or "x",
        answers={"payment": "yes"},
        properties=(Property(name=name, sensitive=True, required=True, personal="identity", description=name),),
        decision=Decision(placement="client", reason=name, author=name[:200]),
    )
    return without_findings(check(replace(SHOP, name=name, description="", events=(event,)))[0])


@given(
    st.one_of(st.sampled_from([*HOSTILE, *HOSTILE_TEXTS]), texts, st.text("`|\\*_#[]<>~-+=.1) \n", min_size=1)).filter(
        lambda text: len(text.strip()) > 0 and 0 < len(text) <= 500 and bool(one_line(text))
    )
)
def test_no_name_can_change_the_structure(name: str) -> None:
    """With any name, headings, lists, tables and code are those of a plain name; no name becomes a link, HTML or bold."""
    assert _structure(write(_named(name))) == _structure(write(_named("Plain")))


def test_the_record_says_who_receives_what() -> None:
    """The section on privacy names receivers, notes, values and guesses, and what is refused."""
    event = Event(name="Signed Up", answers={"sensitive": "no"}, properties=(Property(name="email"),))
    refused = Event(name="Injured", answers={"sensitive": "yes"})
    text = write(replace(SHOP, events=(event, refused))).decode()
    section = text.partition("## Privacy")[2].partition("\n## ")[0]
    assert "`email` (contact, guessed)" in section
    assert "Refused: Injured to" in section
    assert "none noted" in section
    assert "**sensitive event**" in section


@settings(max_examples=25)
@given(plans)
def test_any_plan_has_a_record(plan: Plan) -> None:
    """Any valid plan gives valid UTF-8 with one top heading and one heading per event."""
    plan = check(plan)[0]
    tokens = PARSER.parse(write(plan).decode())
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    assert levels.count("h1") == 1
    assert not any(token.type in ("html_block", "html_inline") for token in _flat(tokens))


@given(st.text())
def test_inline_text_is_rendered_unchanged(text: str) -> None:
    """Rendered as Markdown, inline text is the original text on one line."""
    (opened, held, closed) = PARSER.parse(f"x {inline(text)} x")
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in held.children or []} <= {"text", "text_special"}
    shown = "".join(child.content for child in held.children or [])
    assert " ".join(shown.split()) == " ".join(f"x {one_line(text)} x".split())


@given(st.text())
def test_code_is_rendered_unchanged(text: str) -> None:
    """Rendered as Markdown, code is the original text, in a line and in a block, and a block keeps its lines."""
    (_, held, _) = PARSER.parse(f"x {code(text).replace(chr(92) + '|', '|')} x")
    spans = [child.content for child in held.children or [] if child.type == "code_inline"]
    assert [span.strip() for span in spans] == [one_line(text).strip()]
    plain = one_line(text)
    (fence,) = PARSER.parse(block(plain, "json"))
    assert fence.content == f"{plain}\n"
