"""Measure everything, and print a table for each part: ``make bench``. Nothing here passes or fails; compare within one run.

``make bench ARGS=--quick`` is a short run: fewer parts, small plans of other formats, no browser. ``make bench
ARGS="pages grid"`` measures these parts alone.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

import decisions
import exchange
import first_minute
import grid
import lighthouse
import matrix
import page_weight
import pages
import plans
import snippets
from measure import Row, print_table

PARTS: dict[str, Callable[[], Iterable[Row]]] = {
    "decisions": decisions.rows,  # first: what was never decided can be measured only once
    "plans": plans.rows,
    "snippets": snippets.rows,
    "pages": pages.rows,
    "grid": grid.rows,
    "matrix": matrix.rows,
    "first_minute": first_minute.rows,
    "page_weight": page_weight.rows,
    "lighthouse": lighthouse.rows,
    "exchange": exchange.rows,
}
"""The parts in the order in which they run."""
QUICK: dict[str, Callable[[], Iterable[Row]]] = {
    "decisions": decisions.rows,
    "plans": plans.rows,
    "pages": partial(pages.rows, repeats=50),
    "page_weight": page_weight.rows,
    "exchange": partial(exchange.rows, (100, 1_000)),
}
"""What ``--quick`` measures."""


def main() -> None:
    """Run the parts that were asked for, one after the other, and print each table as soon as it is complete."""
    parser = argparse.ArgumentParser(prog="bench/run.py", description="Measure the app.")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a shorter run, without a browser")
    asked = parser.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # two threads and a browser always have one
    parts = QUICK if asked.quick else PARTS
    chosen = {name: rows for name, rows in parts.items() if not asked.parts or name in asked.parts}
    print(f"Python {platform.python_version()}, {platform.machine()}, load {os.getloadavg()[0]:.1f} before the run")
    for name, rows in chosen.items():
        start = time.monotonic()
        found = [*_watched(name, rows())]
        print(f"\n{name}, measured in {time.monotonic() - start:.0f} s\n")
        print_table(found)
        sys.stdout.flush()


def _watched(name: str, rows: Iterable[Row]) -> Iterable[Row]:
    """Yield the rows, and say on standard error that the part has begun and what of it was measured last."""
    print(f"{name} …", file=sys.stderr, flush=True)
    for row in rows:
        print(f"  {row.what}: {row.measured}", file=sys.stderr, flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main())
