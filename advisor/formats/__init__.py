"""The formats that plans are exported to and imported from: one module each. To add one, add a module and an entry here."""

from advisor.formats import decision_record, html_report, tracking_plan_json
from advisor.formats.shape import Export, Import

__all__ = ["EXPORTS", "IMPORTS", "Export", "Import"]

EXPORTS: dict[str, Export] = {
    each.key: each for each in (tracking_plan_json.EXPORT, html_report.EXPORT, decision_record.EXPORT)
}
"""By the key that addresses use."""
IMPORTS: dict[str, Import] = {each.key: each for each in (tracking_plan_json.IMPORT,)}
"""By the same key."""
