"""Reads a file as it is in a commit of its Git repository, for ``advisor diff --against``."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click


def committed_bytes(name: str, commit: str) -> bytes | None:
    """Return the content of a file in a commit; None if the commit does not have it. Raises `click.ClickException`.

    Before the first commit of a repository, ``HEAD`` has no file.
    """
    path = Path(name)
    if not path.parent.is_dir():
        raise click.ClickException(f"{name}: No such file or directory")
    found = _git(path.parent, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    if found.returncode:
        why = found.stderr.decode(errors="replace").strip().splitlines()
        if not why and commit == "HEAD":
            return None
        raise click.ClickException(why[0] if why else f"{commit} is no commit here. Was it fetched?")
    place = f"{found.stdout.decode().strip()}:./{path.name}"
    if _git(path.parent, "cat-file", "-e", place).returncode:
        return None
    shown = _git(path.parent, "cat-file", "blob", place)
    if shown.returncode:
        raise click.ClickException(f"{name} is no file in {commit}.")
    return shown.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607 - the git of the person's path, no shell
    except FileNotFoundError:
        raise click.ClickException("--against needs git, which is not installed.") from None
