"""The laws of the house: where things are, which room may know which, and what is written once.

`test_architecture` holds the order of the top rooms and the sizes. ``docs/architecture.md`` draws the rooms.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from every_module import holds_for, nodes_of, tree_of
from serving import ROOT

PACKAGE = ROOT / "advisor"
WEB = PACKAGE / "web"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = ROOT / "templates"

WEB_ROOMS = (
    {"app"},
    {"forms", "paste"},
    {"plans.summary", "plans.conflict"},
    {"plans.edits"},
    {"check"},
    {"advice_panel"},
    {"plans.review"},
    {"advise", "reference", "plans.event", "plans.settings", "plans.findings", "plans.privacy", "plans.history", "plans.share",
     "plans.export", "plans.overview", "plans.questions", "plans.developers", "plans.comments", "find"},
    {"plans.grid", "plans.start", "api"},
    {"plans"},
    {"create_app"},
    {"server"},
)  # fmt: skip
"""The rooms of the web app. A room may import those in earlier lines."""
ADVICE_ROOMS = (
    {"reach", "finding"},
    {"placement"},
    {"routing"},
    {"event_findings", "setting_findings"},
    {"advisor"},
    {"plan_findings"},
    {"advise", "caches"},
    {"losses", "outlook"},
)
"""The rooms of the advice. A room may import those in earlier lines."""
SHARED_EDGES = {"app", "forms", "server", "create_app"}
"""Rooms of the web app that work with Flask and WTForms throughout: they are no features."""
FRAMEWORKS = {"flask", "wtforms", "flask_wtf"}
EDGES = {"routes", "views", "form"}
"""The modules of a feature that may import Flask and WTForms. ``views`` may be a package."""


def _parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(PACKAGE).with_suffix("").parts


def _imported(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(dotted: str, inside: str, rooms: tuple[set[str], ...]) -> str | None:
    """Return the room of ``advisor.<inside>`` that a dotted name is in; None if it is elsewhere, or is the face."""
    if not dotted.startswith(f"advisor.{inside}."):
        return None
    parts = dotted.split(".")[2:]
    known = set().union(*rooms)
    if len(parts) > 1 and f"{parts[0]}.{parts[1]}" in known:
        return f"{parts[0]}.{parts[1]}"
    return parts[0] if parts[0] in known else None


@pytest.mark.parametrize(("inside", "rooms"), [("web", WEB_ROOMS), ("advice", ADVICE_ROOMS)], ids=["web", "advice"])
def test_rooms_inside_a_room_import_earlier_ones_only(inside: str, rooms: tuple[set[str], ...]) -> None:
    """The order holds inside `advisor.web` and `advisor.advice`; `advisor.explain` has a law of its own."""
    floor = {room: number for number, line in enumerate(rooms) for room in line}
    for path in (PACKAGE / inside).rglob("*.py"):
        dotted = ".".join(("advisor", *_parts(path))).removesuffix(".__init__")
        if dotted == f"advisor.{inside}":
            continue
        room = _room(dotted, inside, rooms)
        assert room, f"{dotted} is in no room"
        for imported in _imported(path):
            other = _room(imported, inside, rooms)
            assert other in (None, room) or floor[other] < floor[room], f"{dotted} imports {imported}"


def test_templates_and_static_files_have_the_paths_of_the_package() -> None:
    """A folder of `templates` or `static` is the path of a feature, or of a room that writes files."""
    shared = {"templates": {"components"}, "static": {"base"}}
    for top, extra in shared.items():
        folders = {path.parent.relative_to(ROOT / top) for path in (ROOT / top).rglob("*.*") if path.is_file()}
        for folder in folders - {Path()}:
            if folder.parts[0] not in extra:
                homes = [WEB / folder, PACKAGE / folder]
                homes += [PACKAGE / folder.parent] if len(folder.parts) > 1 else []
                assert any((home / "__init__.py").exists() for home in homes), f"{top}/{folder} has no room"


def test_tests_have_the_paths_of_the_package() -> None:
    """A folder of ``tests/web`` has the path of a feature, so that its tests are found by its name."""
    for path in (ROOT / "tests" / "web").rglob("*.py"):
        folder = path.parent.relative_to(ROOT / "tests" / "web")
        assert (WEB / folder / "__init__.py").exists(), f"{path.relative_to(ROOT)} has no room"


def test_every_feature_has_a_table_of_routes() -> None:
    """A folder with views has ``routes.py``, and a folder with ``routes.py`` has views."""
    folders = {path.parent for path in WEB.rglob("views.py")} | {path.parent for path in WEB.rglob("views/__init__.py")}
    folders = {folder.parent if folder.name == "views" else folder for folder in folders}
    tables = {path.parent for path in WEB.rglob("routes.py")}
    assert folders == tables - {WEB / "plans"}  # which gathers the features below it


@holds_for(sorted(WEB.rglob("*.py")))
def test_only_routes_views_and_form_know_the_frameworks(path: Path) -> None:
    """Everything else in a feature is pure, so that it can be read and tested without a request."""
    parts = path.relative_to(WEB).with_suffix("").parts
    if parts[0] in SHARED_EDGES or EDGES & set(parts):
        return
    assert {name.partition(".")[0] for name in _imported(path)} & FRAMEWORKS == set()


@holds_for(sorted(PACKAGE.rglob("__init__.py")))
def test_a_package_only_hands_names_on(path: Path) -> None:
    """A package has only a docstring, imports and `__all__`: its modules define what it offers."""
    for node in tree_of(path).body:
        is_list = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert is_list or isinstance(node, ast.Import | ast.ImportFrom | ast.Expr), f"line {node.lineno}"


def test_a_class_name_means_one_thing_in_a_room() -> None:
    """No two public classes of one top room have the same name."""
    homes = defaultdict(list)
    for path in MODULES:
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
                homes[_parts(path)[0], node.name].append(str(path.relative_to(ROOT)))
    assert {name: found for (_, name), found in homes.items() if len(found) > 1} == {}


def test_a_limit_is_defined_once() -> None:
    """No two modules define a limit with the same name and value, nor a public one with the same name: the second imports it."""
    homes = defaultdict(list)
    for path in MODULES:
        for node in tree_of(path).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if re.match(r"_?(MAX|MOST|LONGEST|DEEPEST)(_|$)", name) and _is_number(node.value):
                    homes[name.lstrip("_"), ast.unparse(node.value)].append(str(path.relative_to(ROOT)))
                    if not name.startswith("_"):
                        homes[name, "a public limit"].append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def _is_number(node: ast.expr) -> bool:
    return all(isinstance(part, ast.Constant | ast.BinOp | ast.operator) for part in ast.walk(node))


ENVIRONMENT = Environment(autoescape=True)


@cache
def _parsed(name: str) -> nodes.Template:
    return ENVIRONMENT.parse((TEMPLATES / name).read_text(encoding="utf-8"))


@cache
def _used_by(name: str) -> frozenset[str]:
    """Return the names that a template and all templates that it extends, includes or imports take from the context."""
    used: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        parsed = _parsed(current)
        # `{% set x = x | default(…) %}` reads the context's x, which Jinja does not count as undeclared.
        used |= meta.find_undeclared_variables(parsed) | {node.name for node in parsed.find_all(nodes.Name)}
        waiting += [other for other in meta.find_referenced_templates(parsed) if other]
    return frozenset(used)


def _rendered() -> Iterator[tuple[str, str, list[str]]]:
    for path in WEB.rglob("*.py"):
        for node in nodes_of(path):
            is_call = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render_template"
            )
            if is_call and node.args and isinstance(node.args[0], ast.Constant):
                names = [keyword.arg for keyword in node.keywords if keyword.arg]
                yield str(path.relative_to(ROOT)), node.args[0].value, names


def test_a_view_passes_only_what_its_template_uses() -> None:
    """Each name in a call of `render_template` is used by the template or by one that it extends or includes."""
    found = list(_rendered())
    assert len(found) > 20
    unused = {
        f"{path}: {template}": left
        for path, template, names in found
        if (left := [name for name in names if name not in _used_by(template)])
    }
    assert unused == {}


def test_nothing_is_offered_to_every_template() -> None:
    """No context processor serves the whole app: a view passes what its template uses."""
    for path in WEB.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "app_context_processor" not in text, path
        assert not re.search(r"\bapp\.context_processor", text), path


def test_no_function_is_left_without_a_caller() -> None:
    """A function or class is named somewhere besides its definition. A decorator, such as that of a command, is a use."""
    sources = [*MODULES, *TEMPLATES.rglob("*.*"), *(ROOT / "bench").glob("*.py"), *(ROOT / "docs").glob("*.py")]
    words = Counter(word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    unused = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and words[node.name] == 1 and not node.decorator_list
    ]
    assert unused == []


def test_test_modules_have_names_of_their_own() -> None:
    """Pytest imports a test module by its name alone, unless its folder is a package, and refuses the second of one name."""
    loose = [path for path in (ROOT / "tests").rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    assert {name: count for name, count in Counter(path.name for path in loose).items() if count > 1} == {}


def test_every_exception_from_a_check_has_its_reason() -> None:
    """A ``noqa`` or ``type: ignore`` is followed by its reason, unless a comment above it has it."""
    exception = re.compile(r"# (?:noqa|type: ignore)\b(?P<rest>.*)$")
    found = []
    for path in [*MODULES, *(ROOT / "bench").glob("*.py"), *(ROOT / "docs").glob("*.py")]:
        lines = path.read_text(encoding="utf-8").splitlines()
        for above, line in zip(["", *lines], lines, strict=False):
            hit = exception.search(line)
            if hit and not re.search(r" (?:- |# )\S", hit["rest"]) and not above.strip().startswith("#"):
                found.append(f"{path.relative_to(ROOT)}: {line.strip()}")
    assert found == []
