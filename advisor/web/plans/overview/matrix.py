"""The matrix of a plan's page: rows with cells that link to their reason, the reasons, and the totals of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from advisor.knowledge.wording import Wording, plan_wording
from advisor.model import Mode, Side
from advisor.presentation.matrix import Cell, EventLine
from advisor.presentation.matrix_marks import bare_marks
from advisor.text import quantity, shorten
from advisor.web.plans.overview.column_groups import MatrixColumns, arrange
from advisor.web.plans.summary.filter import Listing
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.totals import totals

_LONGEST_REASON = 300
_EDGE = ' class="matrix__edge"'
_COUNT = Markup('<span class="to to--{}">{:,}<i> {}</i></span>')
_MODES: dict[Mode, str] = {
    "device": "the tool’s own code runs in the {place}",
    "cloud": "Segment forwards it",
}
_FROM = {"client": "the client", "server": "the server", "both": "both sides"}


@dataclass(frozen=True)
class CellReason:
    """The explanation of a cell: its sentences, a destination to use instead, and the code of the reason."""

    lines: tuple[str, ...]
    instead: str = ""
    code: str = ""


NOT_WANTED = CellReason(("This event doesn’t want it. Its destinations are chosen where the event is edited.",))


@dataclass(frozen=True)
class Row:
    """One event of the matrix.

    ``cells`` is the HTML of its cells, ``summary`` that of their number for narrow windows, ``why`` the number of the
    reason for its placement.
    """

    line: EventLine
    cells: Markup
    summary: Markup
    why: int


@dataclass(frozen=True)
class Matrix:
    """The rows of one page, the reasons that their cells refer to by number, and the columns with their totals."""

    rows: tuple[Row, ...]
    reasons: tuple[CellReason, ...]
    columns: MatrixColumns


def matrix(events_address: str, whole: Overview, listed: Listing) -> Matrix:
    """Return the matrix of the events on this page.

    ``events_address`` is the address of an event's page up to its id. The totals of the columns count all events that
    match, on all pages.
    """
    sums = totals(listed.matching, len(whole.columns)) if listed.filter.is_on else whole.totals
    columns = arrange(whole, sums)
    drawing = _Drawing(events_address, plan_wording(whole.plan.sources), columns)
    rows = tuple(
        Row(line, drawing.cells(line), drawing.summary(line), drawing.number(_placement_reason(line)))
        for line in listed.lines
    )
    return Matrix(rows, tuple(drawing.reasons), columns)


class _Drawing:
    """A writer of the cells of a page as HTML.

    A page has thousands of cells but few different ones, so each different cell is rendered once, split at the event id.
    """

    def __init__(self, events_address: str, wording: Wording, columns: MatrixColumns) -> None:
        self._wording = wording
        self._base = str(escape(events_address))
        self._columns = [(column.place, _EDGE if column.is_first else "") for column in columns.shown]
        self._parts: dict[tuple[int, str], tuple[str, str]] = {}
        self.reasons: dict[CellReason, int] = {NOT_WANTED: 0}

    def number(self, reason: CellReason) -> int:
        """Return the number of this reason. A new reason gets the next number."""
        return self.reasons.setdefault(reason, len(self.reasons))

    def cells(self, line: EventLine) -> Markup:
        """Return the cells of a row as HTML. An event that is not settled has one cell, with a link to its questions."""
        event_id = str(escape(line.id))
        if line.state == "unsettled":
            words = quantity(len(line.decisive), "open question")
            link = f'<a href="{self._base}{event_id}#{line.decisive[0]}-yes">{words}</a>'
            return Markup(f'<td class="matrix__blank" colspan="{len(self._columns)}"><span>{link}</span></td>')  # noqa: S704 - see below
        drawn = []
        for place, edge in self._columns:
            cell = line.cells[place]
            before, after = self._parts.get((id(cell), edge)) or self._draw(cell, edge)
            drawn.append(before + event_id + after if after else before)
        return Markup("".join(drawn))  # noqa: S704 - made of ids that were escaped and of our own words

    def _draw(self, cell: Cell, edge: str) -> tuple[str, str]:
        """Return the HTML of a cell before and after the event id. The second part is empty if the cell is no link."""
        if cell.kind == "off":
            parts = f"<td{edge}>{bare_marks(cell)}</td>", ""
        else:
            start, content = f'<td{edge} data-why="{self.number(self._reason(cell))}">', bare_marks(cell)
            if cell.kind == "loads":
                parts = f"{start}{content}</td>", ""
            else:
                anchor = "missed" if cell.kind == "bad" else "calls"
                parts = f'{start}<a href="{self._base}', f'#{anchor}">{content}</a></td>'
        self._parts[id(cell), edge] = parts
        return parts

    def summary(self, line: EventLine) -> Markup:
        """Return how many destinations each side of the event reaches, and how many it doesn't, as HTML."""
        if line.state == "unsettled":
            return Markup('<span class="mute">{}</span>').format(quantity(len(line.decisive), "question"))
        counts = (
            ("client", sum(any(side == "client" for side, _ in cell.sent) for cell in line.cells), "from the client"),
            ("server", sum(any(side == "server" for side, _ in cell.sent) for cell in line.cells), "from the server"),
            ("bad", sum(cell.kind == "bad" for cell in line.cells), "not reached"),
        )
        found = [_COUNT.format(kind, count, words) for kind, count, words in counts if count]
        return Markup(" ").join(found) or Markup("none")

    def _reason(self, cell: Cell) -> CellReason:
        if cell.kind != "sent":
            return CellReason((cell.message,), cell.alternative, cell.code)
        delivered = (self._delivered(side, mode) for side, mode in cell.sent)
        return CellReason((*filter(None, [cell.message]), *delivered))

    def _delivered(self, side: Side, mode: Mode) -> str:
        return f"The {side} call delivers it in {mode} mode: {self._wording.say(_MODES[mode])}."


def _placement_reason(line: EventLine) -> CellReason:
    return CellReason((*_advised_lines(line), *_today_lines(line)))


def _today_lines(line: EventLine) -> Iterator[str]:
    if line.practice is None:
        return
    evidence = f" ({shorten(line.practice.evidence, _LONGEST_REASON)})" if line.practice.evidence.strip() else ""
    agreed = " The team has agreed to move it." if line.agreement == "moving" else ""
    yield f"Today it is tracked from {_FROM[line.practice.placement]}{evidence}.{agreed}"


def _advised_lines(line: EventLine) -> list[str]:
    reason = line.reason or "Nothing points either way yet."
    if line.decision is None:
        lines = [f"We advise {_FROM[line.advised]}. {reason}"]
        if line.state == "suggested":
            lines.append(f"If the suggestions hold: {quantity(line.suggested, 'answer')} to accept or change.")
        if line.decisive:
            lines.append(f"Not settled: {quantity(len(line.decisive), 'open question')} could move it.")
        return lines
    decided = f"Your team decided on {_FROM[line.decision.placement]}"
    who = f", {line.decision.author[:_LONGEST_REASON]}" if line.decision.author else ""
    why = f": “{line.decision.reason[:_LONGEST_REASON]}”" if line.decision.reason else "."
    lines = [f"{decided}{who}{why}", f"We advise {_FROM[line.advised]}. {reason}"]
    if line.is_outdated:
        lines.append("The advice has changed since. Look again.")
    return lines
