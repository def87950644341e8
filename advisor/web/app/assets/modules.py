"""The import graph of the scripts, so that a page can name every module that it needs before any of them has arrived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from advisor.web.app.assets.references import BrokenReferenceError, resolve

Graph = Mapping[str, tuple[str, ...]]
"""The modules that each module imports, by name."""
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
_STATIC_IMPORT = re.compile(r'^\s*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*"([^"]+)"', re.MULTILINE)
_DYNAMIC_IMPORT = re.compile(r"\bimport\s*\(")


def import_graph(texts: Mapping[str, str]) -> Graph:
    """Return what each script imports. ``texts`` are all scripts by name.

    Raises `BrokenReferenceError` for a module that does not exist, and for ``import()``, which cannot be preloaded.
    """
    return {name: _imports(name, text, texts) for name, text in texts.items()}


def _imports(name: str, text: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    code = _COMMENT.sub("", text)
    if _DYNAMIC_IMPORT.search(code):
        raise BrokenReferenceError(name, "import()", "cannot be preloaded: import at the top")
    found = tuple(resolve(name, reference) for reference in _STATIC_IMPORT.findall(code))
    for target in found:
        if target not in texts:
            raise BrokenReferenceError(name, target, "does not exist")
    return found


def modules_behind(roots: Iterable[str], graph: Graph) -> list[str]:
    """Return every module that the roots import, directly or through others, without the roots. Nearest first."""
    found = list(dict.fromkeys(roots))
    first = len(found)
    for name in found:  # grows while it is walked
        found += [target for target in dict.fromkeys(graph[name]) if target not in found]
    return found[first:]
