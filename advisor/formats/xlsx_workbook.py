"""Excel workbooks: any sheets through column mapping, and a plan as a formatted workbook with the matrix as its second sheet."""

from __future__ import annotations

from advisor.formats.advised import advised
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.carriers.tables import Table
from advisor.formats.carriers.workbook_write import Sheet, write_workbook
from advisor.formats.columns.mapped import map_tables, read_tables, table_files
from advisor.formats.columns.mapping import Mapping
from advisor.formats.columns.table_losses import add_table_losses
from advisor.formats.columns.whole_table import plan_columns, plan_rows
from advisor.formats.columns.words import from_text
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.limits import MAX_WORKBOOK_CELL
from advisor.formats.losses import LossList, Written
from advisor.formats.plan_losses import add_same_event_losses
from advisor.formats.reading import PlanReading
from advisor.model import Plan
from advisor.presentation.matrix import Cell, columns, event_line
from advisor.presentation.receivers import Receivers
from advisor.text import join_names

KEY = "xlsx"
FILE = "tracking-plan.xlsx"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file is a workbook with events; None if none is."""
    for file in table_files(tree):
        tables = [table for table in file.peek_tables() if table.kind == "workbook"]
        if mapped := map_tables(tables):
            known = [f"a column “{guess.key}”" for guess in mapped[0].guesses if guess.is_sure]
            return Recognition(Confidence.POSSIBLE, ("a workbook", *known))
    return None


def read(tree: FileTree, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    """Return the plan in the visible sheets that hold events. Raises `FormatError`."""
    return read_tables(tree, KEY, tables_of(tree), mapping)


def tables_of(tree: FileTree) -> list[Table]:
    """Return the tables in files. Raises `FormatError`."""
    return [table for file in table_files(tree) for table in file.tables]


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return the plan as a workbook: a row for each property, and the matrix of events and destinations."""
    lost = LossList(KEY)
    add_table_losses(plan, None, options, lost)
    add_same_event_losses(plan, lost, "written as more rows of that event")
    plan = advised(plan)
    shown = plan_columns(plan, WriteOptions(verdict=True, advisor_data=options.advisor_data))
    rows = [[from_text(cell) for cell in row] for row in plan_rows(plan, shown)]
    if any(len(cell) > MAX_WORKBOOK_CELL for row in rows for cell in row):
        lost.add("", f"texts of more than {MAX_WORKBOOK_CELL:,} characters", "cut: no cell of a workbook holds more")
    events = Sheet("Events", [column.title for column in shown], rows)
    sheets = [events, _matrix(plan)] if plan.destinations else [events]
    return Written({FILE: write_workbook(plan.name, sheets)}, tuple(lost.losses))


def _matrix(plan: Plan) -> Sheet:
    receivers = Receivers(plan.destinations)
    lines = [event_line("", event, receivers) for event in plan.events]
    rows = [[line.name, line.call, str(line.place.word), *map(_cell_text, line.cells)] for line in lines]
    return Sheet("Matrix", ["Event", "Call", "Placement", *(column.name for column in columns(plan))], rows)


def _cell_text(cell: Cell) -> str:
    """Return the cell of an event and a destination: the calls that deliver it, or why none does."""
    if cell.sent:
        return join_names(f"{side} ({mode})" for side, mode in cell.sent)
    return cell.words if cell.kind == "bad" else "loads only" if cell.kind == "loads" else ""


FORMAT = Format(
    key=KEY,
    title="Excel workbook",
    fidelity="lossy",
    looked_for="a workbook with a column of event names",
    recognise=recognise,
    read=read,
    write=write,
)
