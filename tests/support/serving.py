"""Runs ``advisor serve`` in a separate process, on a free port."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20
"""Seconds until a server that was just started must answer."""


@contextmanager
def serving(program: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Start ``program`` (the command that is ``advisor``) as a server, from ``/``, and yield the address it prints.

    What it prints goes to ``log``. Fails if it ends by itself, stays silent, or prints a traceback.
    """
    command = [*program, "serve", "--port", "0"]
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd="/", env=environment, stdout=told, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield _address(process, log)
        finally:
            process.terminate()
    assert process.returncode == 0, f"the server ended with {process.returncode}: {log.read_text()}"
    assert "Traceback" not in log.read_text(), log.read_text()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(PATIENCE * 20):
        if printed := re.search(r"http://127\.0\.0\.1:\d+(?=\s)", log.read_text()):
            urlopen(f"{printed.group()}/healthz", timeout=PATIENCE).close()
            return printed.group()
        assert process.poll() is None, f"the server ended with {process.returncode}: {log.read_text()}"
        time.sleep(0.05)
    raise AssertionError(f"the server prints no address: {log.read_text()}")
