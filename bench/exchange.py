"""Formats of other tools: import and export at 1,000 and 10,000 events, how that grows, and the memory that it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from advisor import document
from advisor.document.collection import without_collection
from advisor.formats.exchange import Format, FormatError, WriteOptions, formats, read_files, read_paths, to_plan
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


def rows() -> list[Row]:
    """Return the aim first: a plan of Segment as one command; then each format in both directions."""
    with tempfile.TemporaryDirectory() as folder:
        found = [_aim(Path(folder))]
        for form in formats().values():
            found += _rows_of(form, Path(folder) / form.key)
    return found


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


def _rows_of(form: Format, folder: Path) -> list[Row]:
    """Return the rows of a format: its writer, and its reader on what it wrote."""
    if form.write is None:
        return []
    found = []
    writing = []
    reading = []
    for size in SIZES:
        plan = document.check(_plan_of(size))[0]
        target = folder / str(size)
        writing.append(_once(lambda plan=plan, target=target: _write(form, plan, target)))
        if form.reads:
            reading.append(_once(lambda target=target: _read(form, target)))
    plan_file = folder / "plan.json"
    plan_file.write_bytes(document.write(_plan_of(SIZES[-1])))
    last = folder / str(SIZES[-1])
    used = _use("export", str(plan_file), "--to", form.key, "-o", f"{last}/")
    found.append(_row(f"{form.key}: export", writing, used))
    if form.reads:
        used = _use("import", str(last), "--format", form.key, "--bare", "-o", str(folder / "again.json"))
        found.append(_row(f"{form.key}: import", reading, used))
    return found


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
    tree = read_paths([folder])
    try:
        to_plan(read_files(tree, form.key), tree)
    except FormatError as error:
        print(f"{form.key}: {error.problems[0]}", file=sys.stderr)


def _row(what: str, times: list[float], used: Use) -> Row:
    small, large = times
    return Row(
        f"{what}, 10,000 events",
        f"{large:.2f} s",
        f"{large / small:.1f} × the time of 1,000; as a command {used.seconds:.1f} s, {used.megabytes:.0f} MB at its peak",
        "10 ×",
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
