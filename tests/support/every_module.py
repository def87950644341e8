"""Laws that hold for every module of the package: one test each, which fails with all modules that break it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from serving import ROOT

Each = TypeVar("Each", Path, str)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed module. Do not change it: other tests get the same one."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of a module, as `ast.walk` yields them: walking takes longer than most laws do."""
    return tuple(ast.walk(tree_of(path)))


def holds_for(things: Iterable[Each]) -> Callable[[Callable[[Each], None]], Callable[[], None]]:
    """Turn a test of one path or name into one test of all of them.

    Thousands of tests of a millisecond take longer to collect and to hand out than to run.
    """
    tried = list(things)

    def decorate(test: Callable[[Each], None]) -> Callable[[], None]:
        def run() -> None:
            assert tried, "there is nothing to look at"
            faults: dict[str, str] = {}
            for each in tried:
                try:
                    test(each)
                except AssertionError as error:
                    faults[str(each.relative_to(ROOT) if isinstance(each, Path) else each)] = str(error)
            assert faults == {}

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run

    return decorate
