"""The grammars of Go, Rust and Objective-C. Used by `advisor.snippets.literals`."""

from advisor.snippets.literals.escaping import braced_escape, escape_of_four_or_eight, quote_text
from advisor.snippets.literals.grammar import (
    Brackets,
    Grammar,
    from_handoff,
    number_of_64_bits,
    pascal,
    refuse_handed,
)

_INT32 = 2**31


def _go_text(text: str) -> str:
    return quote_text(text, {}, escape_of_four_or_eight)


def _go_name(part: str) -> str:
    return pascal(part).replace("Id", "ID")


GO = Grammar(
    comment="// ",
    text=_go_text,
    mapping=Brackets("map[string]interface{}{", "}", "map[string]interface{}{}", "{key}: {value}"),
    sequence=Brackets("[]interface{}{", "}", "[]interface{}{}", "{value}"),
    number=number_of_64_bits,
    handed=from_handoff(_go_text, _go_name),
    null="nil",
    indent="\t",
    present=lambda text, nulls: f"present({', '.join((text, *nulls))})",
    settings=lambda _, text: f"settings({text})",
)


def _rust_text(text: str) -> str:
    return quote_text(text, {}, braced_escape)


def _rust_number(number: int | float) -> str:
    """Return a number as a literal. Without a suffix, an integer would have 32 bits."""
    digits = number_of_64_bits(number)
    return f"{digits}i64" if digits.lstrip("-").isdigit() and not -_INT32 <= number < _INT32 else digits


RUST = Grammar(
    comment="// ",
    text=_rust_text,
    mapping=Brackets("json!({", "})", "json!({})", "{key}: {value}"),
    sequence=Brackets("json!([", "])", "json!([])", "{value}"),
    inner_mapping=Brackets("{", "}", "{}", "{key}: {value}"),
    inner_sequence=Brackets("[", "]", "[]", "{value}"),
    number=_rust_number,
    handed=from_handoff(_rust_text, str, entry="{}.get({})"),
    indent="    ",
    present=lambda text, nulls: f"present({text}, &[{', '.join(nulls)}])",
    settings=lambda _, text: f"settings({text})",
)


def _objective_c_code(char: str) -> str:
    r"""Return the escape of a character: octal bytes for control characters, which C refuses as ``\u``.

    They have three digits each, so that a following digit doesn't join them.
    """
    if ord(char) >= 0xA0:
        return escape_of_four_or_eight(char)
    return "".join(f"\\{byte:03o}" for byte in char.encode())


def _objective_c_text(text: str) -> str:
    """Return a text as a literal. Question marks are escaped, because ``??`` begins a trigraph."""
    return "@" + quote_text(text, {"?": r"\?"}, _objective_c_code)


def _objective_c_number(number: int | float) -> str:
    digits = number_of_64_bits(number)
    return f"@{digits}LL" if digits.lstrip("-").isdigit() and not -_INT32 < number < _INT32 else f"@{digits}"


OBJECTIVE_C = Grammar(
    comment="// ",
    text=_objective_c_text,
    mapping=Brackets("@{", "}", "@{}", "{key}: {value}"),
    sequence=Brackets("@[", "]", "@[]", "{value}"),
    number=_objective_c_number,
    handed=refuse_handed,
    true="@YES",
    false="@NO",
    null="[NSNull null]",
)
