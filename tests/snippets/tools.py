"""The programs of the languages: looked for once, run without a network, and never silently missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

STUBS = Path(__file__).parent / "stubs"
REQUIRED = os.environ.get("ADVISOR_REQUIRE_LANGUAGES") == "1"


def tool(name: str) -> str:
    """The path of a program. Without it, the test is skipped, or fails where all languages are required."""
    found = shutil.which(name)
    if found is None:
        (pytest.fail if REQUIRED else pytest.skip)(f"{name} is not installed; .ci/languages says what is missing")
    return found


def run(*command: str | Path, cwd: Path | None = None, given: str | None = None) -> str:
    """What a program prints on standard output. Its words are shown where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "LC_ALL": "C.UTF-8", "GOTOOLCHAIN": "local"},
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout
