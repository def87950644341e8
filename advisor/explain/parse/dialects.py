"""The token rules of each language: comments, texts, names, words for values, and how keys and arguments are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from advisor.explain.parse import escapes as by
from advisor.explain.parse.escapes import Escapes
from advisor.explain.parse.tree import Plain
from advisor.explain.parse.values import Undefined
from advisor.knowledge.libraries import Language

_WORDS_OF_OTHERS: Mapping[str, Plain] = {
    "true": True,
    "false": False,
    "null": None,
    "nil": None,
    "True": True,
    "False": False,
    "None": None,
    "undefined": Undefined.UNDEFINED,
}


_UNSEEN = r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Characters without width: marks of the writing direction, joiners, and the byte order mark."""


@dataclass(frozen=True)
class Quotes:
    """One way to write a string. ``marks`` is the pattern that begins an inserted expression, such as ``${``."""

    opening: str
    closing: str
    escapes: Escapes | None = None
    marks: str | None = None
    multiline: bool = False
    doubled: bool = False
    strips: bool = False


@dataclass(frozen=True)
class Dialect:
    """The syntax of one language.

    ``pairs`` are the signs between a key and its value; ``named`` those between the name of an argument and its value.
    ``prefixes`` are words before an expression that don't change its value. ``braces_are_maps`` says whether a bare brace
    opens a map. ``heredoc`` is the pattern that begins a text of whole lines, and ``percent`` says whether literals such as
    ``%w[a b]`` exist.
    """

    language: Language
    name: str
    quotes: tuple[Quotes, ...]
    pairs: frozenset[str]
    words: Mapping[str, Plain]
    line_comment: str = r"//"
    block_comment: str = r"/\*"
    names: str = r"[^\W\d]\w*+"
    named: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    arrows: frozenset[str] = frozenset()
    spreads: frozenset[str] = frozenset()
    casts: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset({"."})
    between: frozenset[str] = frozenset()
    braces_are_maps: bool = True
    squares_are_maps: bool = False
    lines_end: bool = False
    generics: bool = False
    trailing: bool = False
    symbols: bool = False
    regexes: bool = False
    heredoc: str = ""
    percent: bool = False
    blank: str = ""
    blanks: re.Pattern[str] = field(init=False)
    openings: re.Pattern[str] = field(init=False)
    name_pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compile the patterns once, and add the words of other languages: users paste JSON for every library."""
        object.__setattr__(self, "words", {**_WORDS_OF_OTHERS, **self.words})
        block = r"|/\*(?s:.*?)\*/" if self.block_comment else ""
        extra = f"|{self.blank}" if self.blank else ""
        line = rf"|(?:{self.line_comment})[^\n\r\u2028\u2029]*+" if self.line_comment else ""
        object.__setattr__(self, "blanks", re.compile(rf"(?:[\s{_UNSEEN}]++{line}{block}{extra})*+"))
        groups = "|".join(f"({quotes.opening})" for quotes in self.quotes)
        object.__setattr__(self, "openings", re.compile(groups))
        object.__setattr__(self, "name_pattern", re.compile(self.names))


_SCRIPT_WORDS: Mapping[str, Plain] = {"true": True, "false": False, "null": None}
_DOLLAR = r"\$\{|\$[^\W\d]"
_DOUBLE = Quotes('"', '"', by.SCRIPT)
_SINGLE = Quotes("'", "'", by.SCRIPT)

JAVASCRIPT = Dialect(
    "javascript", "JavaScript", (_DOUBLE, _SINGLE, Quotes("`", "`", by.SCRIPT, r"\$\{", multiline=True)),
    frozenset(":"),
    {**_SCRIPT_WORDS, "undefined": Undefined.UNDEFINED, "True": True, "False": False, "None": None},
    names=r"(?:[^\W\d]|\$)[\w$]*+",
    prefixes=frozenset({"await", "return", "const", "let", "var", "export", "new", "default"}),
    functions=frozenset({"function", "async"}), arrows=frozenset({"=>"}), spreads=frozenset({"..."}),
    casts=frozenset({"as", "satisfies"}), links=frozenset({".", "?.", "!."}), named=frozenset({"="}),
    between=frozenset({"in", "instanceof", "of"}), lines_end=True, generics=True, regexes=True,
)  # fmt: skip


def _python_quotes() -> Iterator[Quotes]:
    """Yield the quotes with each of the prefixes that change how their content is read."""
    for quote in ('"""', "'''", '"', "'"):
        multiline = len(quote) > 1
        yield Quotes(rf"(?:[rR][bB]?|[bB][rR]){quote}", quote, None, multiline=multiline)
        yield Quotes(rf"(?:[fF][rR]?|[rR][fF]){quote}", quote, by.PYTHON, r"\{(?!\{)", multiline=multiline)
        yield Quotes(rf"[uUbB]?{quote}", quote, by.PYTHON, multiline=multiline)


PYTHON = Dialect(
    "python", "Python", tuple(_python_quotes()),
    frozenset(":"), {"True": True, "False": False, "None": None},
    line_comment="#", block_comment="", named=frozenset({"="}), prefixes=frozenset({"await", "return", "yield"}),
    functions=frozenset({"lambda"}), spreads=frozenset({"**", "*"}),
    between=frozenset({"if", "else", "and", "or", "in", "is", "not", "for"}),
    lines_end=True,
)  # fmt: skip

RUBY = Dialect(
    "ruby", "Ruby",
    (Quotes('"', '"', by.RUBY, r"#[{@$]", multiline=True), Quotes("'", "'", by.SINGLE_QUOTED, multiline=True)),
    frozenset({":", "=>"}), {"true": True, "false": False, "nil": None},
    line_comment="#", block_comment="", names=r"[@$]{0,2}[^\W\d]\w*+(?:[?!](?![=:]))?",
    named=frozenset({":", "=>"}), prefixes=frozenset({"return", "yield"}), functions=frozenset({"proc", "lambda", "->"}),
    spreads=frozenset({"**", "*"}), links=frozenset({".", "&.", "::"}),
    between=frozenset({"if", "unless", "and", "or", "do", "rescue", "while", "then"}), lines_end=True, symbols=True,
    regexes=True, heredoc=r"<<[~-]?(?:([\"'])(?P<quoted>\w+)\1|(?P<bare>[A-Z]\w*+))", percent=True,
)  # fmt: skip

PHP = Dialect(
    "php", "PHP",
    (Quotes('"', '"', by.PHP, r"\$[^\W\d]|\{\$|\$\{", multiline=True), Quotes("'", "'", by.SINGLE_QUOTED, multiline=True)),
    frozenset({"=>"}),
    {word: value for text, value in _SCRIPT_WORDS.items() for word in (text, text.upper(), text.capitalize())},
    line_comment="//|#(?!\\[)", names=r"\$?[^\W\d]\w*+(?:\\[^\W\d]\w*+)*+|\\[^\W\d]\w*+(?:\\[^\W\d]\w*+)*+",
    named=frozenset({":"}), prefixes=frozenset({"return", "new", "clone", "echo"}),
    functions=frozenset({"function", "fn", "static"}),
    spreads=frozenset({"..."}), links=frozenset({"->", "?->", "::"}), between=frozenset({"instanceof", "and", "or", "xor"}),
    braces_are_maps=False, squares_are_maps=True, blank=r"<\?php\b|<\?=|\?>",
    heredoc=r"<<<[ \t]*(?:([\"'])(?P<quoted>\w+)\1|(?P<bare>[^\W\d]\w*+))",
)  # fmt: skip

GO = Dialect(
    "go", "Go", (Quotes('"', '"', by.C_LIKE), Quotes("`", "`", None, multiline=True), Quotes("'", "'", by.C_LIKE)),
    frozenset(":"), {"true": True, "false": False, "nil": None},
    prefixes=frozenset({"return", "go", "defer", "&", "*"}), functions=frozenset({"func"}), lines_end=True,
)  # fmt: skip

JAVA = Dialect(
    "java", "Java",
    (Quotes('"""', '"""', by.JAVA, multiline=True, strips=True), Quotes('"', '"', by.JAVA), Quotes("'", "'", by.JAVA)),
    frozenset(), _SCRIPT_WORDS, prefixes=frozenset({"return", "new", "final"}), arrows=frozenset({"->"}),
    links=frozenset({".", "::"}), between=frozenset({"instanceof"}), braces_are_maps=False, generics=True,
)  # fmt: skip

KOTLIN = Dialect(
    "kotlin", "Kotlin",
    (Quotes('"""', '"""', None, _DOLLAR, multiline=True), Quotes('"', '"', by.JAVA, _DOLLAR), Quotes("'", "'", by.JAVA)),
    frozenset({"to"}), _SCRIPT_WORDS, named=frozenset({"="}), prefixes=frozenset({"return", "val", "var"}),
    functions=frozenset({"fun"}), casts=frozenset({"as", "as?"}), links=frozenset({".", "?.", "!!.", "::"}),
    spreads=frozenset("*"), between=frozenset({"in", "is", "else"}), braces_are_maps=False, lines_end=True, generics=True,
    trailing=True,
)  # fmt: skip

CSHARP = Dialect(
    "csharp", "C#",
    (
        Quotes(r'\$@"|@\$"', '"', None, r"\{(?!\{)", multiline=True, doubled=True),
        Quotes(r'@"', '"', None, multiline=True, doubled=True),
        Quotes(r'\$"', '"', by.CSHARP, r"\{(?!\{)"), Quotes('"""', '"""', None, multiline=True), Quotes('"', '"', by.CSHARP),
        Quotes("'", "'", by.CSHARP),
    ),
    frozenset({"="}), _SCRIPT_WORDS, names=r"@?[^\W\d]\w*+", named=frozenset(":"),
    prefixes=frozenset({"return", "new", "await", "var"}), functions=frozenset({"delegate", "async"}),
    arrows=frozenset({"=>"}), casts=frozenset({"as"}), links=frozenset({".", "?.", "!."}),
    between=frozenset({"is"}), braces_are_maps=False, generics=True,
)  # fmt: skip

RUST = Dialect(
    "rust", "Rust",
    (Quotes(r'b?r##"', '"##', None, multiline=True), Quotes(r'b?r#"', '"#', None, multiline=True),
     Quotes(r'b?r"', '"', None, multiline=True), Quotes(r'b?"', '"', by.SCRIPT, multiline=True),
     Quotes(r"b?'(?=\\|[^\\']')", "'", by.SCRIPT)),
    frozenset(":"), {**_SCRIPT_WORDS, "None": None}, names=r"[^\W\d]\w*+(?:!(?=\s*[({\[]))?",
    prefixes=frozenset({"return", "let", "mut", "&"}), functions=frozenset({"|", "move", "||"}), spreads=frozenset({".."}),
    casts=frozenset({"as"}), links=frozenset({".", "::"}), between=frozenset({"match", "if", "else"}), generics=False,
)  # fmt: skip

SWIFT = Dialect(
    "swift", "Swift",
    (Quotes('##"', '"##', None), Quotes('#"', '"#', None), Quotes('"""', '"""', by.SCRIPT, r"\\\(", multiline=True, strips=True),
     Quotes('"', '"', by.SCRIPT, r"\\\(")),
    frozenset(":"), {"true": True, "false": False, "nil": None}, named=frozenset(":"),
    prefixes=frozenset({"return", "try", "try?", "try!", "await", "let", "var"}), functions=frozenset({"func"}),
    casts=frozenset({"as", "as!", "as?"}), links=frozenset({".", "?.", "!."}), between=frozenset({"is", "in"}),
    braces_are_maps=False, squares_are_maps=True, lines_end=True, trailing=True,
)  # fmt: skip

DART = Dialect(
    "dart", "Dart",
    (
        Quotes("r'''", "'''", None, multiline=True), Quotes('r"""', '"""', None, multiline=True),
        Quotes("r'", "'", None), Quotes('r"', '"', None),
        Quotes("'''", "'''", by.SCRIPT, _DOLLAR, multiline=True), Quotes('"""', '"""', by.SCRIPT, _DOLLAR, multiline=True),
        Quotes("'", "'", by.SCRIPT, _DOLLAR), Quotes('"', '"', by.SCRIPT, _DOLLAR),
    ),
    frozenset(":"), _SCRIPT_WORDS, named=frozenset(":"),
    prefixes=frozenset({"return", "await", "new", "const", "final", "var"}), arrows=frozenset({"=>"}),
    spreads=frozenset({"...", "...?"}), casts=frozenset({"as"}), links=frozenset({".", "?.", "!.", ".."}),
    between=frozenset({"is", "if", "for"}), generics=True,
)  # fmt: skip

OBJECTIVE_C = Dialect(
    "objective-c", "Objective-C", (Quotes('@?"', '"', by.C_LIKE), Quotes("'", "'", by.C_LIKE)),
    frozenset(":"), {"YES": True, "NO": False, "TRUE": True, "FALSE": False, "NULL": None},
    line_comment="//|#(?:import|include)", prefixes=frozenset({"return", "@"}), functions=frozenset("^"),
    links=frozenset({".", "->"}),
)  # fmt: skip

_LISP_CHAR = r"[^\s()\[\]{}\",;'`@^~#\\]"

CLOJURE = Dialect(
    "clojure", "Clojure", (Quotes('"', '"', by.JAVA, multiline=True),),
    frozenset(), {"true": True, "false": False, "nil": None}, line_comment=";", block_comment="",
    names=rf":{{0,2}}+{_LISP_CHAR[:-1]}0-9:](?:{_LISP_CHAR}*{_LISP_CHAR[:-1]}:])?", blank=",",
)  # fmt: skip

DIALECTS: dict[Language, Dialect] = {
    each.language: each
    for each in (
        JAVASCRIPT, PYTHON, RUBY, PHP, GO, JAVA, KOTLIN, CSHARP, RUST, SWIFT, DART, OBJECTIVE_C, CLOJURE,
    )
}  # fmt: skip
"""Language -> its syntax. Shell and HTML have their own readers."""
