"""The golden files equal the current snippets."""

from __future__ import annotations

import re

import pytest

from advisor.knowledge.libraries import LIBRARIES
from advisor.snippets import setup

from .golden_plan import FOLDER, golden


def test_the_golden_files_are_up_to_date() -> None:
    """Each library has a file that a person has read; ``python tests/snippets/write_golden.py`` writes them again."""
    kept = {path.name.removesuffix(".txt"): path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    written = golden()
    assert sorted(kept) == sorted(written)
    for name, text in written.items():
        assert kept[name] == text, name


def test_generated_code_has_clean_whitespace() -> None:
    """No blank at the end of a line, no two empty lines but in Python, one line feed at the end."""
    for name, text in golden().items():
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), name
        assert "\n\n\n\n" not in text, name
        assert name.endswith(".py") or "\n\n\n" not in text, name
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_has_a_setup_section(library: str) -> None:
    """Install line, initialisation, an address for tests, runtime, and where to read on."""
    told = setup(library)
    assert told.install
    assert told.code
    assert told.local
    assert told.runtime
    assert told.trap
    assert told.docs.startswith("https://www.twilio.com/docs/segment/")
    assert "YOUR_WRITE_KEY" in told.code or library == "pixel-api"
    assert "127.0.0.1" in told.local or "localhost" in told.local or library == "pixel-api"
    assert set(told.calls) >= {"track", "identify", "group", "alias"}
