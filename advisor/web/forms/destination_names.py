"""Names of destinations in forms: all of them as suggestions for an input, and the error for a name that is none."""

from __future__ import annotations

from functools import cache

from flask import render_template
from markupsafe import Markup

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_search import read_name
from advisor.text import did_you_mean, join_names


@cache
def destination_names() -> Markup:
    """Return the HTML list ``destination-names`` for the ``list`` attribute of an input."""
    names = dict.fromkeys(row.name for row in CATALOGUE.values())
    # A template renders it, so it is escaped.
    return Markup(render_template("forms/destination_names.html", names=names))  # noqa: S704


def unknown_destination(name: str) -> str:
    """Return the error message for a name that matches no destination, or several."""
    read = read_name(name)
    if read.status == "storage":
        return f"“{name}” is storage, and no destination of its own. Turn on the warehouse for it."
    near = [hit.row.name for hit in read.hits]
    if not near:
        return f"“{name}” isn’t a destination. Choose one from the catalogue."
    if read.status == "several":
        return f"“{name}” may mean {join_names(near, 'or')}. Choose one."
    return f"“{name}” isn’t a destination.{did_you_mean(near)}"
