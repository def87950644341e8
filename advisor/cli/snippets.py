"""``advisor snippets``: writes the calls of a plan as code, one file per library."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor import document
from advisor.advice import advise
from advisor.cli import options as cli_options
from advisor.cli.files import files_are_input, read_plan
from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.text import escape_invisible

if TYPE_CHECKING:
    from advisor.snippets.files import File

_HEAD = 400
"""How many bytes at the beginning of a file are searched for our mark."""


@click.command()
@cli_options.plan_argument
@click.option(
    "--library",
    "libraries",
    multiple=True,
    metavar="KEY",
    help="A library to write; repeat it for several. Without it, all libraries of the plan.",
)
@click.option(
    "-o", "--output", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder to write to."
)
@click.option("--force", is_flag=True, help="Also replace files of these names that Tracking Advisor did not write.")
@cli_options.as_json
@cli_options.debug
def snippets(plan: str, libraries: tuple[str, ...], output: Path, *, force: bool, as_json: bool) -> None:
    """Write the calls of a plan document as code, one file per library; `-` reads standard input."""
    from advisor.snippets.files import snippets_of  # noqa: PLC0415 - no other command waits for the templates

    reading = read_plan(plan)
    wanted = [_known(name) for name in libraries]
    unused = set(wanted) - {*reading.plan.sources.client, reading.plan.sources.server}
    if unused:
        raise click.ClickException(f"The plan does not use {', '.join(sorted(unused))}.")
    files = snippets_of(advise(reading.plan), wanted)
    if not files:
        raise click.ClickException("The plan has no call to write: it needs events, and libraries among its sources.")
    with files_are_input(str(output)):
        write_files(output, files, force=force)
    names = [str(output / file.name) for file in files]
    if as_json:
        click.echo(document.json_text(names), nl=False)
    else:
        click.echo("\n".join(map(escape_invisible, names)))


def write_files(folder: Path, files: Iterable[File], *, force: bool = False) -> None:
    """Write the files into a folder, which is created if it is missing.

    All files are first written under temporary names, then each is renamed. Raises `click.ClickException` if one would
    replace a file that we did not write, unless ``force``; and `OSError`.
    """
    files = tuple(files)
    folder.mkdir(parents=True, exist_ok=True)
    strangers = [] if force else [file.name for file in files if _is_strange(folder / file.name)]
    if strangers:
        names = ", ".join(strangers)
        raise click.ClickException(f"{folder}: {names} was not written by Tracking Advisor; --force replaces it.")
    mark = secrets.token_hex(8)
    temporary = {file.name: folder / f".{file.name}.{mark}.tmp" for file in files}
    try:
        for file in files:
            temporary[file.name].write_text(file.text, encoding="utf-8", newline="\n")
        for name, path in temporary.items():
            path.replace(folder / name)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


def _is_strange(path: Path) -> bool:
    """Return whether there is something at this path that we did not write."""
    from advisor.snippets.files import MARK  # noqa: PLC0415 - as above

    if not path.is_file():
        return path.exists() or path.is_symlink()
    with path.open("rb") as file:
        return MARK.encode() not in file.read(_HEAD)


def _known(name: str) -> str:
    key = find_library(name)
    if key is None:
        raise click.ClickException(f"“{name}” is no library; there are {', '.join(LIBRARIES)}.")
    return key
