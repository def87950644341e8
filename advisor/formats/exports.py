"""The formats that plans are exported to and imported from, by key. To add one, add a module and an entry here."""

from advisor.formats import decision_record, html_report, tracking_plan_json
from advisor.formats.shape import Export, Import

EXPORTS: dict[str, Export] = {
    each.key: each for each in (tracking_plan_json.EXPORT, html_report.EXPORT, decision_record.EXPORT)
}
"""Each export format by the key that addresses use for it."""
IMPORTS: dict[str, Import] = {each.key: each for each in (tracking_plan_json.IMPORT,)}
"""Each import format by the same key."""
