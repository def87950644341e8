"""Reads Clojure's forms into the same tree as the other languages. Used by `texts`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.document_limits import MAX_DEPTH
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.lisp_settings import settings_or_true
from advisor.explain.parse.tokens import CLOSERS, Tokens
from advisor.explain.parse.tree import Argument, Call, Constant, Entry, Function, Mapping, Name, Node, Opaque, Sequence

_BOTH = ("integration-options", "integrations")
_MAX_BINDINGS = 30
_READ_MARKS = ("#", "'", "`", "~", "@", "^")


class ClojureReader(Reader):
    """Reads forms: a list is a call of its first element."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._bindings: dict[str, Node | None] = {}
        self._looks_up = False

    def expression(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read the form at an index. ``statement`` has no meaning in Clojure."""
        del statement
        self.depth += 1
        if self.depth > MAX_DEPTH + (self.tokens[at].value not in CLOSERS):
            raise self.tokens.error(at, f"objects can be nested {MAX_DEPTH} deep, not deeper.")
        try:
            return self._form(at)
        finally:
            self.depth -= 1

    def _form(self, at: int) -> tuple[Node, int]:
        token = self.tokens[at]
        if token.kind in ("text", "number"):
            return Constant(token.value, token.start), at + 1
        if token.kind == "name":
            return self._word(at), at + 1
        if (signed := self._read_signed(at)) is not None:
            return signed
        if token.is_sign(*_READ_MARKS):
            return self._read_marked_form(at)
        if token.kind == "sign" and token.value in CLOSERS:
            return self._bracket(at), self.closing(at) + 1
        raise self.tokens.unexpected(at, "a value is needed here")

    def _word(self, at: int) -> Node:
        token = self.tokens[at]
        word = str(token.value)
        if word.startswith(":"):
            return Constant(word.lstrip(":"), token.start, symbol=True)
        return (
            Constant(self.dialect.words[word], token.start) if word in self.dialect.words else Name(word, token.start)
        )

    def _bracket(self, at: int) -> Node:
        token = self.tokens[at]
        if token.is_sign("{"):
            return self._map(at)
        return Sequence(tuple(self._forms(at)), token.start) if token.is_sign("[") else self._list(at)

    def _read_marked_form(self, at: int) -> tuple[Node, int]:
        """Read a form with a mark before it, such as a quote, as opaque, and ``#(…)`` as a function."""
        if self.tokens[at].is_sign("#") and self.tokens[at + 1].is_sign("("):
            end = self.closing(at + 1) + 1
            return Function(self.text(at, end), self.tokens[at].start, at, end), end
        _, end = self.expression(at + 1)
        return Opaque(self.text(at, end), self.tokens[at].start), end

    def _forms(self, at: int) -> list[Node]:
        end, place = self.closing(at), at + 1
        found: list[Node] = []
        while place < end:
            node, place = self.expression(place)
            found.append(node)
        return found

    def _map(self, at: int) -> Node:
        forms = self._forms(at)
        if len(forms) % 2:
            raise self.tokens.unexpected(self.closing(at), "a value is needed here")
        entries = []
        for key, value in zip(forms[::2], forms[1::2], strict=True):
            text = f"{key.value}" if isinstance(key, Constant) else None
            entries.append(Entry(text, value, key.start, isinstance(key, Constant) and key.symbol))
        return Mapping(tuple(_with_integrations(self._shared_out(entries))), self.tokens[at].start)

    def _shared_out(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries with the settings that the library's two objects share between them."""
        given = {entry.key: entry.value for entry in entries if entry.symbol}
        if not all(name in given for name in _BOTH):
            return entries
        pair = settings_or_true(given["integrations"], given["integration-options"], self._bound)
        made = dict(zip(("integrations", "integration-options"), pair or (), strict=False))
        return [replace(each, value=made.get(each.key or "", each.value)) if each.symbol else each for each in entries]

    def _bound(self, name: str) -> Node | None:
        if name not in self._bindings:
            if self._looks_up or len(self._bindings) >= _MAX_BINDINGS:
                return None  # names inside a binding aren't looked up
            self._looks_up = True
            try:
                self._bindings[name] = self._read_bound(name)
            finally:
                self._looks_up = False
        return self._bindings[name]

    def _read_bound(self, name: str) -> Node | None:
        """Return the value of a name that is the first one in a ``let``, or None unless exactly one ``let`` begins with it."""
        tokens = self.tokens
        places = [
            at
            for at, token in enumerate(tokens.items)
            if token.is_name(name) and tokens[at - 1].is_sign("[") and tokens[at - 2].is_name("let")
        ]
        return self.expression(places[0] + 1)[0] if len(places) == 1 else None

    def _list(self, at: int) -> Node:
        start, end = self.tokens[at].start, self.closing(at) + 1
        forms = self._forms(at)
        if forms and isinstance(forms[0], Name):
            arguments = tuple(Argument(form, form.start) for form in forms[1:])
            return Call(forms[0].text, arguments, start, None, self.text(at, end))
        return Opaque(self.text(at, end), start)


def _with_integrations(entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries with the library's two objects merged: ``:integrations`` wins over ``:integration-options``.

    The keys inside must be strings: a keyword names no destination, and keeps its colon.
    """
    own = [entry for entry in entries if entry.symbol and entry.key in _BOTH and isinstance(entry.value, Mapping)]
    yield from (entry for entry in entries if entry not in own)
    if own:
        own.sort(key=lambda entry: entry.key == _BOTH[1])
        inner = [each for entry in own if isinstance(entry.value, Mapping) for each in entry.value.entries]
        named = (Entry(f":{each.key}" if each.symbol else each.key, each.value, each.start) for each in inner)
        yield Entry(_BOTH[1], Mapping(tuple(named), own[-1].value.start), own[-1].start, symbol=True)
