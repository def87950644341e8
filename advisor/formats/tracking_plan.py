"""The plan document as a format among others: it is recognised, read and written like those of other tools.

``docs/document.md`` describes it.
"""

from __future__ import annotations

from advisor.document import bare, write
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import Written
from advisor.formats.places import refusal
from advisor.formats.reading import PlanReading
from advisor.model import Plan

KEY = "tracking-plan"
FILE = "tracking-plan.json"


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the file is a plan document; None if it is none."""
    value = tree.only.peek_json() if tree.only else None
    named = value.get("format") if isinstance(value, dict) else None
    if isinstance(named, str) and named.startswith("tracking-plan/"):
        return Recognition(Confidence.CERTAIN, ("“format” begins with tracking-plan/",))
    return None


def read_tree(tree: FileTree) -> PlanReading:
    """Return the plan document as it is. Raises `FormatError`."""
    if tree.only is None:
        raise refusal(tree.place, "A plan document is one file.")
    value = tree.only.json.value
    if not isinstance(value, dict):
        raise refusal(tree.place, "A plan document is an object.")
    return PlanReading(KEY, whole=value)


def write_bare(plan: Plan, options: WriteOptions) -> Written:  # noqa: ARG001 - a document holds everything, always
    """Return the plan document without its computed parts."""
    return Written({FILE: write(bare(plan))})


FORMAT = Format(
    key=KEY,
    title="Tracking Advisor, JSON",
    fidelity="stable",
    looked_for="an object whose “format” begins with tracking-plan/",
    recognise=recognise,
    read=read_tree,
    write=write_bare,
)
