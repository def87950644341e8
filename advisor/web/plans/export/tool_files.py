"""A plan as files of another tool: the formats to choose from, what one can't hold, and the text to show of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from advisor.formats import EXPORTS
from advisor.formats.exchange import Format, Loss, WriteOptions, formats
from advisor.model import Extra, Plan

Addition = Literal["side", "everything", "nothing"]
"""What a file says besides what the format is made for. ``side``: where each event is tracked, in the place that people
filter by. ``everything``: all answers, decisions and notes, too, so that they come back.
"""
ADDITIONS: tuple[Addition, ...] = get_args(Addition)
_OPTIONS: dict[Addition, WriteOptions] = {
    "side": WriteOptions(verdict=True),
    "everything": WriteOptions(verdict=True, advisor_data=True),
    "nothing": WriteOptions(),
}
_SWITCHES: dict[Addition, str] = {"side": " --verdict", "everything": " --verdict --advisor-data", "nothing": ""}
_OURS = frozenset({*EXPORTS, "tracking-plan", "decision-record"})
"""The formats that the page offers as ours, under these or other keys."""
_FIRST = ("xlsx", "csv")
"""The formats that most people can open, which come first."""


@dataclass(frozen=True)
class LossLine:
    """One thing that a format can't hold, what was done about it, and the events that have it.

    The events are empty where the plan as a whole has it.
    """

    what: str
    done: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class ToolFormats:
    """The formats of other tools that a plan can be written in: those that it came in, and the others."""

    origins: tuple[Format, ...]
    others: tuple[Format, ...]


def tool_formats(plan: Plan) -> ToolFormats:
    """Return the formats of other tools, in the order to list them."""
    namespaces = {key for extra in (plan.extra, *(event.extra for event in plan.events)) for key in _keys(extra)}
    written = [each for each in formats().values() if each.writes and each.key not in _OURS]
    written.sort(key=lambda each: _FIRST.index(each.key) if each.key in _FIRST else len(_FIRST))
    return ToolFormats(
        origins=tuple(each for each in written if each.extra_key in namespaces),
        others=tuple(each for each in written if each.extra_key not in namespaces),
    )


def tool_format(key: str) -> Format | None:
    """Return the format of another tool with this key; None if there is none to write."""
    found = formats().get(key)
    return found if found and found.writes and key not in _OURS else None


def options_for(addition: Addition) -> WriteOptions:
    """Return what a writer has to add."""
    return _OPTIONS[addition]


def export_command(key: str, addition: Addition, paths: Iterable[str]) -> str:
    """Return the command that writes the same files."""
    output = f"plan.{extension_of(next(iter(paths)))}" if len(tuple(paths)) == 1 else "plan/"
    return f"advisor export plan.json --to {key}{_SWITCHES[addition]} -o {output}"


def extension_of(path: str) -> str:
    """Return the extension of a path without its dot; ``txt`` if it has none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2] if "." in name.strip(".") else "txt"


def loss_lines(losses: Iterable[Loss]) -> list[LossLine]:
    """Return the losses with the events that share one on one line, those of most events first."""
    grouped: dict[tuple[str, str], dict[str, None]] = {}
    for loss in losses:
        grouped.setdefault((loss.what, loss.done), {})[loss.event] = None
    lines = [LossLine(*key, tuple(filter(None, events))) for key, events in grouped.items()]
    return sorted(lines, key=lambda line: -len(line.events))


def first_text(files: Mapping[str, bytes]) -> str | None:
    """Return the text of the first file; None if it is none, as a workbook."""
    data = next(iter(files.values()), b"")
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _keys(extra: Extra) -> Iterable[str]:
    return extra if isinstance(extra, dict) else ()
