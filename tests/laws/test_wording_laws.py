"""Words follow the client libraries of the plan: an app has no pages and cookies, a website has no app (law, part 3, point 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, product

import pytest

from advisor.advice import advise
from advisor.formats import decision_record, html_report
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.destination_presets import presets
from advisor.knowledge.questions import QUESTION_KEYS, questions_in
from advisor.knowledge.rules import rules_by_key
from advisor.knowledge.setup_steps import steps_of
from advisor.knowledge.wording import GENERAL, MOBILE, WEB, Wording, event_wording
from advisor.model import Answer, CallType, Decision, Destination, Event, Plan, Property, Recommendation, Sources
from advisor.snippets import setup, snippet
from advisor.snippets.handoff_code import handoff_code
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.handoff_code import handoff_sheet
from advisor.web.advice_panel.panel import AdvicePanel, advice_panel
from markup import Element, read_page
from page_client import PageClient

from .archetypes import ANSWERS, DESTINATIONS

KINDS: dict[str, tuple[Sources, ...]] = {
    "web": (
        Sources(client=("analytics.js",), server="analytics-node"),
        Sources(client=("analytics.js",), server="analytics-python"),
        Sources(client=("analytics.js",), server=None),
    ),
    "mobile": (
        Sources(client=("swift", "kotlin"), server="analytics-node"),
        Sources(client=("react-native",), server="analytics-python"),
        Sources(client=("flutter", "ios"), server=None),
    ),
    "both": (Sources(client=("analytics.js", "kotlin"), server="analytics-node"),),
    "none": (Sources(client=(), server="analytics-node"), Sources()),
}
FORBIDDEN = {
    "web": re.compile(r"\b(apps?|device[ -]ids?|installations?)\b", re.IGNORECASE),
    "mobile": re.compile(r"\b(browsers?|(web)?pages?|cookies?|extensions?|websites?|tabs?|mouse)\b", re.IGNORECASE),
}
ABSENCE = re.compile(r"\b(user|nobody|visitor)\b[^.]{0,12}\b(isn.t|is not|absent)( there)?\b(?! logged)", re.IGNORECASE)
"""What the question no longer asks: whether somebody is there."""
PROPERTIES = (
    Property(name="total", type="number", required=True, known_by="server"),
    Property(name="email", type="string", sensitive=True),
    Property(name="depth", type="integer", known_by="client"),
)
DECISIONS = (None, Decision(placement="client"), Decision(placement="server"), Decision(placement="both"))


def _each_answer() -> Iterator[dict[str, Answer]]:
    """Yield events with every question answered alone, every two with yes, and the archetypes."""
    yield {}
    for key, answer in product(QUESTION_KEYS, ("yes", "no")):
        yield {key: answer}
    for pair in combinations(QUESTION_KEYS, 2):
        yield dict.fromkeys(pair, "yes")
    yield from ANSWERS


def _events(call: CallType, decisions: Iterable[Decision | None] = DECISIONS[:1]) -> tuple[Event, ...]:
    return tuple(
        Event(name="Order Completed", call=call, answers=answers, decision=decision, properties=properties)
        for answers, decision in product(_each_answer(), decisions)
        for properties in ((), PROPERTIES)
    )


def _sample_plans(sources: Sources, call: CallType) -> Iterator[Plan]:
    """Yield plans with the archetypes of destinations, a few at a time, decided every way; and one without any."""
    once = {item.key: item for item in DESTINATIONS}.values()
    groups = [tuple(group) for group in _by(7, once)]
    for group in ((), *groups):
        yield advise(Plan(sources=sources, destinations=group, warehouse=True, events=_events(call, DECISIONS)))


def _by(size: int, items: Iterable[Destination]) -> Iterator[list[Destination]]:
    chunk: list[Destination] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _of_advice(advice: Recommendation) -> Iterator[str]:
    yield from (item.text for item in advice.reasons)
    for tradeoff in advice.tradeoffs:
        yield from (tradeoff.text, tradeoff.remedy)
    for value in advice.handoff:
        yield from (value.from_, value.why)
    yield from (missed.message for missed in advice.unreachable)
    for step in advice.setup:
        yield from (step.value, step.why)
    yield from (item.message for item in advice.findings)


def _of_document(plan: Plan) -> Iterator[str]:
    assert isinstance(plan.findings, tuple)
    yield from (item.message for item in plan.findings)
    for event in plan.events:
        assert isinstance(event.recommendation, Recommendation)
        yield from _of_advice(event.recommendation)


def _of_panel(panel: AdvicePanel) -> Iterator[str]:
    """Yield what the page of an event says beside the document: picture, verdict, questions, losses, hand-off."""
    for lane in panel.lanes:
        yield from (lane.title, lane.note, *(box.note for box in lane.boxes))
    yield from (aside.words for aside in panel.asides)
    yield from (text for group in panel.handed for text in (group.title, group.note))
    yield "".join(piece.text for piece in panel.verdict.line)
    yield panel.verdict.second
    yield from (chip.text for chip in panel.verdict.chips)
    yield from (fact.text for fact in panel.derived)
    rows = (*panel.lost.shown, *panel.lost.folded)
    yield from (cause.text for item in (*panel.reasons, *rows) for cause in item.causes)
    for question in (change.question for change in panel.changes):
        yield from (question.asks, question.hint, question.why, question.label)
    for row in rows:
        yield from (row.because, row.covered_by, *([row.what] if row.side else []))


def _of_code(plan: Plan, event: Event) -> Iterator[str]:
    """Yield comments of the calls and of the hand-off, and what the page says about both."""
    assert isinstance(event.recommendation, Recommendation)
    for call in event.recommendation.calls:
        if call.library:
            yield from snippet(plan, event, call).notes
            yield from _comments(setup(call.library).needs)
    for file in handoff_code(plan, event):
        yield file.title
        yield from _comments(file.code)
    if sheet := handoff_sheet(plan, event, Chosen(), None):
        yield from (sentence for _, sentence in sheet.remarks)


def _comments(code: str) -> Iterator[str]:
    yield from re.findall(r"(?:^|\s)(?://+|#|;;)\s(.*)$", code, re.MULTILINE)
    yield from re.findall(r"/\*\*?(.*?)\*/", code, re.DOTALL)
    yield from re.findall(r'"""(.*?)"""', code, re.DOTALL)


def _of_page(element: Element) -> Iterator[str]:
    """Yield the texts of a page, without code and without the choices of lists."""
    if element.tag in ("code", "pre", "option", "kbd", "style"):
        return
    yield from (element[name] for name in ("title", "aria-label", "placeholder"))
    yield " ".join(child for child in element.children if isinstance(child, str))
    for child in element.children:
        if isinstance(child, Element):
            yield from _of_page(child)


@cache
def _names() -> re.Pattern[str]:
    """Return names that contain a word that a kind of plan avoids: of destinations, presets, settings and cited pages."""
    names = {text for row in CATALOGUE.values() for text in (row.key, row.name)} | set(CITATIONS.values())
    names |= {item.key for item in DESTINATIONS}
    for key in CATALOGUE:
        names |= {text for each in presets(key) or () for text in (each.name, *each.events)}
        names |= {step.setting for step in steps_of(key)} | {step.default for step in steps_of(key)}
    told = [name for name in names if any(pattern.search(name) for pattern in FORBIDDEN.values())]
    return re.compile("|".join(map(re.escape, sorted(told, key=len, reverse=True))))


def _our_words(text: str, call: CallType) -> str:
    """Return the text without names, addresses, places in a call and the call type, which is a name too."""
    text = re.sub(r"https?://\S+|\$\.[\w.]+", "", text)
    text = re.sub(rf"\b{call} calls?\b|^{call}$|\bevents/{call}-\S+", "", text)
    return _names().sub("", text)


def _breaches(kind: str, texts: Iterable[str], call: CallType) -> list[str]:
    forbidden = FORBIDDEN.get(kind)
    return [
        text
        for text in sorted(set(texts))
        if ABSENCE.search(text) or (forbidden and forbidden.search(_our_words(text, call)))
    ]


@pytest.mark.parametrize("call", ["track", "page", "screen", "identify"])
@pytest.mark.parametrize("kind", KINDS)
def test_documents_speak_only_of_what_the_plan_has(kind: str, call: CallType) -> None:
    """Documents with every question answered every way, and with destinations of every kind, use only the words of their plan."""
    texts = {text for sources in KINDS[kind] for plan in _sample_plans(sources, call) for text in _of_document(plan)}
    assert _breaches(kind, texts, call) == []


@pytest.mark.parametrize("kind", ["web", "mobile"])
def test_documents_with_any_destination_speak_only_of_what_the_plan_has(kind: str) -> None:
    """The whole catalogue is checked, a dozen destinations at a time."""
    events = tuple(Event(name="Order Completed", answers=answers, properties=PROPERTIES) for answers in ANSWERS)
    texts: set[str] = set()
    for group in _by(12, (Destination(key=key) for key in CATALOGUE)):
        texts.update(_of_document(advise(Plan(sources=KINDS[kind][0], destinations=tuple(group), events=events))))
    assert _breaches(kind, texts, "track") == []


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_verdicts_and_code_speak_only_of_what_the_plan_has(kind: str) -> None:
    """What pages and snippets say beside the document uses only the words of the plan, too."""
    texts: set[str] = set()
    for sources in KINDS[kind]:
        for number, answers in enumerate(_each_answer()):
            # Each answer meets every destination and decision in turn.
            events = (
                Event(
                    name="Order", answers=answers, properties=PROPERTIES[: number % 4], decision=DECISIONS[number % 4]
                ),
            )
            once = tuple({item.key: item for item in DESTINATIONS}.values())
            plan = advise(Plan(sources=sources, destinations=once[number % 3 :: 3], warehouse=True, events=events))
            texts.update(_of_panel(advice_panel(plan, 0)))
            texts.update(_of_code(plan, plan.events[0]))
    assert _breaches(kind, texts, "track") == []


@pytest.mark.parametrize("kind", ["web", "mobile"])
def test_reports_and_records_speak_only_of_what_the_plan_has(kind: str) -> None:
    """The HTML report and the decision record, which people pass on, use only the words of the plan."""
    once = tuple({item.key: item for item in DESTINATIONS}.values())
    events = tuple(Event(name="Order", answers=answers, properties=PROPERTIES) for answers in ANSWERS)
    plan = Plan(sources=KINDS[kind][0], destinations=once, warehouse=True, events=events)
    record = re.sub(
        r"```.*?```|`[^`]*`|\[[^]]*\]\(<[^>]*>\)", "", decision_record.write(plan).decode(), flags=re.DOTALL
    )
    report = read_page(html_report.write(plan).decode()).root
    assert _breaches(kind, [*record.replace("\\", "").splitlines(), *_of_page(report)], "track") == []


@pytest.mark.parametrize("kind", ["web", "mobile"])
def test_the_page_of_an_event_speaks_only_of_what_the_plan_has(kind: str, client: PageClient) -> None:
    """Questions, hints, explanations and the advice beside them use only the words of the plan."""
    libraries = "&".join(f"client={key}" for key in KINDS[kind][0].client)
    for answers in ANSWERS:
        query = "&".join(f"{key}={answer}" for key, answer in answers.items())
        client.get(f"/advise?name=X&destination=Hotjar&destination=Mixpanel&{libraries}&server=analytics-node&{query}")
        (main,) = client.page.root.all("main")
        assert _breaches(kind, _of_page(main), "track") == []


def test_an_event_has_the_words_of_the_libraries_that_make_its_calls() -> None:
    """In a plan for both, an event of the app has the words of an app, and one that no library can call those of the plan."""
    both = KINDS["both"][0]
    assert event_wording(both, Event(name="E")) is GENERAL
    assert event_wording(both, Event(name="E", sources=("kotlin",))) is MOBILE
    assert event_wording(both, Event(name="E", call="page")) is WEB
    assert event_wording(both, Event(name="E", call="screen")) is MOBILE
    assert event_wording(KINDS["mobile"][0], Event(name="E", call="page")) is MOBILE
    assert event_wording(Sources(), Event(name="E")) is GENERAL


@pytest.mark.parametrize("wording", [WEB, MOBILE, GENERAL])
def test_no_template_is_left_unfilled(wording: Wording) -> None:
    """Every placeholder in a question or rule is one of the words."""
    texts = [text for item in questions_in(wording) for text in (item.asks, item.hint, item.why)]
    texts += [text for rule in rules_by_key(wording).values() for text in (rule.when, rule.text, rule.remedy)]
    assert not [text for text in texts if "{" in text]


def test_wording_does_not_change_the_advice() -> None:
    """The same answers lead to the same placement in web and in mobile plans."""
    for answers in _each_answer():
        placed = {
            advise(Plan(sources=KINDS[kind][0], events=(Event(name="E", answers=answers),)))
            .events[0]
            .recommendation.placement
            for kind in ("web", "mobile", "both")
        }
        assert len(placed) == 1
