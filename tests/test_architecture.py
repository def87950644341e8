"""The architecture: which room may import which, the sizes of modules and functions, and their names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from every_module import holds_for, nodes_of, tree_of
from serving import ROOT

PACKAGE = ROOT / "advisor"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

ROOMS = (
    ("document_limits", "text"),
    "model",
    "knowledge",
    "advice",
    "document",
    "field_values",
    "event_fields",
    "presentation",
    "privacy",
    ("comparison", "explain", "snippets", "formats", "store"),
    "web",
    "cli",
)
"""Each may import those before it, never one beside it or after it."""
FLOORS = {name: floor for floor, rooms in enumerate(ROOMS) for name in ((rooms,) if isinstance(rooms, str) else rooms)}
FOUNDATIONS = {"paths", "recovery_code", "secret_key", "settings"}
"""What an installation is; these know none of the rooms. Web, cli and store are built on them."""
IMPURE = {
    *("flask", "sqlalchemy", "alembic", "wtforms", "click", "datetime", "io", "logging", "os", "pathlib", "random"),
    *("secrets", "socket", "sqlite3", "subprocess", "time", "urllib", "uuid"),
}
"""What the advice may not load: a framework, the clock, chance, or the world outside."""

MODULE_LINES = 400
FUNCTION_LINES = 50
NOT_A_TOPIC = {"common", "handler", "handlers", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    return [*module.split("."), ""][1]


def _imports(path: Path) -> Iterator[str]:
    """Yield the modules that a module imports anywhere, relative ones made absolute."""
    package = _name(path).split(".") if path.stem == "__init__" else _name(path).split(".")[:-1]
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            origin = ".".join(part for part in (base, node.module) if part)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@holds_for(MODULES)
def test_lower_rooms_never_import_upper_ones(path: Path) -> None:
    """The order is model < knowledge < advice < document < presentation < privacy < formats and the like < web, cli."""
    room = _room(_name(path))
    for imported in _imports(path):
        if not imported.startswith("advisor.") or room in {"", "__main__"}:
            continue
        other = _room(imported)
        if room in FOUNDATIONS:
            assert other in FOUNDATIONS | {"document_limits"}, f"{_name(path)} is a foundation and imports {imported}"
        elif other in FOUNDATIONS:
            assert FLOORS[room] >= FLOORS["document"], f"{_name(path)} imports {imported}"
        elif other != room:
            assert FLOORS[other] < FLOORS[room], f"{_name(path)} imports {imported}"


def test_every_room_has_a_place_in_the_order() -> None:
    """A new folder or module of the package has a place in the order of the rooms."""
    rooms = {_room(_name(path)) for path in MODULES}
    assert rooms - set(FLOORS) - FOUNDATIONS - {"", "__main__"} == set()


def test_the_model_imports_nothing_of_ours() -> None:
    """`advisor.model` imports nothing of the project except the limits of a document."""
    assert [name for name in _imports(PACKAGE / "model.py") if name.startswith("advisor")] == [
        "advisor.document_limits"
    ]
    assert not any(name.startswith("advisor") for name in _imports(PACKAGE / "document_limits.py"))


@holds_for(sorted((PACKAGE / "advice").rglob("*.py")))
def test_the_advice_is_pure(path: Path) -> None:
    """The advice is computed from the plan alone: it imports no framework, clock, random source, file or network."""
    assert {name.split(".")[0] for name in _imports(path)} & IMPURE == set()
    calls = [node.func for node in nodes_of(path) if isinstance(node, ast.Call)]
    called = {function.id for function in calls if isinstance(function, ast.Name)}
    assert called & {"open", "print", "input", "eval", "exec", "hash", "id"} == set()


@pytest.mark.parametrize("module", ["advisor.advice", "advisor.document", "advisor.cli"])
def test_the_core_loads_no_framework(module: str) -> None:
    """Importing the advice, the documents or the command line loads neither Flask nor SQLAlchemy."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"flask", "sqlalchemy", "alembic", "wtforms"} == set()


@holds_for(MODULES)
def test_modules_and_functions_stay_small(path: Path) -> None:
    """No module is longer than 400 lines, and no function longer than 50."""
    source = path.read_text()
    assert source.count("\n") <= MODULE_LINES
    long = {node.name: node.end_lineno - node.lineno + 1 for node in _functions(tree_of(path)) if node.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


@holds_for(MODULES)
def test_module_names_are_topics(path: Path) -> None:
    """No module, class or function has a name that says nothing, such as `utils`."""
    tree = tree_of(path)
    names = [*_name(path).split("."), *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    names += [node.name for node in _functions(tree)]
    words = {name: set(re.findall(r"[A-Z]?[a-z]+", name)) for name in names}
    assert {name for name, parts in words.items() if {part.lower() for part in parts} & NOT_A_TOPIC} == set()


@holds_for(MODULES)
def test_every_public_name_says_what_it_is(path: Path) -> None:
    """Every module, public class and public function has a docstring, and every signature has types."""
    tree = tree_of(path)
    assert ast.get_docstring(tree), "the module has no docstring"
    for node in _public(tree):
        assert ast.get_docstring(node), f"{node.name} has no docstring"
    for function in _functions(tree):
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        untyped = [one.arg for one in arguments if one.annotation is None and one.arg not in {"self", "cls"}]
        assert not untyped, f"{function.name}: {untyped} have no type"
        assert function.returns is not None, f"{function.name} does not say what it returns"


def _public(scope: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in scope.body:
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if named and not node.name.startswith("_") and node.name != "Meta":  # which is WTForms' own convention
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def test_no_python_among_templates_and_static_files() -> None:
    """A Python module there would break the editable install: hatchling refuses a remapped folder with a module in it."""
    assert [path for folder in ("templates", "static") for path in (ROOT / folder).rglob("*.py")] == []


@holds_for(TEMPLATES)
def test_templates_hold_nothing_inline(path: Path) -> None:
    """No branch of a template has an inline script, style or event attribute: the CSP would refuse it."""
    source = path.read_text()
    inline = r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"'{]|javascript:|<script(?![^>]*\ssrc=)"
    assert re.findall(inline, source, re.IGNORECASE) == []


@holds_for(TEMPLATES)
def test_templates_leave_escaping_on(path: Path) -> None:
    """No template marks text as safe by itself, or switches escaping off."""
    assert re.findall(r"\|\s*safe\b|autoescape\s+false|Markup\(", path.read_text()) == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No tracked file names a path of a developer's machine, or the host of a package registry."""
    hosts = "|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"))
    wrong = re.compile(rf"(?<![\w.])/(?:work|home|farm|root|Users)/|{hosts}")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix != ".png" and (hit := wrong.search(path.read_text(errors="replace"))):
            found.append(f"{name}: {hit.group()}")
    assert found == []


@holds_for(MODULES)
def test_only_canonical_makes_stored_values(path: Path) -> None:
    """`document.canonical` alone makes `Canonical` values, and `store.statements` alone writes rows of plans and events."""
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    named = [(node.func.id, node) for node in calls if isinstance(node.func, ast.Name)]
    if _name(path) != "advisor.document.canonical":
        assert {name for name, _ in named} & {"Canonical", "CanonicalPlan"} == set()
    if _name(path) != "advisor.store.statements":
        written = [
            ast.unparse(node.args[0]) for name, node in named if name in {"insert", "update", "delete"} and node.args
        ]
        # The order of events is no part of a document: a place is a column of its own.
        allowed = {"events"} if _name(path) == "advisor.store.event_order" else set()
        assert set(written) & {"plans", "events"} <= allowed
