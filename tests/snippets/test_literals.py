"""A text literal evaluates to its text in its own language: each language prints our literals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

from advisor.knowledge.libraries import Language
from advisor.snippets.literals import GRAMMARS, comment_text, literal
from advisor.snippets.values import Handed

from .samples import HOSTILE, texts
from .tools import run, tool

EVERY_CHARACTER = "".join(map(chr, [*range(0x300), 0x2028, 0x2029, 0xFEFF, 0xFFFD, 0x1F600, 0xE0001]))
TEXTS = (*HOSTILE, EVERY_CHARACTER)


def _lines(language: Language, form: str) -> str:
    return "\n".join(form.replace("TEXT", literal(text, language)) for text in TEXTS)


def _go(folder: Path) -> str:
    body = _lines("go", 'fmt.Printf("%x\\n", TEXT)')
    (folder / "main.go").write_text(f'package main\n\nimport "fmt"\n\nfunc main() {{\n{body}\n}}\n')
    return run(tool("go"), "run", "main.go", cwd=folder)


def _java(folder: Path) -> str:
    printing = (
        "static void p(String s) { StringBuilder h = new StringBuilder(); for (byte b : s.getBytes("
        'java.nio.charset.StandardCharsets.UTF_8)) h.append(String.format("%02x", b)); System.out.println(h); }'
    )
    body = _lines("java", "p(TEXT);")
    (folder / "T.java").write_text(f"class T {{ {printing}\n public static void main(String[] a) {{\n{body}\n}} }}\n")
    run(tool("javac"), "-encoding", "UTF-8", "T.java", cwd=folder)
    return run(tool("java"), "-cp", ".", "T", cwd=folder)


def _csharp(folder: Path) -> str:
    form = 'System.Console.WriteLine(System.BitConverter.ToString(System.Text.Encoding.UTF8.GetBytes(TEXT)).Replace("-", ""));'
    (folder / "t.cs").write_text(f"class T {{ static void Main() {{\n{_lines('csharp', form)}\n}} }}\n")
    run(tool("mcs"), "-out:t.exe", "t.cs", cwd=folder)
    return run(tool("mono"), "t.exe", cwd=folder).lower()


def _kotlin(folder: Path) -> str:
    form = 'println(TEXT.toByteArray().joinToString("") { "%02x".format(it) })'
    (folder / "t.kt").write_text(f"fun main() {{\n{_lines('kotlin', form)}\n}}\n")
    run(tool("kotlinc"), "-nowarn", "-d", "t.jar", "t.kt", cwd=folder)
    return run(tool("kotlin"), "-classpath", "t.jar", "TKt", cwd=folder)


def _rust(folder: Path) -> str:
    body = _lines("rust", 'for b in TEXT.bytes() { print!("{:02x}", b); } println!();')
    (folder / "t.rs").write_text(f"fn main() {{\n{body}\n}}\n")
    run(tool("rustc"), "-o", "t", "t.rs", cwd=folder)
    return run(folder / "t")


def _clojure(folder: Path) -> str:
    body = _lines("clojure", '(println (apply str (map #(format "%02x" %) (.getBytes TEXT "UTF-8"))))')
    (folder / "t.clj").write_text(body)
    return run(tool("clojure"), "-e", '(load-file "t.clj")', cwd=folder)


def _objective_c(folder: Path) -> str:
    """Its text is C's behind an @, and C runs without Apple's libraries."""
    body = "\n".join(f"p({literal(text, 'objective-c')[1:]});" for text in TEXTS)
    define = (
        "#define p(s) do { for (unsigned i = 0; i < sizeof(s) - 1; i++) "
        'printf("%02x", (unsigned char) s[i]); puts(""); } while (0)'
    )
    (folder / "t.c").write_text(f"#include <stdio.h>\n{define}\nint main(void) {{\n{body}\n}}\n")
    run(tool("clang"), "-trigraphs", "-o", "t", "t.c", cwd=folder)
    return run(folder / "t")


PRINTERS: dict[Language, Callable[[Path], str]] = {
    "go": _go,
    "java": _java,
    "csharp": _csharp,
    "kotlin": _kotlin,
    "rust": _rust,
    "clojure": _clojure,
    "objective-c": _objective_c,
}


@pytest.mark.slow
@pytest.mark.parametrize("language", PRINTERS)
def test_a_literal_evaluates_to_its_text(language: Language, tmp_path: Path) -> None:
    """Compiled and run, every literal is, byte for byte, the text it was made of."""
    printed = PRINTERS[language](tmp_path).split()
    assert printed == [text.encode().hex() for text in TEXTS]


ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
LETTERS = {"n": "\n", "r": "\r", "t": "\t"}


@given(text=texts)
@pytest.mark.parametrize("language", ["swift", "dart"])
def test_a_literal_of_an_app_reads_back(language: Language, text: str) -> None:
    """For Swift and Dart, which Debian has no compiler for: the escapes of their references read back as the text.

    What is not escaped can't end the literal nor begin an interpolation.
    """
    written = literal(text, language)
    quote, inside = written[0], written[1:-1]
    assert written[-1] == quote
    assert ESCAPE.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else LETTERS.get(hit[2], hit[2]), inside) == text
    bare = ESCAPE.sub("", inside)
    assert not {quote, "\\", *("$" if language == "dart" else "")} & set(bare)


@given(text=texts)
@pytest.mark.parametrize("language", get_args(Language))
def test_a_literal_stays_on_its_line(language: Language, text: str) -> None:
    """No literal has a line break or anything else that can't be seen, in any language."""
    assert literal(text, language).isprintable()


@given(text=texts)
def test_json_is_safe_in_a_shell_and_in_a_comment(text: str) -> None:
    """JSON for a shell has no single quote, and JSON for a page no angle bracket; both read back."""
    assert "'" not in literal(text, "shell")
    assert not set("<>") & set(literal(text, "html"))
    assert json.loads(literal(text, "shell")) == json.loads(literal(text, "html")) == text


@given(text=texts)
def test_text_in_a_comment_is_harmless(text: str) -> None:
    """What comments show of a name can't end a comment, begin code or be a directive, and tells every text apart."""
    shown = comment_text(text)
    assert re.fullmatch(r"[^\n\r\\*/?<>{}`\"@#:=!|;~^]*", shown)
    assert shown.isprintable()
    plain = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda hit: chr(int(hit[1], 16)), shown)
    assert plain == text


@pytest.mark.parametrize("language", ["swift", "dart", "objective-c"])
def test_snippets_for_apps_take_no_hand_off(language: Language) -> None:
    """A value of the hand-off in an app's code would be a mistake of ours, and is refused."""
    with pytest.raises(TypeError):
        literal(Handed("user_id"), language)


def test_every_language_has_a_grammar() -> None:
    """There is no library whose language we can't write."""
    assert set(GRAMMARS) == set(get_args(Language))
