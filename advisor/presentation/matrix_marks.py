"""The content of a matrix cell as HTML. The page of a plan and its report show the same."""

from __future__ import annotations

from markupsafe import Markup

from advisor.presentation.matrix import Cell

_SENT = Markup('<span class="to to--{}">{}<i>, from the {}</i></span>')
_BAD = Markup('<span class="to to--bad"><i>Unreachable: </i>{}</span>')
_LOADS = Markup('<span class="to to--off">{}</span>')
_OFF = Markup('<span class="to to--off"><i>Not wanted</i></span>')


def marks(cell: Cell) -> Markup:
    """Return the calls that deliver the event with their modes, or a word or two that say why none does."""
    if cell.kind == "sent":
        return Markup(" ").join(_SENT.format(side, mode, side) for side, mode in cell.sent)
    if cell.kind == "off":
        return _OFF
    return (_BAD if cell.kind == "bad" else _LOADS).format(cell.words)
