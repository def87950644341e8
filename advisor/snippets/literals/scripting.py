"""Python, Ruby and PHP."""

from advisor.snippets.literals.escaping import braced, four_or_eight, quoted
from advisor.snippets.literals.grammar import Brackets, Grammar, camel, from_handoff, plain_number


def _python_text(text: str) -> str:
    return quoted(text, {}, four_or_eight)


PYTHON = Grammar(
    comment="# ",
    text=_python_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=from_handoff(_python_text, str, entry="{}.get({})"),
    true="True",
    false="False",
    null="None",
    indent="    ",
    present=lambda text: f"{{name: value for name, value in {text}.items() if value is not None}}",
    settings=lambda _, text: f"{{name: value for name, value in {text}.items() if value is not None}} or True",
)


def _ruby_text(text: str) -> str:
    return quoted(text, {"#": r"\#"}, braced)


RUBY = Grammar(
    comment="# ",
    text=_ruby_text,
    mapping=Brackets("{", "}", "{}", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=from_handoff(_ruby_text, str),
    null="nil",
    present=lambda text: text + ".reject { |_, value| value.nil? }",
    settings=lambda _, text: text + ".compact.then { |given| given.empty? || given }",
)


def _php_text(text: str) -> str:
    return quoted(text, {"$": r"\$"}, braced)


PHP = Grammar(
    comment="// ",
    text=_php_text,
    # An empty array would be sent as a list; this is sent as an object.
    mapping=Brackets("[", "]", "(object) []", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=from_handoff(_php_text, camel, "$handoff->{}", "{}[{}] ?? null"),
    numbered=Brackets("(object) [", "]", "(object) []", "{key} => {value}"),
    indent="    ",
    present=lambda text: f"(object) array_filter({text}, fn ($value) => $value !== null)",
    settings=lambda _, text: f"array_filter({text}, fn ($value) => $value !== null) ?: true",
)
