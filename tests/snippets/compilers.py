"""The compilers and checkers of the languages, each given files that `advisor.snippets` wrote.

Where the language has types, the files are compiled against stubs: as much of each library as our code uses, with the
signatures that the real one has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from advisor.snippets.files import File

from .tools import STUBS, run, tool


def _ruby(files: list[File], folder: Path) -> None:
    for file in files:
        run(tool("ruby"), "-wc", file.name, cwd=folder)


def _php(files: list[File], folder: Path) -> None:
    for file in files:
        run(tool("php"), "-l", file.name, cwd=folder)


def _go(files: list[File], folder: Path) -> None:
    """Compile each file as a package of its own, with the library replaced by its stub."""
    module = "github.com/segmentio/analytics-go/v3"
    library = folder / "library"
    library.mkdir()
    (library / "go.mod").write_text(f"module {module}\n\ngo 1.17\n")
    (library / "analytics.go").write_text((STUBS / "go/analytics.go").read_text())
    requirement = f"require {module} v3.0.0\n\nreplace {module} => ./library\n"
    (folder / "go.mod").write_text(f"module example/tracking\n\ngo 1.17\n\n{requirement}")
    for number, file in enumerate(files):
        (folder / f"package{number}").mkdir()
        (folder / file.name).rename(folder / f"package{number}" / file.name)
    run(tool("go"), "build", "./...", cwd=folder)


def _java(files: list[File], folder: Path) -> None:
    """Compile each file by itself: the two libraries have classes of the same names."""
    for file in files:
        stubs = STUBS / ("android" if "android" in file.name else "java")
        classes = folder / file.name.removesuffix(".java")
        run(tool("javac"), "-proc:none", "-implicit:none", "-encoding", "UTF-8", "-source", "8", "-target", "8",
            "-Xlint:-options", "-sourcepath", stubs, "-d", classes, file.name, cwd=folder)  # fmt: skip


def _csharp(files: list[File], folder: Path) -> None:
    for file in files:
        run(
            tool("mcs"),
            "-target:library",
            "-out:calls.dll",
            *sorted((STUBS / "csharp").glob("*.cs")),
            file.name,
            cwd=folder,
        )


def _kotlin(files: list[File], folder: Path) -> None:
    """Compile all files at once, since the compiler starts slowly, each in a package of its own, since names are the same."""
    for file in files:
        path = folder / file.name
        path.write_text(f"package calls.{re.sub('[^a-z]', '', file.name)}\n\n{file.text}")
    run(tool("kotlinc"), "-nowarn", "-d", folder / "classes", *sorted((STUBS / "kotlin").glob("*.kt")),
        *(file.name for file in files), cwd=folder)  # fmt: skip


def _rust(files: list[File], folder: Path) -> None:
    rustc = (tool("rustc"), "--edition", "2021", "--crate-type", "rlib", "-A", "warnings", "-L", ".")
    crates: list[str] = []
    for crate in ("chrono", "failure", "serde", "serde_json", "analytics"):
        run(*rustc, "--crate-name", crate, *crates, STUBS / f"rust/{crate}.rs", cwd=folder)
        crates += ["--extern", crate]
    for file in files:
        path = folder / file.name
        path.write_text(f'#![recursion_limit = "1024"]\n{file.text}')
        run(*rustc, "--extern", "serde_json", "--extern", "analytics", path, cwd=folder)


def _clojure(files: list[File], folder: Path) -> None:
    loads = "".join(f'(load-file "{path}")' for path in (STUBS / "clojure/core.clj", *(file.name for file in files)))
    run(tool("clojure"), "-e", loads, cwd=folder)


def _objective_c(files: list[File], folder: Path) -> None:
    for file in files:
        run(tool("clang"), "-fsyntax-only", "-fobjc-runtime=gnustep-2.0", "-fconstant-string-class=NSConstantString",
            "-Werror", "-I", STUBS / "objective-c", file.name, cwd=folder)  # fmt: skip


def _shell(files: list[File], folder: Path) -> None:
    for file in files:
        run(tool("bash"), "-n", file.name, cwd=folder)


CHECKERS: dict[str, Callable[[list[File], Path], None]] = {
    "ruby": _ruby,
    "php": _php,
    "go": _go,
    "java": _java,
    "csharp": _csharp,
    "kotlin": _kotlin,
    "rust": _rust,
    "clojure": _clojure,
    "objective-c": _objective_c,
    "shell": _shell,
}
"""Language -> what accepts its files or fails. Python, JavaScript and HTML have tests that run their code."""
