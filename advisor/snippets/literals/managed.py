"""The grammars of Java, Kotlin, C# and Clojure. Used by `advisor.snippets.literals`."""

from advisor.snippets.literals.escaping import escape_of_four_or_eight, quote_text, utf16
from advisor.snippets.literals.grammar import (
    Brackets,
    Grammar,
    camel,
    from_handoff,
    number_of_64_bits,
    pascal,
)
from advisor.snippets.values import Handed

_INT32 = 2**31


def _java_code(char: str) -> str:
    r"""Return the escape of a character: octal up to 255, because the compiler replaces ``\u000a`` before it reads strings."""
    return f"\\{ord(char):03o}" if ord(char) <= 0xFF else utf16(char)


def _java_text(text: str) -> str:
    return quote_text(text, {}, _java_code)


def _java_number(number: int | float) -> str:
    digits = number_of_64_bits(number)
    is_long = isinstance(number, int) and not -_INT32 <= number < _INT32 and digits.lstrip("-").isdigit()
    return f"{digits}L" if is_long else digits


JAVA = Grammar(
    comment="// ",
    text=_java_text,
    mapping=Brackets("map(", ")", "map()", "{key}, {value}", after_last=""),
    sequence=Brackets("Arrays.<Object>asList(", ")", "Arrays.<Object>asList()", "{value}", after_last=""),
    number=_java_number,
    handed=from_handoff(_java_text, camel, entry="{}.get({})"),
    null="(Object) null",
    indent="    ",
    settings=lambda _, text: text,
)
"""``map`` is a function in the snippet's file; for the server library, it leaves out null values."""


def _kotlin_text(text: str) -> str:
    return quote_text(text, {"$": r"\$"}, utf16)


_KOTLIN_MAPPING = Brackets(
    "buildJsonObject {",
    "}",
    "buildJsonObject {}",
    "put({key}, {value})",
    separator="",
    after_last="",
    maybe="{value}?.let {{ put({key}, it) }}",
)
KOTLIN = Grammar(
    comment="// ",
    text=_kotlin_text,
    mapping=_KOTLIN_MAPPING,
    sequence=Brackets("buildJsonArray {", "}", "buildJsonArray {}", "add({value})", "", ""),
    number=number_of_64_bits,
    handed=from_handoff(_kotlin_text, camel),
    null="JsonNull",
    indent="    ",
    settings=lambda _, text: f"{text}.ifEmpty {{ JsonPrimitive(true) }}",
)


def _csharp_text(text: str) -> str:
    return quote_text(text, {}, escape_of_four_or_eight)


def _csharp_handed(value: Handed) -> str:
    if value.key is None:
        return f"handoff.{pascal(value.part)}"
    return f"handoff.{'Id' if value.part == 'ids' else 'Property'}({_csharp_text(value.key)})"


CSHARP = Grammar(
    comment="// ",
    text=_csharp_text,
    mapping=Brackets("new JsonObject {", "}", "new JsonObject()", "[{key}] = {value}"),
    sequence=Brackets("new JsonArray {", "}", "new JsonArray()", "{value}"),
    number=number_of_64_bits,
    handed=_csharp_handed,
    null="JsonNull.Instance",
    indent="    ",
    present=lambda text, nulls: f"Handoff.Present({', '.join((text, *nulls))})",
    settings=lambda _, text: f"Handoff.Settings({text})",
)


def _clojure_text(text: str) -> str:
    return quote_text(text, {}, utf16)


def _kebab(part: str) -> str:
    return part.replace("_", "-")


CLOJURE = Grammar(
    comment=";; ",
    text=_clojure_text,
    mapping=Brackets("{", "}", "{}", "{key} {value}", "", ""),
    sequence=Brackets("[", "]", "[]", "{value}", "", ""),
    number=number_of_64_bits,
    handed=from_handoff(_clojure_text, _kebab, "(:{} handoff)", "(get {} {})"),
    null="nil",
    present=lambda text, _nulls: f"(into {{}} (remove (comp nil? val)) {text})",
    takes_null=False,
    settings=lambda _, text: f"(into {{}} (remove (comp nil? val)) {text})",
)
