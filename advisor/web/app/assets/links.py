"""Writes the links to stylesheets and scripts in the head of a page. The base template calls both functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from advisor.web.app.assets.modules import Graph, modules_behind
from advisor.web.app.assets.sheets import INDEX

_SHEET = Markup('<link rel="stylesheet" href="{}">')
# Pages can be read without scripts, so what is needed to draw them goes first.
_SCRIPT = Markup('<script type="module" src="{}" fetchpriority="low"></script>')
_PRELOAD = Markup('<link rel="modulepreload" href="{}" fetchpriority="low">')


def stylesheet_links(features: Iterable[str], address: Callable[[str], str]) -> Markup:
    """Return a link to the stylesheet of each feature. ``address`` returns where a static file is."""
    return Markup("\n").join(_SHEET.format(address(f"{feature}/{INDEX}")) for feature in features)


def script_links(scripts: Iterable[str], graph: Graph, address: Callable[[str], str]) -> Markup:
    """Return the tag of each script, and links that preload every module that they import. Names are without ``.js``."""
    roots = [f"{script}.js" for script in scripts]
    return Markup("\n").join(
        [
            *(_SCRIPT.format(address(name)) for name in roots),
            *(_PRELOAD.format(address(name)) for name in modules_behind(roots, graph)),
        ]
    )
