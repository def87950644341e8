"""Names in code marks in the docstrings of the package and in the comments of templates lead to something that exists.

In a docstring, single code marks hold a name of the code, such as `Event` or `store.records`, and double ones hold any
other text. The text of a command is Markdown for its user, where single code marks hold any text. The comment of a
template names the class of what it is given, such as `cards.Topic`.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
from collections.abc import Iterator
from functools import cache

import pytest

from every_module import holds_for, nodes_of, tree_of
from serving import ROOT

PATHS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "advisor").rglob("*.py"))
}
FOLDERS = (ROOT, ROOT / "templates", ROOT / "static", ROOT / "advisor")
"""The folders from which a docstring may name a file, besides that of its module."""
MARKED = re.compile(r"(?<!`)`([^`]+)`(?!`)")
FILE = re.compile(r"``(\w[\w.-]*/[\w./-]*\w\.(?:html|js|css|py|md|json|csv|j2))``")
NAME = re.compile(r"\w+(?:\.\w+)*(?:\(\))?")


def _tree(module: str) -> ast.Module:
    return tree_of(PATHS[module])


def _is_command(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        re.search(r"\b(command|group)\(", ast.unparse(decorator)) for decorator in node.decorator_list
    )


def _docstrings(module: str) -> Iterator[str]:
    """Yield the docstrings of a module, those of attributes included."""
    for node in nodes_of(PATHS[module]):
        if _is_command(node):
            continue
        for statement in getattr(node, "body", []) if not isinstance(node, ast.Lambda | ast.IfExp) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield str(statement.value.value)


def _stored(nodes: list[ast.stmt]) -> set[str]:
    """Return the names that these statements define, import or assign."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        else:
            found |= {
                each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
    return found


@cache
def _top_level(module: str) -> set[str]:
    inside = {path.removeprefix(f"{module}.") for path in PATHS if path.rpartition(".")[0] == module}
    return _stored(_tree(module).body) | inside


@cache
def _members() -> dict[str, set[str]]:
    """Return the members of every class, by the name of the class: in its body, or assigned to ``self``."""
    found: dict[str, set[str]] = {}
    for path in PATHS.values():
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                own = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                found.setdefault(node.name, set()).update(_stored(node.body) | own)
    return found


@cache
def _words(module: str) -> set[str]:
    """Return the names that a module uses itself: its own ones, parameters, attributes and imports."""
    found = _top_level(module)
    for node in nodes_of(PATHS[module]):
        if isinstance(node, ast.arg):
            found = found | {node.arg}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found = found | {node.name}
    return (
        found
        | {node.id for node in nodes_of(PATHS[module]) if isinstance(node, ast.Name)}
        | {node.attr for node in nodes_of(PATHS[module]) if isinstance(node, ast.Attribute)}
    )


def _is_outside(name: str) -> bool:
    """Return whether a dotted name is that of another package."""
    package, _, rest = name.partition(".")
    try:
        found: object = importlib.import_module(package)
        for part in rest.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    return True


def _exists(name: str, module: str) -> bool:
    """Return whether a name that a docstring of the module holds is a name of the code."""
    name = name.removesuffix("()")
    holder, _, last = name.rpartition(".")
    if not holder:
        return name in _words(module) or hasattr(builtins, name) or any(name in _top_level(path) for path in PATHS)
    if any(f".{path}".endswith(f".{name}") for path in PATHS):
        return True
    holders = [path for path in PATHS if f".{path}".endswith(f".{holder}")]
    class_name = holder.rpartition(".")[2]
    return (
        any(last in _top_level(path) for path in holders)
        or last in _members().get(class_name, set())
        or _is_outside(name)
    )


@holds_for(PATHS)
def test_every_name_in_a_docstring_exists(module: str) -> None:
    """A module, class, function or member in single code marks exists, and no other text is in single code marks."""
    marked = {text for docstring in _docstrings(module) for text in MARKED.findall(docstring)}
    assert {text for text in marked if not NAME.fullmatch(text)} == set()
    assert {name for name in marked if not _exists(name, module)} == set()


@holds_for(PATHS)
def test_every_file_in_a_docstring_exists(module: str) -> None:
    """The path of a file in double code marks leads from the repository, the package or the module's folder to a file."""
    named = {path for docstring in _docstrings(module) for path in FILE.findall(docstring)}
    folders = (*FOLDERS, PATHS[module].parent)
    assert {path for path in named if not any((folder / path).is_file() for folder in folders)} == set()


def test_every_class_in_a_template_exists() -> None:
    """A class that a comment of a template names with its module, such as `cards.Topic`, is a class of that module."""
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
        for comment in re.findall(r"\{#(.*?)#\}", path.read_text(encoding="utf-8"), re.DOTALL)
        for name in re.findall(r"`((?:\w+\.)+[A-Z]\w+)`", comment)
    }
    assert len(named) > 10
    assert {(path, name) for path, name in named if not _exists(name, "advisor")} == set()


@pytest.mark.parametrize(
    ("name", "exists"),
    [
        ("recommendation_of", True),
        ("model.recommendation_of", True),
        ("advisor.web.plans.grid", True),
        ("KeyError", True),
        ("jinja2.TemplateNotFound", True),
        ("Event.answers", True),
        ("Event.replies", False),
        ("model.no_such_function", False),
        ("advisor.web.plan_grid", False),
        ("NoSuchClass", False),
    ],
)
def test_only_names_that_exist_are_accepted(name: str, *, exists: bool) -> None:
    """A name is found at any depth of the package, and a wrong one is not found."""
    assert _exists(name, "advisor") is exists
