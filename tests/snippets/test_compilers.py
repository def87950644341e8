"""Every language's own compiler or checker accepts the files of its libraries, whatever is in the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan
from advisor.snippets.files import File, snippets_of

from .compilers import CHECKERS
from .samples import hostile_plan, shop


def _shop(library: str) -> Plan:
    is_client = LIBRARIES[library].side == "client"
    return shop("analytics-node", (library,)) if is_client else shop(library)


def _written(library: str, folder: Path) -> list[File]:
    files = [
        File(f"{name}-{file.name}", file.text)
        for name, plan in (("hostile", hostile_plan(library)), ("shop", _shop(library)))
        for file in snippets_of(plan, [library])
    ]
    for file in files:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    return files


@pytest.mark.slow
@pytest.mark.parametrize("language", CHECKERS)
def test_the_compiler_accepts_the_files(language: str, tmp_path: Path) -> None:
    """Names, values and objects of any content make code that the language's own tool takes, against the library's API."""
    libraries = [key for key, library in LIBRARIES.items() if library.code.language == language]
    files = [file for key in libraries for file in _written(key, tmp_path)]
    assert len(files) == 2 * len(libraries)
    CHECKERS[language](files, tmp_path)
