"""Finds the statements that change the value of a name: ``options.integrations.All = …``, ``Object.assign(options, …)``.

Used by `definitions`.
"""

from __future__ import annotations

from advisor.explain.parse.tokens import Tokens

CHANGES = frozenset({"=", "+=", "||=", "&&=", "??=", ":=", "-=", "|="})
_BEFORE_STATEMENT = frozenset("{};)")
_REMOVES = ("delete", "del")
_CHANGE_FIRST = frozenset({"assign", "extend", "merge", "defaults", "defineProperty", "unset", "delete"})
"""Functions that change their first argument."""
_MODIFIERS = ("if", "unless", "while", "until", "rescue")
_LOOPS = ("if", "while", "for", "switch", "catch")


def is_removed_or_passed(tokens: Tokens, at: int) -> bool:
    """Return whether a statement removes a part of the name at ``at``, or passes it to a function that changes it."""
    return tokens[at - 1].is_name(*_REMOVES) or _is_changed_by_function(tokens, at)


def _is_changed_by_function(tokens: Tokens, at: int) -> bool:
    """Return whether the name at ``at`` is the first argument of a statement that changes it: ``Object.assign(name, …)``."""
    opening = tokens.around[at]
    if (
        opening != at - 1
        or opening < 1
        or not tokens[opening].is_sign("(")
        or not tokens[opening - 1].is_name(*_CHANGE_FIRST)
    ):
        return False
    first = opening - 1
    while first > 1 and tokens[first - 1].kind == "sign" and tokens[first - 1].value in tokens.dialect.links:
        first -= 2
    return is_statement(tokens, first)


def sign_after_members(tokens: Tokens, at: int) -> str | None:
    """Return the sign that changes a member of the name at ``at``, such as ``options.integrations["All"] = …``, or None."""
    place = at + 1
    while True:
        token = tokens[place]
        if token.is_sign("[") and place in tokens.closing:
            place = tokens.closing[place] + 1
        elif token.kind == "sign" and token.value in tokens.dialect.links and tokens[place + 1].is_name():
            place += 2
        else:
            break
    sign = str(tokens[place].value)
    return sign if place > at + 1 and tokens[place].kind == "sign" and sign in CHANGES else None


def is_statement(tokens: Tokens, at: int) -> bool:
    """Return whether a statement begins at an index."""
    before = tokens[at - 1] if at else None
    return before is None or tokens[at].fresh or (before.kind == "sign" and before.value in _BEFORE_STATEMENT)


def runs_after(tokens: Tokens, first: int, at: int) -> bool:
    """Return whether the statement at ``at`` always runs after that at ``first``: it is in no branch or loop of its own."""
    if tokens[at - 1].is_name("else", "do"):
        return False
    if tokens.dialect.language in ("python", "ruby"):
        return _indentation(tokens, at) <= _indentation(tokens, first) and not _has_modifier(tokens, at)
    if tokens[at - 1].is_sign(")") and tokens[tokens.opening.get(at - 1, 0) - 1].is_name(*_LOOPS):
        return False
    around, outer = tokens.around[at], tokens.around[first]
    return around == outer or (0 <= around <= outer)


def _indentation(tokens: Tokens, at: int) -> int:
    start = tokens[at].start
    line = tokens.text[tokens.text.rfind("\n", 0, start) + 1 : start]
    return len(line) - len(line.lstrip())


def _has_modifier(tokens: Tokens, at: int) -> bool:
    """Return whether a condition follows the statement at ``at`` in its line, as in Ruby."""
    place = at + 1
    while not tokens[place].fresh and tokens[place].kind != "end":
        if tokens[place].is_name(*_MODIFIERS):
            return tokens.dialect.language == "ruby"
        place = tokens.closing.get(place, place) + 1
    return False
