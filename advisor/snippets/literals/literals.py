"""Writes values as literals of a language: exactly, and safely for every text.

Callers use `literal` only. A language is a `Grammar`; to add one, write its grammar and list it here.
"""

from __future__ import annotations

import unicodedata

from advisor.knowledge.libraries import Language
from advisor.snippets.literals.apps import DART, SWIFT
from advisor.snippets.literals.compiled import GO, OBJECTIVE_C, RUST
from advisor.snippets.literals.grammar import Grammar, write
from advisor.snippets.literals.javascript import HTML, JAVASCRIPT, JSON
from advisor.snippets.literals.managed import CLOJURE, CSHARP, JAVA, KOTLIN
from advisor.snippets.literals.scripting import PHP, PYTHON, RUBY
from advisor.snippets.values import Value

GRAMMARS: dict[Language, Grammar] = {
    "javascript": JAVASCRIPT,
    "python": PYTHON,
    "ruby": RUBY,
    "go": GO,
    "java": JAVA,
    "php": PHP,
    "csharp": CSHARP,
    "kotlin": KOTLIN,
    "rust": RUST,
    "clojure": CLOJURE,
    "swift": SWIFT,
    "dart": DART,
    "objective-c": OBJECTIVE_C,
    "shell": JSON,
    "html": HTML,
}
"""Language -> its grammar. A shell and a page contain JSON."""

_PLAIN = frozenset(" _-.,()&+'$%")


def literal(value: Value, language: Language, depth: int = 0) -> str:
    """Return the value as source code of the language. ``depth`` is the level of indentation at which it begins.

    Raises `TypeError` for a value of the hand-off in a language of an app.
    """
    return write(value, GRAMMARS[language], depth)


def comment_text(text: str) -> str:
    """Return text that is safe in a comment of any language: letters, digits and a few marks; the rest as code points.

    A line break, ``*/``, ``?>``, ``-->`` or a backslash at the end must not end the comment, and ``coding:`` must not make
    it a directive.
    """
    return "".join(char if _is_plain(char) else f"[U+{ord(char):04X}]" for char in text)


def _is_plain(char: str) -> bool:
    return char in _PLAIN or unicodedata.category(char)[0] in "LMN"
