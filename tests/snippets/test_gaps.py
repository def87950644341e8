"""What the hand-off has not got leaves no trace in a map: each language runs its own way of leaving it out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.knowledge.libraries import Language
from advisor.snippets import setup
from advisor.snippets.literals import literal
from advisor.snippets.values import Handed, Value

from .tools import STUBS, run, tool

SOME: dict[str, Value] = {"here": Handed("ids", "here"), "gone": Handed("ids", "gone"), "own": 1}
"""Of the two ids, the hand-off has only the first."""


def _python(folder: Path) -> str:
    handoff = "from types import SimpleNamespace\nhandoff = SimpleNamespace(ids={'here': 'x'})\n"
    (folder / "t.py").write_text(f"{handoff}print(*{literal(SOME, 'python')})\n")
    return run("python3", "t.py", cwd=folder)


def _javascript(folder: Path) -> str:
    told = f"JSON.stringify({literal(SOME, 'javascript')})"
    (folder / "t.mjs").write_text(f'const handoff = {{ ids: {{ here: "x" }} }};\nconsole.log({told});\n')
    return " ".join(json.loads(run(tool("node"), "t.mjs", cwd=folder)))


def _ruby(folder: Path) -> str:
    handoff = 'handoff = Struct.new(:ids).new({ "here" => "x" })'
    (folder / "t.rb").write_text(f"{handoff}\nputs({literal(SOME, 'ruby')}.keys.join(' '))\n")
    return run(tool("ruby"), "t.rb", cwd=folder)


def _php(folder: Path) -> str:
    handoff = '$handoff = new stdClass; $handoff->ids = ["here" => "x"];'
    told = f"echo implode(' ', array_keys((array) ({literal(SOME, 'php')})));"
    (folder / "t.php").write_text(f"<?php\n{handoff}\n{told}\n")
    return run(tool("php"), "t.php", cwd=folder)


def _go(folder: Path) -> str:
    needs = setup("analytics-go").needs.replace("*analytics.Context", "*struct{}")
    body = (
        'handoff := Handoff{IDs: map[string]interface{}{"here": "x"}}\n'
        f"for name := range {literal(SOME, 'go')} {{ fmt.Println(name) }}"
    )
    (folder / "main.go").write_text(f'package main\n\nimport "fmt"\n\n{needs}\nfunc main() {{\n{body}\n}}\n')
    return run(tool("go"), "run", "main.go", cwd=folder)


def _java(folder: Path) -> str:
    keys = f'String.join(" ", {literal(SOME, "java")}.keySet())'
    body = f'Handoff handoff = new Handoff(); handoff.ids.put("here", "x");\nSystem.out.println({keys});'
    main = f"public static void main(String[] a) {{\n{body}\n}}"
    (folder / "T.java").write_text(f"import java.util.*;\nclass T {{\n{setup('analytics-java').needs}\n{main}\n}}\n")
    run(tool("javac"), "-encoding", "UTF-8", "T.java", cwd=folder)
    return run(tool("java"), "-cp", ".", "T", cwd=folder)


def _csharp(folder: Path) -> str:
    using = "using System.Collections.Generic;\nusing Segment.Serialization;\n"
    body = (
        'var handoff = new Handoff(); handoff.Ids["here"] = "x";\n'
        f"foreach (var entry in {literal(SOME, 'csharp')}) System.Console.WriteLine(entry.Key);"
    )
    main = f"class T {{ static void Main() {{\n{body}\n}} }}\n"
    (folder / "t.cs").write_text(f"{using}{setup('analytics-csharp').needs}\n{main}")
    run(tool("mcs"), "-out:t.exe", *sorted((STUBS / "csharp").glob("*.cs")), "t.cs", cwd=folder)
    return run(tool("mono"), "t.exe", cwd=folder)


def _clojure(folder: Path) -> str:
    handoff = '(def handoff {:ids {"here" "x"}})'
    (folder / "t.clj").write_text(f'{handoff}\n(println (clojure.string/join " " (keys {literal(SOME, "clojure")})))\n')
    return run(tool("clojure"), "-e", '(load-file "t.clj")', cwd=folder)


PRINTERS: dict[Language, Callable[[Path], str]] = {
    "python": _python,
    "javascript": _javascript,
    "ruby": _ruby,
    "php": _php,
    "go": _go,
    "java": _java,
    "csharp": _csharp,
    "clojure": _clojure,
}
"""Language -> the names that a map has when the code runs. Kotlin's and Rust's maps are only compiled: their libraries are."""


@pytest.mark.slow
@pytest.mark.parametrize("language", PRINTERS)
def test_what_was_not_sent_is_left_out(language: Language, tmp_path: Path) -> None:
    """A null would be a value: Segment's destinations would be given it, and some libraries throw at it."""
    assert sorted(PRINTERS[language](tmp_path).split()) == ["here", "own"]


@pytest.mark.parametrize("language", ["kotlin", "rust"])
def test_where_only_a_compiler_looks_the_code_leaves_it_out(language: Language) -> None:
    """An entry that is put only if it is there, and a function that takes nulls away."""
    written = literal(SOME, language)
    assert ('?.let { put("gone", it) }' in written) == (language == "kotlin")
    assert written.startswith("present(json!(") == (language == "rust")


@pytest.mark.parametrize("language", PRINTERS)
def test_a_null_that_is_meant_stays(language: Language) -> None:
    """Where the plan allows null alone, the map keeps it, and nothing is taken out."""
    written = literal({**SOME, "nothing": None}, language)
    assert "nothing" in written
    assert not any(
        word in written for word in ("present", "Present", "reject", "array_filter", "is not None", "remove")
    )
