"""Pages in Markdown: tables of events through column mapping, tables of properties under the heading of their event.

A heading without a table, beside others that have tables of properties, is an event without properties. The text between
a heading and its table describes the event.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from advisor.document_limits import LONGEST_NAME
from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.markdown_tables import is_part, plain_text
from advisor.formats.carriers.tables import Row, Table, headed
from advisor.formats.columns import fields as f
from advisor.formats.columns.mapped import map_tables, read_tables, table_files
from advisor.formats.columns.mapping import Mapping
from advisor.formats.columns.table_losses import add_table_losses
from advisor.formats.columns.texts import each_property, event_value
from advisor.formats.columns.whole_table import PlanColumn, event_row, plan_columns, property_rows
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.markdown import inline, one_line, paragraphs, table
from advisor.formats.places import Place, shown
from advisor.formats.plan_losses import add_same_name_losses
from advisor.formats.reading import EventReading, PlanReading
from advisor.model import Event, Plan

KEY = "markdown"
FILE = "tracking-plan.md"
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ALWAYS = (f.NAME, f.CALL, f.DESCRIPTION, f.PLACEMENT)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page: its level, its title, its line, and the lines of text below it, with their numbers."""

    level: int
    title: str
    line: int
    body: tuple[tuple[int, str], ...]


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is a page with tables of events or of properties; None if none is."""
    for file in table_files(tree):
        tables = [each for each in file.peek_tables() if each.kind == "markdown"]
        sure = [each for each in map_tables(_with_events(tables, _sections(file))) if each.is_sure] if tables else []
        if sure:
            known = [f"a column “{guess.key}”" for guess in sure[0].guesses if guess.is_sure]
            return Recognition(Confidence.POSSIBLE, ("a table in Markdown", *known))
    return None


def read(tree: FileTree, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    """Return the plan in the tables of pages. Raises `FormatError`."""
    under: set[Place] = set()
    lone: list[EventReading] = []
    for file in table_files(tree):
        found = [each for each in file.tables if each.kind == "markdown"]
        sections = _sections(file)
        own = {each.rows[0].line for each in found if _is_of_one_event(each) and len(each.rows) > 1}
        under |= {Place(file.path, row.line, 1) for each in found if each.rows[0].line in own for row in each.rows}
        lone += [*_without_table(file, sections, own)]
    reading = read_tables(tree, KEY, tables_of(tree), mapping)
    _join(reading, under)
    reading.name = reading.name or _title(tree, {event.name for event in reading.events})
    known = {event.name for event in reading.events}
    for event in lone:
        if event.name not in known:
            reading.events.append(event)
            what = f"{shown(event.name)} is a heading like those of events, and has no table"
            reading.warn(event.place, f"{what}; it is read as an event.")
    reading.events.sort(key=lambda event: (event.place.file, event.place.line or 0))
    return reading


def tables_of(tree: FileTree) -> list[Table]:
    """Return the tables of pages; those of one event have its name and description in columns at their end."""
    pages = [(file, [each for each in file.tables if each.kind == "markdown"]) for file in table_files(tree)]
    return [each for file, found in pages for each in _with_events(found, _sections(file))]


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as a page: a table of all events, and for each event with properties a table of them."""
    lost = LossList(KEY)
    add_table_losses(plan, None, options, lost)
    add_same_name_losses(plan, lost, "written under a heading of the same name")
    texts = [event.description for event in plan.events]
    if any(one_line(text) != text for text in texts):
        lost.add("", "line breaks in descriptions", "written as blanks: a cell of a table is one line")
    for event in plan.events:
        if event.properties and f.says_every_event(event.name):
            lost.add(event.name, "its properties", "written; under this name they are read as those of every event")
        for what in _names_with_blanks(event):
            lost.add(event.name, what, "written as single blanks: a cell of a table is one line")
    plan = advised(plan)
    columns = plan_columns(plan, WriteOptions(verdict=True, advisor_data=options.advisor_data))
    own = [column for column in columns if not f.is_property_field(column.field)]
    rows = [event_row(event, own) for event in plan.events]
    shown_columns = [
        index for index, each in enumerate(own) if each.field in _ALWAYS or any(row[index] for row in rows)
    ]
    parts = [f"# {inline(plan.name)}", paragraphs(plan.description)]
    if rows:
        headings = tuple(inline(own[index].title) for index in shown_columns)
        parts += ["## Events", table(headings, (tuple(inline(row[index]) for index in shown_columns) for row in rows))]
    parts += _property_tables(plan, [column for column in columns if f.is_property_field(column.field)])
    return Written({FILE: ("\n\n".join(filter(None, parts)) + "\n").encode()}, tuple(lost.losses))


def _names_with_blanks(event: Event) -> Iterator[str]:
    """Yield which names of an event and its properties have blanks that a line of Markdown does not keep."""
    if one_line(event.name) != event.name:
        yield "blanks and invisible signs in its name"
    for path, prop in each_property(event_value(event).get("properties", ())):
        if one_line(prop["name"]) != prop["name"] and prop["name"].strip():
            yield f"property {shown(path)}: blanks and invisible signs in its name"


def _property_tables(plan: Plan, columns: list[PlanColumn]) -> Iterator[str]:
    for event in plan.events:
        rows = list(property_rows(event, columns))
        filled = [index for index, _ in enumerate(columns) if index == 0 or any(row[index] for row in rows)]
        if rows:
            # Below another heading, a heading such as Properties would be a part of what that one names.
            yield f"{'#' if is_part(one_line(event.name)) else '##'} {inline(event.name)}"
            headings = tuple(columns[index].title for index in filled)
            yield table(headings, (tuple(inline(row[index]) for index in filled) for row in rows))


def _sections(file: SourceFile) -> list[Section]:
    """Return the headings of a page with the lines of text below each, up to the next heading."""
    sections: list[Section] = []
    fence = ""
    for number, line in enumerate(file.text.text.splitlines(), start=1):
        if found := _FENCE.match(line):
            fence = "" if fence and found.group(1).startswith(fence) else fence or found.group(1)
        found = None if fence else _HEADING.fullmatch(line)
        if found and not (is_part(title := plain_text(found.group(2))) and _is_below(sections, len(found.group(1)))):
            sections.append(Section(len(found.group(1)), title, number, ()))
        elif sections and not found and not fence and not _FENCE.match(line):
            sections[-1] = replace(sections[-1], body=(*sections[-1].body, (number, line)))
    return sections


def _is_below(sections: list[Section], level: int) -> bool:
    """Return whether a heading of this level is below the last one, so that it can be a part of it."""
    return bool(sections) and sections[-1].level < level


def _title(tree: FileTree, events: set[str]) -> str:
    """Return the first heading of the first page if it is at the top level and no event; empty if not."""
    first = next((section for file in table_files(tree) for section in _sections(file)[:1]), None)
    is_title = first is not None and first.level == 1 and first.title not in events and len(first.title) <= LONGEST_NAME
    return first.title if first and is_title else ""


def _is_of_one_event(each: Table) -> bool:
    """Return whether a table has properties and no column of events, so that its heading is the event."""
    is_named = bool(each.name) and not f.says_every_event(each.name)
    found = headed(each, f.is_known_heading) if is_named else None
    if found is None:
        return False
    known = {f.field_of(column.heading) for column in found.columns}
    words = {f.word_of(column.heading) for column in found.columns}
    return f.NAME not in known and (f.PROPERTY in known or {"name", "type"} <= words or {"name", "required"} <= words)


def _with_events(tables: list[Table], sections: list[Section]) -> list[Table]:
    """Return the tables; those of one event get columns for its name and its description at their end."""
    return [_with_event(each, sections) if _is_of_one_event(each) else each for each in tables]


def _with_event(each: Table, sections: list[Section]) -> Table:
    first = each.rows[0].line
    before = bisect_left(sections, first, key=lambda one: one.line)
    section = sections[before - 1] if before else None
    text = _text_of(section, first) if section else ""
    width = max(len(row.cells) for row in each.rows)
    added = [("Event", "Event description"), (each.name, text)]
    rows = []
    for number, row in enumerate(each.rows):
        padded = row.cells + ("",) * (width - len(row.cells))
        cells = ("Property" if number == 0 and f.word_of(cell) == "name" else cell for cell in padded)
        rows.append(Row((*cells, *added[min(number, 1)]), row.line))
    return replace(each, rows=tuple(rows))


def _text_of(section: Section, before: int) -> str:
    """Return the text under a heading, up to a line, as plain text."""
    lines = [line.strip() for number, line in section.body if number < before and not _is_of_table(line)]
    return plain_text(_COMMENT.sub("", "\n".join(lines)).strip())


def _is_of_table(line: str) -> bool:
    return line.lstrip().startswith("|")


def _has_rows(section: Section) -> bool:
    """Return whether there are more lines of a table below a heading than a row of headings and the rule under it."""
    return sum("|" in line for _, line in section.body) > len(("headings", "rule"))


def _without_table(file: SourceFile, sections: list[Section], tables: set[int]) -> Iterator[EventReading]:
    """Yield an event for each heading without a table, at the level of headings that have tables of properties."""
    having = [section for section in sections if any(number in tables for number, _ in section.body)]
    levels = {section.level for section in having}
    lines = {section.line for section in having}
    for section, after in zip_longest(sections, sections[1:]):
        is_leaf = after is None or after.level <= section.level
        if levels == {section.level} and is_leaf and section.line not in lines and not _has_rows(section):
            text = _text_of(section, section.body[-1][0] + 1 if section.body else 0)
            yield EventReading(section.title, description=text, place=Place(file.path, section.line))


def _join(reading: PlanReading, under: set[Place]) -> None:
    """Give the properties of a table under a heading to the event of that name in a table of events."""
    first: dict[str, EventReading] = {
        event.name: event for event in reversed(reading.events) if event.place not in under
    }
    events = []
    for event in reading.events:
        known = first.get(event.name) if event.place in under else None
        if known and not known.properties:
            known.properties = event.properties
            known.description = known.description or event.description
        else:
            events.append(event)
    reading.events = events


FORMAT = Format(
    key=KEY,
    title="Markdown, tables of a page",
    fidelity="lossy",
    looked_for="a page with a table that has a column of events or of properties",
    recognise=recognise,
    read=read,
    write=write,
)
