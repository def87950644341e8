"""The grammars of Python, Ruby and PHP. Used by `advisor.snippets.literals`."""

from advisor.snippets.literals.escaping import braced_escape, escape_of_four_or_eight, quote_text
from advisor.snippets.literals.grammar import Brackets, Grammar, camel, from_handoff, number_of_64_bits


def _python_text(text: str) -> str:
    return quote_text(text, {}, escape_of_four_or_eight)


def _python_present(text: str, nulls: tuple[str, ...]) -> str:
    meant = f" or name in [{', '.join(nulls)}]" if nulls else ""
    return f"{{name: value for name, value in {text}.items() if value is not None{meant}}}"


PYTHON = Grammar(
    comment="# ",
    text=_python_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=from_handoff(_python_text, str, entry="{}.get({})"),
    true="True",
    false="False",
    null="None",
    indent="    ",
    present=_python_present,
    settings=lambda _, text: f"{{name: value for name, value in {text}.items() if value is not None}} or True",
)


def _ruby_text(text: str) -> str:
    return quote_text(text, {"#": r"\#"}, braced_escape)


def _ruby_present(text: str, nulls: tuple[str, ...]) -> str:
    if not nulls:
        return f"{text}.reject {{ |_, value| value.nil? }}"
    return f"{text}.reject {{ |name, value| value.nil? && ![{', '.join(nulls)}].include?(name) }}"


RUBY = Grammar(
    comment="# ",
    text=_ruby_text,
    mapping=Brackets("{", "}", "{}", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=from_handoff(_ruby_text, str),
    null="nil",
    present=_ruby_present,
    settings=lambda _, text: text + ".compact.then { |given| given.empty? || given }",
)


def _php_text(text: str) -> str:
    return quote_text(text, {"$": r"\$"}, braced_escape)


def _php_present(text: str, nulls: tuple[str, ...]) -> str:
    if not nulls:
        return f"(object) array_filter({text}, fn ($value) => $value !== null)"
    # PHP turns keys such as "0" into numbers.
    is_meant = f"in_array((string) $name, [{', '.join(nulls)}], true)"
    test = f"fn ($value, $name) => $value !== null || {is_meant}"
    return f"(object) array_filter({text}, {test}, ARRAY_FILTER_USE_BOTH)"


PHP = Grammar(
    comment="// ",
    text=_php_text,
    # An empty array would be sent as a list; this is sent as an object.
    mapping=Brackets("[", "]", "(object) []", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=number_of_64_bits,
    handed=from_handoff(_php_text, camel, "$handoff->{}", "{}[{}] ?? null"),
    numbered=Brackets("(object) [", "]", "(object) []", "{key} => {value}"),
    indent="    ",
    present=_php_present,
    settings=lambda _, text: f"array_filter({text}, fn ($value) => $value !== null) ?: true",
)
