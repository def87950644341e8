"""The HTML report among the other formats, so that ``--to html`` writes it."""

from __future__ import annotations

from advisor.formats import html_report
from advisor.formats.format import Format, WriteOptions
from advisor.formats.losses import Loss, Written
from advisor.model import Plan

READ_ONLY = Loss("", "the plan as data", "written to be read; keep the plan document to import it again")
"""What is lost of a plan in a file that only people read."""


def write(plan: Plan, options: WriteOptions) -> Written:  # noqa: ARG001 - a report always shows everything
    """Return the report of a plan."""
    return Written({"tracking-plan.html": html_report.write(plan)}, (READ_ONLY,))


FORMAT = Format(key="html", title="Report, HTML", fidelity="lossy", looked_for="", write=write)
