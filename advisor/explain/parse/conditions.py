"""Finds the condition under which a statement in a plugin or closure runs, unless it only asks which event it is.

A plugin sees every event, so that ``if (event.event == 'X')`` says which call is looked at. Any other condition is known at run
time only. Used by `assignments`.
"""

from __future__ import annotations

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.tokens import Tokens

_KEYWORDS = ("if", "while", "for", "switch", "when")
_ABOUT_EVENT = frozenset({"event", "Event", "type", "name", "is", "as", "instanceof", "null", "nil", "undefined"})
"""Words in a condition that asks which event it is, or whether there is one."""
_MAX_CONDITION = 60


def run_time_condition(reader: Reader, at: int, first: int) -> str | None:
    """Return the condition of the statement at ``at`` in the code that begins at ``first``; None if it always runs."""
    tokens = reader.tokens
    begin = _statement_begin(tokens, at)
    spans = [_before(tokens, begin)]
    block = tokens.around[begin]
    while block > first:
        spans.append(_before(tokens, block) if tokens[block].is_sign("{") else None)
        block = tokens.around[block]
    for span in filter(None, spans):
        if not any(tokens[place].is_name(*_ABOUT_EVENT) for place in range(*span)):
            return reader.text(*span)
    return None


def _statement_begin(tokens: Tokens, at: int) -> int:
    """Return the index where the statement begins whose field or method is at ``at``: ``event?.integrations``."""
    while at > 1:
        before = tokens[at - 1]
        if before.kind == "sign" and before.value in tokens.dialect.links:
            at -= 2
        elif tokens[at].is_sign(")", "]") and at in tokens.opening:
            at = tokens.opening[at] - 1
        elif tokens[at].is_sign("!", "?", "!!"):
            at -= 1
        else:
            break
    return at


def _before(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Return the span of the condition of the statement or block that begins at ``at``, or None without one."""
    before = at - 1
    if tokens[before].is_name("else") and tokens[before - 1].is_sign("}"):
        return _before(tokens, tokens.opening.get(before - 1, 0))
    if tokens[before].is_sign(")") and before in tokens.opening:
        opening = tokens.opening[before]
        return (opening + 1, before) if tokens[opening - 1].is_name(*_KEYWORDS) else None
    if tokens.dialect.language != "swift" or not tokens[at].is_sign("{"):
        return None
    for place in range(before, max(before - _MAX_CONDITION, 0), -1):
        if tokens[place].is_name(*_KEYWORDS):
            return place + 1, at
        if tokens[place].is_sign("{", "}", ";"):
            return None
    return None
