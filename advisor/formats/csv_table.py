"""Any CSV or TSV: columns are guessed or mapped, and the file comes back with the edits alone.

A plan that did not come from a table is written as one row for each property, in columns of ours.
"""

from __future__ import annotations

from advisor.formats.advised import advised
from advisor.formats.carriers.delimited import write_delimited
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.tables import Dialect, Table
from advisor.formats.columns import fields as f
from advisor.formats.columns.kept import write_kept
from advisor.formats.columns.mapped import NAMESPACE, map_table, read_tables, table_files
from advisor.formats.columns.mapping import Mapping
from advisor.formats.columns.table_losses import add_table_losses
from advisor.formats.columns.texts import event_value, slot_of
from advisor.formats.columns.whole_table import PLACEMENT_TITLE, SLOT_TITLE, plan_columns, plan_rows
from advisor.formats.columns.words import as_text
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import LossList, Written
from advisor.formats.plan_losses import add_same_event_losses
from advisor.formats.reading import PlanReading
from advisor.model import Plan, placement_in_force

KEY = "csv"
FILE = "tracking-plan.csv"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is a delimited table with events; None if none is."""
    for file in table_files(tree):
        for table in file.peek_tables():
            mapped = map_table(table) if table.kind == "delimited" else None
            if mapped and (mapped.is_sure or (mapped.has_name and not file.is_structured())):
                known = [f"a column “{guess.key}”" for guess in mapped.guesses if guess.is_sure]
                return Recognition(Confidence.POSSIBLE, tuple(known) or ("rows of cells",))
    return None


def read(tree: FileTree, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    """Return the plan in the delimited tables. Raises `FormatError`."""
    return read_tables(tree, KEY, tables_of(tree), mapping, keep=True)


def tables_of(tree: FileTree) -> list[Table]:
    """Return the tables in files. Raises `FormatError`."""
    return [table for file in table_files(tree) for table in file.tables]


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the table that the plan came from with the edits, or a new one."""
    lost = LossList(NAMESPACE)
    kept = format_extra(plan, NAMESPACE)
    add_table_losses(plan, kept.get("columns"), options, lost)
    add_same_event_losses(plan, lost, "written as more rows of that event")
    if "table" in kept:
        data = write_kept(
            list(map(event_value, plan.events)), kept, NAMESPACE, _computed(plan, kept["table"]["columns"], options)
        )
    else:
        columns = plan_columns(plan, options)
        rows = plan_rows(advised(plan) if options.verdict else plan, columns)
        data = write_delimited(
            [([as_text(column.title) for column in columns], {}), *((row, {}) for row in rows)], Dialect()
        )
    return Written({FILE: data}, tuple(lost.losses))


def _computed(plan: Plan, headings: list[str], options: WriteOptions) -> dict[str, list[str]]:
    """Return the columns that are made anew on each export: the placement, and what only we know."""
    named = {f.field_of(heading): heading for heading in headings}
    computed = {}
    if options.verdict:
        placements = [placement_in_force(event) for event in advised(plan).events]
        computed[named.get(f.PLACEMENT, PLACEMENT_TITLE)] = list(map(str, placements))
    if options.advisor_data or f.SLOT in named:
        computed[named.get(f.SLOT, SLOT_TITLE)] = list(map(slot_of, plan.events))
    return computed


FORMAT = Format(
    key=KEY,
    title="CSV or TSV, any columns",
    fidelity="lossy",
    looked_for="a table with a column of event names",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
)
