"""Finds the source of each line of a stub: the file and line of the real library that declares it.

The first line of a stub names a repository, a commit and a folder; every other line ends with a path below that folder and
line numbers. ``python tests/snippets/stub_sources.py FOLDER`` looks each of them up in git repositories below a folder,
named ``owner+name`` or ``owner/name``.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STUBS = Path(__file__).parent / "stubs"
_SOURCE = re.compile(r"(?://|;;) (?P<repository>[\w.-]+/[\w.-]+)@(?P<commit>[0-9a-f]{40}) (?P<folder>[\w./+-]+)")
_PLACE = re.compile(r"(?P<code>.*\S) (?://|;) (?P<path>[\w./+-]+\.\w+):(?P<first>\d+)(?:-(?P<last>\d+))?")
_ONLY_ENDS = {"", "end"}
"""The words of lines that only end what others began."""


@dataclass(frozen=True)
class Place:
    """A line of a stub, and the lines of the real source that declare the same."""

    stub: str
    code: str
    repository: str
    commit: str
    path: str
    first: int
    last: int


def places(stub: Path) -> Iterator[Place]:
    """Yield the place of each line of a stub. Raises `ValueError` for a line without one."""
    head, *lines = stub.read_text(encoding="utf-8").splitlines()
    source = _SOURCE.fullmatch(head)
    if not source:
        raise ValueError(f"{stub.name}:1 names no repository@commit and folder")
    for number, line in enumerate(lines, 2):
        if re.sub(r"[^\w]", "", line) in _ONLY_ENDS:
            continue
        place = _PLACE.fullmatch(line)
        if not place:
            raise ValueError(f"{stub.name}:{number} names no file and line of the library's source")
        yield Place(
            stub=f"{stub.name}:{number}",
            code=place["code"].strip(),
            repository=source["repository"],
            commit=source["commit"],
            path=posixpath.normpath(posixpath.join(source["folder"], place["path"])),
            first=int(place["first"]),
            last=int(place["last"] or place["first"]),
        )


def stubs() -> list[Path]:
    """Return all stub files."""
    return sorted(path for path in STUBS.rglob("*") if path.is_file())


def is_declared(place: Place, sources: Path) -> bool:
    """Return whether the place in the real source has most of the words of the stub's line."""
    there = set(re.findall(r"\w+", "\n".join(_lines(place, sources)[place.first - 1 : place.last])))
    declared = re.sub(r"\{.*", "", place.code) or place.code
    names = set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", declared)))
    return 2 * len(names & there) >= len(names)


@cache
def _file(repository: Path, commit: str, path: str) -> tuple[str, ...]:
    shown = subprocess.run(
        ["git", "--git-dir", repository, "show", f"{commit}:{path}"], capture_output=True, check=False
    ).stdout
    return tuple(shown.decode(errors="replace").splitlines())


def _lines(place: Place, sources: Path) -> tuple[str, ...]:
    for name in (place.repository.replace("/", "+"), place.repository):
        for repository in (sources / name / "repo", sources / name / ".git", sources / name):
            if (repository / "objects").exists():
                return _file(repository, place.commit, place.path)
    return ()


if __name__ == "__main__":
    for stub in stubs():
        for each in places(stub):
            if not is_declared(each, Path(sys.argv[1])):
                sys.stdout.write(
                    f"{each.stub}: not in {each.repository} {each.path}:{each.first}-{each.last}: {each.code}\n"
                )
