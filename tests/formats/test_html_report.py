"""The HTML report: one file, complete, self-contained, and safe for any name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from quiet_plans import without_findings

from advisor.advice import advise
from advisor.document import bare, check
from advisor.formats.html_report import write
from advisor.model import Decision, Event, Plan, Property, Recommendation
from advisor.privacy import privacy_lens
from advisor.web.plans.start.examples import EXAMPLES, example_plan
from linting import problems
from markup import Page, read_page
from owned_plans import HOSTILE, SHOP
from plan_documents import plans, texts

EVERY = pytest.mark.parametrize("key", EXAMPLES)
ALLOWED = ("<style> is inline",)


def _linted(report: bytes) -> Page:
    """Lint the page by the rules of all pages, except that a report may have its style element."""
    page = read_page(report.decode())
    found = [problem for problem in problems(page, lambda _path: False) if not problem.startswith(ALLOWED)]
    assert not found, "\n".join(found)
    return page


@EVERY
def test_the_report_holds_the_matrix_and_every_event(key: str) -> None:
    """The report has a row per event, a column per destination, and the verdict, objects, reasons and sources of each event."""
    plan = advise(example_plan(key))
    root = _linted(write(plan)).root
    rows = root.by_id("matrix").all("tr")
    assert len(rows) == 1 + len(plan.events)
    assert {len(row.all("td", "th")) for row in rows} == {2 + len(plan.destinations)}
    for number, event in enumerate(plan.events, start=1):
        advice = event.recommendation
        assert isinstance(advice, Recommendation)
        shown = root.by_id(f"event-{number}")
        assert event.name in shown.first("h3").text
        assert len(shown.all("pre")) == len(advice.calls)
        cited = {link["href"] for link in shown.all("a")}
        assert {item.citation for item in (*advice.reasons, *advice.tradeoffs)} <= cited
        for item in advice.reasons:
            assert item.text in shown.text


@EVERY
def test_the_report_sends_no_requests(key: str) -> None:
    """The report has no script, no form and no address to load; its own policy allows only its styles."""
    text = write(example_plan(key)).decode()
    root = read_page(text).root
    assert not root.all("script", "link", "img", "iframe", "form", "object", "embed", "audio", "video", "base")
    assert not re.search(r"url\(|@import|https?:", "".join(root.first("style").children))
    policy = next(meta["content"] for meta in root.all("meta") if meta["http-equiv"])
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(use["href"].startswith("#") for use in root.all("use"))


@EVERY
def test_the_report_is_the_same_every_time(key: str) -> None:
    """Advised or bare, the same plan gives the same bytes."""
    plan = example_plan(key)
    assert write(plan) == write(advise(plan)) == write(bare(advise(plan)))


def _tags(report: bytes) -> list[str]:
    return [element.tag for element in read_page(report.decode()).root]


@given(
    st.one_of(st.sampled_from([*HOSTILE, "</style><script>alert(1)</script>", "--><svg/onload=x>"]), texts).filter(
        lambda text: len(text.strip()) > 0 and len(text) <= 500
    )
)
def test_names_never_become_markup(name: str) -> None:
    """Hostile names of a plan, event, property or author give the same elements as plain names, and appear as text."""

    def named(name: str) -> Plan:
        event = Event(
            name=name,
            answers={"payment": "yes", "browser_only": "yes"},
            properties=(
                Property(
                    name=name, sensitive=True, required=True, personal="identity", description=name, values=(name,)
                ),
            ),
            decision=Decision(placement="both", reason=name, author=name[:200]),
        )
        return without_findings(check(replace(SHOP, name=name, description=name, events=(event, event)))[0])

    report = write(named(name))
    assert _tags(report) == _tags(write(named("Plain")))
    assert " ".join(name.split()) in read_page(report.decode().replace("\0", "")).root.first("h1").text or "\0" in name


def test_the_report_says_who_receives_what() -> None:
    """The section on privacy lists the same receivers, calls and values as the page, with a link to each event."""
    event = Event(
        name="Signed Up",
        answers={"sensitive": "no", "browser_only": "yes"},
        properties=(Property(name="email"), Property(name="iban", personal="finance", sensitive=True)),
    )
    plan = replace(SHOP, events=(event, replace(event, name="Injured", answers={"sensitive": "yes"})))
    section = _linted(write(plan)).root.by_id("privacy")
    for receiver in privacy_lens(advise(plan)).receivers:
        assert receiver.name in section.text
    for text in (
        "email (Contact, guessed)",
        "iban (Finance, sensitive)",
        "Refused",
        "none noted",
        "no call sends it",
    ):
        assert text in " ".join(section.text.split())
    assert {link["href"] for link in section.all("a")} == {"#event-1", "#event-2"}


@settings(max_examples=25)
@given(plans)
def test_any_plan_has_a_report(plan: Plan) -> None:
    """Any valid plan gives a report that passes the linter."""
    _linted(write(check(plan)[0]))
