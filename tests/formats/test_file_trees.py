"""Files come as bytes, folders or zips: everything harmful is refused, and everything else keeps its path and bytes."""

from __future__ import annotations

import stat
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.formats.carriers import archives, folders
from advisor.formats.carriers.archives import tree_of_bytes
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.folders import read_paths
from advisor.formats.carriers.json_text import json_places, parse_json, write_json
from advisor.formats.carriers.text import decode, encode
from advisor.formats.places import FormatError, Place


def _zip(*entries: tuple[str, bytes], links: tuple[str, ...] = ()) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        for name in links:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def _refused(data: bytes) -> str:
    with pytest.raises(FormatError) as refused:
        tree_of_bytes(data, "plan.zip")
    return str(refused.value)


def test_a_zip_becomes_its_files() -> None:
    """Sorted by path, without what tools leave behind; links are skipped, with a notice."""
    tree = tree_of_bytes(
        _zip(("b/x.json", b"{}"), ("a.json", b"[]"), ("__MACOSX/a", b""), ("b/.DS_Store", b""), links=("b/link",))
    )
    assert [(file.path, file.data) for file in tree.files] == [("a.json", b"[]"), ("b/x.json", b"{}")]
    assert [(notice.file, "link" in notice.message) for notice in tree.notices] == [("b/link", True)]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "..\\x", "c:x", "c:\\x"])
def test_a_path_that_leads_out_of_a_zip_is_refused(path: str) -> None:
    """In the spelling of every system."""
    assert "a path that leads out of it" in _refused(_zip((path, b"{}")))


def test_bombs_passwords_and_broken_zips_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their real size, and not by the one that the zip states."""
    assert "zip bomb" in _refused(_zip(("a", b" " * 30_000_000)))
    assert "can't be unpacked" in _refused(_zip(("a", b"x" * 1_000))[:-40])
    locked = bytearray(_zip(("a", b"x")))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in _refused(bytes(locked))
    monkeypatch.setattr(archives, "MAX_FILES", 2)
    assert "more than" in _refused(_zip(("a", b""), ("b", b""), ("c", b"")))
    monkeypatch.setattr(archives, "MAX_TREE_BYTES", 2_000)
    assert "more than" in _refused(_zip(("a", bytes(range(256)) * 20)))


def test_a_zip_of_a_later_version_is_refused() -> None:
    """A zip states the version that unpacks it; the file opens as none that is known."""
    later = bytearray(_zip(("a.json", b"{}")))
    later[later.index(b"PK\x01\x02") + 6] = 99
    assert "The zip can't be unpacked: zip file version 9.9." in _refused(bytes(later))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_broken_zip_is_unpacked_or_refused(method: int, data: st.DataObject) -> None:
    """Bytes changed and cut off after the four that say that it is a zip, for each method of packing."""
    content = b'{"events": []}' * 20
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a.json", content)
    broken = bytearray(stream.getvalue())
    for place in data.draw(st.lists(st.integers(4, len(broken) - 1), min_size=1, max_size=4)):
        broken[place] = data.draw(st.integers(0, 255))
    files: tuple[SourceFile, ...] = ()
    with suppress(FormatError):
        files = tree_of_bytes(bytes(broken[: data.draw(st.integers(4, len(broken)))]), "plan.zip").files
    assert {file.data for file in files} <= {content, b""}


def test_a_folder_becomes_its_files(tmp_path: Path) -> None:
    """Hidden files count, because wizards leave plans in them; links inside are never followed."""
    for name in (".posthog-events.json", "a/b.yaml", ".git/config", "node_modules/x/plan.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[]")
    (tmp_path / "outside").symlink_to("/etc")
    (tmp_path / "a" / "file").symlink_to("/etc/hostname")
    tree = read_paths([tmp_path])
    assert [file.path for file in tree.files] == [".posthog-events.json", "a/b.yaml"]
    assert [notice.file for notice in tree.notices] == ["a/file"]
    both = read_paths([tmp_path / "a", tmp_path / "a" / "b.yaml"])
    assert [file.path for file in both.files] == ["a/b.yaml", "b.yaml"]


def test_too_much_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For single files and folders alike."""
    monkeypatch.setattr(folders, "MAX_TREE_BYTES", 10)
    (tmp_path / "a").write_bytes(b"x" * 11)
    for path in (tmp_path, tmp_path / "a"):
        with pytest.raises(FormatError):
            read_paths([path])


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é".encode(), "é", "utf-8"),
        ("é".encode("utf-8-sig"), "é", "utf-8-sig"),
        (b"\xff\xfe" + "aé".encode("utf-16-le"), "aé", "utf-16-le"),
        (b"\xfe\xff" + "aé".encode("utf-16-be"), "aé", "utf-16-be"),
        ("plain text".encode("utf-16-le"), "plain text", "utf-16-le"),
        ("é – x".encode("cp1252"), "é – x", "cp1252"),
        (b"\x81\xe9", "\x81é", "latin-1"),
    ],
)
def test_text_is_decoded_and_encoded_the_same_way(data: bytes, text: str, encoding: str) -> None:
    """What is not certain is said."""
    found = decode(data)
    assert (found.text, found.encoding) == (text, encoding)
    assert bool(found.warning) == (encoding in ("cp1252", "latin-1"))
    assert encode(found.text, found.encoding, marked=found.marked) == data


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\0\0", b"\xff\xfea", b"\xff\0\xe9\xe9\xe9"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Pictures, and UTF-16 that ends in the middle."""
    with pytest.raises(FormatError):
        decode(data)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('{"a": 1,\n "b": }', "x, line 2, column 7", "Not JSON"),
        ('["NaN",\n -Infinity]', "x, line 2, column 2", "-Infinity is not JSON"),
        ('["1e999",\n 1e999]', "x, line 2, column 2", "out of range"),
        ("[" * 70 + "]" * 70, "x, line 1, column 65", "Nested too deep"),
        ("[" * 100_000, "x, line 1, column 65", "Nested too deep"),
        ("1" * 5_000, "x, line 1, column 1", "too many digits"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_place(text: str, place: str, said: str) -> None:
    """Line and column, where the parser knows them."""
    with pytest.raises(FormatError) as refused:
        parse_json(decode(text.encode()), "x")
    (problem,) = refused.value.problems
    assert (str(problem.place), said in problem.message) == (place, True)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 1.0, "é"]}\n',
        '{\n\t"a": 1\n}',
        '{"a":1,"b":2}',
        '{\r\n    "a": "\\u00e9"\r\n}\r\n',
        '{\n  "a": "\\u0001"\n}\n',
    ],
)
def test_json_is_written_in_the_layout_of_its_file(text: str) -> None:
    """Indent, blanks, escapes and line ends."""
    parsed = parse_json(decode(text.encode()))
    assert write_json(parsed.value, parsed.style).decode() == text


def test_a_pointer_has_a_line_and_a_column() -> None:
    """Found in one walk over the text; a pointer that leads on leads to the nearest value."""
    text = '{\n  "a": [1, {"b": "x"}],\n  "c": {"d/e": 2}\n}\n'
    places = json_places(text, "x", [("a", 1, "b"), ("c", "d/e"), ()])
    found = {path: (place.line, place.column) for path, place in places.items()}
    assert found == {(): (1, 1), ("a", 1, "b"): (2, 18), ("c", "d/e"): (3, 16)}
    tree = FileTree([SourceFile("x", text.encode())])
    (nearest,) = tree.located([Place("x", pointer="/c/d~1e/none")])
    assert (nearest.line, nearest.column) == (3, 16)


def test_keys_that_are_there_twice_are_noted() -> None:
    """The last one counts, as in every other reader of JSON."""
    parsed = parse_json(decode(b'{"a": 1, "a": 2}'))
    assert parsed.value == {"a": 2}
    assert ["“a” is there twice" in notice.message for notice in parsed.notices] == [True]
