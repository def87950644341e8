"""Runs programs for tests, keeps their output, and never ignores a missing one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

PATIENCE = 60
"""Seconds after which a program counts as stuck. A busy machine is slow; what is right takes a second."""


def missing(what: str, variable: str) -> NoReturn:
    """Skip the test, or fail it where the environment says that everything of this kind must run."""
    (pytest.fail if os.environ.get(variable) == "1" else pytest.skip)(what)


def run(
    *command: str | Path,
    cwd: Path | None = None,
    given: str | None = None,
    patience: float = PATIENCE,
    **environment: str,
) -> str:
    """What a program prints on standard output. Its words are shown where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=patience,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout
