"""Values that the hand-off does not have are left out of maps, key by key, in each language's own way."""

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
WITH_NULL: dict[str, Value] = {**SOME, "nothing": None, "gone too": Handed("ids", "gone too")}
"""The plan allows one value, null; the others are what they were."""
REFUSE_NULL = ("java", "clojure")
"""The languages of libraries that throw at a null, where Guava is on the path."""


def _python(folder: Path, written: str) -> str:
    handoff = "from types import SimpleNamespace\nhandoff = SimpleNamespace(ids={'here': 'x'})\n"
    (folder / "t.py").write_text(f"{handoff}print(*{written})\n")
    return run("python3", "t.py", cwd=folder)


def _javascript(folder: Path, written: str) -> str:
    told = f"JSON.stringify({written})"
    (folder / "t.mjs").write_text(f'const handoff = {{ ids: {{ here: "x" }} }};\nconsole.log({told});\n')
    return " ".join(json.loads(run(tool("node"), "t.mjs", cwd=folder)))


def _ruby(folder: Path, written: str) -> str:
    handoff = 'handoff = Struct.new(:ids).new({ "here" => "x" })'
    (folder / "t.rb").write_text(f"{handoff}\nputs({written}.keys.join(' '))\n")
    return run(tool("ruby"), "t.rb", cwd=folder)


def _php(folder: Path, written: str) -> str:
    handoff = '$handoff = new stdClass; $handoff->ids = ["here" => "x"];'
    told = f"echo implode(' ', array_keys((array) ({written})));"
    (folder / "t.php").write_text(f"<?php\n{handoff}\n{told}\n")
    return run(tool("php"), "t.php", cwd=folder)


def _go(folder: Path, written: str) -> str:
    needs = setup("analytics-go").needs.replace("*analytics.Context", "*struct{}")
    body = (
        'handoff := Handoff{IDs: map[string]interface{}{"here": "x"}}\n'
        f"for name := range {written} {{ fmt.Println(name) }}"
    )
    (folder / "main.go").write_text(f'package main\n\nimport "fmt"\n\n{needs}\nfunc main() {{\n{body}\n}}\n')
    return run(tool("go"), "run", "main.go", cwd=folder)


def _java(folder: Path, written: str) -> str:
    keys = f'String.join(" ", {written}.keySet())'
    body = f'Handoff handoff = new Handoff(); handoff.ids.put("here", "x");\nSystem.out.println({keys});'
    main = f"public static void main(String[] a) {{\n{body}\n}}"
    (folder / "T.java").write_text(f"import java.util.*;\nclass T {{\n{setup('analytics-java').needs}\n{main}\n}}\n")
    run(tool("javac"), "-encoding", "UTF-8", "T.java", cwd=folder)
    return run(tool("java"), "-cp", ".", "T", cwd=folder)


def _csharp(folder: Path, written: str) -> str:
    using = "".join(
        f"using {name};\n"
        for name in (
            "System.Collections.Generic",
            "System.Linq",
            "System.Threading",
            "Segment.Analytics",
            "Segment.Serialization",
        )
    )
    body = (
        'var handoff = new Handoff(); handoff.Ids["here"] = "x";\n'
        f"foreach (var entry in {written}) System.Console.WriteLine(entry.Key);"
    )
    main = f"class T {{ static void Main() {{\n{body}\n}} }}\n"
    (folder / "t.cs").write_text(f"{using}{setup('analytics-csharp').needs}\n{main}")
    run(tool("mcs"), "-out:t.exe", *sorted((STUBS / "csharp").glob("*.cs")), "t.cs", cwd=folder)
    return run(tool("mono"), "t.exe", cwd=folder)


def _kotlin(folder: Path, written: str) -> str:
    imports = "import kotlinx.serialization.json.*\n"
    body = f'val handoff = Handoff("a", ids = mapOf("here" to buildJsonArray {{}}))\nprintln({written}.keys.joinToString(" "))'
    needs = setup("kotlin-server").needs.partition("/**\n")[0]
    (folder / "t.kt").write_text(f"{imports}{needs}\nfun main() {{\n{body}\n}}\n")
    run(tool("kotlinc"), "-nowarn", "-d", "t.jar", "t.kt", *sorted((STUBS / "kotlin").glob("*.kt")), cwd=folder)
    return run(tool("kotlin"), "-classpath", "t.jar", "TKt", cwd=folder)


def _clojure(folder: Path, written: str) -> str:
    handoff = '(def handoff {:ids {"here" "x"}})'
    (folder / "t.clj").write_text(f'{handoff}\n(println (clojure.string/join " " (keys {written})))\n')
    return run(tool("clojure"), "-e", '(load-file "t.clj")', cwd=folder)


PRINTERS: dict[Language, Callable[[Path, str], str]] = {
    "python": _python,
    "javascript": _javascript,
    "ruby": _ruby,
    "php": _php,
    "go": _go,
    "java": _java,
    "csharp": _csharp,
    "kotlin": _kotlin,
    "clojure": _clojure,
}
"""Language -> the names that a map has when the code runs. Rust's maps are only compiled: the crate is."""


@pytest.mark.slow
@pytest.mark.parametrize("language", PRINTERS)
def test_missing_hand_off_values_are_left_out(language: Language, tmp_path: Path) -> None:
    """A null would be a value: Segment's destinations would get it, and some libraries throw."""
    assert sorted(PRINTERS[language](tmp_path, literal(SOME, language)).split()) == ["here", "own"]


@pytest.mark.slow
@pytest.mark.parametrize("language", PRINTERS)
def test_a_planned_null_is_kept_while_missing_values_are_left_out(language: Language, tmp_path: Path) -> None:
    """If null is the only allowed value and the library accepts it, it stays."""
    kept = ["here", "own"] if language in REFUSE_NULL else ["here", "nothing", "own"]
    assert sorted(PRINTERS[language](tmp_path, literal(WITH_NULL, language)).split()) == kept


@pytest.mark.slow
@pytest.mark.parametrize("language", REFUSE_NULL)
def test_nulls_are_left_out_even_without_a_hand_off(language: Language, tmp_path: Path) -> None:
    """The library refuses null there, too."""
    assert PRINTERS[language](tmp_path, literal({"own": 1, "nothing": None}, language)).split() == ["own"]


def test_compiled_only_code_also_leaves_missing_values_out() -> None:
    """A function removes nulls, except for planned ones."""
    assert literal(SOME, "rust").startswith("present(json!(")
    assert literal(SOME, "rust").endswith(", &[])")
    assert literal(WITH_NULL, "rust").endswith(', &["nothing"])')
