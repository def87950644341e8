"""The error of a command that has several lines to say, one per problem."""

from __future__ import annotations

from collections.abc import Sequence

import click


class ProblemsError(click.ClickException):
    """Raised for wrong input with one line per problem; `advisor.cli.main` prints each on a line of its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))
