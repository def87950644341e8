"""Every language's own compiler or checker accepts the files of its libraries, for any plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan
from advisor.snippets.files import File, snippets_of

from .compilers import CHECKERS
from .samples import advised, handed_plan, hostile_plan, shop


def _plans(library: str) -> dict[str, Plan]:
    plans = {"hostile": hostile_plan(library), "without-calls": advised(library)}
    if LIBRARIES[library].side == "client":
        return plans | {"shop": shop("analytics-node", (library,))}
    return plans | {"shop": shop(library), "handed": handed_plan(library)}


def _written(library: str, folder: Path) -> list[File]:
    files = [
        File(f"{name}-{file.name}", file.text)
        for name, plan in _plans(library).items()
        for file in snippets_of(plan, [library])
    ]
    for file in files:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    return files


@pytest.mark.slow
@pytest.mark.parametrize("language", CHECKERS)
def test_the_compiler_accepts_the_files(language: str, tmp_path: Path) -> None:
    """Code with names, values and objects of any content is accepted by the language's own tool, with the library's API."""
    libraries = [key for key, library in LIBRARIES.items() if library.code.language == language]
    files = [file for key in libraries for file in _written(key, tmp_path)]
    assert len(files) == sum(len(_plans(key)) for key in libraries)
    CHECKERS[language](files, tmp_path)
