"""Joins what statements set on a builder in the branches of an ``if``, because the branch is only known at run time.

Used by `texts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from advisor.explain.parse.builders import INTEGRATION_STEPS, key_of
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Argument, Call, Choice, Opaque

_Branch = tuple[Literal["always", "if", "else", "maybe"], int]
"""When a statement runs. ``if`` and ``else`` of one condition have the index of the same block."""
_LOOPS = ("if", "while", "for", "switch", "catch")


def join_branches(tokens: Tokens, statements: Sequence[tuple[int, Call]], first: int) -> list[Call]:
    """Return the steps of statements, joined to one step for each key that branches set.

    ``first`` is the index where the builder is created; a block around it is not a branch. A step that may not run sets an
    unknown value, unless its ``else`` sets the same key.
    """
    found: list[Call] = []
    chosen: dict[str, list[tuple[_Branch, Call]]] = {}
    for at, step in statements:
        branch = _branch(tokens, at, tokens.around[first])
        key = key_of(step.arguments[0].value) if step.name in INTEGRATION_STEPS and step.arguments else None
        if branch[0] == "always" or key is None:
            found.append(step)
        else:
            chosen.setdefault(key, []).append((branch, step))
    return [*found, *(_join_steps(each) for each in chosen.values())]


def _join_steps(branches: list[tuple[_Branch, Call]]) -> Call:
    """Return one step for a key that branches set, with a choice or an unknown value."""
    steps = [step for _, step in branches]
    last, kinds = steps[-1], [branch for branch, _ in branches]
    entries = [INTEGRATION_STEPS[step.name](step) for step in steps]
    is_one_of_two = len(kinds) == 2 and kinds[1] == ("else", kinds[0][1]) and kinds[0][0] == "if"
    values = tuple(entry.value for entry in entries)
    value = Choice(values, last.start, "if … else …") if is_one_of_two else Opaque(f"if … {last.text}", last.start)
    key = replace(last.arguments[0], name=None)
    return Call("integrationOptions", (key, Argument(value, last.start)), last.start, last.receiver, last.text)


def _branch(tokens: Tokens, at: int, outer: int) -> _Branch:
    """Return when the statement at an index runs, seen from inside the bracket ``outer``."""
    block = tokens.around[at]
    if block == outer:
        return _bare(tokens, at)
    if tokens.around[block] != outer:
        return "maybe", block
    if tokens[block - 1].is_name("else"):
        own = tokens.opening.get(block - 2, block)
        return ("else", own) if _is_first_if(tokens, own) else ("maybe", block)
    return ("if", block) if _is_first_if(tokens, block) else ("maybe", block)


def _bare(tokens: Tokens, at: int) -> _Branch:
    """Return when a statement without braces around it runs."""
    opening = tokens.opening.get(at - 1, 0)
    follows = tokens[at - 1].is_sign(")") and tokens[opening - 1].is_name(*_LOOPS)
    return ("maybe", at) if follows or tokens[at - 1].is_name("else", "do") else ("always", at)


def _is_first_if(tokens: Tokens, block: int) -> bool:
    """Return whether a block belongs to an ``if`` without ``else`` before it."""
    opening = tokens.opening.get(block - 1, 0)
    return tokens[opening - 1].is_name("if") and not tokens[opening - 2].is_name("else")
