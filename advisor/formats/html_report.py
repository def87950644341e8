"""The report of a plan: one read-only HTML file with the matrix and every event, to send to other people.

It opens from disk and has no scripts. It loads nothing from a server: the styles are inside the file, and its content
security policy blocks everything else. The same plan always gives the same bytes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from advisor.formats.advised import advised
from advisor.formats.report_matrix import parts_of, report_rows
from advisor.formats.shape import Export
from advisor.knowledge.catalogue import destination_name
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
from advisor.privacy import Lens, privacy_lens
from advisor.privacy.filter import DATA_KINDS, kinds_in
from advisor.privacy.sheet import call_lines, held_lines, receiver_groups, refused_lines
from advisor.text import join_names

_SHEETS = ("base/tokens", "base/base", "base/marks", "formats/report")


def write(plan: Plan) -> bytes:
    """Return the report of a plan as HTML."""
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
        libraries=join_names(libraries) or "none yet",
        tally=tally(plan.events),
        **_privacy(privacy_lens(plan)),
        rules=RULESET,
        css=_css(),
    )
    return text.encode()


def _privacy(lens: Lens) -> dict[str, Any]:
    """Return what the section on privacy shows."""
    kinds = kinds_in(lens)
    return {
        "lens": lens,
        "kinds": kinds,
        "groups": receiver_groups(lens, kinds),
        "receivers": [(item, call_lines(item)) for item in lens.receivers if item.calls],
        "held": held_lines(lens),
        "refused": refused_lines(lens),
        "words": DATA_KINDS,
    }


@cache
def _css() -> Markup:
    """Return the style sheets of the report, marked as safe so that the template does not escape them."""
    folder = asset_dir("static")
    texts = ((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return Markup("".join(texts))  # noqa: S704 - these are files of this app; they hold no text of a plan


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
    return environment.get_template("formats/report/plan.j2")


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
