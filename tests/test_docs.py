"""The documentation is complete and correct."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import click
import pytest

from advisor import document
from advisor.advice import advise
from advisor.knowledge.findings import FINDINGS
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import RULES
from page_client import PageClient
from running import run
from serving import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOREIGN = {"flush", "freeze", "isOn", "page", "shutdown"}
"""Functions of Python and of Segment's libraries that the documentation names."""
CODE = sorted([*(ROOT / "advisor").rglob("*.py"), *(ROOT / "advisor").rglob("*.mako")])


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _named(paths: list[Path], pattern: str) -> set[str]:
    return {name for path in paths for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def _load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_variable_is_in_the_readme() -> None:
    """The README's table has exactly the environment variables that the app reads."""
    table = _read("README.md").partition("## Configuration")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(ADVISOR_\w+)`", table, re.MULTILINE)) == _named(CODE, r"\b(ADVISOR_[A-Z_]+)\b")


def test_every_variable_of_the_tests_is_in_the_contributing_guide() -> None:
    """What the make targets and the tests read besides is documented for contributors."""
    scripts = [ROOT / "Makefile", *(ROOT / ".ci").iterdir(), *(ROOT / "tests").rglob("*.py")]
    read = _named(scripts, r"\b(ADVISOR_[A-Z_]+)\b") - _named(CODE, r"\b(ADVISOR_[A-Z_]+)\b")
    assert set(re.findall(r"^\| `(ADVISOR_\w+)", _read("docs/contributing.md"), re.MULTILINE)) == read


def test_every_finding_has_an_entry() -> None:
    """docs/findings.md has exactly the codes there are, as headings."""
    assert sorted(re.findall(r"^### `(.+)`$", _read("docs/findings.md"), re.MULTILINE)) == sorted(FINDINGS)


def test_every_question_and_rule_has_an_entry() -> None:
    """docs/rules.md has a line for every question and every rule, in their order."""
    entries = re.findall(r"^\| `([\w-]+)` \|", _read("docs/rules.md"), re.MULTILINE)
    assert entries == [*QUESTION_KEYS, *(rule.key for rule in RULES)]


@pytest.mark.parametrize("name", ["rules.md", "findings.md", "naming.md"])
def test_generated_tables_are_up_to_date(name: str) -> None:
    """`make reference` would change nothing in the generated tables."""
    text = _read(f"docs/{name}")
    assert _load("docs/reference.py").renewed(text) == text


def test_the_plan_in_the_readme_is_advised_as_it_says() -> None:
    """The README's small plan leads to the two objects that the text below it shows."""
    example, text = re.findall(r"```json\n(.*?)```\n(.*?)\n## ", _read("README.md"), re.DOTALL)[0]
    (event,) = advise(document.read(example.encode()).plan).events
    shown = [json.loads(shown) for shown in re.findall(r"`({.*?})`", text)]
    assert [call.integrations for call in event.recommendation.calls] == shown[::-1]


def test_the_commands_of_the_readme_do_what_they_say(
    client: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, with the README's plan and a small table; the app answers what the command line writes."""
    monkeypatch.chdir(tmp_path)
    plan = re.findall(r"```json\n(.*?)```", _read("README.md"), re.DOTALL)[0]
    for name in ("plan.json", "old.json"):
        Path(name).write_text(plan, encoding="utf-8")
    Path("events.csv").write_text("Event,Description\nOrder Completed,Paid\n", encoding="utf-8")
    said = {}
    for line in re.findall(r"^advisor (.+)$", _read("README.md"), re.MULTILINE):
        verb, *words = shlex.split(line, comments=True)
        done = run(verb, *words)
        assert done.exit_code == 0, f"advisor {line}: {done.output}"
        said[verb] = done.stdout
    assert document.read(said["advise"].encode()).plan == document.read(plan.encode()).plan
    assert said["check"].startswith("/events/0/")
    assert [event.name for event in document.read(Path("new.json").read_bytes()).plan.events] == ["Order Completed"]
    assert "Order Completed" in Path("segment.json").read_text(encoding="utf-8")
    assert said["diff"].startswith("flipped: Order Completed")
    assert {path.suffix for path in Path("code").iterdir()} >= {".js", ".mjs"}
    (kind, file, address) = re.findall(
        r"^curl -s -H '(.+?)' --data-binary @(\S+) (\S+)$", _read("README.md"), re.MULTILINE
    )[0]
    assert kind == "Content-Type: application/json"
    sent = client.post(urlsplit(address).path, data=Path(file).read_bytes(), content_type=kind.partition(": ")[2])
    assert sent.text == said["advise"]


def test_the_numbers_of_formats_are_those_that_there_are() -> None:
    """README and changelog count what `advisor formats` lists."""
    rows = json.loads(run("formats", "--json").stdout)
    come, go = (sum(row[way] for row in rows) for way in ("import", "export"))
    assert f"recognises {come} formats" in _read("README.md")
    assert f"come in {come} formats and go in {go}" in _read("CHANGELOG.md")


def _commands(command: click.Command, path: str = "advisor") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, below in _below(command).items():
            yield from _commands(below, f"{path} {name}")


def _below(group: click.Group) -> dict[str, click.Command]:
    """Return the commands of a group, those that are loaded only when they are asked for included."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_every_command_and_option_is_documented() -> None:
    """docs/command-line.md names every command with its whole name, and every option in each of its spellings."""
    from advisor.cli import main

    text = _read("docs/command-line.md")
    for path, command in _commands(main):
        assert re.search(rf"`{path}\b", text), f"`{path}` is not documented"
        for option in (spelling for parameter in command.params for spelling in parameter.opts):
            assert not option.startswith("-") or f"`{option}" in text or f" {option}" in text, f"{path} {option}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_shown_command_exists(path: Path) -> None:
    """A line of a code block that begins with ``advisor`` names a command and options that exist."""
    from advisor.cli import main

    for line in re.findall(r"^(?:\$ )?advisor (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
        words = shlex.split(line, comments=True) or ["serve"]
        command: click.Command = main
        while words and isinstance(command, click.Group) and not words[0].startswith("-"):
            assert words[0] in _below(command), f"advisor {line}"
            command = _below(command)[words.pop(0)]
        known = {spelling for option in command.params for spelling in (*option.opts, "--help")}
        assert {word.partition("=")[0] for word in words if re.match(r"--?\w", word)} <= known, f"advisor {line}"


def test_every_make_target_that_is_named_exists() -> None:
    """README and docs name targets of the Makefile only, and `make help` tells of every target."""
    makefile = _read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)}
    assert {"run", "test"} <= named <= targets
    assert set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)) == targets


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link and picture of a page is a file here, and every anchor one of its headings."""
    prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), f"{target} is not there"
        assert not anchor or anchor in _anchors(file), f"{target}: no such heading"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_named_file_exists(path: Path) -> None:
    """A path in code marks, such as `advisor/model.py`, is a path of this repository."""
    prose = path.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:advisor|docs|tests|bench|templates|static|\.ci)/[\w./-]+)`", prose):
        assert (ROOT / name).exists(), f"{name} is not there"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_named_function_exists(path: Path) -> None:
    """A call in code marks, such as `current.store()`, names a function that is defined in Python or in a script here."""
    for name in re.findall(r"`(?:[\w.]+\.)?([a-z_]\w*)\(\)`", path.read_text(encoding="utf-8")):
        assert name in _defined() | FOREIGN, f"{name}() is not there"


@cache
def _defined() -> frozenset[str]:
    """Return the names of all functions of the package, its scripts and the tests."""
    folders = ("advisor", "bench", "docs", "tests", "static")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".js")]
    return frozenset(
        name for path in sources for name in re.findall(r"(?:def|function) (\w+)\(", path.read_text("utf-8"))
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_opens_with_a_paragraph(path: Path) -> None:
    """The title is followed by sentences; those of a page in docs begin with "This page" and say what it is for."""
    title, _, rest = path.read_text(encoding="utf-8").partition("\n")
    first = rest.strip().partition("\n\n")[0]
    assert title.startswith("# ")
    assert re.match(r"[^\W\d_]", first), f"“{first}” is no paragraph"
    assert first.endswith(".")
    assert path.parent.name != "docs" or first.startswith("This page "), f"“{first}” does not say what the page is for"


def test_the_index_lists_every_page() -> None:
    """docs/README.md links every page of the folder."""
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", _read("docs/README.md")))
    assert linked == {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}


def test_the_changelog_names_the_ruleset() -> None:
    """What people are advised changes with the ruleset, so the changelog has an entry for the one in force."""
    from advisor.knowledge.ruleset import RULESET

    assert f"`{RULESET}`" in _read("CHANGELOG.md")
