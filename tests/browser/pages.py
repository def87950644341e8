"""All pages of the app as addresses, in a browser that has opened the example plan of a shop."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

PAGES = {
    "home": "/",
    "find": "/find",
    "find, in the plan": "/find?q=order&plan={plan_id}",
    "one event": "/advise",
    "one event, answered": "/advise?name=Order+Completed&payment=yes&needs_cookies=yes&client_only_destination=yes",
    "one event, wrong": "/advise?name=&payment=perhaps",
    "rules": "/rules",
    "destinations": "/destinations",
    "destinations, found": "/destinations?q=google",
    "destinations, none": "/destinations?q=qqqq",
    "a destination": "/destinations/facebook-conversions-api-actions",
    "a destination, storage": "/destinations/bigquery",
    "a destination in the plan": "/destinations/facebook-pixel?plan={plan_id}",
    "check an object": "/integrations",
    "plans": "/plans",
    "a new plan": "/plans/new",
    "recovery code": "/plans/recovery",
    "import": "/plans/import",
    "import into a plan": "{plan}/import",
    "add to a plan": "/plans/add?name=Order+Completed&payment=yes",
    "template": "/plans/templates/e-commerce",
    "plan": "{plan}",
    "plan, filtered": "{plan}?placement=open&state=unsettled",
    "practice": "{plan}/practice",
    "grid": "{plan}/grid",
    "grid, filtered": "{plan}/grid?placement=client&asked=payment&answered=no",
    "grid, nothing found": "{plan}/grid?find=zzz",
    "grid, plain, filtered": "{plan}/grid/plain?find=order&state=settled",
    "grid, columns": "{plan}/grid/columns",
    "grid, plain": "{plan}/grid/plain",
    "grid, paste": "{plan}/grid/paste",
    "questions": "{plan}/questions",
    "questions, one": "{plan}/questions?question=accuracy&seen=payment",
    "settings": "{plan}/settings",
    "settings, found": "{plan}/settings?q=face",
    "settings, several found": "{plan}/settings?q=GA4%0Ameta+pixel%0AX+ads%0ABloomreach+Engage%0ALoyalty+service%0Abigquery",
    "settings, a tool of one’s own": "{plan}/settings?q=Loyalty+service&own=Loyalty+service",
    "event": "{event}",
    "event, history": "{event}/history",
    "a new event": "{plan}/events/new",
    "history": "{plan}/history",
    "history, one change": "{plan}/history/1-1",
    "history, go back": "{plan}/history/1/restore",
    "history, versions": "{plan}/versions",
    "history, compare": "{plan}/compare",
    "privacy": "{plan}/privacy",
    "privacy, narrowed": "{plan}/privacy?kind=contact&by=server&receiver=Segment.io",
    "findings": "{plan}/findings",
    "findings, dismiss": "{plan}/findings/dismiss?code=shared-event-id",
    "code": "{plan}/code/files",
    "developers": "{plan}/developers?show=all",
    "list": "{plan}?view=list",
    "comments": "{event}/comments",
    "one event, code": "/advise?name=Order+Completed&payment=yes&library=swift&library=analytics-python&handoff=django",
    "export": "{plan}/export/json",
    "export, another tool": "{plan}/export/for/segment-public-api",
    "report": "{plan}/report",
    "share": "{plan}/share",
    "delete a plan": "{plan}/delete",
    "delete an event": "{event}/delete",
}
"""What is linted, looked at by axe, and held against a phone's width."""


NO_PAGES = {
    "static": "files",
    "api": "documents",
    "app.health": "a word for machines",
    "advise.fragment": "part of a page",
    "find.found": "part of a page",
    "plans.settings.found": "part of a page",
    "plans.overview.matrix": "part of a page",
    "plans.overview.keep": "leads on to the event, unless it is tracked elsewhere today",
    "plans.event.previous": "leads on to an event",
    "plans.event.next": "leads on to an event",
    "plans.settings.remove_destination": "leads back, unless an event wants the destination",
    "plans.imports.preview": "needs an upload; `test_imports_journey` looks at it with axe",
    "plans.imports.preview_into": "the same page for a plan that is there",
    "plans.imports.problems": "a file",
    "plans.imports.problems_into": "a file",
    "plans.privacy.download": "a file",
    "plans.export.download": "a file",
    "plans.export.download_tool": "a file",
    "plans.export.download_code": "a file",
    "plans.developers.tickets": "a file",
    "plans.export.code": "leads on to the page for developers",
    "plans.review.show": "leads on to the list",
    "plans.history.export_version": "a file",
    "plans.export.record": "a file",
    "shared.open_link": "leads on to the plan",
}
"""Endpoints, or the blueprints before the first dot, that answer GET and are no pages, each with what they are."""


@dataclass(frozen=True)
class Shop:
    """The example plan of a shop, in the browser of someone who opened it: its addresses, and that browser's cookies."""

    plan: str
    event: str
    cookies: list[Any]

    def address(self, name: str) -> str:
        """Return the path of one of `PAGES`."""
        return PAGES[name].format(plan=self.plan, event=self.event, plan_id=self.plan.rpartition("/")[2])


def new_plan(page: Page, name: str) -> str:
    """Make a plan without events, in the browser of the page but without showing anything, and return its path."""
    return _made(page, "/plans/new", {"name": name, "client": "analytics.js", "server": "analytics-node"})


def import_plan(page: Page, document: dict[str, object]) -> str:
    """Import a plan document in the same way, and return the path of the plan."""
    preview = page.request.post(
        "/plans/import", multipart=_hidden(page, "/plans/import") | {"text": json.dumps(document)}
    )
    address = urlsplit(preview.url).path
    made = page.request.post(address, multipart={**_hidden(page, address), "do": "import"})
    path = re.match("/plans/[0-9a-f]{32}$", urlsplit(made.url).path)
    assert path, made.text()
    return path.group()


def _hidden(page: Page, address: str) -> dict[str, str]:
    """Return the hidden fields that a form needs to be sent, from the page at an address."""
    return dict(re.findall(r'name="(csrf_token|once|confirm)"[^>]* value="([^"]*)"', page.request.get(address).text()))


def _made(page: Page, address: str, form: dict[str, str]) -> str:
    made = page.request.post(address, multipart={**_hidden(page, address), **form})
    path = re.match("/plans/[0-9a-f]{32}", urlsplit(made.url).path)
    assert path, made.text()
    return path.group()


def open_shop(page: Page, base_url: str = "") -> str:
    """Open the example plan of a shop as one's own, wait until its scripts have run, and return its path."""
    page.goto(f"{base_url}/plans")
    with page.expect_navigation():
        page.locator("form[action$='/plans/examples/shop'] button").click()
    return urlsplit(page.url).path
