"""The bench opens the pages that it measures; otherwise that would only be noticed when somebody runs it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from owned_plans import the_store
from serving import ROOT


def test_every_part_of_the_bench_finds_what_it_imports() -> None:
    """Nothing else notices when a name that it measures is renamed."""
    parts = sorted(path.stem for path in (ROOT / "bench").glob("*.py"))
    importing = f"import {', '.join(parts)}"
    done = subprocess.run(
        [sys.executable, "-c", importing], cwd=ROOT / "bench", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_part_of_the_bench_can_be_run_alone() -> None:
    """Each module of the bench with a function `rows` is a part, which ``make bench ARGS=<part>`` runs."""
    modules = [path for path in (ROOT / "bench").glob("*.py") if "\ndef rows(" in path.read_text(encoding="utf-8")]
    help_ = subprocess.run(
        [sys.executable, "run.py", "--help"], cwd=ROOT / "bench", capture_output=True, text=True, check=True
    )
    assert len(modules) > 5
    assert {path.stem for path in modules} <= set(re.findall(r"\w+", help_.stdout))


def test_the_bench_opens_the_plan_that_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bench uses the cookie of the plan's owner."""
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
