"""The two pasted texts of an inquiry, and the place of a part of them. Used by `resolve`, the judges and `problem`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.explain.parse.values import Literal, Path
from advisor.explain.report.explanation import Input, Where


@dataclass(frozen=True)
class Pasted:
    """What was read from the two texts of an inquiry; ``load`` is None if there is no load-time text."""

    object: Literal
    load: Literal | None = None

    def literals(self) -> Iterator[tuple[Input, Literal]]:
        """Yield the texts that there are, each with its name."""
        yield "object", self.object
        if self.load is not None:
            yield "load", self.load

    def where(self, path: Path, source: Input = "object") -> Where:
        """Return the place of a path in a pasted text."""
        literal = self.load if source == "load" and self.load is not None else self.object
        line, column = literal.place(path) or (None, None)
        return Where(input=source, pointer=pointer(path), line=line, column=column)


def pointer(path: Path) -> str:
    """Return the JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
