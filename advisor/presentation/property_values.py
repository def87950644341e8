"""Writes the allowed values of a property as one line of text, and reads them back: ``card, paypal, 3, true``.

Values are separated by commas. Numbers, ``true``, ``false`` and ``null`` are written as in JSON. A text is put in
quotation marks as in JSON if it looks like one of them, is empty, has blanks at its ends, or contains a comma, a
quotation mark, a backslash or a character that can't be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from advisor.model import Scalar

_SPECIAL = frozenset(',"\\')


class ValuesError(ValueError):
    """The text is not a list of values. The message says what is wrong with it."""


def values_text(values: Iterable[Scalar]) -> str:
    """Return the values as text. `read_values` returns the same values for it."""
    return ", ".join(map(_write_value, values))


def read_values(text: str) -> tuple[Scalar, ...]:
    """Return the values that the text lists. Raises `ValuesError`."""
    return tuple(map(_read_value, _parts(text))) if text.strip() else ()


def _write_value(value: Scalar) -> str:
    encoded = msgspec.json.encode(value).decode()
    if not isinstance(value, str):
        return encoded
    is_plain = value == value.strip() and value.isprintable() and not _SPECIAL & set(value)
    return (
        value if is_plain and value and _read_value(value) == value and isinstance(_read_value(value), str) else encoded
    )


def _read_value(part: str) -> Scalar:
    if part.startswith('"'):
        return _decode_text(part)
    try:
        value = msgspec.json.decode(part, type=int | float | bool | None)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return part
    return value


def _decode_text(part: str) -> str:
    try:
        return msgspec.json.decode(part, type=str)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        raise ValuesError(f"{part} is no text between quotation marks") from None


def _parts(text: str) -> Iterator[str]:
    """Yield the parts between commas. A comma inside quotation marks does not separate parts."""
    start, quoted, escaped = 0, False, False
    for place, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"' and (quoted or not text[start:place].strip()):
            quoted = not quoted
        elif character == "," and not quoted:
            yield _part(text[start:place])
            start = place + 1
    if quoted:
        raise ValuesError("A quotation mark is never closed")
    if text[start:].strip() or start == 0:
        yield _part(text[start:])


def _part(text: str) -> str:
    part = text.strip()
    if not part:
        raise ValuesError("There is nothing between two commas")
    return part
