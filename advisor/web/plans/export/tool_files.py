"""A plan as files of another tool: the formats to choose from, what one can't hold, and the text to show of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.formats.exchange import Format, Loss
from advisor.formats.tool_formats import Addition, written_for_tools
from advisor.model import Extra, Plan

_SWITCHES: dict[Addition, str] = {"side": " --verdict", "everything": " --verdict --advisor-data", "nothing": ""}
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
    written = sorted(
        written_for_tools(), key=lambda each: _FIRST.index(each.key) if each.key in _FIRST else len(_FIRST)
    )
    return ToolFormats(
        origins=tuple(each for each in written if each.extra_key in namespaces),
        others=tuple(each for each in written if each.extra_key not in namespaces),
    )


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
