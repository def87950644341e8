"""A report to pass on: one HTML file that opens from disk, with the matrix and every event. Read only, no script.

It asks nothing of any server: its styles are inside, and its own content security policy lets nothing else in. The
same plan gives the same bytes.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from advisor.formats.advised import advised
from advisor.formats.report_matrix import parts_of, report_rows
from advisor.formats.shape import Export
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.ruleset import RULESET
from advisor.model import Plan
from advisor.paths import asset_dir
from advisor.presentation.matrix import columns, event_line
from advisor.presentation.property_values import values_text
from advisor.presentation.receivers import Receivers
from advisor.presentation.record import event_record
from advisor.presentation.states import tally
from advisor.presentation.words import destination_name, listed

_SHEETS = ("tokens", "base", "marks", "report")


def write(plan: Plan) -> bytes:
    """The report of a plan."""
    plan = advised(plan)
    shown = columns(plan)
    receivers = Receivers(plan.destinations)
    lines = [event_line(f"event-{number}", event, receivers) for number, event in enumerate(plan.events, start=1)]
    libraries = [LIBRARIES[key].name for key in (*plan.sources.client, *filter(None, [plan.sources.server]))]
    text = _template().render(
        plan=plan,
        records=[event_record(plan, index) for index in range(len(plan.events))],
        columns=shown,
        rows=report_rows(lines),
        parts=parts_of(len(shown)),
        libraries=listed(libraries) or "none yet",
        tally=tally(plan.events),
        rules=RULESET,
        css=_css(),
    )
    return text.encode()


@cache
def _css() -> Markup:
    """The styles, which are ours: they must reach the file as they are."""
    folder = asset_dir("static") / "css"
    texts = ((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return Markup("".join(texts))  # noqa: S704 - our own files, and no name of a plan among them


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(asset_dir("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.globals.update(citations=CITATIONS, destination_name=destination_name, values_text=values_text)
    return environment.get_template("report/plan.j2")


EXPORT = Export(
    key="html",
    name="Report, HTML",
    extension="html",
    media_type="text/html; charset=utf-8",
    keeps="to read",
    summary="One file to send to people without this app: the matrix and every event with its reasons. Opens from disk.",
    write=write,
    needs_advice=True,
)
