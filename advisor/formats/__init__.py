"""The formats that plans are exported to and imported from, for the web app, the API and the command line.

Formats of other tools are behind a door of their own, `advisor.formats.exchange`, because most commands never need their parsers.
`EXPORTS` and `IMPORTS` are the formats of the pages and the API.
"""

from advisor.formats import decision_record, html_report, tracking_plan_json
from advisor.formats.shape import Export, Import

__all__ = ["EXPORTS", "IMPORTS", "Export", "Import"]

EXPORTS: dict[str, Export] = {
    each.key: each for each in (tracking_plan_json.EXPORT, html_report.EXPORT, decision_record.EXPORT)
}
"""Each export format by the key that addresses use for it."""
IMPORTS: dict[str, Import] = {each.key: each for each in (tracking_plan_json.IMPORT,)}
"""Each import format by the same key."""
