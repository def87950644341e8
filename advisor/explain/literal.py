"""Reads what people paste: a call in the language of its library, a command, JSON or JavaScript. Nothing is ever run.

The language of the chosen library comes first. JSON and JavaScript are read for every library, and the other languages where
they give an object that the first reading doesn't.
"""

from __future__ import annotations

import re

from advisor.explain.parse.dialects import DIALECTS, JAVASCRIPT, Dialect
from advisor.explain.parse.forms import readable_forms
from advisor.explain.parse.shell import read_sent
from advisor.explain.parse.source import MAX_DEPTH, LiteralError, check_text
from advisor.explain.parse.texts import read_text
from advisor.explain.values import Closure, Invocation, Literal, Value, Variable
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES

__all__ = ["MAX_DEPTH", "read_literal"]

_WORD = "integration"
_CALL = re.compile(rf"\b(?:{'|'.join(CALL_TYPES)})(?:Message)?\b", re.IGNORECASE)


def read_literal(text: str, library: str | None = None, *, wants_load: bool = False) -> Literal:
    """Read a whole text. Raises `LiteralError`, which says where and what, and what can be pasted for the library.

    ``wants_load`` looks for the call of ``analytics.load`` where the text has others, too.
    """
    check_text(text)
    try:
        return _read(text, library, wants_load=wants_load)
    except LiteralError as error:
        if library is None:
            raise
        raise LiteralError(f"{error.message} {readable_forms(library)}", error.line, error.column) from None


def _read(text: str, library: str | None, *, wants_load: bool) -> Literal:
    sent = read_sent(text)
    if sent is not None:
        return sent
    own = DIALECTS.get(LIBRARIES[library].code.language, JAVASCRIPT) if library else JAVASCRIPT
    found: list[Literal] = []
    refusals: list[LiteralError] = []
    expects = _WORD in text.casefold()
    for dialect in (own,) if own is JAVASCRIPT else (own, JAVASCRIPT):
        try:
            read = read_text(text, dialect, wants_load=wants_load)
        except LiteralError as error:
            refusals.append(error)
            continue
        if not expects or has_object(read.value):
            return read
        found.append(read)
    if expects and (other := _read_as_another(text, own, wants_load=wants_load)):
        return other
    if found:
        return found[0]
    raise max(refusals, key=lambda refusal: (refusal.line, refusal.column))


def _read_as_another(text: str, own: Dialect, *, wants_load: bool) -> Literal | None:
    """Read a call in a language that is neither the library's nor JavaScript, if it is plainly one."""
    if not _CALL.search(text):
        return None
    for dialect in DIALECTS.values():
        if dialect not in (own, JAVASCRIPT):
            try:
                read = read_text(text, dialect, wants_load=wants_load)
            except LiteralError:
                continue
            if isinstance(read.value, Invocation) and has_object(read.value):
                return read
    return None


def has_object(value: Value | Invocation) -> bool:
    """Return whether an integrations object, or an entry of one, is written out in what was read."""
    if not isinstance(value, Invocation):
        return isinstance(value, dict) and not any(_is_unknown(*each) for each in value.items())
    places = [*value.arguments, *value.keywords.items(), *value.outside.items()]
    return any(_holds(each) for each in places)


def _is_unknown(key: str, value: Value) -> bool:
    return _WORD in key.casefold() and isinstance(value, Variable)


def _holds(place: Value | tuple[str, Value]) -> bool:
    name, value = place if isinstance(place, tuple) else ("", place)
    if isinstance(value, Closure):
        return any(_holds(each) for each in value.assigned.items())
    if not isinstance(value, dict):
        return False
    return _WORD in name.casefold() or any(_holds(each) for each in value.items())
