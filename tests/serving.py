"""``advisor serve`` in a process of its own, on a free port of loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20
"""Seconds until a server that was just started must answer."""


@contextmanager
def serving(program: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Start ``program`` (the command that is ``advisor``) as a server, from ``/``, and yield its address.

    What it prints goes to ``log``. Fails if it ends by itself, stays silent, or prints a traceback.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [*program, "serve", "--port", str(port)]
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd="/", env=environment, stdout=told, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait(process, f"{address}/healthz", log)
            yield address
        finally:
            process.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(PATIENCE * 20):
        assert process.poll() is None, f"the server ended with {process.returncode}: {log.read_text()}"
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing answers at {address}: {log.read_text()}")
