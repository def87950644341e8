"""The decision record among the other formats, so that ``--to decision-record`` writes it."""

from __future__ import annotations

from advisor.formats import decision_record
from advisor.formats.format import Format, WriteOptions
from advisor.formats.html_format import READ_ONLY
from advisor.formats.losses import Written
from advisor.model import Plan


def write(plan: Plan, options: WriteOptions) -> Written:  # noqa: ARG001 - a record always shows everything
    """Return the decision record of a plan."""
    return Written({"decision-record.md": decision_record.write(plan)}, (READ_ONLY,))


FORMAT = Format(key="decision-record", title="Decision record, Markdown", fidelity="lossy", looked_for="", write=write)
