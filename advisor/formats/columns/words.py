"""The words in cells of a table: call types, states of work, lists, answers, and cells that a spreadsheet would run."""

from __future__ import annotations

import re

from advisor.knowledge.answer_words import answer_in, fold
from advisor.model import CALL_TYPES, Answer, CallType

_CALL_END = re.compile(r"[\s_-]*(call|event|view|user)s?$")
_ENTRY = re.compile(r"(?:[^,;|\n()\[\]{}]|\([^()\n]*\)|\[[^\[\]\n]*\]|\{[^{}\n]*\}|[()\[\]{}])+")
"""An entry of a list: what is between brackets is part of it."""
_NONE = frozenset(
    [
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "none",
        "nil",
        "no",
        "null",
        "keine",
        "ninguno",
        "ninguna",
        "aucun",
        "nessuno",
        "нет",
        "无",
        "なし",
        "없음",
        ".",
    ]
)
"""What a cell of a list says if there is nothing to list."""
_RUN = re.compile(r"'*[=+\-@\t\r]")
"""A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text."""
_SIGNS = re.compile(r"^[^\w]+|[^\w]+$")
"""Signs around a word, as the circle in front of a state."""
_STATES = {
    "proposed": "proposed planned plan draft todo backlog idea open requested new pending tbd geplant planificado propuesto",
    "agreed": "agreed approved accepted ready reviewed confirmed final wip genehmigt aprobado",
    "implemented": "implemented live done released shipped deployed active tracked production completed umgesetzt implementado",
}
_STATE_WORDS = {word: state for state, words in _STATES.items() for word in words.split()}
_STATE_WORDS |= dict.fromkeys(("not started", "not implemented", "to be implemented"), "proposed")
_STATE_WORDS |= dict.fromkeys(("in progress", "in development", "in qa", "ready for dev"), "agreed")
_STATE_WORDS |= {"to do": "proposed", "in review": "proposed", "in production": "implemented", "to be done": "proposed"}


def call_in(text: str) -> CallType | None:
    """Return the call type that a cell names, as ``Track`` or ``screen view``; None if it names none."""
    word = _CALL_END.sub("", fold(text)) or fold(text)
    return next((call for call in CALL_TYPES if call == word), None)


def status_in(text: str) -> str | None:
    """Return the state of work that a cell names: proposed, agreed or implemented; None if it names none."""
    return _STATE_WORDS.get(fold(_SIGNS.sub("", text)))


def list_in(text: str) -> list[str]:
    """Return the entries of a list in one cell, which commas, semicolons, bars or line ends separate outside of brackets."""
    entries = [part.strip() for part in _ENTRY.findall(text) if part.strip()]
    return [] if len(entries) == 1 and fold(entries[0]) in _NONE else entries


def suggestion_in(text: str) -> tuple[Answer | None, bool]:
    """Return the answer in a cell, and whether it is a suggestion: ``yes?``. The answer is None for other words."""
    answer = answer_in(text)
    if answer is None and text.rstrip().endswith("?"):
        return answer_in(text.rstrip().removesuffix("?")), True
    return answer, False


def as_text(cell: str) -> str:
    """Return a cell in such a way that no spreadsheet runs it: with an apostrophe before what begins like a formula."""
    printable = cell.replace("\0", "\ufffd")  # a text file can't hold a zero byte
    return "'" + printable if _RUN.match(printable) and len(printable) > 1 else printable


def from_text(cell: str) -> str:
    """Return the cell that `as_text` was given."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell
