"""The routes of a feature: which view answers an address, who may open it, and how large and how slow its requests may be.

Each ``routes.py`` is one table of `Route` values. `feature` makes it a blueprint. Rights (`rights.guard`), body limits and
turns look up the route of a request, so that nothing about an address is written in a second place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from flask import Blueprint, Flask, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import IntegerConverter, Map

from advisor.store import Right

_MOST_IN_ADDRESS = 10**9 - 1
"""The largest number of an address, as in `advisor.text.whole_number`: databases refuse numbers that are too large."""

Body = Literal["form", "batch", "document", "document form"]
"""What a request may send: a form, a batch of grid changes, a plan document, or a form that contains one."""


@dataclass(frozen=True)
class Route:
    """One address of a feature.

    ``rule`` follows the prefix of the feature, ``methods`` are separated by blanks, and ``endpoint`` is the name of the
    view unless it is given. ``right`` is the right to the plan that a visitor needs, if it is more than *view* for
    reading and *edit* for sending. ``is_slow`` says that the work grows with the plan and its result is not cached.
    """

    rule: str
    view: Callable[..., Any]
    methods: str = "GET"
    endpoint: str = ""
    right: Right | None = None
    body: Body = "form"
    is_slow: bool = False

    @property
    def name(self) -> str:
        """The endpoint inside its blueprint."""
        return self.endpoint or self.view.__name__


class _Number(IntegerConverter):
    """A whole number in an address. An address with a larger one than `_MOST_IN_ADDRESS` leads nowhere."""

    def __init__(self, routes: Map) -> None:
        super().__init__(routes, max=_MOST_IN_ADDRESS)


def register(app: Flask) -> None:
    """Limit the numbers in all addresses. Call it before blueprints are registered."""
    app.url_map.converters["int"] = _Number


def feature(name: str, import_name: str, *routes: Route, prefix: str | None = None) -> Blueprint:
    """Return the blueprint of a feature. ``prefix`` comes before every rule, after the prefix of the outer blueprint."""
    blueprint = Blueprint(name, import_name, url_prefix=prefix)
    for route in routes:
        blueprint.add_url_rule(route.rule, route.name, route.view, methods=route.methods.split())

    @blueprint.record
    def remember(state: BlueprintSetupState) -> None:
        known: dict[str, Route] = state.app.extensions.setdefault("routes", {})
        for route in routes:
            known[f"{state.name_prefix}.{state.name}.{route.name}".lstrip(".")] = route

    return blueprint


def route_of(app: Flask, endpoint: str | None) -> Route | None:
    """Return the route with this endpoint; None for an unknown address and for static files."""
    return cast(dict[str, Route], app.extensions.get("routes", {})).get(endpoint or "")


def current_route() -> Route | None:
    """Return the route of the current request; None for an unknown address and for static files."""
    return route_of(current_app, request.endpoint)
