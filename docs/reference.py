"""Writes the tables of docs/rules.md, docs/findings.md and docs/naming.md from what the advice really uses: ``make reference``.

A table is between ``<!-- NAME -->`` and ``<!-- end of NAME -->``; the text around it is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.findings import FINDINGS, SEVERITIES
from advisor.knowledge.name_limits import LIMITS, NameLimit
from advisor.knowledge.name_styles import RESERVED, STYLES
from advisor.knowledge.questions import GROUPS, QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.knowledge.ruleset import RULESET

DOCS = Path(__file__).resolve().parent
PAGES = ("rules.md", "findings.md", "naming.md")


def _table(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def questions() -> str:
    """Return the questions, in the order they are asked."""
    rows = (
        (f"`{item.key}`", item.asks, item.hint, item.why)
        for group in GROUPS
        for item in QUESTIONS
        if item.group == group
    )
    return _table(("key", "asks", "hint", "why we ask"), rows)


def rules() -> str:
    """Return the rules, in the order that reasons of one strength keep, with the numbers of their sources."""
    numbers = {address: number for number, address in enumerate(CITATIONS, 1)}
    rows = (
        (f"`{rule.key}`", rule.when, rule.side, rule.strength, f"{rule.text} [{numbers[rule.citation]}]", rule.remedy)
        for rule in RULES
    )
    return _table(("rule", "matches when", "speaks for", "strength", "reason", "what to do if it is outweighed"), rows)


def sources() -> str:
    """Return every address that is cited, with its number."""
    return "\n".join(f"{number}. [{title}]({address})" for number, (address, title) in enumerate(CITATIONS.items(), 1))


def findings() -> str:
    """Return every finding, the most severe first."""
    parts = []
    for severity in SEVERITIES:
        parts.append(f"## {severity.capitalize()}")
        for code, kind in FINDINGS.items():
            if kind.severity == severity:
                parts.append(f"### `{code}`\n\n{kind.title}. {kind.meaning}")
    return "\n\n".join(parts)


def styles() -> str:
    """Return the naming styles, with an example of each."""
    return _table(("style", "for example"), ((f"`{style}`", example) for style, example in STYLES.items()))


def reserved() -> str:
    """Return the names that Segment's spec gives a meaning, by call type."""
    rows = (
        (call, ", ".join(f"`{name}` ({' or '.join(sorted(types))})" for name, types in names.items()))
        for call, names in RESERVED.items()
        if names
    )
    return _table(("call", "names and types"), rows)


def limits() -> str:
    """Return what destinations demand of names, and who says so."""
    rows = (
        (
            f"{limit.vendor}: {', '.join(f'`{key}`' for key in sorted(limit.keys))}",
            "; ".join(_demands(limit)),
            limit.effect,
            ", ".join(f"[{number}]({address})" for number, address in enumerate(limit.citations, 1)),
        )
        for limit in LIMITS
    )
    return _table(("destination", "demands", "otherwise it", "sources"), rows)


def _demands(limit: NameLimit) -> Iterator[str]:
    if limit.longest_event:
        yield f"an event's name of {limit.shortest_event} to {limit.longest_event} characters: {limit.allowed}"
    if limit.reserved_events:
        yield f"none of its own events ({', '.join(f'`{name}`' for name in sorted(limit.reserved_events))})"
    if limit.event_prefixes:
        yield f"no event that begins with {', '.join(f'`{name}`' for name in limit.event_prefixes)}"
    if limit.longest_property:
        yield f"names of properties of at most {limit.longest_property} characters"
    if limit.property_prefixes:
        yield f"no property that begins with {', '.join(f'`{name}`' for name in limit.property_prefixes)}"
    if limit.reserved_properties:
        yield f"no property {' or '.join(f'`{name}`' for name in sorted(limit.reserved_properties))}"
    if limit.most_properties:
        yield f"at most {limit.most_properties} properties"


TABLES: dict[str, Callable[[], str]] = {
    "questions": questions,
    "rules": rules,
    "sources": sources,
    "findings": findings,
    "styles": styles,
    "reserved": reserved,
    "limits": limits,
    "ruleset": lambda: f"Ruleset `{RULESET}`.",
}


def renewed(text: str) -> str:
    """Return the page with every table written anew."""

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
