"""The programs of the languages: looked for once, run without a network, and never silently missing."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import programs

STUBS = Path(__file__).parent / "stubs"
_COMPILING = 600
"""Seconds that a compiler may take: some are slow to start, and all of them where many run at once."""

run = partial(programs.run, patience=_COMPILING, GOPROXY="off", GOFLAGS="-mod=mod", GOTOOLCHAIN="local")
"""What a program prints; Go asks nobody for anything."""


def tool(name: str) -> str:
    """Return the path of a program. Without it, the test is skipped, or fails where all languages are required."""
    found = shutil.which(name)
    if found is None:
        programs.missing(f"{name} is not installed; .ci/languages says what is missing", "ADVISOR_REQUIRE_LANGUAGES")
    return found
