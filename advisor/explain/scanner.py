"""The smallest pieces of a JSON or JavaScript literal: blanks, words, numbers and strings, with their places.

Every pattern is one run of characters, and the position only ever grows: reading takes time in proportion to the text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right

MAX_LENGTH = 65_536
"""Characters that are read; Segment itself refuses a call of more than 32 KB."""
MAX_DIGITS = 309
"""Digits of the largest double."""

_BLANK = re.compile(r"(?:[\s\ufeff]++|//[^\n\r\u2028\u2029]*+|/\*(?s:.*?)\*/)*+")
_WORD = re.compile(r"(?:[^\W\d]|\$)[\w$]*+")
_STEP = re.compile(r"\s*+\??\.\s*+")
_NUMBER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F_]++|0[oO][0-7_]++|0[bB][01_]++|Infinity|NaN"
    r"|(?:[0-9][0-9_]*+(?:\.[0-9_]*+)?|\.[0-9][0-9_]*+)(?:[eE][+-]?[0-9]++)?)"
)
_PLAIN = {quote: re.compile(rf"[^{quote}\\\n\r]*+") for quote in "\"'"} | {"`": re.compile(r"[^`\\$]*+")}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[^ux0-9]|0(?![0-9])))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LINE_ENDS = ("\n", "\r", "\r\n", "\u2028", "\u2029")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n?|\n")


class LiteralError(ValueError):
    """The text is no literal that we read. ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {message}")
        self.message, self.line, self.column = message, line, column


def line_starts(text: str) -> tuple[int, ...]:
    """The position at which each line begins."""
    return (0, *(found.end() for found in _LINE_BREAK.finditer(text)))


class Scanner:
    """A text and how far it has been read. Raises `LiteralError` where it can't be read."""

    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        if len(text) > MAX_LENGTH:
            self.position = MAX_LENGTH
            raise self.error(f"only the first {MAX_LENGTH:,} characters are read. Paste the object alone.")
        if half := _SURROGATE.search(text):
            self.position = half.start()
            raise self.error("this is half of a character.")

    def error(self, message: str, position: int | None = None) -> LiteralError:
        """What to raise: a message about the place read last, or another one."""
        here = self.position if position is None else position
        starts = line_starts(self.text)
        line = bisect_right(starts, here)
        return LiteralError(message, line, here - starts[line - 1] + 1)

    def unexpected(self, wanted: str) -> LiteralError:
        """What to raise where something else is needed."""
        rest = self.text[self.position : self.position + 1]
        return self.error(f"{wanted}, not {rest!r}." if rest else f"{wanted}; the text ends here.")

    def skip_blank(self) -> None:
        """Go on to the next character that is neither blank nor comment."""
        found = _BLANK.match(self.text, self.position)
        assert found is not None  # the pattern fits anything, also nothing
        self.position = found.end()
        if self.text.startswith("/*", self.position):
            raise self.error("this comment has no end. Close it with */.")

    def sees(self, piece: str) -> bool:
        """Whether the text goes on with this."""
        return self.text.startswith(piece, self.position)

    def take(self, piece: str) -> bool:
        """Go past this and the blanks after it, if the text goes on with it."""
        if not self.sees(piece):
            return False
        self.position += len(piece)
        self.skip_blank()
        return True

    def at_end(self) -> bool:
        """Whether all has been read."""
        return self.position == len(self.text)

    def word(self) -> str | None:
        """The identifier that begins here, if one does."""
        return self._match(_WORD)

    def path(self) -> str | None:
        """The dotted name that begins here, if one does: ``order.total``."""
        begin = self.position
        if self.word() is None:
            return None
        while (step := _STEP.match(self.text, self.position)) and _WORD.match(self.text, step.end()):
            self.position = step.end()
            self.word()
        return "".join(self.text[begin : self.position].split())

    def number(self) -> int | float | None:
        """The number that begins here, if one does."""
        begin = self.position
        digits = self._match(_NUMBER)
        if digits is None:
            return None
        if _WORD.match(self.text, self.position):
            raise self.unexpected("this number needs an end")
        try:
            return _value(digits)
        except ValueError as error:
            raise self.error(str(error), begin) from None

    def string(self) -> str | None:
        """The quoted text that begins here, if one does: in double or single quotes or backticks."""
        quote = self.text[self.position : self.position + 1]
        if quote not in _PLAIN or not quote:
            return None
        begin = self.position
        self.position += 1
        pieces: list[str] = []
        while not self.sees(quote):
            piece = self._match(_PLAIN[quote]) or self._odd_piece(begin, quote)
            pieces.append(piece)
        self.position += 1
        return self._joined("".join(pieces), begin)

    def _odd_piece(self, begin: int, quote: str) -> str:
        """An escape or a dollar sign inside a string."""
        if self.sees("\\"):
            return self._escape()
        if self.sees("${"):
            raise self.error("what ${…} stands for can't be known here. Write the text itself.")
        if self.sees("$"):
            self.position += 1
            return "$"
        raise self.error(f"this text has no end. Close it with {quote}.", begin)

    def _escape(self) -> str:
        found = _ESCAPE.match(self.text, self.position)
        if found is None:
            raise self.error("this escape isn't complete.")
        self.position = found.end()
        braced, four, two, one = found.groups()
        if one is None:
            code = int(braced or four or two, 16)
            if code > 0x10FFFF:
                raise self.error("there is no such character.", found.start())
            return chr(code)
        return "" if one in _LINE_ENDS else _ESCAPED.get(one, one)

    def _joined(self, text: str, begin: int) -> str:
        if not _SURROGATE.search(text):
            return text
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise self.error("this text holds half of a character.", begin) from None

    def _match(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.position)
        if found is None:
            return None
        self.position = found.end()
        return found[0]


def _value(digits: str) -> int | float:
    """The value of a number. Raises `ValueError` saying what is wrong with it."""
    plain = digits.replace("_", "")
    sign = -1 if plain.startswith("-") else 1
    bare = plain.lstrip("+-")
    if bare in ("Infinity", "NaN"):
        return sign * float(bare)
    if bare[1:2].lower() in ("x", "o", "b"):
        if len(bare) > MAX_DIGITS:
            raise ValueError("this number is too large.")
        return sign * int(bare, 0)
    if re.match(r"0[0-9]", bare):
        raise ValueError("a number can't begin with 0.")
    number = float(bare)
    if math.isinf(number):
        raise ValueError("this number is too large.")
    return sign * (int(bare) if bare.isdecimal() else number)
