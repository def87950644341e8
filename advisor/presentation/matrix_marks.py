"""What stands in a cell of the matrix, as HTML: the same on the page of a plan and in its report."""

from __future__ import annotations

from markupsafe import Markup

from advisor.presentation.matrix import Cell

_SENT = Markup('<span class="to to--{}">{}<i>, from the {}</i></span>')
_BAD = Markup('<span class="to to--bad"><i>Unreachable: </i>{}</span>')
_LOADS = Markup('<span class="to to--off">{}</span>')
_OFF = Markup('<span class="to to--off"><i>Not wanted</i></span>')


def marks(cell: Cell) -> Markup:
    """The calls that deliver it with their modes, or in a word why none does."""
    if cell.kind == "sent":
        return Markup(" ").join(_SENT.format(side, mode, side) for side, mode in cell.sent)
    if cell.kind == "off":
        return _OFF
    return (_BAD if cell.kind == "bad" else _LOADS).format(cell.words)
