"""How the benchmarks time, and the one table they print."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, as words, and what it stands beside."""

    what: str
    measured: str
    beside: str = ""
    aim: str = ""


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the median time that the work takes, after what earlier work left behind is cleaned up."""
    return statistics.median(once(work) for _ in range(repeats))


def once(work: Callable[[], object]) -> float:
    """Return the processor time that the work takes this one time: what else the machine does meanwhile is not in it."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def percentiles(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the time of one call in milliseconds: the median, and what 95 of 100 stay under."""
    for _ in range(10):
        work()
    times = []
    gc.collect()
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def rate(count: int, duration: float) -> str:
    """So many things a second."""
    return f"{count / duration:,.0f}/s"


def print_table(rows: list[Row]) -> None:
    """Print the rows under their headings, aligned."""
    lines = [("what", "measured", "beside", "aim"), *((row.what, row.measured, row.beside, row.aim) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for number, line in enumerate(lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
