"""The matrix of a plan's page: rows with cells that link to their reason, the reasons, and the totals of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from advisor.knowledge.wording import Wording, plan_wording
from advisor.model import Mode, Side
from advisor.presentation.matrix import Cell, EventLine
from advisor.presentation.matrix_marks import marks
from advisor.text import quantity
from advisor.web.plans.summary.filter import Listing
from advisor.web.plans.summary.overview import Overview
from advisor.web.plans.summary.totals import Total, totals

_LONGEST_REASON = 300
_OFF = f"<td>{marks(Cell('off'))}</td>"
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
    """One event of the matrix. ``cells`` is the HTML of its cells, ``why`` the number of the reason for its placement."""

    line: EventLine
    cells: Markup
    why: int


@dataclass(frozen=True)
class Matrix:
    """The rows of one page, the reasons that their cells refer to by number, and the total of each column."""

    rows: tuple[Row, ...]
    reasons: tuple[CellReason, ...]
    totals: tuple[Total, ...]


def matrix(events_address: str, whole: Overview, listed: Listing) -> Matrix:
    """Return the matrix of the events on this page.

    ``events_address`` is the address of an event's page up to its id. The ``totals`` of the matrix count all events that
    match, on all pages.
    """
    drawing = _Drawing(events_address, plan_wording(whole.plan.sources))
    rows = tuple(Row(line, drawing.cells(line), drawing.number(_placement_reason(line))) for line in listed.lines)
    sums = totals(listed.matching, len(whole.columns)) if listed.filter.is_on else whole.totals
    return Matrix(rows, tuple(drawing.reasons), sums)


class _Drawing:
    """A writer of the cells of a page as HTML.

    A page has thousands of cells but few different ones, so each different cell is rendered once, split at the event id.
    """

    def __init__(self, events_address: str, wording: Wording) -> None:
        self._wording = wording
        self._base = str(escape(events_address))
        self._parts: dict[int, tuple[str, str]] = {}
        self.reasons: dict[CellReason, int] = {NOT_WANTED: 0}

    def number(self, reason: CellReason) -> int:
        """Return the number of this reason. A new reason gets the next number."""
        return self.reasons.setdefault(reason, len(self.reasons))

    def cells(self, line: EventLine) -> Markup:
        """Return the cells of a row as HTML. Cells that are not wanted, or only load, are not links."""
        event_id = str(escape(line.id))
        drawn = []
        for cell in line.cells:
            if cell.kind == "off":
                drawn.append(_OFF)
                continue
            if cell.kind == "loads":
                drawn.append(f'<td data-why="{self.number(self._reason(cell))}">{marks(cell)}</td>')
                continue
            before, after = self._parts.get(id(cell)) or self._draw(cell)
            drawn.append(before + event_id + after)
        return Markup("".join(drawn))  # noqa: S704 - made of ids that were escaped and of our own words

    def _draw(self, cell: Cell) -> tuple[str, str]:
        number = self.number(self._reason(cell))
        anchor = "missed" if cell.kind == "bad" else "calls"
        parts = f'<td data-why="{number}"><a href="{self._base}', f'#{anchor}">{marks(cell)}</a></td>'
        self._parts[id(cell)] = parts
        return parts

    def _reason(self, cell: Cell) -> CellReason:
        if cell.kind != "sent":
            return CellReason((cell.message,), cell.alternative, cell.code)
        delivered = (self._delivered(side, mode) for side, mode in cell.sent)
        return CellReason((*filter(None, [cell.message]), *delivered))

    def _delivered(self, side: Side, mode: Mode) -> str:
        return f"The {side} call delivers it in {mode} mode: {self._wording.say(_MODES[mode])}."


def _placement_reason(line: EventLine) -> CellReason:
    reason = line.reason or "Nothing points either way yet."
    if line.decision is None:
        lines = [f"We advise {_FROM[line.advised]}. {reason}"]
        if line.state == "suggested":
            lines.append(f"If the suggestions hold: {quantity(line.suggested, 'answer')} to accept or change.")
        if line.decisive:
            lines.append(f"Not settled: {quantity(len(line.decisive), 'open question')} could move it.")
        return CellReason(tuple(lines))
    decided = f"Your team decided on {_FROM[line.decision.placement]}"
    who = f", {line.decision.author[:_LONGEST_REASON]}" if line.decision.author else ""
    why = f": “{line.decision.reason[:_LONGEST_REASON]}”" if line.decision.reason else "."
    lines = [f"{decided}{who}{why}", f"We advise {_FROM[line.advised]}. {reason}"]
    if line.is_outdated:
        lines.append("The advice has changed since. Look again.")
    return CellReason(tuple(lines))
