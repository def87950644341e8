"""The tables of routes are the one place where an address is defined."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

from advisor.web.app.body_limits import MAX_BATCH, MAX_FORM, ROOM, read_limit
from advisor.web.app.routing import Route
from serving import ROOT

WEB = ROOT / "advisor" / "web"


def test_every_address_is_an_entry_of_a_table_of_routes(app: Flask) -> None:
    """All but static files, so that rights, body limits and turns know every address."""
    routes: dict[str, Route] = app.extensions["routes"]
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"} == set(routes)


def test_the_name_of_a_blueprint_is_the_path_of_its_folder(app: Flask) -> None:
    """``plans.grid.show`` is in ``advisor/web/plans/grid``. The link of a share has an address of its own."""
    for endpoint in app.extensions["routes"]:
        folder = endpoint.rpartition(".")[0]
        if folder != "shared":
            assert (WEB / folder.replace(".", "/")).is_dir(), endpoint


def test_only_tables_of_routes_add_addresses() -> None:
    """No decorator, and no `add_url_rule` outside `advisor.web.app.routing`, but for static files."""
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Attribute) and node.attr in {"route", "add_url_rule", "get", "post"}
            if called and ast.unparse(node.value) in {"blueprint", "app", "feature"}:
                assert _name(path) in {"app/routing.py", "app/assets/serve.py"}, f"{_name(path)}: {ast.unparse(node)}"


def test_only_tables_that_say_so_take_more_than_a_form(app: Flask) -> None:
    """A batch of the grid and documents may be larger; every other address, known or not, takes a form."""
    settings = app.extensions["settings"]
    assert read_limit(app, "POST", "/plans/x/grid/changes") == MAX_BATCH + ROOM
    assert read_limit(app, "POST", "/api/v1/advice") == settings.max_body + ROOM
    assert read_limit(app, "POST", "/plans/import") > settings.max_body
    assert read_limit(app, "POST", "/plans/x/settings") == read_limit(app, "POST", "/nowhere") == MAX_FORM + ROOM


def _name(path: Path) -> str:
    return str(path.relative_to(WEB))
