"""``advisor privacy``: prints who receives which personal data of a plan, what stays, what is refused and what is open."""

from __future__ import annotations

from collections.abc import Iterator

import click

from advisor import document
from advisor.advice import advise
from advisor.cli import options as cli_options
from advisor.cli.files import read_plan, write
from advisor.formats.privacy_table import privacy_csv
from advisor.privacy import Lens, Receiver, privacy_lens
from advisor.privacy.filter import DATA_KINDS, LensFilter, kinds_in
from advisor.privacy.sheet import KindCell, held_lines, receiver_groups, refused_lines
from advisor.text import escape_invisible, join_names, quantity


@click.command()
@cli_options.plan_argument
@cli_options.output
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: one row for each property of each call.")
@cli_options.as_json
@cli_options.debug
def privacy(plan: str, output: str, *, as_csv: bool, as_json: bool) -> None:
    """Print what leaves the device and to whom, from a plan document; `-` reads standard input."""
    if as_csv and as_json:
        raise click.UsageError("Choose --csv or --json, not both.")
    lens = privacy_lens(advise(read_plan(plan).plan))
    if as_json:
        write(output, document.json_text(lens))
    elif as_csv:
        write(output, privacy_csv(lens, LensFilter()))
    else:
        write(output, "".join(f"{escape_invisible(line)}\n" for line in _lines(lens)).encode())


def _lines(lens: Lens) -> Iterator[str]:
    total = lens.summary
    yield (
        f"{total.carrying:,} of {quantity(total.events, 'event')} with personal data or sensitive, to {total.receiving:,} "
        f"of {quantity(total.destinations, 'destination')}; {quantity(total.held, 'property', 'properties')} left out of "
        "client calls"
    )
    yield from (f"decide: {point.title} {point.why}" for point in lens.points)
    for line in refused_lines(lens):
        yield f"refused: {join_names(name for _, name in line.events)} to {join_names(line.destinations)}"
    for group in receiver_groups(lens, kinds_in(lens)):
        for row in group.rows:
            if row.receiver.calls:
                yield f"{row.receiver.name}: {'; '.join(_parts(row.receiver, row.cells))}"
    for held in held_lines(lens):
        by_server = f", sent by the server in {held.sent:,}" if held.sent else ", sent by no call"
        yield f"left out of client calls: {held.path} in {quantity(held.events, 'event')}{by_server}"


def _parts(receiver: Receiver, cells: tuple[KindCell, ...]) -> Iterator[str]:
    for cell in cells:
        for side, names in (("client", cell.client), ("server", cell.server)):
            if names:
                yield f"{DATA_KINDS[cell.kind].lower()} by the {side}: {join_names(names)}"
    if receiver.kind in ("destination", "storage"):
        yield f"consent: {receiver.consent or 'not said'}"
    if receiver.is_third_party:
        yield f"contract: {'none noted' if receiver.lacks_contract else receiver.contract}"
