"""The destination catalogue: which tools exist, what their key is, and which source reaches them.

``destinations.csv`` is a corrected snapshot of Segment's public catalogue of 2025-11-06, with retired tools
that people still name and the storage rows (credits and method: ``docs/credits.md``). Keys are exact and
case-sensitive: they are the names that the ``integrations`` object uses. To add a destination, add a row.
"""

import csv
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from advisor.model import Mode, SourceType

Confidence = Literal["H", "M", "L"]
_OF_TRACK = frozenset({"ecom", "video"})
"""What the catalogue calls the track calls of the e-commerce and the video spec."""
_LOADS_ONLY = "none"
NEVER_FED = frozenset({"audience", "retl"})
"""Kinds that planned events don't feed."""
STORAGE_KIND = "storage"
"""The kind of the team's own stores, which no integrations object turns off or on."""
NOT_STREAMS = NEVER_FED | {STORAGE_KIND}
"""These, and storage."""


@dataclass(frozen=True, slots=True)
class Row:
    """One destination. ``methods`` are the call types it takes; ``web_methods`` those of its browser code, if known.

    ``loads_only``: its browser code takes no call at all. Loading Analytics.js with it enabled is all that it needs.
    """

    key: str
    name: str
    slug: str
    categories: tuple[str, ...]
    status: str
    device_web: bool
    device_mobile: bool
    cloud_web: bool
    cloud_mobile: bool
    cloud_server: bool
    methods: frozenset[str]
    web_methods: frozenset[str] | None
    loads_only: bool
    is_actions: bool
    previous_names: tuple[str, ...]
    docs_path: str
    kind: str
    family: str
    confidence: Confidence
    note: str

    def reaches(self, source_type: SourceType) -> tuple[Mode, ...]:
        """The modes in which a source of this type reaches it, the default first."""
        if self.kind in NEVER_FED:
            return ()
        options: dict[SourceType, tuple[tuple[bool, Mode], ...]] = {
            "web": ((self.device_web, "device"), (self.cloud_web, "cloud")),
            "mobile": ((self.cloud_mobile, "cloud"), (self.device_mobile, "device")),
            "server": ((self.cloud_server, "cloud"),),
        }
        return tuple(mode for possible, mode in options[source_type] if possible)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by, the key first."""
        return tuple(dict.fromkeys((self.key, self.name, *self.previous_names)))


@dataclass(frozen=True)
class Match:
    """What a name resolves to: one ``key``, or the ``candidates`` to choose from (several fit, or the nearest)."""

    key: str | None
    exact: bool
    candidates: tuple[str, ...] = ()


def _methods(cell: str) -> frozenset[str]:
    return frozenset(
        "track" if method in _OF_TRACK else method for method in cell.split("|") if method not in ("", _LOADS_ONLY)
    )


def _row(cells: dict[str, str]) -> Row:
    return Row(
        key=cells["key"],
        name=cells["name"],
        slug=cells["slug"],
        categories=tuple(filter(None, cells["categories"].split("|"))),
        status=cells["status"],
        device_web=cells["device_web"] == "1",
        device_mobile=cells["device_mobile"] == "1",
        cloud_web=cells["cloud_web"] == "1",
        cloud_mobile=cells["cloud_mobile"] == "1",
        cloud_server=cells["cloud_server"] == "1",
        methods=_methods(cells["methods"]),
        web_methods=_methods(cells["web_methods"]) if cells["web_methods"] else None,
        loads_only=cells["web_methods"] == _LOADS_ONLY,
        is_actions=cells["is_actions"] == "1",
        previous_names=tuple(filter(None, cells["previous_names"].split("|"))),
        docs_path=cells["docs_path"],
        kind=cells["kind"],
        family=cells["family"],
        confidence=_confidence(cells["confidence"]),
        note=cells["note"],
    )


def _confidence(cell: str) -> Confidence:
    match cell:
        case "H" | "M" | "L":
            return cell
    raise ValueError(f"destinations.csv: confidence {cell!r} is not H, M or L")


def _read() -> Iterator[Row]:
    text = files("advisor.knowledge").joinpath("destinations.csv").read_text(encoding="utf-8")
    yield from map(_row, csv.DictReader(text.splitlines()))


def _is_addressable(row: Row) -> bool:
    return row.key not in ("", "Warehouses")


_ROWS = tuple(_read())
CATALOGUE: dict[str, Row] = {row.key: row for row in _ROWS if _is_addressable(row)}
"""Integrations key -> row, in the order of the catalogue."""
FAMILIES: dict[str, tuple[Row, ...]] = {
    family: tuple(row for row in CATALOGUE.values() if row.family == family)
    for family in dict.fromkeys(row.family for row in CATALOGUE.values())
    if family
}
"""Vendor -> its destinations, in the order of the catalogue."""
STORAGE: tuple[Row, ...] = tuple(row for row in _ROWS if not _is_addressable(row))
"""Warehouses and stores that no key of their own addresses."""
RESERVED_NAMES = ("All", "all", "Segment.io", "Warehouses")
"""Keys of the integrations object that are not destinations."""


def fold(name: str) -> str:
    """A name without the difference of case and runs of blanks."""
    return " ".join(name.split()).casefold()


@cache
def _exact_names() -> dict[str, str]:
    others = {name: row.key for row in CATALOGUE.values() for name in row.names[1:]}
    return others | {key: key for key in CATALOGUE}


@cache
def _folded_names() -> dict[str, tuple[str, ...]]:
    fits: dict[str, list[str]] = {}
    for row in CATALOGUE.values():
        for name in {fold(name) for name in row.names}:
            fits.setdefault(name, []).append(row.key)
    return {name: tuple(keys) for name, keys in fits.items()}


@cache
def storage_names() -> frozenset[str]:
    """Folded names of the warehouses and stores that are refused as destinations."""
    return frozenset(fold(name) for row in STORAGE for name in row.names if name)


def nearest(name: str, count: int = 3) -> tuple[str, ...]:
    """The keys whose names look most like this one."""
    folded = fold(name)
    close = difflib.get_close_matches(folded, _folded_names(), n=count, cutoff=0.6)
    found = [key for match in close for key in _folded_names()[match]]
    if len(folded) > 2:
        found += [row.key for row in search(name, count)]
    return tuple(dict.fromkeys(found))[:count]


def find_destination(name: str) -> Match:
    """Resolve a name: an exact key, then any exact name, then one that differs in case and blanks only."""
    if name in CATALOGUE:
        return Match(name, exact=True)
    if key := _exact_names().get(name):
        return Match(key, exact=False)
    fits = _folded_names().get(fold(name), ())
    if len(fits) == 1:
        return Match(fits[0], exact=False)
    return Match(None, exact=False, candidates=fits or nearest(name))


def search(text: str, limit: int | None = None) -> list[Row]:
    """Rows of which a name or key holds the text, those that begin with it first."""
    wanted = fold(text)
    starting: list[Row] = []
    holding: list[Row] = []
    for row, names in _searchable():
        places = [place for name in names if (place := name.find(wanted)) >= 0]
        if places:
            (holding if min(places) else starting).append(row)
    return (starting + holding)[:limit]


@cache
def _searchable() -> tuple[tuple[Row, tuple[str, ...]], ...]:
    return tuple((row, tuple(fold(name) for name in row.names)) for row in CATALOGUE.values())
