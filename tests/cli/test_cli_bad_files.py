"""Files that ``advisor import`` refuses: exit code 2, nothing written, and where the fault is."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from advisor.formats import limits
from running import run, segment_plan, segment_rule

PLAN = segment_plan(segment_rule("Order Paid", "Für", "total"))


def packed(**files: bytes) -> bytes:
    """A zip; two underscores in a name stand for a slash."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def outside() -> bytes:
    """A zip with a path that leads out of it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../plan.json", PLAN)
    return data.getvalue()


def with_link() -> bytes:
    """A zip that holds only a link to another file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo("plan.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/hostname")
    return data.getvalue()


YAML_BOMB = b"version: rudder/v1\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
)
CSV = b"Event Name,Property Name,Property Data Type\n"
BAD = {
    "none of the formats": (b"hello", "none of the formats"),
    "an empty file": (b"", "The file is empty"),
    "a pointer file": (b'{"Branch": "main", "Version": "1", "Runtime": "x", "Path": "."}', "Bring the CSV"),
    "broken JSON": (PLAN[:-20], ":"),
    "broken YAML": (b"version: rudder/v1\nkind: [a\n", ":3:1: Not YAML"),
    "deep JSON": (b'{"rules": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ":1:74: Nested too deep"),
    "a number of many digits": (b'{"rules": [\n' + b"9" * 5_000 + b"]}", ":2:1: A number has too many digits"),
    "a control character in YAML": (b"version: rudder/v1\nkind: a\x07b\n", ":2:8: Not YAML"),
    "several documents": (b"version: rudder/v1\n---\nversion: rudder/v1\n", ":3:1: The file holds 2 documents"),
    "a path out of the zip": (outside(), "leads out"),
    "a zip bomb": (packed(plan__json=b" " * 30_000_000), "bomb"),
    "a link in a zip": (with_link(), "none of the formats"),
    "a broken zip": (packed(a=PLAN)[:-30], "unpacked"),
    "a YAML bomb": (YAML_BOMB, "aliases"),
    "half of a character in UTF-16": (b"\xff\xfe" + PLAN.decode().encode("utf-16-le") + b"\0", "UTF-16"),
    "zero bytes": (PLAN.replace(b"Shop", b"Sh\0p"), "zero bytes"),
    "too many columns": (
        CSV[:-1] + b",x" * 10_000 + b"\n" + b"a" + b"," * 10_002 + b"\n",
        ":1: The table has 10,003 columns",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    """Exit code 2 and at least one line, never a traceback."""
    data, says = BAD[case]
    (tmp_path / "given").write_bytes(data)
    result = run("import", tmp_path / "given", "-o", tmp_path / "out.json", "--json-report", tmp_path / "r.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert 1 <= len(result.stderr.splitlines()) <= 100
    assert [path.name for path in tmp_path.iterdir()] == ["given"]


def test_a_fault_inside_a_file_is_named_with_line_and_column(tmp_path: Path) -> None:
    """As compilers do."""
    (tmp_path / "plan.json").write_bytes(b'{"rules": [\n  {"type": "TRACK",,\n]}')
    assert run("import", tmp_path / "plan.json").stderr.startswith("plan.json:2:")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """Before all of it was read."""
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(limits.MAX_TREE_BYTES + 1)
    result = run("import", tmp_path / "large.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "large.json" in result.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The one that is missing, also if it is not the first."""
    (tmp_path / "plan.json").write_bytes(PLAN)
    result = run("import", tmp_path / "plan.json", tmp_path / "gone.json")
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path / 'gone.json'}: No such file or directory\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    """With a warning where it was a guess."""
    text = PLAN.decode().replace("F\\u00fcr", "Für")
    result = run("import", "-", given=text.encode(encoding))
    assert result.exit_code == 0
    assert "“" not in result.stderr
    assert "Für" in result.stdout_bytes.decode()
    assert ("Windows-1252" in result.stderr) == (encoding == "cp1252")


ODD = {
    "ragged rows": (b"Event,Call,Owner\nPaid,track\nSeen,page,Ann,more,cells\n", ""),
    "formulas": (b"Event,Description\nPaid,=1+1\n", "given:2:2: warning: 1 cell begins like a formula"),
    "an open quote": (b'Event,Description\nPaid,"a\n', "given:2:2: warning: A quote opens here"),
    "a mark of UTF-8": (b"\xef\xbb\xbfEvent,Description\nPaid,x\n", ""),
    "Latin-1": ("Event,Description\nPaid,Für\n".encode("latin-1"), "(line 2)"),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_tables_are_read_and_warned_of_with_their_place(tmp_path: Path, case: str) -> None:
    """Their first event is there."""
    data, says = ODD[case]
    (tmp_path / "given").write_bytes(data)
    result = run("import", tmp_path / "given", "--bare")
    assert result.exit_code == 0
    assert '"name": "Paid"' in result.stdout
    assert says in result.stderr
