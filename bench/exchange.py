"""Formats of other tools: import and export at 1,000 and 10,000 events, how that grows, and the memory that it takes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from advisor import document
from advisor.document.collection import without_collection
from advisor.formats.exchange import Format, WriteOptions, formats, read_files, read_paths, recognise, to_plan
from advisor.model import Event, Plan, Property
from measure import Row, once

SIZES = (1_000, 10_000)
_WRAPPER = """
import resource, sys
report = sys.argv.pop()
from advisor.cli import main
try:
    main()
finally:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # The peak that getrusage knows includes the parent, as it was when it made this process.
    peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(usage.ru_utime + usage.ru_stime, *peak, file=open(report, "w"))
"""
"""Runs a command, and writes its processor time and its peak memory in KB to the file that its last argument names."""


@dataclass(frozen=True)
class Use:
    """What a command used."""

    seconds: float
    megabytes: float


def rows(sizes: tuple[int, int] = SIZES) -> Iterator[Row]:
    """Yield the aim first: a plan of Segment as one command; then each format in both directions, at two sizes."""
    with tempfile.TemporaryDirectory() as folder:
        yield _aim(Path(folder))
        for form in formats().values():
            yield from _rows_of(form, Path(folder) / form.key, sizes)


def _plan_of(events: int) -> Plan:
    """Return a plan with five properties an event."""
    types = ("string", "number", "boolean", "string", "integer")
    properties = tuple(
        Property(name=f"field_{place}", type=kind, required=place == 0, description=f"What field {place} of it holds")
        for place, kind in enumerate(types)
    )
    return Plan(
        name="Benchmark",
        events=tuple(
            Event(name=f"Thing {number} Done", description=f"Thing {number} is done", properties=properties)
            for number in range(events)
        ),
    )


def _rows_of(form: Format, folder: Path, sizes: tuple[int, int]) -> Iterator[Row]:
    """Yield the rows of a format: its writer, and its reader on what it wrote, each measured in a process of its own."""
    if form.write is None:
        return
    folder.mkdir()
    for direction in ("export", "import") if form.reads else ("export",):
        yield _row(f"{form.key}: {direction}", sizes, _measured(direction, form.key, folder, sizes))
    shutil.rmtree(folder)


def _measured(direction: str, key: str, folder: Path, sizes: tuple[int, int]) -> list[float]:
    """Return what `measure_format` prints in a process of its own: seconds for each size, and megabytes at the peak."""
    command = [sys.executable, __file__, direction, key, str(folder), *map(str, sizes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(each) for each in done.stdout.split()]


def measure_format(direction: str, key: str, folder: Path, sizes: Iterable[int]) -> list[float]:
    """Export plans to a folder or import them from it; return the seconds for each size, and the megabytes at the peak."""
    form = formats()[key]
    found = []
    for size in sizes:
        target = folder / str(size)
        if direction == "export":
            plan = document.check(_plan_of(size))[0]
            found.append(_once(partial(_write, form, plan, target)))
        else:
            found.append(_once(partial(_read, form, target)))
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return [*found, int(peak) / 1000]


def _once(work: Callable[[], None]) -> float:
    """Return the time of work that is done as the commands do it."""
    with without_collection():
        return once(work)


def _write(form: Format, plan: Plan, folder: Path) -> None:
    assert form.write is not None
    for path, data in form.write(plan, WriteOptions()).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _read(form: Format, folder: Path) -> None:
    """Recognise the files as a person's import does, and read them in their format."""
    tree = read_paths([folder])
    recognise(tree)
    to_plan(read_files(tree, form.key), tree)


def _row(what: str, sizes: tuple[int, int], measured: list[float]) -> Row:
    small, large, peak = measured
    return Row(
        f"{what}, {sizes[1]:,} events",
        f"{large:.2f} s",
        f"{large / small:.1f} × the time of {sizes[0]:,}; {peak:.0f} MB at the peak of its process",
        f"{sizes[1] // sizes[0]} ×",
    )


def _aim(folder: Path) -> Row:
    """Return the row of ``advisor import``: a file of Segment with 10,000 events read, advised and written."""
    source, target = folder / "segment.json", folder / "plan.json"
    form = formats()["segment-public-api"]
    assert form.write is not None
    (data,) = form.write(_plan_of(10_000), WriteOptions()).files.values()
    source.write_bytes(data)
    uses = [_use("import", str(source), "-o", str(target)) for _ in range(3)]
    best = min(uses, key=lambda use: use.seconds)
    sizes = f"{source.stat().st_size / 1e6:.0f} MB to {target.stat().st_size / 1e6:.0f} MB"
    return Row(
        f"advisor import, 10,000 events of Segment ({sizes})",
        f"{best.seconds:.2f} s of processor",
        f"{best.megabytes:.0f} MB at its peak, the whole command",
        "3 s; 400 MB",
    )


def _use(*arguments: str) -> Use:
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([sys.executable, "-c", _WRAPPER, *arguments, file.name], check=True, stderr=subprocess.DEVNULL)
        seconds, kilobytes = json.loads(f"[{Path(file.name).read_text().replace(' ', ',')}]")
    return Use(seconds, kilobytes / 1000)


if __name__ == "__main__":
    print(*measure_format(sys.argv[1], sys.argv[2], Path(sys.argv[3]), map(int, sys.argv[4:])))
