"""Laws over every command: JSON from each, and no progress unless a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from advisor.cli import main
from advisor.cli.progress import progress

WRITES_JSON = {"advise", "schema", "import", "export"}
"""Their output is a document or a file in a format, and a report is written with --json-report."""


def _verbs(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from _verbs(command) if isinstance(command, click.Group) else [command]


@pytest.mark.parametrize("command", list(_verbs(main)), ids=lambda command: str(command.name))
def test_every_verb_prints_json(command: click.Command) -> None:
    """Programs can read what each prints, except the server's two lines."""
    spellings = {spelling for parameter in command.params for spelling in parameter.opts}
    assert "--json" in spellings or command.name in WRITES_JSON | {"serve"}
    assert "--debug" in spellings


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
) -> None:
    """On standard error, and erased at the end."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    with progress() as step:
        step("Reading")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == ("\r\x1b[KReading …\r\x1b[K" if is_terminal else "")
