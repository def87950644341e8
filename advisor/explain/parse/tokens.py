"""Splits a text into tokens (names, strings, numbers, signs) in one pass forward, and pairs its brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from advisor.explain.parse.dialects import Dialect, Quotes
from advisor.explain.parse.numbers import NUMBER, number_end, number_value
from advisor.explain.parse.source import LiteralError, error_at

Kind = Literal["name", "text", "symbol", "number", "sign", "opaque", "bad", "end"]

CLOSERS = {"(": ")", "[": "]", "{": "}"}
_OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
_SIGN = re.compile(
    r"\.\.\.\?|\.\.\.|\.\.<|\.\.|=>|->|\?->|\?\.(?![0-9])|&\.|!!\.|!\.|\?\?=?|::|===|!==|==|!=|<=|>=|&&=|&&|\|\|=|\|\||\*\*|[+\-*/%|&^:]=|!!|."
    r"|\n",
    re.DOTALL,
)
_SYMBOL = re.compile(r":(?=[^\W\d]|[\"'])")
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\n\r\[]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r]){0,200}+\]){1,500}+/[a-z]*+")
_INNER_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'")
_BEFORE_REGEX = frozenset("(,=:[!&|?{};+-*%<>~^") | {"=>", "&&", "||", "??", "==", "===", "return"}
_PERCENT = re.compile(r"%[wWiIqQ]?([\[({<|])")
_PERCENT_CLOSERS = {"[": "]", "(": ")", "{": "}", "<": ">", "|": "|"}
_CURLY_QUOTES = frozenset("“”„‟‘’‚‛")


@dataclass(slots=True)
class Token:
    """One token. ``fresh`` is True if it begins a line; ``problem`` is the reason if it is ``bad``."""

    kind: Kind
    start: int
    end: int
    value: str | int | float = ""
    fresh: bool = False
    problem: str = ""

    def is_sign(self, *signs: str) -> bool:
        """Return whether this is one of these signs."""
        return self.kind == "sign" and self.value in signs

    def is_name(self, *names: str) -> bool:
        """Return whether this is one of these names, or any name if none is given."""
        return self.kind == "name" and (not names or self.value in names)


@dataclass
class Tokens:
    """The tokens of a text; the last one is the end.

    ``closing`` maps the index of each paired opening bracket to its closing one, ``opening`` the other way round. ``around``
    is the index of the innermost open bracket at each token, or -1.
    """

    text: str
    dialect: Dialect
    items: list[Token]
    closing: dict[int, int] = field(default_factory=dict)
    opening: dict[int, int] = field(default_factory=dict)
    around: list[int] = field(default_factory=list)

    def __getitem__(self, at: int) -> Token:
        return self.items[at] if 0 <= at < len(self.items) else self.items[-1]

    def __len__(self) -> int:
        return len(self.items) - 1

    def at(self, position: int) -> int:
        """Return the index of the last token that begins at a position or before it."""
        return bisect_right(self.items, position, key=lambda token: token.start) - 1

    def error(self, at: int, message: str) -> LiteralError:
        """Return the error for the token at an index."""
        return error_at(self.text, self[at].start, message)

    def unexpected(self, at: int, wanted: str) -> LiteralError:
        """Return the error for a token where something else is needed."""
        token = self[at]
        if token.kind == "bad":
            return error_at(self.text, token.start, token.problem)
        if token.kind == "end":
            return error_at(self.text, len(self.text), f"{wanted}; the text ends here.")
        return self.error(at, f"{wanted}, not {self.text[token.start : token.start + 1]!r}.")


def tokenize(text: str, dialect: Dialect) -> Tokens:
    """Return the tokens of a text. Unreadable ones are ``bad``, which is an error only where a value needs them."""
    lexer = _Lexer(text, dialect)
    lexer.run()
    tokens = Tokens(text, dialect, lexer.items)
    _pair(tokens)
    return tokens


class _Lexer:
    """``lines`` are begin and end of the lines of a heredoc whose mark was read, until they are passed."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text, self.dialect, self.position = text, dialect, 0
        self.items: list[Token] = []
        self.lines = (0, 0)

    def run(self) -> None:
        text, size = self.text, len(self.text)
        while True:
            begin = self.position
            self.position = self._after_blanks()
            skipped = text[begin : self.position]
            fresh = begin == 0 or "\n" in skipped or "\r" in skipped
            if self.position >= size:
                break
            token = self._next()
            token.fresh = fresh
            self.items.append(token)
            self.position = max(token.end, self.position + 1)
        self.items.append(Token("end", size, size, fresh=True))

    def _after_blanks(self) -> int:
        """Return the position after blanks and comments, and after the lines of a heredoc whose mark was read before."""
        end = self._blank_end(self.position)
        first, last = self.lines
        if not last or not self.position <= first <= end:
            return end
        self.lines = 0, 0
        return self._blank_end(last)

    def _blank_end(self, position: int) -> int:
        blank = self.dialect.blanks.match(self.text, position)
        assert blank is not None  # the pattern matches everything, even an empty text
        return blank.end()

    def _next(self) -> Token:
        text, start, dialect = self.text, self.position, self.dialect
        if dialect.block_comment and text.startswith("/*", start):
            return Token("bad", start, len(text), problem="this comment has no end. Close it with */.")
        if (opening := dialect.openings.match(text, start)) and opening.lastindex:
            return self._read_quoted_text(dialect.quotes[opening.lastindex - 1], start, opening.end())
        if (special := self._special()) is not None:
            return special
        if number := NUMBER.match(text, start):
            return self._number(number)
        if dialect.symbols and (token := self._symbol()):
            return token
        if name := dialect.name_pattern.match(text, start):
            return Token("name", start, name.end(), name[0])
        sign = _SIGN.match(text, start)
        assert sign is not None  # the pattern matches any character
        return Token("sign", start, sign.end(), sign[0])

    def _special(self) -> Token | None:
        """Return a literal that only some languages have, or a quotation mark that none has."""
        mark = self.text[self.position]
        if mark in _CURLY_QUOTES:
            problem = f'{mark} isn’t a quote of the language. Write " instead.'
            return Token("bad", self.position, self.position + 1, problem=problem)
        if self.dialect.regexes and mark == "/" and (regex := self._regex()):
            return regex
        return self._heredoc() or self._percent()

    def _regex(self) -> Token | None:
        before = self.items[-1] if self.items else None
        if before is not None and before.value not in _BEFORE_REGEX:
            return None
        found = _REGEX.match(self.text, self.position)
        return Token("opaque", self.position, found.end()) if found else None

    def _heredoc(self) -> Token | None:
        """Return a text of whole lines, such as ``<<~TEXT``; what follows its mark in the same line is read before its lines."""
        found = re.compile(self.dialect.heredoc).match(self.text, self.position) if self.dialect.heredoc else None
        line_end = self.text.find("\n", found.end()) if found else -1
        if found is None or line_end < 0:
            return None
        word = re.escape(found["quoted"] or found["bare"])
        close = re.compile(rf"^[ \t]*+{word}\b", re.MULTILINE).search(self.text, line_end)
        if close is None:
            return None
        if self.dialect.language == "php":
            return Token("opaque", self.position, close.end())
        self.lines = line_end + 1, close.end()
        return Token("opaque", self.position, found.end())

    def _percent(self) -> Token | None:
        """Return a literal such as ``%w[a b]`` of Ruby."""
        found = _PERCENT.match(self.text, self.position) if self.dialect.percent else None
        before = self.items[-1] if self.items else None
        if found is None or not (before is None or before.value in _BEFORE_REGEX):
            return None
        end = self.text.find(_PERCENT_CLOSERS[found[1]], found.end())
        return None if end < 0 else Token("opaque", self.position, end + 1)

    def _number(self, number: re.Match[str]) -> Token:
        start, end = number.span()
        end = number_end(self.text, end)
        if self.dialect.name_pattern.match(self.text, end) and not self.text[end].isspace():
            return Token("bad", end, end + 1, problem=f"this number needs an end, not {self.text[end]!r}.")
        try:
            return Token("number", start, end, number_value(number[0]))
        except ValueError as error:
            return Token("bad", start, end, problem=str(error))

    def _symbol(self) -> Token | None:
        """Return a symbol such as Ruby's ``:name``, unless the colon follows a key directly."""
        start = self.position
        before = self.text[start - 1 : start]
        if not _SYMBOL.match(self.text, start) or before == ":" or before.isalnum() or before in ("_", '"', "'", "?"):
            return None
        if self.text[start + 1] in "\"'":
            quotes = next(each for each in self.dialect.quotes if each.opening == self.text[start + 1])
            token = self._read_quoted_text(quotes, start + 1, start + 2)
            return Token("symbol", start, token.end, token.value) if token.kind == "text" else token
        name = self.dialect.name_pattern.match(self.text, start + 1)
        return Token("symbol", start, name.end(), name[0]) if name else None

    def _read_quoted_text(self, quotes: Quotes, start: int, begin: int) -> Token:
        text, position, opaque = self.text, begin, False
        plain = _plain(quotes)
        marks = re.compile(quotes.marks) if quotes.marks else None
        while True:
            found = plain.match(text, position)
            assert found is not None  # the pattern matches everything, even an empty text
            position = found.end()
            if position >= len(text):
                return _unclosed_token(start, len(text), quotes)
            if text.startswith(quotes.closing, position):
                if not (quotes.doubled and text.startswith(quotes.closing, position + 1)):
                    break
                position += 2
            elif marks and text.startswith("{{", position):
                position += 2
            elif marks and (mark := marks.match(text, position)):
                opaque = True
                position = _inserted_end(text, mark)
            elif text[position] == "\\" and quotes.escapes:
                position += 3 if text.startswith("\r\n", position + 1) else 2
            elif text[position] in "\n\r" and not quotes.multiline:
                return _unclosed_token(start, position, quotes)
            else:
                position += 1
        end = position + len(quotes.closing)
        return Token("opaque", start, end) if opaque else _decode(quotes, text[begin:position], start, end)


_PLAIN: dict[Quotes, re.Pattern[str]] = {}


def _plain(quotes: Quotes) -> re.Pattern[str]:
    if quotes not in _PLAIN:
        special = quotes.closing[0] + "\\" + ("" if quotes.multiline else "\n\r") + ("$#{" if quotes.marks else "")
        _PLAIN[quotes] = re.compile(f"[^{re.escape(special)}]*+")
    return _PLAIN[quotes]


def _unclosed_token(start: int, end: int, quotes: Quotes) -> Token:
    return Token("bad", start, end, problem=f"this text has no end. Close it with {quotes.closing}.")


def _inserted_end(text: str, mark: re.Match[str]) -> int:
    """Return the position after an inserted expression: after its bracket, or after its mark if it has none."""
    opener = mark[0][-1:] if mark[0][-1:] in CLOSERS else mark[0][:1]
    if opener not in CLOSERS:
        return mark.end()
    depth, position = 1, mark.end()
    if mark[0][0] == opener and len(mark[0]) > 1:
        position = mark.start() + 1
    while position < len(text) and depth:
        char = text[position]
        if char in "\"'" and (inner := _INNER_TEXT.match(text, position)):
            position = inner.end()
            continue
        depth += (char == opener) - (char == CLOSERS[opener])
        position += 1
    return position


def _decode(quotes: Quotes, body: str, start: int, end: int) -> Token:
    if quotes.doubled:
        body = body.replace(quotes.closing * 2, quotes.closing)
    if quotes.strips:
        body = body.removeprefix("\n")
    if quotes.escapes is None:
        return Token("text", start, end, body)
    try:
        return Token("text", start, end, quotes.escapes.decode(body))
    except ValueError as error:
        return Token("bad", start, end, problem=str(error))


def _pair(tokens: Tokens) -> None:
    """Pair every opening bracket with its closing one. A closing bracket without an opening one is ignored."""
    waiting: list[int] = []
    counts = dict.fromkeys(CLOSERS, 0)
    for at, token in enumerate(tokens.items):
        sign = str(token.value) if token.kind == "sign" else ""
        if counts.get(_OPENERS.get(sign, ""), 0):
            opener = _OPENERS[sign]
            while tokens[waiting[-1]].value != opener:
                counts[str(tokens[waiting.pop()].value)] -= 1
            counts[opener] -= 1
            begin = waiting.pop()
            tokens.closing[begin], tokens.opening[at] = at, begin
        tokens.around.append(waiting[-1] if waiting else -1)
        if sign in CLOSERS:
            waiting.append(at)
            counts[sign] += 1
