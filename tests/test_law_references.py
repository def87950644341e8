"""Citations of the law lead to docs/law.md, and what it repeats from the code is what the code has.

The one form is "law, part 2.3", "law, parts 2.1 to 2.3", "law, point 9" or "law, part 1.2, points 2 to 5". A point without
a part is one of part 1.2.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from advisor.advice.reach.network import REFUSED_IF_SENSITIVE
from advisor.advice.routing.route import REASONS
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.handed_values import DEMANDED, VALUES
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.rules import RULES
from advisor.knowledge.ruleset import RULESET
from advisor.knowledge.vendors import COUNTED_TWICE, FAMILIES_OF_DIFFERENT_PRODUCTS, SECOND_NAMES, SHARED_IDS
from serving import ROOT

LAW = (ROOT / "docs/law.md").read_text(encoding="utf-8")
MODULES = sorted([*(ROOT / "advisor").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")])
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
POINTS_OF = "1.2"
"""The part whose points are cited without it."""
_TEXT = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
_BETWEEN = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}

_NUMBER = r"\d+(?:\.\d+)?"
_NUMBERS = rf"{_NUMBER}(?:(?:, | and | to ){_NUMBER})*"
CITATION = re.compile(
    rf"\blaw(?:\.md)?, (?:parts? (?P<parts>{_NUMBERS})(?:, points? (?P<points>{_NUMBERS}))?|points? (?P<bare>{_NUMBERS}))"
)
ALIKE = re.compile(
    r"\blaw(?:\.md)?[’'s]*,? ?(?:§|parts?\b|points?\b|sections?\b|chapters?\b|no\.|\d)"
    r"|\(law\b(?!\.md\))"
    r"|\b(?:parts?|points?|sections?|§) ?\d[\d.]*(?:(?:, | and | to )\d[\d.]*)* of the law\b"
    r"|\b(?:contract|design|house|brief)(?:\.md)?,? (?:parts? |points? |§ ?)\d",
    re.IGNORECASE,
)
"""What looks like a citation of the law, or of a document that is not in the repository."""


@cache
def _words(path: Path) -> tuple[str, ...]:
    """Return the comments and strings of a module in runs, or a page as a whole, with single blanks."""
    return tuple(_runs(path))


def _runs(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield " ".join(text.split())
        return
    run: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in _TEXT:
            run.append(token.string.lstrip("#"))
        elif token.type not in _BETWEEN:
            yield " ".join(" ".join(run).split())
            run = []
    yield " ".join(" ".join(run).split())


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a list such as "2.1 to 2.3 and 3", those between the ends of a range included."""
    for piece in re.split(", | and ", text):
        first, _, last = piece.partition(" to ")
        above, dot, low = first.rpartition(".")
        high = last.rpartition(".")[2] or low
        assert not last or (last.rpartition(".")[0] == above and int(low) < int(high)), f"“{piece}” is no range"
        yield from (f"{above}{dot}{number}" for number in range(int(low), int(high) + 1))


def _cited(words: str) -> Iterator[tuple[str, str | None]]:
    """Yield every citation as a part and a point of it, None where the whole part is meant."""
    for match in CITATION.finditer(words):
        parts = list(_numbers(match["parts"])) if match["parts"] else [POINTS_OF]
        points = match["points"] or match["bare"]
        for part in parts:
            yield from ((part, point) for point in _numbers(points)) if points else [(part, None)]


@cache
def parts() -> dict[str, list[str]]:
    """Return the numbers of the headings of the law, each with the numbers of its points, in their order."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in LAW.splitlines():
        if heading := re.match(r"#{2,} (\d+(?:\.\d+)?)\.? \S", line):
            here = found[heading[1]] = []
        elif line.startswith("#"):
            here = []
        elif point := re.match(r"(\d+)\. \S", line):
            here.append(point[1])
    return found


def _part(number: str) -> str:
    """Return the text of a part, without those below it."""
    return re.split(rf"^#+ {re.escape(number)}\.? .*$", LAW, flags=re.MULTILINE)[1].partition("\n#")[0]


def _first_cells(number: str) -> list[list[str]]:
    """Return the cells of the table rows of a part that begin with a word in code marks."""
    rows = re.findall(r"^\| `.*\|$", _part(number), re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def _code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_law_has_its_parts_and_points_in_order() -> None:
    """The numbers of parts and points have no gap and no duplicate, and points are counted from 1."""
    headings = re.findall(r"^#{2,} (\d+(?:\.\d+)?)", LAW, re.MULTILINE)
    assert headings == [*("1", "1.1", "1.2", "1.3", "1.4"), *("2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"), "3"]
    assert len(re.findall(r"^#{2,} ", LAW, re.MULTILINE)) == len(headings)
    for part, points in parts().items():
        assert points == [str(number + 1) for number in range(len(points))], part
    assert len(parts()[POINTS_OF]) == 11


def test_every_citation_of_the_law_leads_to_a_part_or_point() -> None:
    """Every citation in comments, strings and pages leads to a part or point of the law, at every number of a range."""
    nowhere = [
        f"{path.relative_to(ROOT)}: law, part {part}" + (f", point {point}" if point else "")
        for path in [*MODULES, *PAGES]
        for words in _words(path)
        for part, point in _cited(words)
        if part not in parts() or (point and point not in parts()[part])
    ]
    assert not nowhere, "docs/law.md has no such heading or point:\n" + "\n".join(nowhere)


def test_nothing_cites_the_law_in_another_form() -> None:
    """Every text that looks like a citation has the one form that the test above resolves."""
    odd = [
        f"{path.relative_to(ROOT)}: …{words[max(0, match.start() - 30) : match.end() + 30]}…"
        for path in [*MODULES, *PAGES]
        if path != Path(__file__)
        for words in _words(path)
        for match in ALIKE.finditer(words)
        if not any(cited.start() < match.end() <= cited.end() for cited in CITATION.finditer(words))
    ]
    assert not odd, "write “law, part N” or “law, point N”:\n" + "\n".join(odd)


def test_citations_are_found_in_every_form_that_is_used() -> None:
    """The reader of citations finds each form that is used, so that the laws about citations can fail."""
    examples: dict[str, list[tuple[str, str | None]]] = {
        "(law, part 1)": [("1", None)],
        "(law, parts 1 and 2).": [("1", None), ("2", None)],
        "(law, parts 2.1 to 2.3), independent": [("2.1", None), ("2.2", None), ("2.3", None)],
        "(law, point 9)": [("1.2", "9")],
        "Apply the law, points 2 to 5.": [("1.2", "2"), ("1.2", "3"), ("1.2", "4"), ("1.2", "5")],
        "(law, points 3, 5)": [("1.2", "3"), ("1.2", "5")],
        "(law, part 1.2, points 2 and 4)": [("1.2", "2"), ("1.2", "4")],
        "(law, part 3, point 8)": [("3", "8")],
        "so says the law, part of it": [],
    }
    assert {text: list(_cited(text)) for text in examples} == examples
    used = {cited for path in MODULES for words in _words(path) for cited in _cited(words)}
    assert {part for part, _ in used} >= {"1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3"}


def test_the_rules_in_the_law_are_those_of_the_code() -> None:
    """The table of rules is in the order of the code, each rule with its side and its strength."""
    rows = [(_code(key)[0], side, strength) for key, _, side, strength in _first_cells("1.1")]
    assert rows == [(rule.key, rule.side, rule.strength) for rule in RULES]


def test_the_findings_in_the_law_are_those_of_the_code() -> None:
    """Each code is in the law once: in the table with its severity, or in the sentence about names and properties."""
    rows = [(_code(code)[0], severity) for code, severity, _ in _first_cells("1.4")]
    others = _code(_part("1.4").partition("All other codes are about names and properties: ")[2])
    assert rows == [(code, FINDINGS[code].severity) for code, _ in rows]
    assert sorted([*(code for code, _ in rows), *others]) == sorted(FINDINGS)


def test_the_reasons_for_not_reaching_are_in_the_order_of_the_code() -> None:
    """The first reason that fits is given, so their order is part of the law."""
    assert [_code(code)[0] for code, _ in _first_cells("2.2")] == list(REASONS)


def test_the_closed_lists_in_the_law_are_those_of_the_code() -> None:
    """Pairs, second names, ids and demanded context are complete, and so are the names in the sentences."""
    pairs = [tuple(_code(cell)[0] for cell in row) for row in _first_cells("2.3")]
    assert pairs == [(pair.client, pair.server, pair.property) for pair in SHARED_IDS]
    tables = _first_cells("2.5")
    assert {tuple(_code(row[0])): _code(row[1]) for row in tables if len(row) == 2 and len(_code(row[0])) == 1} == {
        (value.value,): list(value.fields) for value in VALUES
    }
    assert {_code(row[0])[0]: tuple(map(tuple, map(_code, row[1:]))) for row in tables if len(row) == 3} == {
        key: tuple(by_source.get(source, ()) for source in ("web", "mobile")) for key, by_source in DEMANDED.items()
    }
    names = {*SECOND_NAMES, *SECOND_NAMES.values(), *(key for pair in COUNTED_TWICE for key in pair)}
    assert names <= set(_code(" ".join(_part("2.3").split())))
    assert all(library.name in _part("2.3") for library in LIBRARIES.values() if not library.honours_all)
    assert set(_code(" ".join(_part("2.2").split()))) >= FAMILIES_OF_DIFFERENT_PRODUCTS
    assert all(category in _part("1.2") for category in REFUSED_IF_SENSITIVE)


def test_the_law_names_the_ruleset_in_force() -> None:
    """The last part of the law says what the ruleset in force changed."""
    assert f"## 3. What changed in ruleset {RULESET}" in LAW
