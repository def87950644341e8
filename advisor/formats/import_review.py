"""Reviews an import before anything is written: what was recognised and read, and what becomes of the plan.

The import page and the command ``advisor import`` use the same `ImportReview`, so that the page and the report of the
command have the same facts. All functions are pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from advisor.document import Reading
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.columns.mapped import MappedTable
from advisor.formats.columns.mapping import Mapping
from advisor.formats.columns.remembered import remembered_columns, with_columns
from advisor.formats.format import Format
from advisor.formats.merge_plans import Merge, Mode, merge_plans, missing_destinations
from advisor.formats.pasted_text import PASTED, as_meant, is_nested
from advisor.formats.places import FormatError, Notice, Place, shown
from advisor.formats.pointer_files import file_to_bring
from advisor.formats.reading import PlanReading
from advisor.formats.registry import format_named, read_files, recognise
from advisor.formats.suggested_answers import Suggested, fill_added, suggested_by_place
from advisor.formats.table_import import MAPPED, read_mapped, table_names, tables_in
from advisor.formats.to_plan import to_plan
from advisor.model import Plan, Sources
from advisor.text import quantity


class ImportChoices(Struct, frozen=True, omit_defaults=True):
    """What a person said about files. ``format`` and ``sheet`` are empty, ``heading_row`` is None, for what is recognised.

    ``columns`` has the fields of columns by their keys. ``missing`` says what happens to destinations that the plan does not
    have, ``unknown`` to names that are no destinations. ``suggest`` fills in what known names suggest. ``client`` and
    ``server`` are the libraries of a plan of its own whose files name none.
    """

    format: str = ""
    columns: dict[str, str] = {}
    heading_row: int | None = None
    sheet: str = ""
    mode: Mode = "update"
    missing: Literal["add", "without"] = "add"
    unknown: Literal["nearest", "without"] = "without"
    suggest: bool = True
    client: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True)
class ImportReview:
    """Files as they would be imported. ``plan`` is the plan that they are brought into; None for a plan of its own.

    ``tables`` are those whose columns can be chosen, and ``chosen`` the fields that a person chose, now or in an earlier
    import. ``missing`` counts the events that name a destination that the plan does not have. ``suggested`` has the answers
    that known names suggest, by the place of an added event among the events of the file. ``sheets`` are the names of all
    tables in the files. ``asks_libraries`` says that the files name no library, and that a plan of its own needs some.
    """

    format: Format
    reading: PlanReading
    result: Reading
    merge: Merge
    plan: Plan | None
    tables: tuple[MappedTable, ...]
    chosen: dict[str, str]
    missing: Counter[str]
    suggested: dict[int, Suggested]
    sheets: tuple[str, ...] = ()
    asks_libraries: bool = False

    @property
    def brought(self) -> Plan:
        """The plan in the files."""
        return self.result.plan

    @property
    def outcome(self) -> Plan:
        """The plan after the import, which remembers what was chosen for the columns of its table."""
        after = replace(self.brought, events=self.merge.plan.events) if self.plan is None else self.merge.plan
        return with_columns(after, self.headings, self.chosen) if self.tables else after

    @property
    def headings(self) -> tuple[str, ...]:
        """The keys of the columns of the first table; empty if there is none."""
        return tuple(column.key for column in self.tables[0].table.columns) if self.tables else ()

    def warnings(self) -> Iterator[Notice]:
        """Yield what the person should know about the reading and the names in it; `notes` has the rest."""
        yield from self.reading.warnings
        yield from _blanks_at_ends(self.reading)
        yield from _repeated(self.reading)

    def files_left_out(self) -> Iterator[Notice]:
        """Yield each file that is not read, with the reason."""
        for each in self.reading.left_out:
            if each.place.file and each.place.line is None and not each.place.pointer:
                yield Notice.at(each.place, f"Not read. {each.reason}")

    def notes(self) -> Iterator[Notice]:
        """Yield what the plan document’s reader replaced, and how many warnings are not listed."""
        yield from (Notice.at(Place(), note.message) for note in self.result.notes)
        if more := self.reading.more_warnings:
            yield Notice.at(Place(), f"{quantity(more, 'more warning is', 'more warnings are')} not listed.")


def review_import(tree: FileTree, plan: Plan | None, choices: ImportChoices) -> ImportReview:
    """Return what files would do: to this plan, or as a plan of their own. Raises `FormatError`."""
    tree = as_meant(tree)
    form = format_named(choices.format) if choices.format else recognised(tree)
    mapping, tables, chosen = _mapping(tree, form, plan, choices)
    reading = _read(tree, form, mapping)
    if choices.unknown == "nearest" and any(each.nearest for each in reading.unknown_destinations):
        renamed = {each.name: each.nearest for each in reading.unknown_destinations if each.nearest}
        mapping = Mapping(mapping.columns, mapping.heading_row, mapping.sheet, mapping.destinations, renamed)
        reading = _read(tree, form, mapping)
    result = to_plan(reading, tree)
    asks_libraries = plan is None and reading.whole is None and result.plan.sources == Sources()
    if asks_libraries:
        sources = Sources(client=(choices.client,) if choices.client else (), server=choices.server or None)
        result = Reading(replace(result.plan, sources=sources), result.notes)
    missing = missing_destinations(plan, result.plan) if plan else Counter[str]()
    adds = missing.keys() if choices.missing == "add" else ()
    merge = merge_plans(plan or Plan(), result.plan, choices.mode if plan else "add", form.extra_key, frozenset(adds))
    # A plan document says itself which answers are open.
    suggested = {} if reading.whole is not None else suggested_by_place(merge)
    merge = fill_added(merge) if suggested and choices.suggest else merge
    sheets = table_names(tree, form.key) if tables else ()
    return ImportReview(
        form, reading, result, merge, plan, tables, chosen, missing, suggested, sheets, asks_libraries=asks_libraries
    )


def recognised(tree: FileTree) -> Format:
    """Return the format of files; pasted text in no other format is a list of names. Raises `FormatError`."""
    tree = as_meant(tree)
    try:
        return recognise(tree).format
    except FormatError:
        only = tree.only
        if only is None or only.path != PASTED or only.begins_like_json() or is_nested(only.peek_yaml()):
            raise
        if tree.first_error() or file_to_bring(tree):
            raise
        return format_named("csv")


def _mapping(
    tree: FileTree, form: Format, plan: Plan | None, choices: ImportChoices
) -> tuple[Mapping, tuple[MappedTable, ...], dict[str, str]]:
    """Return the mapping of the columns, the tables as they are read with it, and what of it a person chose."""
    known = tuple(item.key for item in plan.destinations) if plan else ()
    plain = Mapping(heading_row=choices.heading_row, sheet=choices.sheet or None, destinations=known)
    if form.key not in MAPPED:
        return plain, (), {}
    guessed = tables_in(tree, form.key, plain)
    keys = {guess.key for table in guessed for guess in table.guesses}
    headings = [column.key for column in guessed[0].table.columns] if guessed else []
    remembered = remembered_columns(plan, headings) if plan else {}
    chosen = {key: field for key, field in (remembered | choices.columns).items() if key in keys}
    if not chosen:
        return plain, tuple(guessed), {}
    mapping = Mapping(chosen, plain.heading_row, plain.sheet, known)
    return mapping, tuple(tables_in(tree, form.key, mapping)), chosen


def _read(tree: FileTree, form: Format, mapping: Mapping) -> PlanReading:
    return read_mapped(tree, form.key, mapping) if form.key in MAPPED else read_files(tree, form.key)


def _blanks_at_ends(reading: PlanReading) -> Iterator[Notice]:
    """Yield a warning about each name that begins or ends with a blank: it is kept, and nobody sees it."""
    for event in reading.events:
        if event.name != event.name.strip():
            yield Notice.at(
                event.place, f"The name {shown(event.name)} begins or ends with a blank. It is kept as it is."
            )


def _repeated(reading: PlanReading) -> Iterator[Notice]:
    """Yield a warning about each event that files have several times, at its second place: all of them are kept."""
    places: dict[tuple[object, str], list[Place]] = {}
    for event in reading.events:
        places.setdefault(((event.call, event.version), event.name), []).append(event.place)
    for (_, name), found in places.items():
        if len(found) > 1:
            message = f"The event {shown(name)} is there {len(found):,} times, and each becomes an event of its own."
            yield Notice.at(found[1], message)
