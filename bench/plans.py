"""Whole plans: routed events a second, how that grows, and a document read, advised and written."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import msgspec

from advisor import document
from advisor.advice import advise
from advisor.document import typed
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import FORMAT, Destination, Event, Plan, Property, Sources
from decisions import matching
from measure import Row, once, rate, seconds

DESTINATIONS = (
    "Facebook Pixel", "Facebook Conversions API (Actions)", "Google Analytics 4 Web", "Actions Google Analytic 4",
    "Actions Amplitude", "Mixpanel", "Braze Web Mode (Actions)", "Braze Cloud Mode (Actions)", "Google Tag Manager",
    "Hotjar", "FullStory", "Intercom", "Hubspot Cloud Mode (actions)", "Customer.io", "Slack", "Webhooks", "Iterable",
    "TikTok Pixel", "Snap Conversions Api", "Klaviyo",
)  # fmt: skip
"""Twenty that people really use together: pixels, analytics, messaging, both sides and every mode."""

_seeds = count(1)


def plan_of(events: int) -> Plan:
    """Return a plan that no earlier one was equal to: a web and a mobile source, a server, and answers drawn by chance."""
    draw = Random(next(_seeds))
    return Plan(
        name="Benchmark",
        sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
        destinations=tuple(Destination(key=key) for key in DESTINATIONS),
        warehouse=True,
        events=tuple(_event(draw, number) for number in range(events)),
    )


def _event(draw: Random, number: int) -> Event:
    answers = {key: draw.choice(("yes", "no", "unsure")) for key in QUESTION_KEYS[:-1]}
    return Event(
        name=f"Thing {number} Done",
        answers={key: answer for key, answer in answers.items() if answer != "unsure"},
        properties=(
            Property(name="total", type="number", required=draw.random() < 0.2, known_by="server"),
            Property(name="email", type="string", sensitive=True),
            Property(name="label", type="string", known_by="client"),
            Property(name="items", type="array", properties=(Property(name="sku"), Property(name="price"))),
        ),
    )


def rows() -> list[Row]:
    """1,000 and 10,000 events with 20 destinations, each plan a new one, and the document of the larger."""
    first = once(partial(advise, plan_of(1_000)))
    # In turns, so that a machine that is slow for a while is slow for both.
    times = [(_advise_new(1_000), _advise_new(10_000)) for _ in range(5)]
    small, large = min(time for time, _ in times), min(time for _, time in times)
    plan = plan_of(10_000)
    floor = seconds(lambda: [matching(event.answers) for event in plan.events])
    again = seconds(partial(advise, plan), repeats=3)
    data = document.write(plan)
    whole = once(lambda: document.write(advise(document.read(data).plan)))
    # In turns, so that both meet the same machine.
    pairs = [(once(lambda: document.read(data)), once(lambda: typed.decode(data))) for _ in range(5)]
    reading, decoding = min(time for time, _ in pairs), min(time for _, time in pairs)
    advised = advise(plan)
    writing = seconds(lambda: document.write(advised), repeats=3)
    wide = len(plan.destinations)
    return [
        Row(
            f"advise 1,000 events, {wide} destinations",
            rate(1_000, small),
            f"{small * 1000:.0f} µs an event",
            "20,000/s",
        ),
        Row(
            f"advise 10,000 events, {wide} destinations",
            rate(10_000, large),
            f"{large / small:.1f} × the time of 1,000",
            "20,000/s; 10 ×",
        ),
        Row("advise the first 1,000 of a process", rate(1_000, first), f"{first / small:.1f} × the time of later ones"),
        Row("advise the same 10,000 again", rate(10_000, again), f"{again / large:.2f} × the first time"),
        Row("floor: a plain loop over the rules", rate(10_000, floor), f"advise takes {large / floor:.0f} × that"),
        Row("read, advise, write that document", rate(10_000, whole), f"{whole / large:.1f} × advise alone"),
        Row(
            f"… read ({len(data) / 1e6:.1f} MB)",
            f"{len(data) / 1e6 / reading:.0f} MB/s",
            f"{reading / decoding:.1f} × the typed decode",
            "2.5 ×",
        ),
        Row("… floor: msgspec’s typed decode", f"{len(data) / 1e6 / decoding:.0f} MB/s", "of the same bytes"),
        _command_row(),
        Row("… write, advised", rate(10_000, writing), f"{len(document.write(advised)) / 1e6 / writing:.0f} MB/s"),
    ]


def _command_row() -> Row:
    """Return the row of ``advisor advise`` as a whole command, start and end of Python included."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "plan.json", Path(folder) / "advised.json"
        source.write_bytes(_short_document(10_000))
        size = source.stat().st_size / 1e6
        used = min(_command_seconds("advise", str(source), "-o", str(target)) for _ in range(3))
        out = target.stat().st_size / 1e6
    what = f"advisor advise, 10,000 events ({size:.0f} MB to {out:.0f} MB)"
    return Row(what, f"{used:.2f} s of processor", "the whole command", "1.0 s")


def _short_document(events: int) -> bytes:
    """Return a document as programs write it: without blanks and defaults; three destinations, eight properties an event."""
    draw = Random(next(_seeds))
    plan = {
        "format": FORMAT,
        "sources": {"client": ["analytics.js", "swift"], "server": "analytics-node"},
        "destinations": [{"key": key} for key in ("Facebook Pixel", "Actions Amplitude", "Mixpanel")],
        "warehouse": True,
        "events": [
            {
                "name": f"Thing {number} Done",
                "answers": _event(draw, number).answers,
                "properties": [
                    {"name": f"value_{place}", "type": "number", "description": f"What the field {place} of it holds"}
                    for place in range(8)
                ],
            }
            for number in range(events)
        ],
    }
    return msgspec.json.encode(plan)


def _command_seconds(*arguments: str) -> float:
    """Return the processor time of a command, in the program and in the system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "from advisor.cli import main; main()", *arguments], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _advise_new(events: int) -> float:
    """Return the time for a plan that was never advised before: what is remembered from others helps a little."""
    return once(partial(advise, plan_of(events)))
