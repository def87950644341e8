"""Where copied text comes from: the rules, the date and the address. The pages end everything that they copy with it."""

from __future__ import annotations

from advisor.knowledge.libraries import Language
from advisor.knowledge.ruleset import RULESET
from advisor.snippets.render import comment_lines


def provenance(today: str, permalink: str | None, language: Language | None = None) -> str:
    """Return where a text is from, as comments of the language or as plain lines; without a final line feed.

    ``today`` is an ISO date, and ``permalink`` the public address of the page, if there is one.
    """
    lines = (f"Copied from Tracking Advisor, rules {RULESET}, {today}", *filter(None, [permalink]))
    return comment_lines(lines, language).rstrip("\n") if language else "\n".join(lines)
