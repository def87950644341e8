"""The allowed values of a property as one line of text, and back: ``card, paypal, 3, true``.

Values are separated by commas. A number, ``true``, ``false`` and ``null`` mean themselves; a text that would be taken
for one of them, or holds a comma, a quotation mark or blanks at its ends, stands between quotation marks as in JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from advisor.model import Scalar

_SPECIAL = frozenset(',"\\')


class ValuesError(ValueError):
    """The text is no list of values; the message says where it stops being one."""


def values_text(values: Iterable[Scalar]) -> str:
    """The values as text. `read_values` gives back the same."""
    return ", ".join(map(_written, values))


def read_values(text: str) -> tuple[Scalar, ...]:
    """The values that the text lists. Raises `ValuesError`."""
    return tuple(map(_value, _parts(text))) if text.strip() else ()


def _written(value: Scalar) -> str:
    encoded = msgspec.json.encode(value).decode()
    if not isinstance(value, str):
        return encoded
    is_plain = value == value.strip() and value.isprintable() and not _SPECIAL & set(value)
    return value if is_plain and value and _value(value) == value and isinstance(_value(value), str) else encoded


def _value(part: str) -> Scalar:
    if part.startswith('"'):
        return _decoded(part)
    try:
        value = msgspec.json.decode(part, type=int | float | bool | None)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return part
    return value


def _decoded(part: str) -> str:
    try:
        return msgspec.json.decode(part, type=str)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        raise ValuesError(f"{part} is no text between quotation marks") from None


def _parts(text: str) -> Iterator[str]:
    """The text between the commas, those inside quotation marks left out."""
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
