"""The names of all destinations, to choose from while typing: made once, for every page that has the picker."""

from __future__ import annotations

from functools import cache

from flask import render_template
from markupsafe import Markup

from advisor.knowledge.catalogue import CATALOGUE


@cache
def destination_names() -> Markup:
    """The list ``destination-names`` that an input can point to."""
    names = dict.fromkeys(row.name for row in CATALOGUE.values())
    # Rendered by a template, so that it is escaped.
    return Markup(render_template("partials/destination_names.html", names=names))  # noqa: S704
