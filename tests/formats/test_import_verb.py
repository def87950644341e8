"""``advisor import`` over the samples of every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought import samples

from running import run


@pytest.mark.parametrize(("key", "sample"), samples(), ids=lambda part: part if isinstance(part, str) else part.name)
def test_samples_of_every_format_are_imported(key: str, sample: Path) -> None:
    """Under their format, which is named first."""
    result = run("import", sample, "--bare")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == f"format: {key}"
