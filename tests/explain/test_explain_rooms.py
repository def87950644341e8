"""The rooms of ``advisor.explain``: their order, and the protocol of values between them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from advisor import explain

PACKAGE = Path(explain.__path__[0])
ORDER = (("parse",), ("report",), ("locate",), ("judge",), ("check",), ("correct", "resolve"), ("explain",))
"""Each room may import those before it, and none beside or after it."""
FLOORS = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")
STEPS = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] != "parse"]
CHANGES = {"add", "append", "clear", "discard", "extend", "insert", "pop", "remove", "setdefault", "sort", "update"}
"""Methods that change the list, set or dict that they belong to."""


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _ids(paths: list[Path]) -> list[pytest.param]:
    return [pytest.param(path, id=str(path.relative_to(PACKAGE))) for path in paths]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_every_room_of_explain_is_in_the_order() -> None:
    """A new folder or module has a place among the rooms."""
    assert {_room(path) for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", _ids(MODULES))
def test_rooms_of_explain_import_earlier_rooms_only(path: Path) -> None:
    """Parse < report < locate < judge < check < correct, resolve < explain, also for imports inside of functions."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("advisor.explain") for alias in node.names), (
                "import names, not modules"
            )
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides the room"
            parts = (node.module or "").split(".")
            if parts[:2] != ["advisor", "explain"]:
                continue
            assert len(parts) > 2, "the face of the package is for other packages"
            if parts[2] != _room(path):
                assert FLOORS[parts[2]] < FLOORS[_room(path)], f"line {node.lineno} imports {node.module}"


def _changed_names(function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    """Yield each name that a function changes in place: by a method, an item, an attribute, or ``+=`` on these."""
    for node in ast.walk(function):
        changed: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            changed = [node.func.value]
        elif isinstance(node, ast.Assign | ast.Delete):
            changed = [each for each in node.targets if isinstance(each, ast.Subscript | ast.Attribute)]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign) and not isinstance(node.target, ast.Name):
            changed = [node.target]
        for each in changed:
            owner = each
            while isinstance(owner, ast.Attribute | ast.Subscript):
                owner = owner.value
            if isinstance(owner, ast.Name):
                yield owner.id, node.lineno


@pytest.mark.parametrize("path", _ids(STEPS))
def test_no_step_changes_its_arguments(path: Path) -> None:
    """What a step has to say is in what it returns; it never adds to, or changes, what it was given."""
    for function in ast.walk(_tree(path)):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = {each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
        rebound = {
            each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        if path.name == "explanation.py" and function.name == "__init__":
            continue  # an exception sets its own attributes
        changed = [(name, line) for name, line in _changed_names(function) if name in arguments - rebound]
        assert changed == [], f"{function.name} changes {changed}"


@pytest.mark.parametrize("path", _ids(STEPS))
def test_the_values_between_steps_are_frozen(path: Path) -> None:
    """A dataclass or struct that one step hands to the next can't be changed by it."""
    module = import_module("advisor.explain." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    own = [each for _, each in inspect.getmembers(module, inspect.isclass) if each.__module__ == module.__name__]
    for each in own:
        if parameters := getattr(each, "__dataclass_params__", None):
            assert parameters.frozen, f"{each.__name__} is a dataclass that can be changed"
        if config := getattr(each, "__struct_config__", None):
            assert config.frozen, f"{each.__name__} is a struct that can be changed"
