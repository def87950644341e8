"""The bench opens the pages that it measures; otherwise that would only be noticed when somebody runs it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from owned_plans import the_store
from serving import ROOT


def test_the_bench_opens_the_plan_that_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cookie is that of the plan's owner."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    spec = importlib.util.spec_from_file_location("bench_pages", ROOT / "bench" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    app, address, cookie = pages.stored_plan(tmp_path, 3)
    client = app.test_client(use_cookies=False)
    assert client.get(address, headers={"Cookie": cookie}).status_code == 200
    assert client.get(address).status_code == 404
    the_store(app).close()
