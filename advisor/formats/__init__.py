"""The formats that plans are exported to and imported from, for the web app, the API and the command line.

Each format has its own module with a ``FORMAT``; `advisor.formats.registry` lists them, and ``docs/formats.md`` says how to add
one. `EXPORTS` and `IMPORTS` are the formats of the pages and the API.
"""

from advisor.formats import decision_record, html_report, tracking_plan_json
from advisor.formats.format import Confidence, Fidelity, Format, Recognition, WriteOptions
from advisor.formats.losses import Loss, Written
from advisor.formats.places import FormatError, Notice, Place
from advisor.formats.reading import EventReading, LeftOut, PlanReading, Practice, PropertyReading
from advisor.formats.registry import Recognised, format_named, formats, read_files, recognise
from advisor.formats.shape import Export, Import
from advisor.formats.to_plan import to_plan

__all__ = [
    "EXPORTS",
    "IMPORTS",
    "Confidence",
    "EventReading",
    "Export",
    "Fidelity",
    "Format",
    "FormatError",
    "Import",
    "LeftOut",
    "Loss",
    "Notice",
    "Place",
    "PlanReading",
    "Practice",
    "PropertyReading",
    "Recognised",
    "Recognition",
    "WriteOptions",
    "Written",
    "format_named",
    "formats",
    "read_files",
    "recognise",
    "to_plan",
]

EXPORTS: dict[str, Export] = {
    each.key: each for each in (tracking_plan_json.EXPORT, html_report.EXPORT, decision_record.EXPORT)
}
"""Each export format by the key that addresses use for it."""
IMPORTS: dict[str, Import] = {each.key: each for each in (tracking_plan_json.IMPORT,)}
"""Each import format by the same key."""
