"""The grammars of JavaScript, also inside a page, and of JSON. Used by `advisor.snippets`."""

from dataclasses import replace

from advisor.snippets.literals.escaping import quote_text, utf16
from advisor.snippets.literals.grammar import Brackets, Grammar, camel, from_handoff, number_of_64_bits
from advisor.snippets.values import Handed


def _text(text: str) -> str:
    """Return a text as a literal, in which ``<`` can't begin ``</script>``, ``<script`` or ``<!--`` and so end the script."""
    literal = quote_text(text, {}, utf16)
    return "".join("\\u003c" if char == "<" and literal[at + 1] in "/!sS" else char for at, char in enumerate(literal))


def _key(name: str) -> str:
    """Return a key. ``__proto__`` is in brackets, because it would set the prototype otherwise."""
    return '["__proto__"]' if name == "__proto__" else _text(name)


JAVASCRIPT = Grammar(
    comment="// ",
    text=_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=from_handoff(_text, camel),
    key=_key,
    settings=lambda values, text: f"{' || '.join(values)} ? {text} : true",
)


def _json_text(text: str) -> str:
    """Return a text as a literal. Single quotes are escaped, too, so that a shell can have the JSON between single quotes."""
    return quote_text(text, {"'": "\\u0027"}, utf16)


def _html_text(text: str) -> str:
    """Return a text as a literal. Angle brackets are escaped, so that the JSON is safe in a comment of a page."""
    return quote_text(text, {"<": "\\u003c", ">": "\\u003e"}, utf16)


def _placeholder(value: Handed) -> str:
    name = f"handoff.{camel(value.part)}"
    return _json_text(f"[{name}]" if value.key is None else f"[{name} {value.key}]")


JSON = Grammar(
    comment="# ",
    text=_json_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}", after_last=""),
    sequence=Brackets("[", "]", "[]", "{value}", after_last=""),
    number=number_of_64_bits,
    handed=_placeholder,
    settings=lambda _, text: text,
)
"""JSON can't name a variable: values of the hand-off are text in square brackets, to be filled in."""

HTML = replace(JSON, text=_html_text)
