"""Finds the condition under which a statement in a plugin or closure runs, unless it only asks which event it is.

A plugin sees every event, so that ``if (event.event == 'X')`` says which call is looked at. Any other condition is known at run
time only. Used by `assignments`.
"""

from __future__ import annotations

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.tokens import Tokens

_KEYWORDS = ("if", "while", "for", "switch", "when")
_ABOUT_EVENT = frozenset(
    {"event", "Event", "type", "name", "is", "as", "instanceof", "null", "nil", "undefined", "integrations"}
)
"""Words in a condition that asks which event it is, or whether there is one."""
_MAX_CONDITION = 60
"""The number of tokens of a condition that are looked at."""
_MAX_BLOCKS = 20
"""The number of blocks around a statement that are looked at; one in more of them is taken as a branch."""


def run_time_condition(reader: Reader, at: int, first: int) -> str | None:
    """Return the condition of the statement at ``at`` in the code that begins at ``first``; None if it always runs."""
    tokens = reader.tokens
    begin = _statement_begin(tokens, at)
    spans = [_before(tokens, begin)]
    block = tokens.around[begin]
    while block > first:
        if len(spans) > _MAX_BLOCKS:
            return ""
        spans.append(_before(tokens, block) if tokens[block].is_sign("{") else None)
        block = tokens.around[block]
    return next((reader.text(*span) for span in filter(None, spans) if not _is_about_event(tokens, *span)), None)


def _is_about_event(tokens: Tokens, first: int, end: int) -> bool:
    return any(tokens[place].is_name(*_ABOUT_EVENT) for place in range(first, min(end, first + _MAX_CONDITION)))


def _statement_begin(tokens: Tokens, at: int) -> int:
    """Return the index where the statement begins whose field or method is at ``at``: ``event?.integrations``."""
    while at > 1:
        before = tokens[at - 1]
        if before.kind == "sign" and before.value in tokens.dialect.links:
            at -= 2
        elif tokens[at].is_sign(")", "]") and at in tokens.opening:
            at = tokens.opening[at] - 1
        elif tokens[at].is_sign("!", "?", "!!") or before.is_name("return", "var", "let"):
            at -= 1
        elif before.is_sign("=") and tokens[at - 2].is_name():
            at -= 2
        else:
            break
    return at


def early_return(reader: Reader, first: int, end: int) -> tuple[int, str] | None:
    """Return where a closure ends early under a condition known at run time only, and the condition; None if it doesn't."""
    tokens = reader.tokens
    for at in range(first, end if first else first):
        if tokens[at].is_name("return") and not tokens[at - 1].is_sign("=>"):
            condition = _guard(reader, at) or run_time_condition(reader, at, first)
            if condition is not None:
                return at, condition
    return None


def _guard(reader: Reader, at: int) -> str | None:
    """Return the condition of Swift's ``guard condition else { return … }``, or None."""
    tokens, block = reader.tokens, reader.tokens.around[at]
    if block < 1 or not tokens[block - 1].is_name("else"):
        return None
    for place in range(block - 2, max(block - _MAX_CONDITION, 0), -1):
        if tokens[place].is_name("guard"):
            is_check = _is_about_event(tokens, place + 1, block - 1) or tokens[place + 1].is_name("var", "let")
            return None if is_check else reader.text(place + 1, block - 1)
        if tokens[place].is_sign("{", "}", ";"):
            return None
    return None


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
