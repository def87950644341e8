"""Names of files that are made of names of events, for the formats that put each event into a file of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

PathTemplate = list[str | int]
"""A path in which the parts that say something of an event are numbers: ``["schemas/", 0, "/1-0.json"]``."""
_LONGEST = 100
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake(name: str) -> str:
    """Return a name in small ASCII letters with underscores; ``event`` if nothing of it is left."""
    words = _NOT_IN_NAMES.sub("_", _HUMP.sub("_", name)).lower()
    return re.sub("_+", "_", words).strip("_-")[:_LONGEST] or "event"


def file_stem(name: str) -> str:
    """Return a name as a part of a path, with capitals as they are; ``event`` if nothing of it is left."""
    return re.sub("_+", "_", _NOT_IN_NAMES.sub("_", name)).strip("_-")[:_LONGEST] or "event"


def path_template(path: str, parts: Sequence[str]) -> PathTemplate:
    """Return a path in which each of these parts is replaced by its number, where it is a whole step or a stem."""
    pieces: PathTemplate = [path]
    for number, part in enumerate(parts):
        for place in reversed(range(len(pieces))):
            text = pieces[place]
            at = _last_step(text, part) if isinstance(text, str) and part else -1
            if at >= 0 and isinstance(text, str):
                pieces[place : place + 1] = [text[:at], number, text[at + len(part) :]]
                break
    return [piece for piece in pieces if piece != ""]


def _last_step(text: str, part: str) -> int:
    """Return where a part is in a text for the last time as a whole step or a stem; -1 if it is not."""
    at = text.rfind(part)
    while at >= 0:
        if text[at - 1 : at] in ("", "/") and text[at + len(part) : at + len(part) + 1] in ("", "/", "."):
            return at
        at = text.rfind(part, 0, at + len(part) - 1)
    return -1


def filled_path(template: Iterable[str | int], parts: Sequence[str]) -> str:
    """Return the path that a template and its parts make."""
    return "".join(piece if isinstance(piece, str) else parts[piece] for piece in template)


def numbered_path(path: str, number: int) -> str:
    """Return a path with a number before its first suffix."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.partition(".")
    return f"{folder}{slash}{stem}-{number}{dot}{suffix}"


def all_different(
    wanted: Sequence[str],
    first: Sequence[bool],
    numbered: Callable[[str, int], str] = numbered_path,
    taken: Iterable[str] = (),
) -> list[str]:
    """Return the wanted names, with numbers where two are the same but for capitals. Those marked ``first`` choose first."""
    used = {each.casefold() for each in taken}
    found: dict[int, str] = {}
    for index in sorted(range(len(wanted)), key=lambda index: not first[index]):
        name, number = wanted[index], 2
        while name.casefold() in used:
            name, number = numbered(wanted[index], number), number + 1
        used.add(name.casefold())
        found[index] = name
    return [found[index] for index in range(len(wanted))]
