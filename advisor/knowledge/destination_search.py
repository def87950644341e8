"""Finds destinations by what people call them: the search of the settings, of a new plan, of the catalogue, of the picker
of one event and of the API.

Documents and integrations objects are not read this way: they need names that `advisor.knowledge.catalogue` resolves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from advisor.knowledge.aliases import ALIASES, OWN_KEYS, SYNONYMS, AliasKind, alias_kind
from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, STORAGE, Row, find_exactly, fold, nearest
from advisor.knowledge.similar_names import LONGEST_COMPARED

MAX_NAMES = 100
"""The most names that are looked up at once."""
LONGEST_SEARCH = 2_000
"""The most characters that are searched for, so that an address can hold them."""
MOST_NEAR = 3
_WAREHOUSES = "Warehouses"

Why = Literal["its name", AliasKind, "part of the name", "similar"]
"""Why a search found a destination."""
Status = Literal["found", "several", "storage", "near", "unknown"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A destination that a search found, and why. ``name`` is the name of it that matched, as it is written there."""

    row: Row
    why: Why
    name: str

    @property
    def is_destination(self) -> bool:
        """Whether a plan can name it as a destination. Warehouses and other storage have no key of their own."""
        return self.row.key in CATALOGUE

    @property
    def is_warehouse(self) -> bool:
        """Whether it is a warehouse: a setting of a plan."""
        return self.row.key == _WAREHOUSES


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name that somebody wrote, and the destinations that it may mean: one if it is found."""

    written: str
    status: Status
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    row: Row
    written: tuple[str, ...]
    folded: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1024)
def search(text: str) -> tuple[Hit, ...]:
    """Return the destinations that a text finds, the likeliest first.

    First those that it names (see `named`), then those with a name that begins with it, contains it or has all its words;
    if there are none, those that have its letters with other blanks or marks between them, else the most similar ones. A
    blank text finds nothing.
    """
    wanted = fold(text)[:LONGEST_COMPARED]
    if not wanted:
        return ()
    hits = {hit.row.slug: hit for hit in named(text)}
    for hit in _parts(wanted) if len(wanted) > 1 else ():
        hits.setdefault(hit.row.slug, hit)
    for hit in () if hits else _spaced_otherwise(_letters(wanted)):
        hits.setdefault(hit.row.slug, hit)
    if not hits:
        similar = (CATALOGUE[key] for key in nearest(text))
        return tuple(Hit(row, "similar", row.name) for row in similar)
    return tuple(hits.values())


def named(text: str) -> tuple[Hit, ...]:
    """Return the destinations that a text names as a whole.

    These are the ones of exactly this name, apart from case and punctuation; then those whose name only adds how they
    are reached, such as ``Klaviyo (Actions)`` for ``klaviyo``; then those of which it is an everyday, former or newer name,
    or the maker.
    """
    wanted = fold(text)[:LONGEST_COMPARED]
    hits: dict[str, Hit] = {}
    exact = sorted(_of_exact_name(wanted), key=lambda hit: text.strip() not in (hit.row.key, hit.row.name))
    for hit in (*exact, *_of_short_name(wanted), *_of_alias(wanted)):
        hits.setdefault(hit.row.slug, hit)
    return tuple(hits.values())


def read_name(written: str) -> ReadName:
    """Return what one written name means. Where several destinations fit, none of them is chosen."""
    hits = named(written)
    if find_exactly(written) and hits and not _is_short(written):
        hits = hits[:1]
    tools = tuple(hit for hit in hits if hit.is_destination)
    if hits and not tools:
        return ReadName(written, "storage", hits)
    fed = tuple(hit for hit in tools if hit.row.kind not in NEVER_FED) or tools
    if fed:
        return ReadName(written, "found" if len(fed) == 1 else "several", fed)
    others = tuple(hit for hit in search(written) if hit.is_destination)[:MOST_NEAR]
    return ReadName(written, "near" if others else "unknown", others)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a pasted text, each once: one for each line, or between commas, semicolons or tabs."""
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) == 1 and find_exactly(lines[0]):
        return (lines[0],)
    names: dict[str, str] = {}
    for cell in (cell for line in lines for cell in re.split(r"[,;\t]", line)):
        if name := _BULLET.sub("", cell).strip(" \"'"):
            names.setdefault(fold(name), name)
    return tuple(names.values())


def _of_exact_name(wanted: str) -> Iterator[Hit]:
    letters = _letters(wanted)
    for known in _searchable():
        for name, folded in zip(known.written, known.folded, strict=True):
            if folded == wanted or (letters and _letters(folded) == letters):
                is_former = name not in (known.row.key, known.row.name)
                yield Hit(known.row, "former name" if is_former else "its name", name)
                break


def _of_short_name(wanted: str) -> Iterator[Hit]:
    letters = _letters(wanted)
    for row, name in _short_names().get(letters, ()) if letters else ():
        yield Hit(row, "its name", name)


def _of_alias(wanted: str) -> Iterator[Hit]:
    for key in ALIASES.get(wanted, ()):
        row = CATALOGUE[key]
        is_part = any(wanted in fold(name) for name in (row.key, row.name))
        yield Hit(row, "part of the name" if is_part else alias_kind(wanted), row.name if is_part else wanted)
    if OWN_KEYS.get(wanted) == _WAREHOUSES:
        for row in STORAGE:
            if row.key == _WAREHOUSES and (wanted not in _OF_ONE_WAREHOUSE or row.name == _OF_ONE_WAREHOUSE[wanted]):
                yield Hit(row, "everyday name", wanted)


_OF_ONE_WAREHOUSE = {
    "azure synapse": "Azure Synapse Analytics Warehouse",
    "bq": "BigQuery",
    "google bigquery": "BigQuery",
    "postgresql": "Postgres",
}
"""Names in `OWN_KEYS` that mean one warehouse, and which."""


def _parts(wanted: str) -> Iterator[Hit]:
    """Yield the destinations with a name that begins with the text, then that contains it, then that has its words."""
    words = _words(wanted)
    floors: tuple[list[Hit], list[Hit], list[Hit]] = ([], [], [])
    for known in _searchable():
        places = [(place, name) for name, folded in zip(known.written, known.folded, strict=True)
                  if (place := folded.find(wanted)) >= 0]  # fmt: skip
        if places:
            place, name = min(places)
            floors[1 if place else 0].append(Hit(known.row, "part of the name", name))
        elif name := _name_with(words, known):
            floors[2].append(Hit(known.row, "part of the name", name))
    for floor in floors:
        yield from floor


def _spaced_otherwise(letters: str) -> Iterator[Hit]:
    """Yield the destinations with an alias of these letters, then those whose name has them: ``tik tok``, ``content square``."""
    if len(letters) < _FEWEST_LETTERS:
        return
    for alias in ALIASES:
        if _letters(alias) == letters:
            yield from _of_alias(alias)
    for known in _searchable():
        for name, folded in zip(known.written, known.folded, strict=True):
            if letters in _letters(folded):
                yield Hit(known.row, "part of the name", name)


def _name_with(words: tuple[str, ...], known: _Names) -> str:
    """Return the first name that has a word that begins with each of these words; empty if there is none."""
    if len(words) < 2:
        return ""
    for name, others in zip(known.written, known.words, strict=True):
        if all(any(other.startswith(word) for other in others) for word in words):
            return name
    return ""


@cache
def _searchable() -> tuple[_Names, ...]:
    rows: Iterable[Row] = (*CATALOGUE.values(), *STORAGE)
    return tuple(_names_of(row) for row in rows)


def _names_of(row: Row) -> _Names:
    written = tuple(name for name in dict.fromkeys((row.name, row.key, *row.previous_names)) if name)
    if row in STORAGE:
        written = tuple(name for name in written if name != _WAREHOUSES)
    return _Names(row, written, tuple(map(fold, written)), tuple(map(_words, written)))


_FEWEST_LETTERS = 4
"""How many letters a text needs to be looked for between the blanks of names."""
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s+")
_ADDITION = re.compile(
    r"\s*(?:[-(]\s*)?(?:actions?|legacy|classic|cloud(?: destination)?|web destinations?|(?:cloud|web)(?: device)? mode|web"
    r"|new|v2)\)?$"
)
"""What a name adds at its end to say which version of the tool it is, or how it is reached."""


@cache
def _short_names() -> dict[str, tuple[tuple[Row, str], ...]]:
    found: dict[str, dict[str, tuple[Row, str]]] = {}
    for known in _searchable():
        for name, folded in zip(known.written, known.folded, strict=True):
            if (short := _letters(_without_additions(folded))) != _letters(folded):
                found.setdefault(short, {}).setdefault(known.row.slug, (known.row, name))
    return {short: tuple(rows.values()) for short, rows in found.items() if short}


def _without_additions(name: str) -> str:
    """Return a folded name without the words that only say how the tool is reached."""
    name = name.removeprefix("actions ")
    while (shorter := _ADDITION.sub("", name)) != name:
        name = shorter
    return name


def _is_short(written: str) -> bool:
    """Return whether other destinations' names only add to this one how they are reached."""
    return _letters(fold(written)) in _short_names()


def _letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _words(folded: str) -> tuple[str, ...]:
    plain = re.findall(r"[^\W_]+", folded.casefold())
    return tuple(each for word in plain for each in SYNONYMS.get(word, word).split())
