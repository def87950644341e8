"""Decodes the bytes of a text file: UTF-8, UTF-16 with or without its mark, else Windows-1252 with a warning."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from advisor.formats.places import Place, refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_096


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded text without its byte order mark, and how it was encoded. ``warning`` is empty if that was certain."""

    text: str
    encoding: str
    marked: bool = False
    """Whether the file began with a byte order mark."""
    warning: str = ""


def decode(data: bytes, file: str = "") -> Text:
    """Return the text of a file. Raises `FormatError` for what is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Text(_strict(data[len(mark) :], encoding.removesuffix("-sig"), file), encoding, marked=True)
    if wide := _unmarked_utf16(data):
        return Text(_strict(data, wide, file), wide)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _western(data, error.start, file)
    if "\0" in text:
        raise refusal(Place(file), "This is no text file: it holds zero bytes.")
    return Text(text, "utf-8")


def encode(text: str, encoding: str, *, marked: bool = False) -> bytes:
    """Return the bytes of a text in the encoding that its file had; UTF-8 if that can't hold every character."""
    plain = encoding.removesuffix("-sig")
    try:
        data = text.encode(plain)
    except UnicodeEncodeError:
        return text.encode()
    marks = {name.removesuffix("-sig"): mark for mark, name in _MARKS}
    return marks.get(plain, b"") + data if marked else data


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"Not {encoding.upper()}, though the file begins like it: byte {error.start:,} begins no character."
        raise refusal(Place(file), message) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Return UTF-16's name if nearly every second byte is zero, as in Latin text without a byte order mark."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if len(data) % 2 or half == 0:
        return None
    if sample[1::2].count(0) > half * 0.7 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.7 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _western(data: bytes, start: int, file: str) -> Text:
    if b"\0" in data:
        raise refusal(Place(file), "This is no text file: it holds zero bytes.")
    line = data.count(b"\n", 0, start) + 1
    try:
        encoding = "cp1252"
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = data.decode(encoding)
    warning = (
        f"The file is not UTF-8 (line {line:,}); it was read as Windows-1252. Look whether accents are right, "
        "or save the file as UTF-8."
    )
    return Text(text, encoding, warning=warning)
