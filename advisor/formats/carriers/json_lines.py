"""Keeps which objects and lists of a JSON file are on one line, so that a file that was laid out by hand comes back.

`lines_of` learns a rule from the text: up to which width lists and objects are on one line. What the rule has wrong is kept by
its path (without indexes, so that an added event changes nothing). `laid_out` writes a value by the rule and its exceptions.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Annotated, Any

from msgspec import Meta, Struct

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[^\s"\[\]{},:]+|[\[\]{},:]')
_COLON = re.compile(r'^[ \t]*"(?:[^"\\]|\\.)*+"[ \t]*:', re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_ONE_LINE = re.compile(r'^[ \t]*(?:"(?:[^"\\]|\\.)*+"[ \t]*:[ \t]*)?[\[{][ \t]*[^\s\]}]', re.MULTILINE)
"""A line in which an object or a list begins and goes on."""
_COLON_BEFORE = re.compile(r'^[ \t]*"(?:[^"\\]|\\.)*+"[ \t]+:', re.MULTILINE)
_ABOVE = "above"
_LONGEST = 2_000
"""How many characters something on one line has at most to be looked at."""
_USUAL = 100
"""How wide a line is at most that is longer than those of the file."""
_MOST_ODD = 5_000
_LOOKED_AT = 500_000
"""How many characters at the beginning of a text say how all of it is laid out."""
_GAP = re.compile(r"[\[{,][ \t]*\n[ \t]*\n\s*\"")
Width = Annotated[int, Meta(ge=0, le=_LONGEST)]


class Lines(Struct, frozen=True, omit_defaults=True):
    """Up to which width, its indent included, what is on one line; 0 for never. ``odd`` are the exceptions by their digests."""

    texts: Width = 0
    """Lists without lists or objects in them."""
    lists: Width = 0
    objects: Width = 0
    odd: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    """Members of objects with a blank line above them, by the digests of their paths."""
    in_lists: Annotated[str, Meta(pattern="^ ?$")] = ""
    """What is between a bracket and what is in it, on one line."""
    in_objects: Annotated[str, Meta(pattern="^ ?$")] = ""
    in_empty: Annotated[str, Meta(pattern="^ ?$")] = ""
    comma: Annotated[str, Meta(pattern="^, ?$")] = ", "
    colon: Annotated[str, Meta(pattern="^ ?: ?$")] = ": "


@dataclass(slots=True)
class _Open:
    """An object or a list whose end was not read yet. ``name`` is the key of the member that is read."""

    start: int
    token: int
    path: str
    is_list: bool
    name: str = ""
    has_inner: bool = False

    @property
    def inside(self) -> str:
        return self.path if self.is_list else f"{self.path}/{self.name}"


@dataclass(frozen=True, slots=True)
class _Found:
    """An object or a list in a text: what it is, how wide it is on one line, and whether it is on one."""

    start: int
    path: str
    kind: str
    width: int
    line: str
    is_on_one_line: bool


def lines_of(text: str) -> Lines | None:
    """Return what of an indented JSON text is on one line; None if nothing is."""
    text = text[:_LOOKED_AT]
    before = len(_COLON_BEFORE.findall(text)) * 2 > len(_COLON.findall(text))
    if not before and _ONE_LINE.search(text) is None and _GAP.search(text) is None:
        return None
    bare = _STRING.sub('""', text)
    plain = Lines(
        in_lists=" " if _more(bare, r"\[ (?=[^\s\]])", r"\[(?=[^\s\]])") else "",
        in_objects=" " if _more(bare, r"\{ (?=\")", r"\{(?=\")") else "",
        in_empty=" " if _more(bare, r"\{ \}|\[ \]", r"\{\}|\[\]") else "",
        comma="," if _more(bare, r'["\d\]}],(?=["\d\[{])', r'["\d\]}], (?=["\d\[{])') else ", ",
        colon=(" " if before else "") + (":" if _more(bare, r'"\s?:(?=\S)', r'"\s?: ') else ": "),
    )
    gaps: dict[str, None] = {}
    found = _found(text, plain, gaps)
    widths = {kind: _width(each for each in found if each.kind == kind) for kind in ("texts", "lists", "objects")}
    return Lines(
        **widths,
        odd=_odd(found, widths),
        gaps=tuple(list(gaps)[:_MOST_ODD]),
        in_lists=plain.in_lists,
        in_objects=plain.in_objects,
        in_empty=plain.in_empty,
        comma=plain.comma,
        colon=plain.colon,
    )


def laid_out(value: Any, lines: Lines, indent: str, *, ascii_only: bool, open_empty: bool) -> str:
    """Return a value as JSON with this indent, in which some objects and lists are on one line."""
    return _Writer(lines, indent, ascii_only, open_empty).of(value, 0, 0, "")[0]


def _more(text: str, one: str, other: str) -> bool:
    """Return whether a text has more of one pattern than of another."""
    return sum(1 for _ in re.finditer(one, text)) > sum(1 for _ in re.finditer(other, text))


def _found(text: str, plain: Lines, gaps: dict[str, None]) -> list[_Found]:
    """Return the objects and lists of a text that are not too long for one line, but for those inside one line.

    The members with a blank line above them are added to ``gaps``.
    """
    found: list[_Found] = []
    tokens: list[str] = []
    stack: list[_Open] = []
    ended = 0
    for match in _TOKEN.finditer(text):
        part = match.group()
        inside = stack[-1] if stack else None
        if part in "[{":
            if inside:
                inside.has_inner = True
            stack.append(_Open(match.start(), len(tokens), inside.inside if inside else "", part == "["))
        elif part == ":" and inside:
            inside.name = tokens[-1]
        elif part[0] == '"' and inside and _is_below_gap(text, ended, match.start(), tokens[-1]):
            gaps[_digest(f"{inside.path}/{part}", _ABOVE)] = None
        ended = match.end()
        tokens.append(part)
        if part in "]}" and stack:
            _close(stack.pop(), text, match.end(), tokens, plain, found)
    return found


def _is_below_gap(text: str, ended: int, start: int, before: str) -> bool:
    """Return whether a blank line is between a bracket or a comma and what comes after it."""
    return start - ended > 1 and before in ("{", ",") and text.count("\n", ended, start) > 1


def _close(opened: _Open, text: str, end: int, tokens: list[str], plain: Lines, found: list[_Found]) -> None:
    own = tokens[opened.token :] if end - opened.start <= 4 * _LONGEST else []
    if len(own) <= len("[]"):
        return
    is_on_one_line = "\n" not in text[opened.start : end]
    if is_on_one_line:
        while found and found[-1].start > opened.start:
            found.pop()
    line = _joined(own, plain)
    if len(line) <= _LONGEST:
        kind = "objects" if not opened.is_list else "lists" if opened.has_inner else "texts"
        column = opened.start - (text.rfind("\n", 0, opened.start) + 1)
        found.append(_Found(opened.start, opened.path, kind, column + len(line), line, is_on_one_line))


def _joined(tokens: list[str], plain: Lines) -> str:
    """Return the tokens of an object or a list on one line."""
    spelled = {",": plain.comma, ":": plain.colon}
    for opening, closing, blank in (("[", "]", plain.in_lists), ("{", "}", plain.in_objects)):
        spelled |= {opening: opening + blank, closing: blank + closing}
    before = ""
    parts: list[str] = []
    for part in tokens:
        if before + part in ("[]", "{}"):
            parts[-1] = before + plain.in_empty + part
        else:
            parts.append(spelled.get(part, part))
        before = part
    return "".join(parts)


def _width(found: Iterable[_Found]) -> int:
    """Return the width up to which most are on one line, and above which most are not, with room for longer ones."""
    ordered = sorted(found, key=lambda one: (one.width, not one.is_on_one_line))
    best, wrong, width = 0, 0, 0
    for each, after in zip_longest(ordered, ordered[1:]):
        wrong += -1 if each.is_on_one_line else 1
        if wrong < best or wrong == best < 0:
            room = _USUAL if after is None else min(after.width - 1, _USUAL)
            best, width = wrong, max(each.width, room)
    return min(width, _LONGEST)


def _odd(found: list[_Found], widths: dict[str, int]) -> tuple[str, ...]:
    """Return the digests of what the widths have wrong: of its path, or of its path and content if others there are right."""
    by_path: dict[str, list[_Found]] = defaultdict(list)
    for each in found:
        by_path[each.path].append(each)
    odd: dict[str, None] = {}
    for path, here in by_path.items():
        wrong = [each for each in here if each.is_on_one_line != (each.width <= widths[each.kind])]
        if len(wrong) == len(here):
            odd[_digest(path)] = None
        elif wrong:
            right = {each.line for each in here} - {each.line for each in wrong}
            same = {each.line for each in here if each.is_on_one_line == (each.width <= widths[each.kind])}
            odd |= dict.fromkeys(_digest(path, each.line) for each in wrong if each.line not in right | same)
    return tuple(list(odd)[:_MOST_ODD])


def _digest(*parts: str) -> str:
    return f"{zlib.crc32(chr(0).join(parts).encode(errors='surrogatepass')):08x}"


@dataclass(slots=True)
class _Writer:
    lines: Lines
    indent: str
    ascii_only: bool
    open_empty: bool
    odd: frozenset[str] = field(init=False)
    gaps: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.odd, self.gaps = frozenset(self.lines.odd), frozenset(self.lines.gaps)

    def of(self, value: Any, level: int, column: int, path: str) -> tuple[str, str | None]:
        """Return a value laid out, and on one line; None if it is too long for that."""
        if isinstance(value, dict) and value:
            return self._object(value, level, column, path)
        if isinstance(value, list | tuple) and value:
            parts = [self.of(each, level + 1, (level + 1) * len(self.indent), path) for each in value]
            has_inner = any(isinstance(each, dict | list | tuple) for each in value)
            width = self.lines.lists if has_inner else self.lines.texts
            return self._whole(parts, "[]", self.lines.in_lists, level, column, path, width)
        if isinstance(value, dict | list | tuple):
            opening, closing = "{}" if isinstance(value, dict) else "[]"
            line = f"{opening}{self.lines.in_empty}{closing}"
            return (f"{opening}\n{self.indent * level}{closing}" if self.open_empty else line), line
        text = json.dumps(value, ensure_ascii=self.ascii_only)
        return text, text

    def _object(self, value: dict[str, Any], level: int, column: int, path: str) -> tuple[str, str | None]:
        parts: list[tuple[str, str | None]] = []
        gaps = []
        for key, member in value.items():
            name = json.dumps(key, ensure_ascii=self.ascii_only)
            before = name + self.lines.colon
            text, line = self.of(member, level + 1, (level + 1) * len(self.indent) + len(before), f"{path}/{name}")
            parts.append((before + text, None if line is None else before + line))
            gaps.append("\n" if self.gaps and _digest(f"{path}/{name}", _ABOVE) in self.gaps else "")
        return self._whole(parts, "{}", self.lines.in_objects, level, column, path, self.lines.objects, gaps)

    def _whole(
        self,
        parts: list[tuple[str, str | None]],
        brackets: str,
        blank: str,
        level: int,
        column: int,
        path: str,
        width: int,
        gaps: list[str] | None = None,
    ) -> tuple[str, str | None]:
        lines = [line for _, line in parts if line is not None]
        line = None
        if len(lines) == len(parts) and sum(map(len, lines)) <= _LONGEST:
            line = f"{brackets[0]}{blank}{self.lines.comma.join(lines)}{blank}{brackets[1]}"
        if line is not None:
            fits = column + len(line) <= width
            if self.odd and (_digest(path) in self.odd or _digest(path, line) in self.odd):
                fits = not fits
            if fits:
                return line, line
        inner = self.indent * (level + 1)
        body = ",\n".join(
            f"{gap}{inner}{text}" for (text, _), gap in zip(parts, gaps or [""] * len(parts), strict=True)
        )
        return f"{brackets[0]}\n{body}\n{self.indent * level}{brackets[1]}", line
