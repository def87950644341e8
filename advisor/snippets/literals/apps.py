"""The grammars of Swift and Dart. Used by `advisor.snippets.literals`."""

from advisor.snippets.literals.escaping import braced_escape, quote_text
from advisor.snippets.literals.grammar import Brackets, Grammar, number_of_64_bits, refuse_handed


def _swift_text(text: str) -> str:
    return quote_text(text, {}, braced_escape)


SWIFT = Grammar(
    comment="// ",
    text=_swift_text,
    # The compiler infers no type for a literal with mixed values.
    mapping=Brackets("[", "] as [String: Any]", "[:] as [String: Any]", "{key}: {value}"),
    sequence=Brackets("[", "] as [Any]", "[] as [Any]", "{value}"),
    number=number_of_64_bits,
    handed=refuse_handed,
    null="NSNull()",
    indent="    ",
)


def _dart_text(text: str) -> str:
    return quote_text(text, {"$": r"\$"}, braced_escape, quote="'")


DART = Grammar(
    comment="// ",
    text=_dart_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=refuse_handed,
)
