"""Code: snippets a second, and a whole plan to files, for the three libraries that it uses."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from advisor.advice import advise
from advisor.model import Plan, Recommendation
from advisor.snippets import snippet
from advisor.snippets.files import snippets_of
from advisor.web.app.downloads import zip_files
from measure import Row, rate, seconds
from plans import plan_of


def rows() -> list[Row]:
    """Write the calls of 1,000 advised events, one by one and as files."""
    plan = advise(plan_of(1_000))
    calls = [
        (event, call)
        for event in plan.events
        if isinstance(event.recommendation, Recommendation)
        for call in event.recommendation.calls
        if call.library
    ]
    alone = seconds(lambda: [snippet(plan, event, call) for event, call in calls], repeats=3)
    files = snippets_of(plan)
    size = sum(len(file.text.encode()) for file in files)
    written = seconds(lambda: _write(plan), repeats=3)
    written_files = {file.name: file.text.encode() for file in files}
    packed = seconds(lambda: zip_files(written_files), repeats=3)
    libraries = len({call.library for _, call in calls})
    return [
        Row(f"snippets, {len(calls):,} calls of 1,000 events", rate(len(calls), alone)),
        Row(
            f"1,000 events to files, {libraries} libraries", f"{written:.2f} s", f"{written / alone:.1f} × the snippets"
        ),
        Row(f"… as a zip ({size / 1e6:.1f} MB of code)", f"{packed:.2f} s", f"{size / 1e6 / packed:.0f} MB/s"),
    ]


def _write(plan: Plan) -> None:
    with TemporaryDirectory() as folder:
        for file in snippets_of(plan):
            (Path(folder) / file.name).write_text(file.text, encoding="utf-8")
