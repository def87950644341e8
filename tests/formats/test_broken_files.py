"""No file makes a reader fail, however it is broken: it is read, or refused with a message, in a time that its size bounds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from brought import SAMPLES, reading_formats, tree_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import Format, FormatError, recognise, to_plan

DEEP = [b"[" * 2_000, b"{" * 300, b'{"a":' * 400, b"- " * 3_000, b"&a [*a]", b"a:\n " * 200, b"<<: *x\n", b"((((" * 500]
ODD = [
    b"\0",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"\r",
    b"\n\n",
    b"---\n",
    b"\xe2\x80\xa8",
    b"9" * 5_000,
    b"NaN",
]
SECONDS = 2.0
SECONDS_OF_A_BYTE = 40e-6


def _flipped(data: bytes, draw: st.DrawFn) -> bytes:
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 5))):
        found[draw(st.integers(0, len(found) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(found)


def _repeated(data: bytes, draw: st.DrawFn) -> bytes:
    start = draw(st.integers(0, len(data) - 1))
    end = draw(st.integers(start, min(len(data), start + 400)))
    return data[:end] + data[start:end] * draw(st.integers(1, 60)) + data[end:]


def _filled(data: bytes, draw: st.DrawFn) -> bytes:
    place = draw(st.integers(0, len(data)))
    return data[:place] + draw(st.sampled_from(DEEP + ODD)) + data[place:]


def _cut(data: bytes, draw: st.DrawFn) -> bytes:
    start = draw(st.integers(0, len(data)))
    return data[:start] + data[draw(st.integers(start, len(data))) :]


@st.composite
def broken(draw: st.DrawFn, key: str) -> dict[str, bytes]:
    """The files of a sample of a format, one of them broken in up to three ways."""
    path: Path = draw(st.sampled_from(sorted((SAMPLES / key).iterdir())))
    files = {file.path: file.data for file in tree_of(path).files}
    name = draw(st.sampled_from(sorted(files)))
    for way in draw(st.lists(st.sampled_from([_flipped, _repeated, _filled, _cut]), min_size=1, max_size=3)):
        files[name] = way(files[name] or b"\n", draw)
    return files


@pytest.mark.parametrize("form", reading_formats(), ids=lambda form: form.key)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_broken_file_is_read_or_refused_in_time(form: Format, data: st.DataObject) -> None:
    """Bytes flipped, cut out, repeated or nested, in any sample of the format."""
    files = data.draw(broken(form.key))
    tree = FileTree.of(files)
    assert form.read is not None
    started = time.process_time()
    refusals = []
    for attempt in (recognise, lambda tree: to_plan(form.read(tree), tree)):  # type: ignore[misc]  # checked above
        try:
            attempt(tree)
        except FormatError as error:
            refusals.append(error)
    spent = time.process_time() - started
    assert all(error.problems and all(problem.message for problem in error.problems) for error in refusals)
    assert spent < SECONDS + SECONDS_OF_A_BYTE * sum(map(len, files.values()))
