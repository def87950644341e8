"""Reads one expression into a tree. Parts that can't be understood become opaque."""

from __future__ import annotations

from dataclasses import replace

from advisor.document_limits import MAX_DEPTH
from advisor.explain.parse.choices import PREFIXED, choice
from advisor.explain.parse.objects import ObjectReader
from advisor.explain.parse.source import shorten_code
from advisor.explain.parse.tokens import CLOSERS, Token, Tokens
from advisor.explain.parse.tree import Argument, Call, Constant, Function, Mapping, Name, Node, Opaque, Sequence
from advisor.explain.parse.values import Undefined

_CLOSING = frozenset(CLOSERS.values())
_MAX_GENERIC = 64
_FILTERS = ("reject", "select", "compact", "filter")
"""Ruby's methods that remove entries, usually those without a value."""
_ENDED = "the object has ended; nothing can follow it"
_GENERIC_SIGNS = frozenset("<>,.?[]:&") | {"::", ">>", "{", "}", "!"}


class Reader(ObjectReader):
    """Reads expressions of one text. Methods take the index of a token, and return what they read and the next index."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.dialect, self.depth = tokens, tokens.dialect, 0
        self.brackets = {}

    def expression(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read the expression at an index, up to a comma, a closing bracket or the end of a ``statement``."""
        self.depth += 1
        if self.depth > MAX_DEPTH + (self.tokens[at].value not in CLOSERS):
            raise self.tokens.error(at, f"objects can be nested {MAX_DEPTH} deep, not deeper.")
        try:
            return self._expression(at, statement)
        finally:
            self.depth -= 1

    def _expression(self, first: int, statement: bool) -> tuple[Node, int]:
        if self._is_function(first):
            return self._function(first, statement)
        begin = self._after_prefixes(first)
        primary = None if self._is_prefixed(begin) else self._primary(begin)
        read: tuple[Node, int] | None = None
        if primary is not None:
            node, at = self.postfix(*primary, statement=statement)
            at = self._after_cast(at)
            read = node, at
            if self.dialect.language == "kotlin" and self.tokens[at].is_name("to"):
                right, at = self.expression(at + 1, statement=statement)
                node = Call("to", (Argument(node, node.start), Argument(right, right.start)), node.start)
            if self.ends(at, statement):
                if begin > first and isinstance(node, Call | Opaque):
                    return replace(node, text=self.text(first, at)), at  # `new X()` is shown as it is written
                return node, at
            self._check_neighbour(node, at)
        elif self.ends(begin, statement):
            raise self.tokens.unexpected(begin, "a value is needed here")
        end = self.skip(begin, statement, in_value=True)
        chosen = choice(self, read, begin, end, statement)
        return chosen or Opaque(self.text(first, end), self.tokens[first].start), end

    def _is_prefixed(self, at: int) -> bool:
        """Return whether an ``if`` expression begins here."""
        return self.tokens[at].is_name("if") and self.dialect.language in PREFIXED

    def operand(self, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read the value between two operators."""
        begin = self._after_prefixes(at)
        primary = None if self._is_function(at) or self._is_prefixed(begin) else self._primary(begin)
        if primary is None:
            return Opaque(self.text(at, at + 1), self.tokens[at].start), at
        node, at = self.postfix(*primary, statement=statement)
        return node, self._after_cast(at)

    def _check_neighbour(self, node: Node, at: int) -> None:
        """Raise `LiteralError` if another value follows a value directly."""
        token = self.tokens[at]
        if token.kind == "bad":
            raise self.tokens.unexpected(at, "a comma is needed here")
        if not isinstance(node, Constant | Mapping) and not token.fresh:
            return
        is_value = token.kind in ("text", "number", "symbol") or token.is_sign("{")
        if is_value or (token.kind == "name" and token.value not in self.dialect.between):
            wanted = f"a comma or {self.awaited} is needed here"
            raise self.tokens.unexpected(at, wanted if self.awaited in _CLOSING else _ENDED)

    def ends(self, at: int, statement: bool) -> bool:
        """Return whether an expression ends here."""
        token = self.tokens[at]
        if token.kind == "end" or (token.kind == "sign" and (token.value in _CLOSING or token.value in (",", ";"))):
            return True
        if self.in_message and token.is_name() and self.tokens[at + 1].is_sign(":"):
            return True
        return statement and token.fresh and self.dialect.lines_end and not self._continues(token)

    def _continues(self, token: Token) -> bool:
        """Return whether a line that begins with this token continues the line before it."""
        return token.kind == "sign" and (
            token.value in self.dialect.links or token.value in ("?", ":", "&&", "||", "+")
        )

    def skip(self, at: int, statement: bool, *, in_value: bool = False) -> int:
        """Return the index after the expression at ``at``, without reading it.

        With ``in_value``, it isn't a function, so in JavaScript a colon without a question mark before it is an error.
        """
        tokens, begin = self.tokens, at
        conditions = 0 if in_value and self.dialect.language == "javascript" else len(tokens)
        while at == begin or not self.ends(at, statement):
            token = tokens[at]
            if token.kind in ("bad", "end"):
                raise tokens.unexpected(at, "a value is needed here")
            conditions += token.is_sign("?") - token.is_sign(":")
            if conditions < 0:
                raise tokens.unexpected(at, f"a comma or {self.awaited} is needed here")
            at = self.closing(at) + 1 if token.kind == "sign" and token.value in CLOSERS else at + 1
        return at

    def closing(self, at: int) -> int:
        """Return the index of the closing bracket for the opening one at ``at``. Raises `LiteralError` if there is none."""
        found = self.tokens.closing.get(at)
        if found is None:
            closer = CLOSERS[str(self.tokens[at].value)]
            raise self.tokens.unexpected(len(self.tokens), f"a comma or {closer} is needed here")
        return found

    def text(self, first: int, end: int) -> str:
        """Return the text of some tokens, shortened."""
        last = self.tokens[max(first, end - 1)]
        return shorten_code(self.tokens.text[self.tokens[first].start : last.end])

    # The beginning of an expression.

    def _after_prefixes(self, at: int) -> int:
        tokens = self.tokens
        while (
            tokens[at].kind in ("name", "sign")
            and tokens[at].value in self.dialect.prefixes
            and not self.ends(at + 1, False)
        ):
            at += 1
            if tokens[at].is_sign("?", "!") and tokens[at - 1].is_name("try"):
                at += 1
        if (
            self.dialect.language == "php"
            and tokens[at].is_sign("(")
            and tokens[at + 1].is_name()
            and tokens[at + 2].is_sign(")")
        ):
            return at + 3 if not self.ends(at + 3, False) else at
        return at

    def _is_function(self, at: int) -> bool:
        dialect, token = self.dialect, self.tokens[at]
        if token.kind in ("name", "sign") and token.value in dialect.functions:
            return True
        if dialect.trailing and token.is_sign("{"):
            return True
        after = at + 1 if token.is_name() else -1
        if token.is_sign("(") and at in self.tokens.closing:
            after = self.tokens.closing[at] + 1
            if dialect.language == "dart" and self.tokens[after].is_sign("{"):
                return True
            if dialect.language == "javascript" and self.tokens[after].is_sign(":"):
                after = self._after_type(after + 1)
        if after < 0:
            return False
        if self.tokens[after].is_name("async") and dialect.language == "dart":
            return True
        return self.tokens[after].kind == "sign" and self.tokens[after].value in dialect.arrows

    def _after_type(self, at: int) -> int:
        limit = at + _MAX_GENERIC
        while at < limit and (self.tokens[at].is_name() or self.tokens[at].is_sign("<", ">", "|", ".", "[", "]")):
            at += 1
        return at

    def _function(self, first: int, statement: bool) -> tuple[Node, int]:
        is_block = self.tokens[first].is_sign("{")
        end = self.closing(first) + 1 if is_block else self.skip(first, statement)
        return Function(self.text(first, end), self.tokens[first].start, first, end), end

    def _primary(self, at: int) -> tuple[Node, int] | None:
        token = self.tokens[at]
        if token.kind == "bad":
            raise self.tokens.unexpected(at, "a value is needed here")
        if token.kind == "text":
            return self._text(at)
        if token.kind in ("number", "symbol"):
            return Constant(token.value, token.start, symbol=token.kind == "symbol"), at + 1
        if (signed := self._read_signed(at)) is not None:
            return signed
        if token.kind == "opaque":
            return Opaque(self.text(at, at + 1), token.start), at + 1
        if token.kind == "name":
            return self._read_name(at)
        if token.kind == "sign" and token.value in CLOSERS:
            return self.read_bracket(at)
        if (
            token.is_sign("<")
            and self.dialect.language in ("dart", "javascript")
            and (after := self._after_generic(at))
        ):
            return self._primary(after)
        return None

    def _text(self, at: int) -> tuple[Node, int]:
        """Read a string, joined with those that follow it if the language does so."""
        token, joins = self.tokens[at], self.dialect.language in ("python", "ruby", "objective-c", "dart", "clojure")
        value, end = str(token.value), at + 1
        while (
            joins
            and self.dialect.language != "clojure"
            and self.tokens[end].kind == "text"
            and not self.ends(end, True)
        ):
            value += str(self.tokens[end].value)
            end += 1
        return Constant(value, token.start), end

    def _read_signed(self, at: int) -> tuple[Node, int] | None:
        """Read a number with a sign, or ``!0``, ``!true`` and ``void 0`` of JavaScript; None for anything else."""
        sign, token = self.tokens[at], self.tokens[at + 1]
        value = token.value
        if token.kind == "number" and sign.is_sign("-", "+"):
            assert not isinstance(value, str)
            return Constant(-value if sign.value == "-" else value, sign.start), at + 2
        if self.dialect.language != "javascript":
            return None
        if token.kind == "number" and (sign.is_sign("!") or sign.is_name("void")):
            return Constant(not value if sign.value == "!" else Undefined.UNDEFINED, sign.start), at + 2
        if sign.is_sign("!") and token.is_name("true", "false"):
            return Constant(value == "false", sign.start), at + 2
        return None

    def _read_name(self, at: int) -> tuple[Node, int]:
        token = self.tokens[at]
        if self.dialect.language == "go" and (read := self.map_of_go(at)):
            return read
        word = str(token.value)
        follows = self.tokens[at + 1]
        is_value = not (follows.kind == "sign" and (follows.value in self.dialect.links or follows.value == "("))
        if word in ("Infinity", "NaN") and self.dialect.language == "javascript":
            return Constant(float(word.lower().replace("infinity", "inf")), token.start), at + 1
        if word in self.dialect.words and is_value:
            return Constant(self.dialect.words[word], token.start), at + 1
        return Name(word, token.start), at + 1

    # The continuation of an expression.

    def postfix(self, node: Node, at: int, *, statement: bool = False) -> tuple[Node, int]:
        """Read members, calls, indexes and trailing functions after an expression."""
        tokens, first = self.tokens, tokens_at(self.tokens, node.start)
        while True:
            token = tokens[at]
            if token.kind != "sign" or (
                statement and token.fresh and token.value in ("(", "[", "{") and self.dialect.lines_end
            ):
                return node, at
            if token.value in self.dialect.links and (tokens[at + 1].is_name() or tokens[at + 1].is_sign("(", "[")):
                node, at = self._member(node, at, first)
            elif token.value == "(":
                node, at = self._call(node, at, first)
            elif token.value in ("!!", "!") and self.dialect.language in ("kotlin", "javascript", "swift", "dart"):
                at += 1
            elif token.value == "[":
                end = self.closing(at) + 1
                node, at = Opaque(self.text(first, end), node.start), end
            elif token.value == "<" and (after := self._after_generic(at)):
                at = after
            elif token.value == "{" and self.takes_braces(node):
                node, at = self._read_braces(node, at, first)
            else:
                return node, at

    def _member(self, node: Node, at: int, first: int) -> tuple[Node, int]:
        link, name = str(self.tokens[at].value), self.tokens[at + 1]
        if not name.is_name():  # a?.(b), a?.[b]
            return node, at + 1
        if self.dialect.language == "ruby" and name.value in _FILTERS and isinstance(node, Mapping):
            block = self.tokens[at + 2].is_sign("{", "(")
            return node, self.closing(at + 2) + 1 if block else at + 2
        if self.dialect.language == "ruby" and name.value == "then" and self.tokens[at + 2].is_sign("{"):
            end = self.closing(at + 2) + 1
            given = Function(self.text(at + 2, end), self.tokens[at + 2].start, at + 2, end)
            return Call("then", (Argument(given, given.start),), node.start, node, self.text(first, end)), end
        if isinstance(node, Name):
            return Name(f"{node.text}{link}{name.value}", node.start), at + 2
        if self.tokens[at + 2].is_sign("(", "<", "{") or (self.dialect.language == "ruby" and isinstance(node, Call)):
            after = at + 2
            if self.tokens[after].is_sign("<"):
                after = self._after_generic(after) or after
            if self.tokens[after].is_sign("("):
                end = self.closing(after) + 1
                return Call(str(name.value), self.arguments(after), node.start, node, self.text(first, end)), end
        return Opaque(self.text(first, at + 2), node.start) if not isinstance(node, Call) else Call(
            str(name.value), (), node.start, node, self.text(first, at + 2)
        ), at + 2

    def _call(self, node: Node, at: int, first: int) -> tuple[Node, int]:
        end = self.closing(at) + 1
        name = node.text if isinstance(node, Name) else ""
        receiver = None if isinstance(node, Name) else node
        if self.dialect.language == "php" and name.lower() == "array":
            return self.read_struct(name, at, node.start), end
        return Call(name, self.arguments(at), node.start, receiver, self.text(first, end)), end

    def takes_braces(self, node: Node) -> bool:
        """Return whether a brace after this expression belongs to it: a struct, an initialiser or a trailing function."""
        language = self.dialect.language
        if language in ("go", "rust"):
            return isinstance(node, Name)
        if language == "csharp":
            return isinstance(node, Name | Call) or (isinstance(node, Sequence) and node.type == "()")
        if language == "java":
            return isinstance(node, Call)
        return self.dialect.trailing and isinstance(node, Name | Call)

    def _read_braces(self, node: Node, at: int, first: int) -> tuple[Node, int]:
        end = self.closing(at) + 1
        if self.dialect.trailing or self.dialect.language == "java":
            block = Function(self.text(at, end), self.tokens[at].start, at, end)
            argument = Argument(block, block.start)
            if isinstance(node, Call):
                return Call(
                    node.name, (*node.arguments, argument), node.start, node.receiver, self.text(first, end)
                ), end
            return Call(
                node.text if isinstance(node, Name) else "", (argument,), node.start, None, self.text(first, end)
            ), end
        name = node.name if isinstance(node, Call) else node.text if isinstance(node, Name) else ""
        return self.read_struct(name, at, node.start), end

    def _after_generic(self, at: int) -> int | None:
        """Return the index after ``<String, Object>``, or None if no type arguments begin here."""
        if not self.dialect.generics or self.tokens[at].fresh:
            return None
        depth, begin = 0, at
        while at < begin + _MAX_GENERIC:
            token = self.tokens[at]
            if not (token.is_name() or (token.kind == "sign" and token.value in _GENERIC_SIGNS)):
                return None
            depth += (token.value == "<") - (token.value == ">")
            at += 1
            if depth == 0:
                return at if self.tokens[at].is_sign("(", "{", "[", ".") else None
        return None

    def _after_cast(self, at: int) -> int:
        """Return the index after casts such as ``as any``."""
        tokens = self.tokens
        while tokens[at].is_name() and tokens[at].value in self.dialect.casts:
            at += 1
            if tokens[at].is_sign("?", "!"):
                at += 1
            begin = at
            while at < begin + _MAX_GENERIC and not self.ends(at, True) and not tokens[at].is_name(*self.dialect.casts):
                token = tokens[at]
                if token.is_sign("[", "{"):
                    at = self.closing(at) + 1
                elif token.is_name() or token.is_sign(".", "<", ">", "|", "?", "&", ":") or token.kind == "text":
                    at = self._after_generic_cast(at)
                else:
                    break
        return at

    def _after_generic_cast(self, at: int) -> int:
        """Return the index after a type argument list, or after one token if there is none."""
        if not self.tokens[at].is_sign("<"):
            return at + 1
        depth, begin = 0, at
        while at < begin + _MAX_GENERIC and self.tokens[at].kind != "end":
            depth += self.tokens[at].is_sign("<") - self.tokens[at].is_sign(">")
            at += 1
            if depth == 0:
                return at
        return begin + 1


def tokens_at(tokens: Tokens, position: int) -> int:
    """Return the index of the token that begins at a position in the text."""
    return tokens.at(position)
