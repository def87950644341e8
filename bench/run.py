"""Measure everything, and print one table: ``make bench``. Nothing here passes or fails; compare within one run."""

from __future__ import annotations

import logging
import os
import platform
import sys

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
from measure import print_table


def main() -> None:
    """Decisions come first: what was never decided can be measured only once."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # two threads and a browser always have one
    before = os.getloadavg()[0]
    rows = [
        *decisions.rows(),
        *plans.rows(),
        *snippets.rows(),
        *pages.rows(),
        *grid.rows(),
        *matrix.rows(),
        *first_minute.rows(),
    ]
    rows += [*exchange.rows(), *page_weight.rows(), *lighthouse.rows()]
    print(f"Python {platform.python_version()}, {platform.machine()}, load {before:.1f} before the run\n")
    print_table(rows)


if __name__ == "__main__":
    sys.exit(main())
