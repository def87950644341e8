"""Unpacks a zip into a tree of files, and refuses what could do harm: paths that lead outside, links, bombs, passwords."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.zip_limits import ZIP_FAULTS, is_bomb, is_workbook, too_large, too_many
from advisor.formats.limits import MAX_FILES, MAX_PATH, MAX_RATIO, MAX_TREE_BYTES
from advisor.formats.places import FormatError, Notice, Place, refusal, shown

IGNORED_FOLDERS = frozenset({".git", ".hg", ".svn", ".venv", "__MACOSX", "__pycache__", "node_modules"})
"""Folders that never hold a plan, in a zip or on disk."""
IGNORED_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_CHUNK = 1024 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


def tree_of_bytes(data: bytes, name: str = "") -> FileTree:
    """Return the tree of one file: its unpacked files if it is a zip, else the file itself. Raises `FormatError`."""
    if len(data) > MAX_TREE_BYTES:
        raise too_large(Place(name))
    if not data.startswith(_MAGIC) or is_workbook(data):
        return FileTree([SourceFile(name, data)])
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unpacked(archive, name)
    except FormatError:
        raise
    except ZIP_FAULTS as error:
        raise refusal(Place(name), f"The zip can't be unpacked: {error}.") from None


def is_ignored(path: PurePosixPath) -> bool:
    """Return whether a file is one that tools leave beside what people mean."""
    return path.name in IGNORED_FILES or not IGNORED_FOLDERS.isdisjoint(path.parts)


def _unpacked(archive: zipfile.ZipFile, name: str) -> FileTree:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise too_many(Place(name))
    files: dict[str, SourceFile] = {}
    notices = []
    left = MAX_TREE_BYTES
    for entry in sorted(entries, key=lambda each: each.filename):
        path = _safe_path(entry, name)
        if is_ignored(PurePosixPath(path)):
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            notices.append(Notice.at(Place(path), "Skipped: it is a link to another file."))
            continue
        if path in files:
            raise refusal(Place(name), f"The zip holds {shown(path)} twice.")
        data = _content(archive, entry, left, name)
        left -= len(data)
        files[path] = SourceFile(path, data)
    return FileTree(files.values(), notices)


def _safe_path(entry: zipfile.ZipInfo, name: str) -> str:
    """Return the path of an entry. Raises `FormatError` if it leads out of the zip."""
    path = entry.filename.replace("\\", "/")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or ":" in path.split("/", 1)[0] or "\0" in entry.orig_filename:
        raise refusal(Place(name), f"The zip holds {shown(entry.filename)}, a path that leads out of it.")
    if len(path) > MAX_PATH:
        raise refusal(Place(name), f"The zip holds a path of more than {MAX_PATH:,} characters.")
    if entry.flag_bits & 1:
        raise refusal(Place(name), "The zip has a password. Unpack it and bring the folder as a zip without one.")
    return str(PurePosixPath(path))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """Return the bytes of an entry, never trusting the size that the zip states for it."""
    parts = []
    size = 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > left:
                raise too_large(Place(name))
            if is_bomb(entry, size):
                raise refusal(
                    Place(name), f"{shown(entry.filename)} is packed more than {MAX_RATIO} times: a zip bomb."
                )
            parts.append(part)
    return b"".join(parts)


def tree_of_files(files: Mapping[str, bytes]) -> FileTree:
    """Return the tree of files by their names; the content of a zip takes its place. Raises `FormatError`."""
    if sum(map(len, files.values())) > MAX_TREE_BYTES:
        raise too_large(Place())
    trees = [(name, tree_of_bytes(data, name)) for name, data in files.items()]
    if len(trees) == 1:
        return trees[0][1]
    found: dict[str, SourceFile] = {}
    for name, tree in trees:
        for file in tree.files:
            path = file.path if file.path == name else f"{name}/{file.path}"
            found[path] = SourceFile(path, file.data)
    if len(found) > MAX_FILES or sum(len(file.data) for file in found.values()) > MAX_TREE_BYTES:
        raise too_large(Place())
    return FileTree(found.values(), [notice for _, tree in trees for notice in tree.notices])
