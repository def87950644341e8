"""Prints on standard error what another tool can't hold of a plan, for ``advisor export`` and ``advisor push``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from advisor.text import escape_invisible, quantity

if TYPE_CHECKING:
    from advisor.formats.losses import Loss

_MOST_KINDS = 100


def print_losses(losses: Iterable[Loss], option: str) -> None:
    """Print each kind of loss once, with the number of events that it concerns. ``option`` prints them all."""
    kinds = Counter((each.what, each.done, bool(each.event)) for each in losses)
    for (what, done, in_events), count in kinds.most_common(_MOST_KINDS):
        where = f" ({quantity(count, 'event')})" if in_events else ""
        click.echo(escape_invisible(f"lost: {what}: {done}{where}"), err=True)
    if (more := len(kinds) - _MOST_KINDS) > 0:
        click.echo(f"… and {quantity(more, 'kind')} more ({option} has them)", err=True)
