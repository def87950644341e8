"""A plan's code as files: always the same bytes, written completely, and never over files of others."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from advisor import document
from advisor.advice import advise
from advisor.cli import main
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, Decision, Event, Plan, Sources
from advisor.snippets import snippet
from advisor.snippets.files import MARK, snippets_of
from advisor.snippets.function_names import function_names
from wire.test_libraries import SENT

from .compilers import CHECKERS
from .samples import advised, hostile_plan, shop, single_call, texts

SHOP = document.write(document.bare(shop("analytics-python")))


def _snippets(folder: Path, *options: str, plan: bytes = SHOP) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["snippets", "-", "-o", str(folder), *options], input=plan)
    return done.exit_code, done.output


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_stated_test_level_of_each_library_is_true(library: str) -> None:
    """The level says what the tests do: run the real library, check with the language's own tool, or nothing (reviewed)."""
    code = LIBRARIES[library].code
    assert (code.verified == "run in our tests") == (library in SENT)
    assert (code.verified == "checked for syntax") == (library not in SENT and code.language in CHECKERS)


@pytest.mark.parametrize("library", LIBRARIES)
def test_all_is_capitalised_in_every_language(library: str) -> None:
    """In lower case, `all` is another key, which Go's own DisableAll() writes; only inside Warehouses is it right."""
    for plan in (hostile_plan(library), shop(library) if LIBRARIES[library].side == "server" else None):
        text = "".join(file.text for file in snippets_of(plan, [library])) if plan else ""
        assert "DisableAll" not in text
        small, warehouses = (re.findall(f"[\"']{name}[\"']", text) for name in ("all", "Warehouses"))
        assert len(small) == len(warehouses)
    assert re.search("[\"']All[\"']", snippets_of(hostile_plan(library), [library])[0].text)


def test_the_same_plan_makes_the_same_bytes() -> None:
    """The files are the same each time."""
    files = snippets_of(shop("analytics-node"))
    assert files == snippets_of(shop("analytics-node"))
    assert [file.name for file in files] == ["analytics.js", "analytics-tag.html", "analytics-node.mjs"]


def test_every_file_names_tracking_advisor() -> None:
    """Every file has the mark by which a later run recognises it."""
    for library in LIBRARIES:
        for file in snippets_of(hostile_plan(library), [library]):
            assert MARK in file.text[:400]
            assert re.fullmatch(r"[a-z-]+\.[a-z]+", file.name)


def test_the_command_writes_one_file_per_library(tmp_path: Path) -> None:
    """The command creates the folder and prints the names of the files; a second run replaces its own files."""
    folder = tmp_path / "new" / "code"
    for _ in range(2):
        assert _snippets(folder) == (
            0,
            "".join(f"{folder / name}\n" for name in ("analytics.js", "analytics-tag.html", "analytics-python.py")),
        )
    assert sorted(path.name for path in folder.iterdir()) == [
        "analytics-python.py",
        "analytics-tag.html",
        "analytics.js",
    ]
    assert _snippets(tmp_path / "one", "--library", "python")[0] == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["analytics-python.py"]


def test_the_command_never_replaces_a_foreign_file(tmp_path: Path) -> None:
    """One foreign file stops all of them, unless --force is given."""
    strange = tmp_path / "analytics.js"
    strange.write_text("mine")
    code, said = _snippets(tmp_path)
    assert code == 2
    assert "analytics.js was not written by Tracking Advisor" in said
    assert [path.name for path in tmp_path.iterdir()] == ["analytics.js"]
    assert strange.read_text() == "mine"
    assert _snippets(tmp_path, "--force")[0] == 0
    assert MARK in strange.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--library", "cobol"), "“cobol” is no library"),
        (("--library", "ruby"), "The plan does not use analytics-ruby."),
    ],
)
def test_the_command_refuses_what_it_cannot_write(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """An unknown library, or one that the plan does not use, is an error and leaves no file."""
    code, told = _snippets(tmp_path / "out", *options)
    assert code == 2
    assert said in told
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_an_empty_plan_and_a_wrong_folder(tmp_path: Path) -> None:
    """Nothing to write is an error, and so is a folder that is a file."""
    assert _snippets(tmp_path / "out", plan=document.write(Plan()))[0] == 2
    (tmp_path / "file").write_text("")
    assert _snippets(tmp_path / "file")[0] == 2


@given(names=st.lists(st.tuples(st.sampled_from(CALL_TYPES), texts), max_size=12))
@example(names=[("track", "٣ steps"), ("track", "steps")])
def test_function_names_are_unique_identifiers(names: list) -> None:
    """With any names of events, functions have different names in every naming style, and each is an identifier."""
    made = list(function_names(names))
    for form in ("snake", "kebab", "camel", "pascal"):
        written = [getattr(name, form) for name in made]
        assert len({each.lower() for each in written}) == len(names)
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", each, re.ASCII) for each in written)


def _letters(name: str) -> str:
    """Return what the words of a name begin with, whatever is between them."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isascii() and char.isalnum())[:8]


@given(
    names=st.lists(st.tuples(st.sampled_from(CALL_TYPES), texts), max_size=8, unique=True),
    other=st.tuples(st.sampled_from(CALL_TYPES), texts),
    seed=st.randoms(use_true_random=False),
)
@example(names=[("track", "注文"), ("track", "Größe"), ("track", "🎉")], other=("track", "見積"), seed=Random(1))
def test_function_names_stay_when_an_unrelated_event_comes(names: list, other: tuple, seed: Random) -> None:
    """A new event anywhere in the plan changes the names of those only that are written with the same letters."""
    before = dict(zip(names, function_names(names), strict=True))
    order = seed.sample([*names, other], len(names) + 1)
    after = dict(zip(order, function_names(order), strict=True))
    unrelated = [each for each in names if not _letters(each[1]) or _letters(each[1]) != _letters(other[1])]
    assert {each: after[each] for each in unrelated} == {each: before[each] for each in unrelated}


@pytest.mark.parametrize("order", [("Order Completed", "order_completed"), ("order_completed", "Order Completed")])
def test_events_that_are_written_alike_never_swap_their_names(order: tuple[str, str]) -> None:
    """No order of two such events gives one the name that the other has in another order, or would have alone."""
    made = dict(zip(order, (each.snake for each in function_names(("track", name) for name in order)), strict=True))
    assert made == {
        "Order Completed": "track_order_completed_82d73ae0",
        "order_completed": "track_order_completed_2703181d",
    }
    (alone,) = function_names([("track", "Order Completed")])
    assert alone.snake == "track_order_completed"


def test_an_event_has_the_same_function_name_in_every_file() -> None:
    """Both halves of an event are found by one name, also if only one side makes a call that is written alike."""
    events = (
        Event(name="A b", decision=Decision(placement="both")),
        Event(name="a_b", decision=Decision(placement="server")),
    )
    plan = advise(Plan(sources=Sources(client=("analytics.js",), server="analytics-node"), events=events))
    page, _, server = (re.findall(r"function (track\w+)\(", file.text) for file in snippets_of(plan))
    assert len(page) == 1
    assert page[0] == server[0] != server[1]


def test_a_snippet_works_on_its_own() -> None:
    """A snippet names its library, ruleset and permalink; a permalink that could leave a comment is refused."""
    plan = advised("analytics-ruby", Event(name="E"))
    (event,) = plan.events
    made = snippet(plan, event, single_call(event), permalink="https://x.example/advise?name=E&coding=utf-7")
    assert (made.library, made.language, made.file_extension, made.verified) == (
        "analytics-ruby",
        "ruby",
        "rb",
        "checked for syntax",
    )
    assert "# https://x.example/advise?name=E&coding=utf-7\n" in made.text
    assert "ruleset" in made.text.splitlines()[0]
    assert made.notes[-1] == LIBRARIES["analytics-ruby"].code.trap
    for wrong in ("javascript:alert(1)", "https://x.example/\nputs", "https://x.example/-->", "https://x.example/?>"):
        with pytest.raises(ValueError, match="permalink"):
            snippet(plan, event, single_call(event), permalink=wrong)


def test_a_call_without_library_or_advice_has_no_snippet() -> None:
    """Asking for the snippet of such a call raises an error."""
    plan = advised("analytics-ruby", Event(name="E"))
    (event,) = plan.events
    call = single_call(event)
    with pytest.raises(ValueError, match="no library"):
        snippet(Plan(sources=Sources()), event, call)
    with pytest.raises(TypeError):
        snippet(plan, Event(name="E"), call)
    with pytest.raises(TypeError):
        snippets_of(Plan(sources=plan.sources, events=(Event(name="E"),)))


def test_a_missing_call_of_a_library_becomes_a_comment() -> None:
    """Kotlin on a server has no page call: a comment says what to do, and no call of another type is made."""
    plan = advised("kotlin-server", Event(name="Home", call="page"))
    (event,) = plan.events
    made = snippet(plan, event, single_call(event))
    assert all(line.startswith("// ") for line in made.text.splitlines())
    assert "Send it with the HTTP API: POST /v1/page" in made.text
