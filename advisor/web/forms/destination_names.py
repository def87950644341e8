"""The names of all destinations as suggestions for an input, rendered once for all pages with a destination picker."""

from __future__ import annotations

from functools import cache

from flask import render_template
from markupsafe import Markup

from advisor.knowledge.catalogue import CATALOGUE


@cache
def destination_names() -> Markup:
    """Return the HTML list ``destination-names`` for the ``list`` attribute of an input."""
    names = dict.fromkeys(row.name for row in CATALOGUE.values())
    # A template renders it, so it is escaped.
    return Markup(render_template("forms/destination_names.html", names=names))  # noqa: S704
