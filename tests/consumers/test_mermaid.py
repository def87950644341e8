"""Mermaid draws the routing that we export, with every name as it is, also one that means something in Mermaid or in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Playwright, Route

from advisor.formats.markdown import one_line
from advisor.knowledge.catalogue import destination_name
from advisor.model import Plan
from advisor.text import shorten
from chromium import started_chromium

from .packages import node_packages
from .plans import SMALL, exported, large

pytestmark = pytest.mark.slow
DRAW = """async (chart) => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  const { svg } = await mermaid.render("chart", chart);
  document.body.innerHTML = svg;
  for (const each of document.querySelectorAll("br")) each.replaceWith("\\n");
  const texts = (kind) => [...document.querySelectorAll(kind)].map((each) => each.textContent);
  return { boxes: texts(".nodeLabel"), arrows: texts(".edgeLabel .edgeLabel"), scripts: texts("#chart script, #chart a") };
}"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield the distribution's Chromium."""
    with started_chromium(playwright, "ADVISOR_REQUIRE_CONSUMERS") as chromium:
        yield chromium


def _refuse(route: Route) -> None:
    route.abort()


def drawn(browser: Browser, chart: str) -> dict[str, list[str]]:
    """Return the texts in the boxes and on the arrows of a chart that Mermaid drew in a page without a network."""
    page = browser.new_page()
    page.route("**/*", _refuse)
    page.add_script_tag(path=node_packages() / "mermaid" / "dist" / "mermaid.min.js")
    try:
        return page.evaluate(DRAW, chart)  # type: ignore[no-any-return]
    finally:
        page.close()


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
def test_every_name_is_in_a_box(browser: Browser, tmp_path: Path, plan: Plan) -> None:
    """Up to 80 characters in one line; arrows lead to each destination, and nothing of a name becomes markup."""
    plan = replace(plan, events=plan.events[:12])  # a box has no more names
    chart = exported(plan, "mermaid", tmp_path)["routing.mmd"].read_text(encoding="utf-8")
    found = drawn(browser, chart)
    shown = {_plain(line) for box in found["boxes"] for line in box.split("\n")}
    assert {_plain(shorten(one_line(event.name), 80)) for event in plan.events} <= shown
    assert {destination_name(each.key) for each in plan.destinations} <= shown
    assert {"client, device", "client, cloud"} <= set(found["arrows"])
    assert found["scripts"] == []


def test_a_large_plan_is_drawn(browser: Browser, tmp_path: Path) -> None:
    """Events with the same routes share a box, so that Mermaid's limit of 500 arrows is far."""
    chart = exported(large(1_000), "mermaid", tmp_path)["routing.mmd"].read_text(encoding="utf-8")
    assert any("and 988 more events" in box for box in drawn(browser, chart)["boxes"])
