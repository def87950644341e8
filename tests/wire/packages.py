"""The real libraries: found where ``.ci/wire`` put them, never silently missing, and bundled where a bundler must."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NoReturn

import programs
from programs import run

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where everything must run."""
    programs.missing(what, "ADVISOR_REQUIRE_WIRE")


def node_packages() -> Path:
    """Return the folder ``node_modules`` with the pinned libraries."""
    found = subprocess.run([ROOT / ".ci" / "wire", "--find"], capture_output=True, text=True, check=False)
    if not found.stdout.strip():
        missing(found.stderr.strip())
    return Path(found.stdout.strip()) / "node_modules"


def bundle(packages: Path, entry: Path, target: Path, *options: str) -> Path:
    """Return one file with everything that the entry imports."""
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
