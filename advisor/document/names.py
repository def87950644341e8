"""Puts names in a document in canonical form: libraries and destinations by their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from advisor.document.problems import Path, Remarks
from advisor.text import quote


class UnknownName(Exception):  # noqa: N818 - a reason to note, not a failure
    """Raised for a name that has no key. ``code`` and ``message`` say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class NameList:
    """A reader for one kind of list of names. It replaces each name by its key, and notes that."""

    resolve: Callable[[str], str | None]
    """Returns the key of a name; None if the plan's own entry of that name is refused already. Raises `UnknownName`."""
    replaced: str
    """The code of the note that a name was replaced."""
    _answers: dict[str, str | UnknownName | None] = field(default_factory=dict)

    def read(self, names: Any, path: Path, remarks: Remarks) -> Any:
        """Return the keys of a list of names. What is not a list or not text is returned as it is; `shape` refuses it."""
        if type(names) is not list:
            return names
        keys: list[Any] = []
        seen: set[str] = set()
        for index, name in enumerate(names):
            key = self.key(name, (*path, index), remarks)
            if type(key) is str:
                if key in seen:
                    also = "" if key == name else f" as {quote(key)}"
                    remarks.problem((*path, index), "duplicate", f"{quote(name)} is here already{also}.")
                seen.add(key)
            keys.append(key)
        return keys

    def key(self, name: Any, path: Path, remarks: Remarks, place: Callable[[str], Path] | None = None) -> Any:
        """Return the key of one name. ``place`` gives the path for the note if the key is elsewhere in the plan as read."""
        if type(name) is not str:
            return name
        answer = self._answer(name)
        if isinstance(answer, UnknownName):
            remarks.problem(path, answer.code, answer.message)
            return name
        if answer is None:
            return name
        if answer != name:
            remarks.note(place(answer) if place else path, self.replaced, f"{quote(name)} was read as {quote(answer)}.")
        return answer

    def _answer(self, name: str) -> str | UnknownName | None:
        # Thousands of events repeat the plan's names, and looking up an unknown one is slow.
        if name not in self._answers:
            try:
                self._answers[name] = self.resolve(name)
            except UnknownName as unknown:
                self._answers[name] = unknown
        return self._answers[name]
