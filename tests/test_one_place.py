"""A concept of the core is written in one place: these tests find a second spelling of it anywhere in the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from every_module import holds_for, nodes_of, tree_of
from serving import ROOT

MODULES = [path for path in sorted((ROOT / "advisor").rglob("*.py")) if "migrations" not in path.parts]


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
            yield node


@holds_for(MODULES)
def test_only_the_model_checks_whether_an_event_was_advised(path: Path) -> None:
    """All other modules call `recommendation_of`, which raises an error for an event without a recommendation."""
    checked = [ast.unparse(call.args[1]) for call in _calls(path, "isinstance")]
    assert path.name == "model.py" or "Recommendation" not in checked


@holds_for(MODULES)
def test_only_the_model_chooses_between_decision_and_recommendation(path: Path) -> None:
    """All other modules call `placement_in_force`."""
    choices = [node for node in nodes_of(path) if isinstance(node, ast.IfExp)]
    spelled = [ast.unparse(one) for one in choices if ast.unparse(one.body).endswith("decision.placement")]
    # The form of an event has a third choice: to follow the advice, which has no placement.
    spelled = [one for one in spelled if not one.endswith("else FOLLOW")]
    assert path.name == "model.py" or spelled == []


@holds_for(MODULES)
def test_only_with_answer_changes_the_answers_of_an_event(path: Path) -> None:
    """All other modules call `with_answer`, so that unsure and suggestions mean the same on every page."""
    set_here = [call for call in _calls(path, "replace") if "answers" in {each.arg for each in call.keywords}]
    # `event_specs` replaces the answers of a specification, and `facts` those of facts; neither is an event.
    assert set_here == [] or path.name in ("questions.py", "event_specs.py", "facts.py")


@holds_for(MODULES)
def test_only_one_module_reads_numbers_from_addresses(path: Path) -> None:
    """All other modules call `text.whole_number`, so that a number means the same in every address and form."""
    tests = [ast.unparse(node) for node in nodes_of(path) if isinstance(node, ast.BoolOp)]
    checked = [test for test in tests if ".isascii()" in test and ".isdecimal()" in test]
    typed = [ast.unparse(call) for call in _calls(path, "get") if "type" in {each.arg for each in call.keywords}]
    assert path.name == "text.py" or [*checked, *typed] == []


@holds_for(MODULES)
def test_only_one_module_joins_lists_for_sentences(path: Path) -> None:
    """All other modules call `text.join_names`: no other code joins all items but the last with commas."""
    joined = [ast.unparse(call) for call in _calls(path, "join")]
    spelled = [one for one in joined if one.startswith("', '.join(") and ("[:-1]" in one or "(most)" in one)]
    assert path.name == "text.py" or spelled == []


@holds_for(MODULES)
def test_only_one_module_looks_for_similar_names(path: Path) -> None:
    """All other modules call `text.nearest_name`; destinations have more names, and `catalogue.nearest` knows them."""
    assert path.name == "text.py" or "difflib" not in path.read_text()


@holds_for(MODULES)
def test_only_one_module_asks_what_somebody_meant(path: Path) -> None:
    """All other modules call `text.did_you_mean`, so that the question reads the same on every page and in every message."""
    assert path.name == "text.py" or "Did you mean" not in _without_docstrings(path)


def _without_docstrings(path: Path) -> str:
    """Return the code of a module: comments and docstrings left out."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_text(each)] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@holds_for(MODULES)
def test_only_one_module_lists_the_libraries_of_a_side(path: Path) -> None:
    """All other modules call `libraries_of`, so that every page offers the same libraries in the same order."""
    tree = tree_of(path)
    loops = [loop for node in ast.walk(tree) for loop in getattr(node, "generators", [])]
    chosen = [loop for loop in loops if ast.unparse(loop.iter).startswith("LIBRARIES")]
    by_side = [ast.unparse(loop) for loop in chosen if any(".side ==" in ast.unparse(each) for each in loop.ifs)]
    assert path.name == "libraries.py" or by_side == []
