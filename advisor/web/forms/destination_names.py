"""Names of destinations in forms: all of them as suggestions for an input, and the error for a name that is none."""

from __future__ import annotations

from functools import cache

from flask import render_template
from markupsafe import Markup

from advisor.knowledge.catalogue import CATALOGUE, find_destination
from advisor.text import join_names


@cache
def destination_names() -> Markup:
    """Return the HTML list ``destination-names`` for the ``list`` attribute of an input."""
    names = dict.fromkeys(row.name for row in CATALOGUE.values())
    # A template renders it, so it is escaped.
    return Markup(render_template("forms/destination_names.html", names=names))  # noqa: S704


def unknown_destination(name: str) -> str:
    """Return the error message for a name that matches no destination, or several."""
    nearest = [CATALOGUE[key].name for key in find_destination(name).candidates]
    if not nearest:
        return f"“{name}” isn’t a destination. Choose one from the catalogue."
    return f"“{name}” isn’t a destination. Did you mean {join_names(nearest, 'or')}?"
