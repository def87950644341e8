"""Naming styles: checks whether a name follows one, and writes a name in one.

Used by the findings about names and by their fixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from advisor.knowledge.name_styles import ANY, SMALL_WORDS, STYLES

_PLAIN_TITLE = re.compile(r"[A-Z][a-z]*(?: [A-Z0-9][a-z0-9]*)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACRONYM = 5
"""The length up to which a word in capitals counts as an abbreviation."""


def find_style(text: str) -> str | None:
    """Return the style with this name, in any spelling (``title``, ``Title Case``, ``TitleCase``); None if unknown."""
    return _BY_FOLDED_NAME.get(_folded(text))


def follows(style: str, name: str) -> bool:
    """Return whether the name is written in this style, one of `STYLES` or `ANY`."""
    return _CHECKS[style](name)


def restyled(style: str, name: str) -> str | None:
    """Return the name written in this style; None if there is nothing to write, or the result would not follow it."""
    words = _words(name)
    if not words or style == ANY:
        return None
    written = _WRITERS[style](words)
    return written if follows(style, written) else None


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold().removesuffix("case")


def _words(name: str) -> list[str]:
    """Return the words in small letters. Abbreviations keep their capitals unless the whole name is in capitals."""
    words = [word for token in _TOKEN.findall(name) for word in _HUMP.split(token)]
    keep = not name.isupper()
    return [word if keep and word.isupper() and 1 < len(word) <= _ACRONYM else word.lower() for word in words]


def _is_title(name: str) -> bool:
    if _PLAIN_TITLE.fullmatch(name):
        return True
    words = name.split(" ")
    if "" in words or "_" in name or (name.isupper() and len(name) > _ACRONYM):
        return False
    if _is_joined(name) or (len(words) == 1 and _HUMP.search(name)):
        return False
    return _is_capital(words[0]) and all(_is_capital(word) or word in SMALL_WORDS for word in words[1:])


def _is_joined(name: str) -> bool:
    """Return whether the words are joined by something other than a blank."""
    return " " not in name and len(_TOKEN.findall(name)) > 1


def _is_capital(word: str) -> bool:
    """Return whether the word begins with a capital, or has its capital in second place: iOS, eBay."""
    return not word[0].islower() or word[1:2].isupper()


def _is_sentence(name: str) -> bool:
    words = name.split(" ")
    if "" in words or "_" in name or name[0].islower() or _is_joined(name):
        return False
    return all(word == word.lower() or (word.isupper() and len(word) <= _ACRONYM) for word in words[1:]) and (
        not _HUMP.search(words[0])
    )


def _is_lower(name: str) -> bool:
    return "" not in name.split(" ") and "_" not in name and name == name.lower() and not _is_joined(name)


def _pattern(text: str, *, letters: Callable[[str], str]) -> Callable[[str], bool]:
    compiled = re.compile(text)
    return lambda name: bool(compiled.fullmatch(name)) and name == letters(name)


def _is_camel(name: str) -> bool:
    return name.isalnum() and not name[0].isupper() and not (name.isupper() and len(name) > 1)


def _is_pascal(name: str) -> bool:
    return name.isalnum() and not name[0].islower() and not (name.isupper() and len(name) > _ACRONYM)


_CHECKS: dict[str, Callable[[str], bool]] = {
    ANY: lambda _: True,
    "Title Case": _is_title,
    "Sentence case": _is_sentence,
    "lower case": _is_lower,
    "snake_case": _pattern(r"[^\W_]+(?:_[^\W_]+)*", letters=str.lower),
    "SCREAMING_SNAKE_CASE": _pattern(r"[^\W_]+(?:_[^\W_]+)*", letters=str.upper),
    "kebab-case": _pattern(r"[^\W_]+(?:-[^\W_]+)*", letters=str.lower),
    "camelCase": _is_camel,
    "PascalCase": _is_pascal,
}


def _capital(word: str) -> str:
    return word if word.isupper() and len(word) > 1 else word[0].upper() + word[1:]


def _title(words: list[str]) -> str:
    last = len(words) - 1
    return " ".join(
        word if word in SMALL_WORDS and 0 < place < last else _capital(word) for place, word in enumerate(words)
    )


def _bare(words: list[str]) -> list[str]:
    return ["".join(_TOKEN_PARTS.findall(word)) for word in words]


_TOKEN_PARTS = re.compile(r"[^\W_]+")
_WRITERS: dict[str, Callable[[list[str]], str]] = {
    "Title Case": _title,
    "Sentence case": lambda words: " ".join([_capital(words[0]), *words[1:]]),
    "lower case": lambda words: " ".join(words).lower(),
    "snake_case": lambda words: "_".join(_bare(words)).lower(),
    "SCREAMING_SNAKE_CASE": lambda words: "_".join(_bare(words)).upper(),
    "kebab-case": lambda words: "-".join(_bare(words)).lower(),
    "camelCase": lambda words: words[0].lower() + "".join(_capital(word.lower()) for word in _bare(words[1:])),
    "PascalCase": lambda words: "".join(_capital(word.lower()) for word in _bare(words)),
}
_BY_FOLDED_NAME = {_folded(style): style for style in (*STYLES, ANY)}
