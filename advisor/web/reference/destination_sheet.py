"""Everything that the page of one destination shows, apart from the events of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, STORAGE_KIND, Row
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.destination_fields import money_field
from advisor.knowledge.destination_slugs import slug_of_row
from advisor.knowledge.vendors import HYBRID
from advisor.model import CALL_TYPES, SourceType
from advisor.presentation.destination_words import STATUS_WORDS, reached_from
from advisor.text import join_names
from advisor.web.reference.destination_ids import NeededValue, needed_values
from advisor.web.reference.destination_limits import limits
from advisor.web.reference.destination_presets import PresetGroup, preset_groups
from advisor.web.reference.destination_setup import SetupItem, checklist, setup_items
from advisor.web.reference.relatives import Relative, relatives

_DOCS = "https://www.twilio.com/docs/segment/"
_KINDS = {
    "actions-cloud": "Actions, run by Segment’s servers",
    "actions-web": "Actions, run in the page",
    "actions-hybrid": "Actions, with a part that runs in the page",
    "audience": "Fed by audiences",
    "classic": "Classic",
    "mobile-plugin": "Plugin of an app",
    "retl": "Fed from a warehouse",
    "storage": "Storage",
    "stream": "Classic, run by the vendor or by Segment’s servers",
}
_CONFIDENCE = {
    "H": "stated outright by Segment’s catalogue, pages or code",
    "M": "likely; the catalogue doesn’t say it outright",
    "L": "uncertain; check it in your workspace",
}
_SOURCES: tuple[tuple[SourceType, str], ...] = (("web", "Web page"), ("mobile", "App"), ("server", "Server"))


@dataclass(frozen=True)
class ReachCell:
    """Whether one type of source reaches the destination: the mark, the source, and how."""

    mark: str
    source: str
    how: str


@dataclass(frozen=True)
class DestinationSheet:
    """The page of one destination. ``says`` is its reach in one sentence, and ``more`` explains it."""

    row: Row
    slug: str
    is_addressable: bool
    description: str
    cells: tuple[ReachCell, ...]
    says: str
    more: str
    setup: tuple[SetupItem, ...]
    checklist: str
    values: tuple[NeededValue, ...]
    presets: tuple[PresetGroup, ...]
    limits: tuple[str, ...]
    relatives: tuple[Relative, ...]
    facts: tuple[tuple[str, str], ...]
    docs: str
    sources: tuple[tuple[str, str], ...]


def destination_sheet(row: Row) -> DestinationSheet:
    """Return the page of a row of the catalogue."""
    items = setup_items(row)
    says, more = _reach_in_words(row)
    return DestinationSheet(
        row=row,
        slug=slug_of_row(row),
        is_addressable=row.key in CATALOGUE,
        description=_description(row),
        cells=tuple(_cell(row, source, name) for source, name in _SOURCES),
        says=says,
        more=more,
        setup=items,
        checklist=checklist(row, items),
        values=needed_values(row),
        presets=preset_groups(row),
        limits=limits(row),
        relatives=relatives(row),
        facts=tuple(_facts(row)),
        docs=f"{_DOCS}{row.docs_path}" if row.docs_path else "",
        sources=tuple({item.citation: _title(item.citation) for item in items}.items()),
    )


def _description(row: Row) -> str:
    key = f", key {row.key}" if row.key in CATALOGUE and row.key != row.name else ""
    return f"{row.name}{key}, {reached_from(row)}: which side sends to it, what to set up and which ids it needs."


def _cell(row: Row, source: SourceType, name: str) -> ReachCell:
    modes = row.reaches(source)
    if not modes:
        return ReachCell("no", name, "not reached")
    place = "page" if source == "web" else "app"
    device = f"device: its own code runs in the {place}"
    cloud = "cloud: Segment forwards the call"
    if len(modes) == 2:
        how = f"{device}, or {cloud}; you choose, {modes[0]} unless you do"
    else:
        how = device if modes[0] == "device" else cloud
    return ReachCell("server" if source == "server" else "client", name, how)


def _reach_in_words(row: Row) -> tuple[str, str]:
    """Return which side reaches the destination, and what follows from that."""
    if row.kind in NEVER_FED:
        fed = "audiences" if row.kind == "audience" else "a warehouse, by reverse ETL"
        return (
            "No call of a planned event feeds it.",
            f"It is fed from {fed}. In a plan, each event that wants it says so.",
        )
    if row.kind == STORAGE_KIND:
        stored = "It stores every call that your sources make, whichever side makes it."
        setting = "A plan names it with the setting Warehouse." if row.key and row.key not in CATALOGUE else ""
        return stored, setting
    client, server = row.reaches("web") or row.reaches("mobile"), row.reaches("server")
    if row.loads_only:
        return "It takes no calls.", "It works as soon as Analytics.js loads with it enabled."
    if client and server:
        runs = row.kind == HYBRID or "device" in (*row.reaches("web"), *row.reaches("mobile"))
        knows = "What the page or app knows (cookies, address, device), your server has to be handed."
        none = f"Nothing of {row.name} runs in the page or app. {knows}"
        return "Either side reaches it, so the event decides.", knows if runs else none
    if client:
        where = (
            "page or app" if row.reaches("web") and row.reaches("mobile") else "page" if row.reaches("web") else "app"
        )
        return f"Only the {where} reaches it.", "A call that your server makes never arrives here."
    if server:
        return "Only your server reaches it.", "A call that the page or app makes never arrives here."
    return "No source reaches it.", "A plan that wants it says so at each event."


def _facts(row: Row) -> list[tuple[str, str]]:
    former = [name for name in row.previous_names if name not in (row.key, row.name)]
    calls = [call for call in CALL_TYPES if call in row.methods]
    money = money_field(row.key)
    takes = "no call: it only loads" if row.loads_only else join_names(calls) if row.kind not in NEVER_FED else ""
    facts = [
        ("Takes", takes),
        ("Kind", _KINDS[row.kind]),
        ("Category", ", ".join(row.categories)),
        ("Status", STATUS_WORDS.get(row.status, "public")),
        ("Formerly", join_names(former)),
        ("Order value from", join_names(money.reads, "or") if money else ""),
        ("Reach", _CONFIDENCE[row.confidence]),
    ]
    return [(name, text) for name, text in facts if text]


def _title(citation: str) -> str:
    """Return the title of a source: that of a cited page, or the end of the path of a file."""
    return CITATIONS.get(citation) or "/".join(citation.rsplit("/", 2)[1:])
