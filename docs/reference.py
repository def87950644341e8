"""Writes the tables of docs/rules.md and docs/findings.md from what the advice really uses: ``make reference``.

A table stands between ``<!-- NAME -->`` and ``<!-- end of NAME -->``; the text around it is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.knowledge.questions import GROUPS, QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.knowledge.ruleset import RULESET

DOCS = Path(__file__).resolve().parent
PAGES = ("rules.md", "findings.md")


def _table(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def questions() -> str:
    """The questions, in the order they are asked."""
    rows = (
        (f"`{item.key}`", item.asks, item.hint, item.why)
        for group in GROUPS
        for item in QUESTIONS
        if item.group == group
    )
    return _table(("key", "asks", "hint", "why we ask"), rows)


def rules() -> str:
    """The rules, in the order that reasons of one strength keep, with the numbers of their sources."""
    numbers = {address: number for number, address in enumerate(CITATIONS, 1)}
    rows = (
        (f"`{rule.key}`", rule.when, rule.side, rule.strength, f"{rule.text} [{numbers[rule.citation]}]", rule.remedy)
        for rule in RULES
    )
    return _table(("rule", "matches when", "speaks for", "strength", "reason", "what to do if it is outweighed"), rows)


def sources() -> str:
    """Every address that is cited."""
    return "\n".join(f"{number}. [{title}]({address})" for number, (address, title) in enumerate(CITATIONS.items(), 1))


def findings() -> str:
    """Every finding, the gravest first."""
    parts = []
    for severity in SEVERITIES:
        parts.append(f"## {severity.capitalize()}")
        for code, kind in FINDINGS.items():
            if kind.severity == severity:
                parts.append(f"### `{code}`\n\n{kind.title}. {kind.meaning}")
    return "\n\n".join(parts)


TABLES: dict[str, Callable[[], str]] = {
    "questions": questions,
    "rules": rules,
    "sources": sources,
    "findings": findings,
    "ruleset": lambda: f"Ruleset `{RULESET}`.",
}


def renewed(text: str) -> str:
    """The page with every table written anew."""

    def renew(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- {name} -->\n\n{TABLES[name]()}\n\n<!-- end of {name} -->"

    return re.sub(r"<!-- (?P<name>[a-z]+) -->.*?<!-- end of (?P=name) -->", renew, text, flags=re.DOTALL)


def main() -> None:
    """Rewrite the pages in place."""
    for name in PAGES:
        page = DOCS / name
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
