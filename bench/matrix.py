"""The page of a plan: how much processor time it takes at first, again, filtered, and after one event changed."""

from __future__ import annotations

import gc
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from msgspec.structs import replace

from advisor.store import Store
from bench_app import OWNER, bench_app, owner_client
from measure import Row
from plans import DESTINATIONS, plan_of

SIZES = (100, 1_000, 10_000)
AIM = "1,000 events well under 500 ms"


def rows() -> list[Row]:
    """100, 1,000 and 10,000 events with 20 destinations, each plan a new one."""
    with tempfile.TemporaryDirectory() as folder:
        app, store = bench_app(Path(folder))
        client = owner_client(app)
        client.get(f"/plans/{store.create(OWNER, plan_of(20))}")  # what is loaded once belongs to no plan
        return [row for size in SIZES for row in _rows(store, client, size)]


def _rows(store: Store, client: FlaskClient, size: int) -> list[Row]:
    plan_id = store.create(OWNER, plan_of(size))
    address = f"/plans/{plan_id}"
    first = _milliseconds(client, address)
    again = _milliseconds(client, address)
    filtered = _milliseconds(client, f"{address}/matrix?placement=server&find=1")
    kept = store.load(OWNER, plan_id)
    changed = replace(kept.plan.events[0], description="Changed")
    store.save_event(OWNER, plan_id, kept.event_ids[0], kept.event_revisions[0], changed)
    after = _milliseconds(client, address)
    what = f"plan page, {size:,} events × {len(DESTINATIONS)} destinations"
    return [
        Row(f"{what}, first view", f"{first:.0f} ms of processor", "", AIM if size == 1_000 else ""),
        Row("… again", f"{again:.0f} ms", f"{again / first:.2f} × the first"),
        Row("… filtered while one types", f"{filtered:.0f} ms", f"{filtered / first:.2f} × the first"),
        Row("… after one event changed", f"{after:.0f} ms", f"{after / first:.2f} × the first"),
    ]


def _milliseconds(client: FlaskClient, address: str) -> float:
    gc.collect()
    start = time.process_time()
    assert client.get(address).status_code == 200
    return (time.process_time() - start) * 1000
