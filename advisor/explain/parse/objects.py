"""Reads the content of brackets: objects, lists, arguments, and the messages of Objective-C. Used by `expressions`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.explain.parse.dialects import Dialect
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.spreads import conditional
from advisor.explain.parse.tokens import CLOSERS, Token, Tokens
from advisor.explain.parse.tree import Argument, Call, Choice, Constant, Entry, Mapping, Name, Node, Opaque, Sequence

_SHORTHANDS = ("javascript", "rust")


class ObjectReader(ABC):
    """The part of a reader that reads brackets."""

    tokens: Tokens
    dialect: Dialect
    awaited: str = "the end"
    in_message: bool = False
    brackets: dict[int, tuple[Node, int] | LiteralError]
    """Index -> what was read there, so that no bracket is read twice."""

    @abstractmethod
    def expression(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read the expression at an index."""

    @abstractmethod
    def skip(self, at: int, statement: bool) -> int:
        """Return the index after an expression."""

    @abstractmethod
    def closing(self, at: int) -> int:
        """Return the index of the closing bracket for an opening one."""

    @abstractmethod
    def text(self, first: int, end: int) -> str:
        """Return the text of some tokens."""

    @abstractmethod
    def postfix(self, node: Node, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read members, calls and indexes after an expression."""

    @contextmanager
    def _inside(self, closer: str, *, message: bool = False) -> Iterator[None]:
        before = self.awaited, self.in_message
        self.awaited, self.in_message = closer, message
        try:
            yield
        finally:
            self.awaited, self.in_message = before

    def read_bracket(self, at: int) -> tuple[Node, int]:
        """Read the bracket at an index by the rules of the language."""
        if at not in self.brackets:
            try:
                self.brackets[at] = self._read_bracket(at)
            except LiteralError as error:
                self.brackets[at] = error
        found = self.brackets[at]
        if isinstance(found, LiteralError):
            raise found
        return found

    def _read_bracket(self, at: int) -> tuple[Node, int]:
        tokens, opener, start = self.tokens, str(self.tokens[at].value), self.tokens[at].start
        if opener == "(":
            return self._group(at)
        if self.dialect.language == "objective-c" and opener == "[" and not tokens[at - 1].is_sign("@"):
            return self._message(at)
        if self.dialect.language == "go" and opener == "[":
            return self._slice(at)
        if opener == "{" and not self.dialect.braces_are_maps:
            end = self.closing(at) + 1
            return Opaque(self.text(at, end), start), end
        if self.dialect.language == "javascript" and opener == "{" and tokens[at + 1].is_sign("{"):  # {{ template }}
            end = self.closing(at) + 1
            return Opaque(self.text(at, end), start), end
        if self._is_comprehension(at):
            end = self.closing(at) + 1
            if (source := self._source(at, end)) is not None:
                return self.read_bracket(source)[0], end
            return Opaque(self.text(at, end), start), end
        return self._collection(at, start, ""), self._after(at)

    def _after(self, at: int) -> int:
        return self.closing(at) + 1

    def read_struct(self, name: str, at: int, start: int) -> Node:
        """Read a struct or an initialiser: braces after the name of a type."""
        return self._collection(at, start, name)

    def _group(self, at: int) -> tuple[Node, int]:
        """Read an expression in parentheses, or a tuple."""
        end = self.tokens.closing.get(at)
        if end is None:
            self.closing(at)
        assert end is not None
        if end == at + 1:
            return Sequence((), self.tokens[at].start, "()"), end + 1
        with self._inside(")"):
            node, after = self.expression(at + 1)
        if after == end:
            return node, end + 1
        return Opaque(self.text(at, end + 1), self.tokens[at].start), end + 1

    def _is_comprehension(self, at: int) -> bool:
        """Return whether the bracket is a comprehension of Python, or a collection with ``for`` of Dart."""
        if self.dialect.language not in ("python", "dart"):
            return False
        end, place = self.tokens.closing.get(at, at), at + 1
        while place < end:
            token = self.tokens[place]
            if token.is_name("for"):
                return True
            place = self.tokens.closing.get(place, place) + 1
        return False

    def _source(self, at: int, end: int) -> int | None:
        """Return the index of the object over whose entries a comprehension iterates, or None if it isn't written there."""
        for place in range(at + 1, end):
            if self.tokens[place].is_name("in") and self.tokens.around[place] == at:
                return place + 1 if self.tokens[place + 1].is_sign("{") else None
        return None

    def _collection(self, at: int, start: int, kind: str) -> Node:
        """Return the object or the list of the entries or items up to the closing bracket."""
        opener = str(self.tokens[at].value)
        closer = CLOSERS[opener]
        entries: list[Entry] = []
        items: list[Node] = []
        place = at + 1
        with self._inside(closer):
            if self.tokens[place].is_sign(":") and self.tokens[place + 1].is_sign("]"):
                return Mapping((), start, kind)
            while not self.tokens[place].is_sign(closer):
                if self._takes_entry(place, opener):
                    entry, place = self._entry(place)
                    entries.append(entry)
                else:
                    item, place = self._item(place)
                    items.append(item)
                place = self._after_separator(place, closer)
        if entries or (not items and opener == "{"):
            return Mapping((*entries, *(Entry(None, item, item.start) for item in items)), start, kind)
        return Sequence(tuple(items), start, kind)

    def _after_separator(self, place: int, closer: str) -> int:
        token = self.tokens[place]
        if token.is_sign(","):
            return place + 1
        if not token.is_sign(closer):
            raise self.tokens.unexpected(place, f"a comma or {closer} is needed here")
        return place

    def _item(self, place: int) -> tuple[Node, int]:
        token = self.tokens[place]
        if token.kind == "sign" and token.value in self.dialect.spreads:
            _, end = self.expression(place + 1)
            return Opaque(self.text(place, end), token.start), end
        return self.expression(place)

    def _takes_entry(self, place: int, opener: str) -> bool:
        """Return whether the next element of a bracket has a key."""
        tokens, language = self.tokens, self.dialect.language
        if opener == "{" and language in ("javascript", "ruby", "python", "dart", "objective-c"):
            return True
        if opener == "[" and not self.dialect.squares_are_maps:
            return False
        if language == "csharp":
            return tokens[place].is_sign("[", "{") or (tokens[place].is_name() and tokens[place + 1].is_sign("="))
        return (
            self._pair_after(place) is not None
            or tokens[place].is_sign("..")
            or (language == "rust" and self._is_short(place))
        )

    def _is_short(self, place: int) -> bool:
        return self.tokens[place].is_name() and self.tokens[place + 1].is_sign(",", "}")

    def _pair_after(self, place: int) -> int | None:
        """Return the index of the sign between a key and its value, or None if the element here has no key."""
        tokens, depth_first = self.tokens, place
        while not tokens[place].is_sign(",", ";", "}", "]", ")") and tokens[place].kind != "end":
            token = tokens[place]
            if token.value in self.dialect.pairs and token.kind in ("sign", "name") and place > depth_first:
                return place
            is_open = token.kind == "sign" and token.value in CLOSERS and place not in tokens.closing
            if token.is_sign("?") or is_open:
                return None
            place = tokens.closing.get(place, place) + 1
        return None

    def _entry(self, place: int) -> tuple[Entry, int]:
        tokens = self.tokens
        token = tokens[place]
        if token.kind == "sign" and token.value in self.dialect.spreads:
            if tokens[place + 1].is_sign("}"):
                return Entry(None, Opaque(str(token.value), token.start), token.start, spread=True), place + 1
            node, end = self.expression(place + 1)
            if isinstance(node, Opaque | Choice):
                node = conditional(self, place + 1, end) or Opaque(self.text(place, end), token.start)
            return Entry(None, node, token.start, spread=True), end
        if token.is_sign("{") and self.dialect.language == "csharp":
            return self._braced_pair(place)
        if token.is_sign("[") and self.dialect.language in ("javascript", "csharp"):
            return self._read_computed_key(place)
        after = place + 1
        if token.kind == "sign" and token.value in self.dialect.prefixes and tokens[after].kind in ("text", "number"):
            token, after = tokens[after], after + 1  # Objective-C's @ before a key
        if token.kind in ("text", "name", "number", "symbol"):
            if tokens[after].kind in ("sign", "name") and tokens[after].value in self.dialect.pairs:
                value, end = self.expression(after + 1)
                return Entry(_key_text(token.value), value, tokens[place].start, token.kind == "symbol"), end
            if short := self._short_entry(place):
                return short
        return self._odd_entry(place)

    def _short_entry(self, place: int) -> tuple[Entry, int] | None:
        """Return an entry that is only a name, or a method of JavaScript, or None."""
        tokens, token = self.tokens, self.tokens[place]
        if self.dialect.language not in _SHORTHANDS or token.kind != "name":
            return None
        if tokens[place + 1].is_sign(",", "}"):
            return Entry(str(token.value), Name(str(token.value), token.start), token.start), place + 1
        while tokens[place].is_name() or tokens[place].is_sign("*"):
            place += 1
        if tokens[place].is_sign("(") and tokens[place - 1].is_name() and tokens[self.closing(place) + 1].is_sign("{"):
            end = self.closing(self.closing(place) + 1) + 1
            return Entry(str(tokens[place - 1].value), Opaque("function", token.start), token.start), end
        return None

    def _odd_entry(self, place: int) -> tuple[Entry, int]:
        """Read an entry whose key is computed. Raises `LiteralError` if there is no key."""
        tokens, token = self.tokens, self.tokens[place]
        if token.kind in ("bad", "end") or token.is_sign(",", ":", "=", "=>", ";"):
            raise tokens.unexpected(place, "a key is needed here")
        sign = self._pair_after(place)
        if sign is not None and not tokens[place + 1].kind == token.kind == "name":
            _, end = self.expression(sign + 1)
            return Entry(None, Opaque(self.text(place, end), token.start), token.start), end
        if token.kind in ("text", "name", "number"):
            raise tokens.unexpected(place + 1, f"a colon is needed after {token.value}")
        raise tokens.unexpected(place, "a key is needed here")

    def _braced_pair(self, place: int) -> tuple[Entry, int]:
        """Read ``{ "key", value }``."""
        end = self.closing(place)
        with self._inside("}"):
            key, comma = self.expression(place + 1)
            if not self.tokens[comma].is_sign(","):
                raise self.tokens.unexpected(comma, "a comma is needed here")
            value, after = self.expression(comma + 1)
        if after != end:
            raise self.tokens.unexpected(after, "a } is needed here")
        text = _key_text(key.value) if isinstance(key, Constant) else None
        return Entry(text, value, self.tokens[place].start), end + 1

    def _read_computed_key(self, place: int) -> tuple[Entry, int]:
        """Read ``["key"]: value`` or ``["key"] = value``."""
        end = self.closing(place)
        key, after = self.expression(place + 1)
        if self.tokens[end + 1].is_sign("(") and self.dialect.language == "javascript":  # a method
            last = self.closing(self.closing(end + 1) + 1) + 1
            return Entry(None, Opaque(self.text(place, last), self.tokens[place].start), self.tokens[place].start), last
        if after != end or self.tokens[end + 1].value not in self.dialect.pairs:
            raise self.tokens.unexpected(end + 1, "a value is needed after the key")
        value, last = self.expression(end + 2)
        text = _key_text(key.value) if isinstance(key, Constant) else None
        return Entry(text, value, self.tokens[place].start), last

    # Arguments.

    def arguments(self, at: int) -> tuple[Argument, ...]:
        """Read the arguments between the parentheses that open here."""
        end, place = self.closing(at), at + 1
        found: list[Argument] = []
        with self._inside(")"):
            while place < end:
                argument, place = self.argument(place)
                found.append(argument)
                place = self._after_separator(place, ")")
        return tuple(found)

    def argument(self, place: int, *, statement: bool = False) -> tuple[Argument, int]:
        """Read one argument, named or not."""
        tokens, token = self.tokens, self.tokens[place]
        follows = tokens[place + 1]
        if self._is_spread(token):
            value, end = self.expression(place + 1, statement=statement)
            return Argument(value, token.start, spread=True), end
        is_key = token.kind == "name" or (
            self.dialect.language == "ruby" and token.kind in ("text", "symbol", "number")
        )
        if is_key and follows.kind == "sign" and follows.value in self.dialect.named:
            value, end = self.expression(place + 2, statement=statement)
            return Argument(value, token.start, _key_text(token.value)), end
        value, end = self.expression(place, statement=statement)
        if self.dialect.language == "go" and tokens[end].is_sign("..."):
            end += 1
        return Argument(value, token.start), end

    def _is_spread(self, token: Token) -> bool:
        if token.kind != "sign" or self.dialect.language in ("rust", "go", "objective-c"):
            return False
        return token.value in self.dialect.spreads or token.value == "&"

    # Syntax of single languages.

    def _message(self, at: int) -> tuple[Node, int]:
        """Read ``[receiver method:value other:value]``."""
        tokens, end, start = self.tokens, self.closing(at), self.tokens[at].start
        whole = self.text(at, end + 1)
        if tokens[at + 1].is_sign("["):
            receiver, place = self.read_bracket(at + 1)
        else:
            receiver, place = self.postfix(Name(str(tokens[at + 1].value), tokens[at + 1].start), at + 2)
        if not tokens[place].is_name():
            return Opaque(whole, start), end + 1
        method = str(tokens[place].value)
        arguments: list[Argument] = []
        with self._inside("]", message=True):
            while place < end and tokens[place].is_name() and tokens[place + 1].is_sign(":"):
                name = str(tokens[place].value) if arguments else None
                value, after = self.expression(place + 2)
                arguments.append(Argument(value, tokens[place].start, name))
                place = after
        return Call(method, tuple(arguments), start, receiver, whole), end + 1

    def _slice(self, at: int) -> tuple[Node, int]:
        """Read Go's ``[]string{…}``."""
        start, place = self.tokens[at].start, self.closing(at) + 1
        brace = self._type_end(place)
        if brace is None:
            end = self.closing(at) + 1
            return Opaque(self.text(at, end), start), end
        return self._collection(brace, start, "[]"), self.closing(brace) + 1

    def map_of_go(self, at: int) -> tuple[Node, int] | None:
        """Read Go's ``map[string]interface{}{…}``; None if no such map begins here."""
        if not (self.tokens[at].is_name("map") and self.tokens[at + 1].is_sign("[")):
            return None
        brace = self._type_end(self.closing(at + 1) + 1)
        if brace is None:
            return None
        return self._collection(brace, self.tokens[at].start, "map"), self.closing(brace) + 1

    def _type_end(self, place: int) -> int | None:
        """Return the index of the brace after a type of Go, or None."""
        tokens = self.tokens
        while tokens[place].is_sign("*", "[") or tokens[place].is_name("map"):
            place = tokens.closing.get(place, place) + 1
        if tokens[place].is_name("interface", "struct") and tokens[place + 1].is_sign("{"):
            place = self.closing(place + 1) + 1
        else:
            while tokens[place].is_name() or tokens[place].is_sign("."):
                place += 1
        return place if tokens[place].is_sign("{") else None


def _key_text(value: object) -> str:
    return value if isinstance(value, str) else f"{value}"
