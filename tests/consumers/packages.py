"""The npm packages of other tools: found where ``.ci/consumers`` put them, never silently missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import programs

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


def node_packages() -> Path:
    """Return the folder ``node_modules`` with the pinned tools. Skips the test if it is missing, or fails it in CI."""
    found = subprocess.run([ROOT / ".ci" / "consumers", "--find"], capture_output=True, text=True, check=False)
    if not found.stdout.strip():
        programs.missing(found.stderr.strip(), "ADVISOR_REQUIRE_CONSUMERS")
    return Path(found.stdout.strip()) / "node_modules"


def run_node(script: Path, *arguments: str | Path, cwd: Path | None = None, given: str | None = None) -> str:
    """Return what a script prints. It can reach this machine only: a tool that reports its use is refused."""
    offline = f"--require={HERE / 'offline.cjs'}"
    packages = str(node_packages())
    return programs.run(
        "node", script, *arguments, cwd=cwd, given=given or "", NODE_OPTIONS=offline, NODE_PATH=packages
    )
