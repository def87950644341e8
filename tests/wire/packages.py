"""The real libraries: found where ``.ci/wire`` put them, never silently missing, and bundled where a bundler must."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
REQUIRED = os.environ.get("ADVISOR_REQUIRE_WIRE") == "1"
PATIENCE = 60
"""Seconds after which a program counts as stuck. A busy machine is slow; what is right takes a second."""


def missing(what: str) -> None:
    """Skip the test, or fail it where everything must run."""
    (pytest.fail if REQUIRED else pytest.skip)(what)


def node_packages() -> Path:
    """The folder ``node_modules`` with the pinned libraries."""
    found = subprocess.run([ROOT / ".ci" / "wire", "--find"], capture_output=True, text=True, check=False)
    if not found.stdout.strip():
        missing(found.stderr.strip())
    return Path(found.stdout.strip()) / "node_modules"


def run(*command: str | Path, cwd: Path | None = None, given: str | None = None, **environment: str) -> str:
    """What a program prints on standard output. Its words are shown where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout


def bundle(packages: Path, entry: Path, target: Path, *options: str) -> Path:
    """One file with everything that the entry imports."""
    run(
        packages / ".bin" / "esbuild",
        entry,
        "--bundle",
        f"--outfile={target}",
        "--log-level=error",
        '--define:process.env.NODE_ENV="test"',
        *options,
        NODE_PATH=str(packages),
    )
    return target
