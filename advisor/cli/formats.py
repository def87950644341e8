"""``advisor formats``: lists the formats that plans are imported from and exported to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from advisor import document
from advisor.cli import options as cli_options
from advisor.cli.files import STANDARD_STREAM, write
from advisor.formats import EXPORTS
from advisor.formats.carried import carried_by
from advisor.formats.exchange import formats as known_formats


@click.command()
@cli_options.as_json
@cli_options.debug
def formats(*, as_json: bool) -> None:
    """List the formats of plans: key, directions, fidelity class, and what comes back after an export."""
    rows = [*_exchanged(), *_reports()]
    write(STANDARD_STREAM, document.json_text(rows) if as_json else _table(rows).encode())


def _exchanged() -> Iterator[dict[str, Any]]:
    for each in known_formats().values():
        carried = carried_by(each)
        yield {
            "key": each.key,
            "title": each.title,
            "import": each.reads,
            "export": each.writes or each.key in EXPORTS,
            "fidelity": each.fidelity,
            "carries": None if carried is None else list(carried),
        }


def _reports() -> Iterator[dict[str, Any]]:
    """Yield the formats that are only exported to; of these, ``json`` is the advised plan document."""
    known = known_formats()
    for each in EXPORTS.values():
        if each.key not in known:
            fidelity = "stable" if each.key == "json" else "lossy"
            yield {
                "key": each.key,
                "title": each.name,
                "import": False,
                "export": True,
                "fidelity": fidelity,
                "carries": None,
            }


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [("key", "directions", "fidelity", "title", "carries")]
    for row in rows:
        directions = " ".join(way for way in ("import", "export") if row[way])
        carries = ", ".join(row["carries"]) if row["carries"] is not None else "-"
        lines.append((row["key"], directions, row["fidelity"], row["title"], carries))
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=False)] + [line[4]] for line in lines)
    return "".join("  ".join(line).rstrip() + "\n" for line in padded)
