"""The grammars of Swift and Dart. Used by `advisor.snippets.literals`."""

from advisor.snippets.literals.escaping import braced, quoted
from advisor.snippets.literals.grammar import Brackets, Grammar, nothing_handed, number_of_64_bits


def _swift_text(text: str) -> str:
    return quoted(text, {}, braced)


SWIFT = Grammar(
    comment="// ",
    text=_swift_text,
    # The compiler infers no type for a literal with mixed values.
    mapping=Brackets("[", "] as [String: Any]", "[:] as [String: Any]", "{key}: {value}"),
    sequence=Brackets("[", "] as [Any]", "[] as [Any]", "{value}"),
    number=number_of_64_bits,
    handed=nothing_handed,
    null="NSNull()",
    indent="    ",
)


def _dart_text(text: str) -> str:
    return quoted(text, {"$": r"\$"}, braced, quote="'")


DART = Grammar(
    comment="// ",
    text=_dart_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=nothing_handed,
)
