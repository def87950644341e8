"""The files of compiled languages, run against stubs that print what each call carries and throw where the library does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from advisor.snippets.files import File

from .tools import STUBS, run, tool


def _java(file: File, folder: Path, ids: str | None) -> str:
    names = re.findall(r"static void (\w+)\(", file.text)
    handoff = (
        f'PlannedCalls.Handoff handoff = new PlannedCalls.Handoff(); handoff.anonymousId = "{ids}";' if ids else ""
    )
    calls = " ".join(f"PlannedCalls.{name}(analytics{', handoff' if ids else ''});" for name in names)
    body = f"com.segment.analytics.Analytics analytics = PlannedCalls.connect(); {handoff} {calls}"
    (folder / "PlannedCalls.java").write_text(file.text)
    (folder / "Main.java").write_text(f"class Main {{ public static void main(String[] a) {{ {body} }} }}")
    run(
        tool("javac"),
        "-nowarn",
        "-encoding",
        "UTF-8",
        "-sourcepath",
        f"{STUBS / 'java'}:.",
        "-d",
        ".",
        "Main.java",
        cwd=folder,
    )
    return run(tool("java"), "-cp", ".", "Main", cwd=folder)


def _csharp(file: File, folder: Path, ids: str | None) -> str:
    names = re.findall(r"public static void (\w+)\(Analytics", file.text.partition("class PlannedCalls")[2])
    handoff = f'var handoff = new Handoff {{ AnonymousId = "{ids}" }};' if ids else ""
    calls = " ".join(f"PlannedCalls.{name}(analytics{', handoff' if ids else ''});" for name in names)
    main = f"class Main_ {{ static void Main() {{ var analytics = PlannedCalls.Connect(); {handoff} {calls} }} }}"
    (folder / "t.cs").write_text(f"{file.text}\n{main}\n")
    run(tool("mcs"), "-out:t.exe", *sorted((STUBS / "csharp").glob("*.cs")), "t.cs", cwd=folder)
    return run(tool("mono"), "t.exe", cwd=folder)


def _kotlin(file: File, folder: Path, ids: str | None) -> str:
    names = [name for name in re.findall(r"^fun (\w+)\(analytics", file.text, re.MULTILINE) if name != "finish"]
    handoff = f'val handoff = Handoff("{ids}")' if ids else ""
    calls = "\n".join(f"{name}(analytics{', handoff' if ids else ''})" for name in names)
    (folder / "t.kt").write_text(f"{file.text}\nfun main() {{\nval analytics = connect()\n{handoff}\n{calls}\n}}\n")
    run(tool("kotlinc"), "-nowarn", "-d", "t.jar", "t.kt", *sorted((STUBS / "kotlin").glob("*.kt")), cwd=folder)
    return run(tool("kotlin"), "-classpath", "t.jar", "TKt", cwd=folder)


def _go(file: File, folder: Path, ids: str | None) -> str:
    names = re.findall(r"^func (\w+)\(client", file.text, re.MULTILINE)
    handoff = f'handoff := tracking.Handoff{{AnonymousID: "{ids}"}}' if ids else ""
    calls = "\n".join(f"tracking.{name}(client{', handoff' if ids else ''})" for name in names)
    module = "github.com/segmentio/analytics-go/v3"
    for name in ("library", "tracking"):
        (folder / name).mkdir()
    (folder / "library/go.mod").write_text(f"module {module}\n\ngo 1.17\n")
    (folder / "library/analytics.go").write_text((STUBS / "go/analytics.go").read_text())
    needs = f"require {module} v3.0.0\n\nreplace {module} => ./library\n"
    (folder / "go.mod").write_text(f"module example\n\ngo 1.17\n\n{needs}")
    (folder / "tracking/calls.go").write_text(file.text)
    main = f"func main() {{\nclient := tracking.NewClient()\n{handoff}\n{calls}\n}}\n"
    (folder / "main.go").write_text(f'package main\n\nimport "example/tracking"\n\n{main}')
    return run(tool("go"), "run", ".", cwd=folder)


def _clojure(file: File, folder: Path, ids: str | None) -> str:
    names = re.findall(r"\(defn ([\w-]+) \[", file.text)
    handoff = f'{{:anonymous-id "{ids}" :context {{"ip" nil}} :ids {{}} :properties {{}}}}' if ids else ""
    calls = " ".join(f"(planned-calls/{name} {handoff})" for name in names)
    (folder / "calls.clj").write_text(file.text)
    loads = " ".join(f'(load-file "{path}")' for path in (STUBS / "clojure/core.clj", "calls.clj"))
    (folder / "main.clj").write_text(f"{loads} {calls}")
    return run(tool("clojure"), "-e", '(load-file "main.clj")', cwd=folder)


_PROGRAMS: dict[str, Callable[[File, Path, str | None], str]] = {
    "analytics-java": _java,
    "analytics-go": _go,
    "analytics-csharp": _csharp,
    "kotlin-server": _kotlin,
    "analytics-clojure": _clojure,
}
COMPILED = tuple(_PROGRAMS)
"""The libraries whose files can be run this way."""


def printed(library: str, file: File, folder: Path, *, anonymous_id: str | None = None) -> str:
    """Return what the stub prints when each function of the file is called once.

    ``anonymous_id`` is that of a hand-off which has nothing else; without it, the functions are called without a hand-off.
    """
    return _PROGRAMS[library](file, folder, anonymous_id)
