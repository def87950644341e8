"""Highlighting of code in the advice panel: comments, true and false, in the same colours as in the objects beside it."""

from __future__ import annotations

import re
from functools import cache

from advisor.knowledge.libraries import Language
from advisor.presentation.calls import Token
from advisor.snippets.literals import GRAMMARS

_YES = frozenset({"true", "True", "@YES", "YES"})
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_WORD = r"(?<![\w@])(?:true|false|True|False|@?YES|@?NO)(?!\w)"
_COMMENT_OF = {"html": r"<!--.*?-->"}


def highlight(text: str, language: Language) -> tuple[Token, ...]:
    """Return the text as highlighted and plain tokens, which joined are the whole text."""
    tokens: list[Token] = []
    end = 0
    for found in _pattern(language).finditer(text):
        if found.lastgroup == "string":
            continue
        tokens += [Token(text[end : found.start()])] if found.start() > end else []
        tokens.append(Token(found.group(), _css(found)))
        end = found.end()
    return (*tokens, Token(text[end:])) if end < len(text) else tuple(tokens)


def _css(found: re.Match[str]) -> str:
    if found.lastgroup == "comment":
        return "k-c"
    return "k-t" if found.group() in _YES else "k-f"


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of tokens. A comment must begin its line: elsewhere, it could be part of a string."""
    comment = _COMMENT_OF.get(language) or re.escape(GRAMMARS[language].comment.rstrip()) + r"(?: .*)?$"
    return re.compile(rf"(?P<comment>^[ \t]*{comment})|(?P<string>{_STRING})|(?P<word>{_WORD})", re.MULTILINE)
