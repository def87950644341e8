"""The content of a matrix cell as HTML: with its words, as reports show it, or as marks alone, as the page of a plan does."""

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


_SENT_MARK = Markup('<span class="to to--{}"><i>{} call, {}</i></span>')
_BAD_MARK = Markup('<span class="to to--bad"><i>not reached, {}</i></span>')
_LOADS_MARK = Markup('<span class="to to--loads"><i>{}</i></span>')
_OFF_MARK = Markup("<i>not wanted</i>")


def bare_marks(cell: Cell) -> Markup:
    """Return one mark for each side that delivers the event, a cross, or nothing. The words are for screen readers only."""
    if cell.kind == "sent":
        modes: dict[str, list[str]] = {}
        for side, mode in cell.sent:
            modes.setdefault(side, []).append(mode)
        return Markup("").join(_SENT_MARK.format(side, side, " and ".join(found)) for side, found in modes.items())
    if cell.kind == "off":
        return _OFF_MARK
    return (_BAD_MARK if cell.kind == "bad" else _LOADS_MARK).format(cell.words.lower())
