"""Decodes the backslash escapes in the string literals of each language. Used by `dialects`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_COMMON: Mapping[str, str] = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_PIECE = re.compile(
    r"\\(?:u\{([0-9a-fA-F_ ]{1,64})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,2})"
    r"|N\{([^}\n]{1,80})\}|([0-7]{1,3})|(\r\n[ \t]*+|[\n\r\u2028\u2029][ \t]*+)|([^uxUN0-7]|[UN]))"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Escapes:
    r"""The escapes of a language.

    ``named`` maps letters to characters. ``octal`` reads up to three digits as a character, ``raw_bytes`` as a byte of
    UTF-8. ``long`` allows ``\U0001F600`` and ``\N{DASH}``. ``keeps`` leaves an unknown escape unchanged, with its backslash.
    ``only``, if set, lists the only characters that can be escaped.
    """

    named: Mapping[str, str] = field(default_factory=lambda: _COMMON)
    octal: bool = False
    raw_bytes: bool = False
    long: bool = False
    keeps: bool = False
    only: str = ""

    def decode(self, body: str) -> str:
        """Return the text that the content of a string literal stands for. Raises `ValueError` with the reason."""
        if "\\" not in body:
            return body
        if self.only:
            return re.sub(r"\\([" + re.escape(self.only) + "])", r"\1", body)
        pieces: list[str] = []
        position = 0
        while position < len(body):
            backslash = body.find("\\", position)
            if backslash < 0:
                pieces.append(body[position:])
                break
            pieces.append(body[position:backslash])
            found = _PIECE.match(body, backslash)
            if found is None:
                raise ValueError("this escape isn’t complete.")
            pieces.append(self._one(found))
            position = found.end()
        return _join_surrogates("".join(pieces), raw_bytes=self.raw_bytes)

    def _one(self, found: re.Match[str]) -> str:
        braced, four, eight, two, name, octal, line_end, one = found.groups()
        if braced is not None:
            return "".join(_char(code) for code in braced.replace("_", "").split())
        if four or (eight and self.long):
            return _char(four or eight)
        if two:
            return _byte(int(two, 16)) if self.raw_bytes else chr(int(two, 16))
        if name and self.long:
            return _by_name(name)
        if eight or name:
            return found[0][1:]
        if octal is not None:
            return self._octal(octal)
        if line_end is not None:
            return ""
        known = self.named.get(one)
        return known if known is not None else ("\\" + one if self.keeps else one)

    def _octal(self, digits: str) -> str:
        if not self.octal:
            if digits == "0":
                return "\0"
            return digits if len(digits) == 1 else "\\" + digits
        code = int(digits, 8) & 0xFF
        return _byte(code) if self.raw_bytes else chr(code)


def _char(code: str) -> str:
    number = int(code, 16)
    if number > 0x10FFFF:
        raise ValueError("there is no such character.")
    return chr(number)


def _by_name(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        raise ValueError("there is no such character.") from None


def _byte(code: int) -> str:
    """Return a byte as a lone surrogate, which is later joined with others to a UTF-8 character."""
    return chr(code) if code < 0x80 else chr(0xDC00 + code)


def _join_surrogates(text: str, *, raw_bytes: bool) -> str:
    if not _SURROGATE.search(text):
        return text
    try:
        if raw_bytes:
            return (
                text.encode("utf-16-le", "surrogatepass")
                .decode("utf-16-le", "surrogatepass")
                .encode("utf-8", "surrogateescape")
                .decode()
            )
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeError:
        raise ValueError("this text holds half of a character.") from None


SCRIPT = Escapes()
PYTHON = Escapes({**_COMMON, "a": "\a", "\\": "\\", "'": "'", '"': '"'}, octal=True, long=True, keeps=True)
RUBY = Escapes({**_COMMON, "a": "\a", "e": "\x1b", "s": " "}, octal=True)
PHP = Escapes(
    {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "e": "\x1b", "\\": "\\", "$": "$", '"': '"'},
    octal=True,
    keeps=True,
)
C_LIKE = Escapes({**_COMMON, "a": "\a", "e": "\x1b"}, octal=True, raw_bytes=True, long=True)
JAVA = Escapes({**_COMMON, "s": " "}, octal=True)
CSHARP = Escapes({**_COMMON, "a": "\a", "e": "\x1b"}, long=True)
SINGLE_QUOTED = Escapes(only="\\'")
SHELL_DOUBLE = Escapes(only='\\"$`\n')
