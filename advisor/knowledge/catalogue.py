"""The destination catalogue: which destinations exist, what their keys are, and which sources reach them.

``destinations.csv`` is a corrected snapshot of Segment's public catalogue of 2025-11-06, with retired destinations
that people still name and the storage rows (credits and method: ``docs/credits.md``). Keys are exact and
case-sensitive: they are the names that the ``integrations`` object uses. To add a destination, add a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from advisor.knowledge.aliases import ALIASES
from advisor.knowledge.similar_names import LONGEST_COMPARED, misspelling, shared_words
from advisor.knowledge.tables import rows_of
from advisor.model import Mode, SourceType

Confidence = Literal["H", "M", "L"]
_OF_TRACK = frozenset({"ecom", "video"})
"""The catalogue's words for the track calls of the e-commerce and the video spec."""
_LOADS_ONLY = "none"
NEVER_FED = frozenset({"audience", "retl"})
"""Kinds of destinations that planned events don't feed."""
STORAGE_KIND = "storage"
"""The kind of the team's own storage, which no integrations object turns off or on."""
NOT_STREAMS = NEVER_FED | {STORAGE_KIND}
"""The kinds in `NEVER_FED`, and storage."""


@dataclass(frozen=True, slots=True)
class Row:
    """One destination. ``methods`` are the call types it takes; ``web_methods`` those of its browser code, if known.

    ``loads_only``: its browser code takes no calls. It only needs Analytics.js to be loaded with it enabled.
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
        """Return the modes in which a source of this type reaches it, the default first."""
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
        """All its names, the key first."""
        return tuple(dict.fromkeys((self.key, self.name, *self.previous_names)))


@dataclass(frozen=True)
class Match:
    """The result of resolving a name: one ``key``, or ``candidates`` to choose from (all that fit, or the nearest)."""

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
    yield from map(_row, rows_of("destinations.csv"))


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
"""Warehouses and other storage without a key of their own."""
RESERVED_NAMES = ("All", "all", "Segment.io", "Warehouses")
"""Keys of the integrations object that are not destinations."""


def fold(name: str) -> str:
    """Return a name in small letters and with single blanks, for comparison."""
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
    """Return the folded names of warehouses and other storage, which are refused as destinations."""
    return frozenset(fold(name) for row in STORAGE for name in row.names if name)


def destination_name(key: str) -> str:
    """Return the name of a destination; its key if it is not in the catalogue."""
    row = CATALOGUE.get(key)
    return row.name if row else key


def find_destination(name: str) -> Match:
    """Resolve a name: try an exact key, then any exact name, then a name that differs in case and blanks only."""
    if key := find_exactly(name):
        return Match(key, exact=key == name)
    return Match(None, exact=False, candidates=_folded_names().get(fold(name), ()) or nearest(name))


def find_exactly(name: str) -> str | None:
    """Return the key for a name that is correct except for case and blanks, or None. Similar names are not tried."""
    if name in CATALOGUE:
        return name
    if key := _exact_names().get(name):
        return key
    fits = _folded_names().get(fold(name), ())
    return fits[0] if len(fits) == 1 else None


def misspelt(name: str) -> tuple[str, ...]:
    """Return the keys whose names this one misspells, the closest first."""
    slips: dict[str, int] = {}
    for known, keys in _folded_names().items():
        if len(name) <= LONGEST_COMPARED and (count := misspelling(name, known)) is not None:
            slips |= {key: min(count, slips.get(key, count)) for key in keys}
    return tuple(sorted(slips, key=slips.__getitem__))


def aliased(name: str) -> tuple[str, ...]:
    """Return the keys for which a name is an alias, however its parts are joined: ``GA4``, ``ga-4``, ``fb_capi``."""
    parted = name.replace("-", " ").replace("_", " ")
    spellings = (name, parted, parted.replace(" ", ""))
    return next((ALIASES[fold(each)] for each in spellings if fold(each) in ALIASES), ())


def nearest(name: str, count: int = 3) -> tuple[str, ...]:
    """Return the keys that this name probably means: those of its alias, or those with misspelt or shared words."""
    if keys := aliased(name):
        return keys[:count]
    alike: dict[str, tuple[int, int]] = {}
    for known, keys in _folded_names().items():
        if len(name) <= LONGEST_COMPARED and (distance := shared_words(name, known)) is not None:
            alike |= {key: min(distance, alike.get(key, distance)) for key in keys}
    by_words = sorted(alike, key=alike.__getitem__)
    if by_words:  # keep only those that are about as close as the closest
        telling, others = alike[by_words[0]]
        by_words = [key for key in by_words if alike[key][0] == telling and alike[key][1] <= others + 1]
    return tuple(dict.fromkeys((*misspelt(name), *by_words)))[:count]
