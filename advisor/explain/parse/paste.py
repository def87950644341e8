"""Reads what people paste: a call in the language of its library, a command, JSON or JavaScript. Nothing is ever run.

The language of the chosen library comes first. JSON and JavaScript are read for every library, and the other languages where
they give an object that the first reading doesn't. Used by `resolve`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from advisor.document_limits import MAX_DEPTH
from advisor.explain.parse.dialects import DIALECTS, JAVASCRIPT, Dialect
from advisor.explain.parse.forms import readable_forms
from advisor.explain.parse.shell import read_sent
from advisor.explain.parse.source import LiteralError, check_text
from advisor.explain.parse.texts import read_text
from advisor.explain.parse.values import Closure, Invocation, Literal, OpenObject, Value, Variable
from advisor.knowledge.libraries import LIBRARIES, Language
from advisor.model import CALL_TYPES

__all__ = ["MAX_DEPTH", "read_literal"]

_WORD = "integration"
_MAX_GUESSED = 16_384
"""The maximum length of a text that is tried in all languages."""
_NOTHING, _IN_PART, _WRITTEN_OUT = range(3)
_FENCE = re.compile(r"\s*(?:```|~~~)[\w+#-]*[ \t]*(\n.*\n)[ \t]*(?:```|~~~)\s*", re.DOTALL)
_CALL = re.compile(rf"\b(?:{'|'.join(CALL_TYPES)})(?:Message)?\b", re.IGNORECASE)


def read_literal(text: str, library: str | None = None, *, wants_load: bool = False) -> Literal:
    """Return what a whole text holds. Raises `LiteralError` with the place, the reason and what can be pasted.

    With ``wants_load``, the call of ``analytics.load`` is read even if the text has other calls, too.
    """
    check_text(text)
    try:
        return _read(_without_fence(text), library, wants_load=wants_load)
    except LiteralError as error:
        if library is None:
            raise
        raise LiteralError(
            f"{error.message} {readable_forms(library, load=wants_load)}", error.line, error.column
        ) from None


def _read(text: str, library: str | None, *, wants_load: bool) -> Literal:
    sent = read_sent(text)
    if sent is not None:
        return sent
    if _is_json(text):
        return _read_json(text)
    own = DIALECTS.get(LIBRARIES[library].code.language, JAVASCRIPT) if library else JAVASCRIPT
    expects = _WORD in text.casefold()
    best: Literal | None = None
    refusals: dict[Language, LiteralError] = {}
    for dialect in _dialects(text, own, expects=expects):
        if (
            best is not None
            and dialect not in (own, JAVASCRIPT)
            and _is_call(best)
            and _rank(best.value, expects=expects)
        ):
            break  # the place of the object is found, and no other language is meant
        try:
            read = read_text(text, dialect, wants_load=wants_load)
        except LiteralError as error:
            refusals[dialect.language] = error
            continue
        rank = _rank(read.value, expects=expects)
        is_call = isinstance(read.value, Invocation)
        if best is not None and _is_call(best) and not is_call:
            continue
        if rank == _WRITTEN_OUT and (is_call or dialect in (own, JAVASCRIPT)):
            return read
        if dialect in (own, JAVASCRIPT) and (best is None or rank > _rank(best.value, expects=expects)):
            best = read
    if best is None or (expects and own.language in refusals and not _rank(best.value, expects=expects)):
        mine = [refusals[each.language] for each in (own, JAVASCRIPT) if each.language in refusals]
        raise max(mine, key=lambda refusal: (refusal.line, refusal.column))
    return best


def _read_json(text: str) -> Literal:
    """Return what JSON holds, also inside of a text, as logs show it."""
    read = read_text(text, JAVASCRIPT)
    if not isinstance(read.value, str) or not _is_json(read.value):
        return read
    return Literal(read_text(read.value, JAVASCRIPT).value, text, {(): 0})


def _is_json(text: str) -> bool:
    """Return whether the text is an object or a list in JSON, which other languages would read differently."""
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _without_fence(text: str) -> str:
    """Return the text with blanks in place of the lines of a Markdown code block, so that every position stays."""
    fence = _FENCE.fullmatch(text)
    if fence is None:
        return text
    return " " * fence.start(1) + fence[1] + " " * (len(text) - fence.end(1))


def _dialects(text: str, own: Dialect, *, expects: bool) -> Iterator[Dialect]:
    """Yield the languages to try: the library's own, JavaScript, and all others for what may be a call."""
    yield own
    if own is not JAVASCRIPT:
        yield JAVASCRIPT
    if expects and len(text) <= _MAX_GUESSED and _CALL.search(text):
        yield from (dialect for dialect in DIALECTS.values() if dialect not in (own, JAVASCRIPT))


def _is_call(read: Literal) -> bool:
    return isinstance(read.value, Invocation) and read.calls > 0


def _rank(value: Value | Invocation, *, expects: bool) -> int:
    """Return how much of an integrations object a reading has found: all of it, a part, or nothing."""
    if isinstance(value, Invocation):
        if not expects:
            return _WRITTEN_OUT
        places = [*value.arguments, *value.keywords.items(), *value.outside.items()]
        return max((_rank_argument(each) for each in places), default=_NOTHING)
    if not isinstance(value, dict) or any(_is_unknown(*each) for each in value.items()):
        return _NOTHING
    return min(_of_object(value), *(_rank_argument(each) or _WRITTEN_OUT for each in value.items()), _WRITTEN_OUT)


def _of_object(value: Value) -> int:
    return _IN_PART if isinstance(value, OpenObject) else _WRITTEN_OUT


def _is_unknown(key: str, value: Value) -> bool:
    return _WORD in key.casefold() and isinstance(value, Variable)


def _rank_argument(place: Value | tuple[str, Value]) -> int:
    """Return how much of an integrations object an argument holds."""
    name, value = place if isinstance(place, tuple) else ("", place)
    if isinstance(value, Variable) and _WORD in name.casefold():
        return _IN_PART
    if isinstance(value, Closure):
        return max((_rank_argument(each) for each in value.assigned.items()), default=_NOTHING)
    if not isinstance(value, dict):
        return _NOTHING
    if _WORD in name.casefold():
        return _of_object(value)
    return max((_rank_argument(each) for each in value.items()), default=_NOTHING)
