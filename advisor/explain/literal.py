"""Reads what people paste: JSON, a JavaScript or Python literal, or a whole call. Nothing is ever run.

Beside JSON it takes unquoted keys, single quotes, backticks, trailing commas, comments, ``undefined``, JavaScript's
numbers, Python's ``True``, ``False`` and ``None``, names that stand for values, members without braces
(``integrations: {…}``), an assignment, and a call with its arguments.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.explain.scanner import Scanner
from advisor.explain.values import Invocation, Literal, Path, Undefined, Value, Variable

MAX_DEPTH = 64
"""Levels of objects and lists; the outermost is the first."""

_WORDS: dict[str, Value] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": Undefined.UNDEFINED,
    "True": True,
    "False": False,
    "None": None,
}
_PREFIXES = ("await", "return", "void", "const", "let", "var")
_KEPT_NAMES = ("integrations", "options", "context")


def read_literal(text: str) -> Literal:
    """Read a whole text. Raises `LiteralError`, which says where and what."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)
        self.offsets: dict[Path, int] = {}
        self.duplicates: list[Path] = []

    def whole(self) -> Literal:
        scanner = self.scanner
        scanner.skip_blank()
        if scanner.at_end():
            raise scanner.error("there is nothing here. Paste an object, such as { All: false }.")
        self.offsets[()] = scanner.position
        value = self._statement()
        scanner.skip_blank()
        while scanner.take(";"):
            pass
        if not scanner.at_end():
            raise scanner.unexpected("the object has ended; nothing can follow it")
        return Literal(value, scanner.text, self.offsets, tuple(self.duplicates))

    def _statement(self) -> Value | Invocation:
        scanner = self.scanner
        begin = scanner.position
        if scanner.string() is not None or scanner.word() is not None:
            scanner.skip_blank()
            if scanner.take(":"):
                scanner.position = begin
                return self._members((), "")
        scanner.position = begin
        begin, name = self._leading_name()
        if name is None or name in _WORDS:
            scanner.position = begin
            return self._value(())
        if scanner.take("("):
            return self._invocation(name)
        if scanner.sees("=") and not scanner.sees("==") and not scanner.sees("=>"):
            return self._assignment(name)
        raise scanner.error(f"{name} is a name, and its value isn't here. Paste the object itself.", begin)

    def _leading_name(self) -> tuple[int, str | None]:
        """The dotted name that the text begins with, after words such as ``await``, and where that is."""
        scanner = self.scanner
        name: str | None = _PREFIXES[0]
        while name in _PREFIXES:
            begin = scanner.position
            name = scanner.path()
            scanner.skip_blank()
        return begin, name

    def _assignment(self, name: str) -> Value:
        self.scanner.take("=")
        last = name.rpartition(".")[2]
        if last in _KEPT_NAMES:
            return {last: self._value((last,))}
        return self._value(())

    def _invocation(self, name: str) -> Invocation:
        scanner = self.scanner
        called = Invocation(name, [], {})
        while not scanner.take(")"):
            begin = scanner.position
            keyword = scanner.word()
            scanner.skip_blank()
            if keyword and scanner.sees("=") and not scanner.sees("==") and not scanner.sees("=>"):
                self.offsets[(keyword,)] = begin
                scanner.take("=")
                called.keywords[keyword] = self._value((keyword,))
            else:
                scanner.position = begin
                path = (len(called.arguments),)
                self.offsets[path] = begin
                called.arguments.append(self._value(path))
            self._separator(")")
        return called

    def _value(self, path: Path) -> Value:
        scanner = self.scanner
        if scanner.sees("{"):
            return self._nested(path, "{", lambda: self._members(path, "}"))
        if scanner.sees("["):
            return self._nested(path, "[", lambda: self._items(path))
        if (text := scanner.string()) is not None:
            return text
        if (number := scanner.number()) is not None:
            return number
        if (name := scanner.path()) is not None:
            if scanner.sees("("):
                raise scanner.error("a call can't be looked into. Write the value that it gives.")
            return _WORDS[name] if name in _WORDS else Variable(name)
        raise scanner.unexpected("a value is needed here")

    def _nested(self, path: Path, opening: str, read: Callable[[], Value]) -> Value:
        if len(path) >= MAX_DEPTH:
            raise self.scanner.error(f"objects can be nested {MAX_DEPTH} deep, not deeper.")
        self.scanner.take(opening)
        return read()

    def _members(self, path: Path, closing: str) -> dict[str, Value]:
        """The members of an object up to its end; without a closing brace, up to the end of the text."""
        scanner = self.scanner
        members: dict[str, Value] = {}
        while not self._ends(closing):
            begin = scanner.position
            key = self._key()
            here = (*path, key)
            if key in members:
                self.duplicates.append(here)
            self.offsets[here] = begin
            scanner.skip_blank()
            if scanner.take(":"):
                members[key] = self._value(here)
            elif scanner.text[begin] not in "\"'`" and (scanner.sees(",") or scanner.sees("}")):
                members[key] = Variable(key)
            else:
                raise scanner.unexpected(f"a colon is needed after {key}")
            self._separator(closing)
        return members

    def _items(self, path: Path) -> list[Value]:
        items: list[Value] = []
        while not self._ends("]"):
            here = (*path, len(items))
            self.offsets[here] = self.scanner.position
            items.append(self._value(here))
            self._separator("]")
        return items

    def _ends(self, closing: str) -> bool:
        """Whether the closing sign was here; it is gone past, but blanks after it are left."""
        if not closing:
            return self.scanner.at_end() or self.scanner.sees(";")
        if self.scanner.sees(closing):
            self.scanner.position += 1
            return True
        return False

    def _key(self) -> str:
        scanner = self.scanner
        key = scanner.string()
        if key is None:
            key = scanner.word()
        if key is None and (number := scanner.number()) is not None:
            key = f"{number}"
        if key is None:
            raise scanner.unexpected("a key is needed here")
        return key

    def _separator(self, closing: str) -> None:
        scanner = self.scanner
        scanner.skip_blank()
        ended = scanner.sees(closing) if closing else scanner.at_end() or scanner.sees(";")
        if not scanner.take(",") and not ended:
            raise scanner.unexpected(f"a comma or {closing or 'the end'} is needed here")
