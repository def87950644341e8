"""Writes values as literals of a language, and names safely in its comments."""

from advisor.snippets.literals.literals import GRAMMARS, comment_text, literal

__all__ = ["GRAMMARS", "comment_text", "literal"]
