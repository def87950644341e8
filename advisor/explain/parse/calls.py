"""Finds Segment's calls in the tokens of a text, in the syntax of each language. Used by `texts`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Argument, Call, Mapping, Name
from advisor.model import CALL_TYPES

LOAD = "load"
_CAPITALS = ("csharp", "go", "rust")
_DEFINES = frozenset(
    {
        "def",
        "function",
        "fun",
        "func",
        "fn",
        "void",
        "class",
        "struct",
        "type",
        "new",
        "import",
        "defn",
        "async",
        "impl",
        "enum",
    }
)
_AFTER_WORD = frozenset({"await", "return", "void", "yield", "else", "do", "then", "in", "and", "or"})
_EVENTS = frozenset(f"{call.capitalize()}Event" for call in CALL_TYPES)
"""Events that ``analytics.process`` takes in Kotlin and Swift in place of a call."""
_BUILDERS = {f"{call.capitalize()}Message": call for call in CALL_TYPES}


@dataclass(frozen=True)
class Head:
    """The beginning of a call: ``first`` is the index of its first token, ``at`` that of the word that gives its type."""

    first: int
    at: int
    is_struct: bool = False


ON_ELEMENTS = frozenset({"trackLink", "trackForm", "trackClick", "trackSubmit"})
"""Calls of Analytics.js that track once an element is used: the element, and then what track takes."""


def heads(tokens: Tokens) -> Iterator[Head]:
    """Yield the heads of Segment's calls, in the order of the text."""
    find = {"clojure": _lisp_head, "objective-c": _message_head}.get(tokens.dialect.language, _head)
    for at, token in enumerate(tokens.items):
        if token.kind == "name" and (head := find(tokens, at)):
            yield head


def load_heads(tokens: Tokens) -> Iterator[Head]:
    """Yield the heads of the calls of ``analytics.load``."""
    for at, token in enumerate(tokens.items):
        if token.is_name(LOAD) and tokens[at + 1].is_sign("(") and at and _is_link(tokens, at - 1):
            yield Head(_begin(tokens, at), at)


def _head(tokens: Tokens, at: int) -> Head | None:
    word, language = str(tokens[at].value), tokens.dialect.language
    if word in _BUILDERS and language in ("java", "kotlin"):
        return Head(at, at) if tokens[at + 1].is_sign(".") and tokens[at + 2].is_name("builder") else None
    if word in _EVENTS and language in ("kotlin", "swift"):
        return _event_head(tokens, at)
    if word in ON_ELEMENTS and language == "javascript":
        return Head(_begin(tokens, at), at) if at and _is_link(tokens, at - 1) and _is_called(tokens, at) else None
    is_capital = word[:1].isupper()
    if word.lower() not in CALL_TYPES or (is_capital and (language not in _CAPITALS or not word[1:].islower())):
        return None
    linked = at > 0 and _is_link(tokens, at - 1)
    if is_capital and tokens[at + 1].is_sign("{") and language in ("go", "rust"):
        defines = tokens[at - 1].is_name() and tokens[at - 1].value in _DEFINES | {"for", "in", "match"}
        return None if defines and at else Head(_begin(tokens, at), at, is_struct=True)
    if language in ("rust", "go") or (is_capital and not linked):
        return None
    if linked:
        return Head(_begin(tokens, at), at) if _is_called(tokens, at) else None
    return Head(at, at) if _is_bare_call(tokens, at) else None


def _event_head(tokens: Tokens, at: int) -> Head | None:
    """Return the head of ``analytics.process(TrackEvent(…))``, given the index of the event's name, or None."""
    opening = tokens.around[at]
    if opening < 1 or not tokens[opening].is_sign("(") or not tokens[opening - 1].is_name("process"):
        return None
    return Head(_begin(tokens, opening - 1), at) if tokens[at + 1].is_sign("(") else None


def _is_link(tokens: Tokens, at: int) -> bool:
    return tokens[at].kind == "sign" and tokens[at].value in tokens.dialect.links


def _is_called(tokens: Tokens, at: int) -> bool:
    follows = tokens[at + 1]
    if follows.is_sign("("):
        return True
    if follows.is_sign("?.") and tokens[at + 2].is_sign("("):
        return True
    if tokens.dialect.language == "ruby" and not follows.fresh:
        return (
            follows.kind in ("text", "symbol")
            or follows.is_sign("{")
            or (follows.is_name() and follows.value not in tokens.dialect.between)
        )
    if tokens.dialect.trailing and follows.is_sign("{"):
        return True
    return follows.is_sign("<") and tokens.dialect.generics


def _is_bare_call(tokens: Tokens, at: int) -> bool:
    """Return whether a word without an object before it is called rather than defined."""
    if not tokens[at + 1].is_sign("(") or at + 1 not in tokens.closing:
        return False
    before = tokens[at - 1] if at else None
    if before is not None and not tokens[at].fresh:
        if before.kind == "name" and before.value not in _AFTER_WORD:
            return False
        if before.is_sign(">", "?", "]", "*", "&", ")", "$", "@"):
            return False
    elif before is not None and before.kind == "name" and before.value in _DEFINES:
        return False
    after = tokens[tokens.closing[at + 1] + 1]
    return not (after.is_sign("{", "->", ":") or after.is_name("async", "throws", "where"))


def _begin(tokens: Tokens, at: int) -> int:
    """Return the index where the dotted name begins whose last part is at ``at``."""
    while at > 0 and _is_link(tokens, at - 1):
        before = at - 2
        while before > 0 and tokens[before].kind == "sign" and before in tokens.opening:
            before = tokens.opening[before] - 1
        if before < 0 or not tokens[before].is_name():
            return at if before < 0 else before + 1
        at = before
    return at


def _lisp_head(tokens: Tokens, at: int) -> Head | None:
    word = str(tokens[at].value).rpartition("/")[2]
    return Head(at - 1, at) if at and word in CALL_TYPES and tokens[at - 1].is_sign("(") else None


def _message_head(tokens: Tokens, at: int) -> Head | None:
    is_call = tokens[at].value in CALL_TYPES and tokens[at + 1].is_sign(":", "]")
    around = tokens.around[at]
    if not is_call or around < 0 or not tokens[around].is_sign("[") or at == around + 1:
        return None
    return Head(around, at)


def read_call(reader: Reader, head: Head) -> tuple[Call, str, int]:
    """Return the call that begins at a head, its name, and the index after it."""
    tokens, language = reader.tokens, reader.dialect.language
    if language in ("objective-c", "clojure"):
        node, end = reader.expression(head.first)
        return _as_call(node), str(tokens[head.at].value), end
    name = "".join(tokens.text[tokens[head.first].start : tokens[head.at].end].split())
    word = Name(str(tokens[head.at].value), tokens[head.at].start)
    if word.text in _EVENTS:
        return _read_process_call(reader, head, word)
    if head.is_struct:
        return _struct(reader, head, word), name, reader.closing(head.at + 1) + 1
    if language == "ruby" and not tokens[head.at + 1].is_sign("("):
        arguments, end = _open_arguments(reader, head.at + 1)
        return Call(word.text, arguments, word.start), name, end
    after = head.at + 2 if tokens[head.at + 1].is_sign("?.") else head.at + 1
    node, end = reader.postfix(word, after, statement=True)
    return _as_call(node), name, end


def _read_process_call(reader: Reader, head: Head, word: Name) -> tuple[Call, str, int]:
    """Read ``process(TrackEvent(event = "X")) { … }`` as a call of the event's type, with the enrichment as an argument."""
    node, end = reader.postfix(Name("process", word.start), reader.tokens.around[head.at], statement=True)
    given = node.arguments if isinstance(node, Call) else ()
    events = [each for each in given if isinstance(each.value, Call) and each.value.method == word.text]
    fields = [field for each in events if isinstance(each.value, Call) for field in each.value.arguments if field.name]
    others = (replace(each, name="enrichment") for each in given if each not in events)
    return Call(word.text, (*fields, *others), word.start), word.text, end


def _as_call(node: object) -> Call:
    return node if isinstance(node, Call) else Call("", (), getattr(node, "start", 0))


def _struct(reader: Reader, head: Head, word: Name) -> Call:
    made = reader.read_struct(word.text, head.at + 1, word.start)
    entries = made.entries if isinstance(made, Mapping) else ()
    arguments = (Argument(each.value, each.start, each.key, spread=each.key is None) for each in entries)
    return Call(word.text, tuple(arguments), word.start)


def _open_arguments(reader: Reader, at: int) -> tuple[tuple[Argument, ...], int]:
    """Read the arguments of a Ruby call without parentheses, up to a line that doesn't end with a comma."""
    found: list[Argument] = []
    while True:
        argument, at = reader.argument(at, statement=True)
        found.append(argument)
        if not reader.tokens[at].is_sign(","):
            return tuple(found), at
        at += 1
