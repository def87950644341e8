"""The pages there are, as addresses, in the browser of someone who has opened the example plan of a shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PAGES = {
    "home": "/",
    "one event": "/advise",
    "one event, answered": "/advise?name=Order+Completed&payment=yes&needs_cookies=yes&client_only_destination=yes",
    "one event, wrong": "/advise?name=&payment=perhaps",
    "rules": "/rules",
    "destinations": "/destinations",
    "destinations, found": "/destinations?q=google",
    "destinations, none": "/destinations?q=qqqq",
    "plans": "/plans",
    "a new plan": "/plans/new",
    "plan": "{plan}",
    "settings": "{plan}/settings",
    "settings, found": "{plan}/settings?q=face",
    "event": "{event}",
    "a new event": "{plan}/events/new",
    "export": "{plan}/export/json",
    "delete a plan": "{plan}/delete",
    "delete an event": "{event}/delete",
}
"""What is linted, looked at by axe, and held against a phone's width."""


@dataclass(frozen=True)
class Shop:
    """The example plan of a shop, in the browser of someone who opened it: its addresses, and that browser's cookies."""

    plan: str
    event: str
    cookies: list[Any]

    def address(self, name: str) -> str:
        """The path of one of `PAGES`."""
        return PAGES[name].format(plan=self.plan, event=self.event)
