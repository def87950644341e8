"""Reads files and folders from disk into a tree: the one place where the formats touch the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from advisor.formats.carriers.archives import is_ignored, tree_of_bytes
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.zip_limits import too_large, too_many
from advisor.formats.limits import MAX_FILES, MAX_TREE_BYTES
from advisor.formats.places import Notice, Place


def read_paths(paths: Iterable[Path]) -> FileTree:
    """Return the tree of these files, folders and zips. Raises `FormatError`, or `OSError` for what can't be opened.

    A single folder or zip gives paths inside it; of several, each keeps its name as the first part. Links inside a folder are
    skipped and not followed, because they can lead anywhere.
    """
    paths = list(paths)
    files: list[SourceFile] = []
    notices: list[Notice] = []
    left = MAX_TREE_BYTES
    for path in paths:
        tree = _folder(path, left) if path.is_dir() else tree_of_bytes(_read(path, left, path.name), path.name)
        is_alone = len(paths) == 1 or (len(tree.files) == 1 and tree.files[0].path == path.name)
        prefix = "" if is_alone else f"{path.name}/"
        files += [SourceFile(prefix + file.path, file.data) for file in tree.files]
        notices += tree.notices
        left -= sum(len(file.data) for file in tree.files)
        if len(files) > MAX_FILES:
            raise too_many(Place())
        if left < 0:
            raise too_large(Place())
    return FileTree(files, notices)


def _folder(root: Path, left: int) -> FileTree:
    files = []
    notices = []
    for path in _walk(root):
        inside = PurePosixPath(path.relative_to(root).as_posix())
        if path.is_symlink():
            notices.append(Notice.at(Place(str(inside)), "Skipped: it is a link to another file."))
        elif path.is_file() and not is_ignored(inside):
            data = _read(path, left, str(inside))
            left -= len(data)
            files.append(SourceFile(str(inside), data))
            if len(files) > MAX_FILES:
                raise too_many(Place(root.name))
    return FileTree(files, notices)


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, followlinks=False):
        inside = Path(folder)
        folders[:] = sorted(name for name in folders if not is_ignored(PurePosixPath(name)))
        yield from (inside / name for name in sorted(names))


def _read(path: Path, left: int, name: str) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(left + 1)
    if len(data) > left:
        raise too_large(Place(name))
    return data
