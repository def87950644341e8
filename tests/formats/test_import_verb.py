"""``advisor import`` over the samples of every format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from brought import MODEL_HOLDS_ALL, samples

from running import run


@pytest.mark.parametrize(("key", "sample"), samples(), ids=lambda part: part if isinstance(part, str) else part.name)
def test_samples_of_every_format_are_imported(key: str, sample: Path) -> None:
    """Under their format. What the plan document has no place for is refused with its place, until it has one."""
    result = run("import", sample, "--bare")
    if result.exit_code or not MODEL_HOLDS_ALL:
        assert not MODEL_HOLDS_ALL, result.stderr
        assert result.exit_code in {0, 2}
    first, *others = result.stderr.splitlines()
    assert first == f"format: {key}" or all(re.match(r".+:\d+(:\d+)?: ", line) for line in (first, *others))
