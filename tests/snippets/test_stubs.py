"""Stubs declare what the real libraries declare: each line names its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from .stub_sources import STUBS, places, stubs


@pytest.mark.parametrize("stub", stubs(), ids=lambda path: str(path.relative_to(STUBS)))
def test_every_line_of_a_stub_names_the_source_that_declares_it(stub: Path) -> None:
    """A signature that was made up would let a wrong snippet compile, as it did in Rust and on Android."""
    found = list(places(stub))
    assert found
    assert all(0 < place.first <= place.last for place in found)


@pytest.mark.parametrize(
    "text",
    [
        "public class A {} // A.java:3\n",
        "// owner/library@abc1234 src\npublic class A {} // A.java:3\n",
        f"// owner/library@{'0' * 40} src\npublic class A {{\n}}\n",
        f"// owner/library@{'0' * 40} src\npublic class A {{ // A.java:3\n  void b() {{}} // somewhere\n}}\n",
        f"// owner/library@{'0' * 40} src\n// As much of the library as our snippets use.\n",
    ],
)
def test_a_line_without_its_source_is_refused(text: str, tmp_path: Path) -> None:
    """The repository, the commit, the file and the line must all be there."""
    stub = tmp_path / "A.java"
    stub.write_text(text)
    with pytest.raises(ValueError, match=r"A.java:\d names no"):
        list(places(stub))
