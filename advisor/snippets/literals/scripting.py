"""Python, Ruby and PHP."""

from advisor.snippets.literals.escaping import braced, four_or_eight, quoted
from advisor.snippets.literals.grammar import Brackets, Grammar, camel, plain_number
from advisor.snippets.values import Handed


def _python_text(text: str) -> str:
    return quoted(text, {}, four_or_eight)


def _python_handed(value: Handed) -> str:
    name = f"handoff.{value.part}"
    return name if value.key is None else f"{name}.get({_python_text(value.key)})"


PYTHON = Grammar(
    comment="# ",
    text=_python_text,
    mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=_python_handed,
    true="True",
    false="False",
    null="None",
    indent="    ",
    present=lambda text: f"{{name: value for name, value in {text}.items() if value is not None}}",
)


def _ruby_text(text: str) -> str:
    return quoted(text, {"#": r"\#"}, braced)


def _ruby_handed(value: Handed) -> str:
    name = f"handoff.{value.part}"
    return name if value.key is None else f"{name}[{_ruby_text(value.key)}]"


RUBY = Grammar(
    comment="# ",
    text=_ruby_text,
    mapping=Brackets("{", "}", "{}", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=_ruby_handed,
    null="nil",
    present=lambda text: text + ".reject { |_, value| value.nil? }",
)


def _php_text(text: str) -> str:
    return quoted(text, {"$": r"\$"}, braced)


def _php_handed(value: Handed) -> str:
    name = f"$handoff->{camel(value.part)}"
    return name if value.key is None else f"{name}[{_php_text(value.key)}] ?? null"


PHP = Grammar(
    comment="// ",
    text=_php_text,
    # An empty array would be sent as a list; this is sent as an object.
    mapping=Brackets("[", "]", "(object) []", "{key} => {value}"),
    sequence=Brackets("[", "]", "[]", "{value}"),
    number=plain_number,
    handed=_php_handed,
    numbered=Brackets("(object) [", "]", "(object) []", "{key} => {value}"),
    indent="    ",
    present=lambda text: f"(object) array_filter({text}, fn ($value) => $value !== null)",
)
