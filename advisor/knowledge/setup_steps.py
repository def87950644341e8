"""The table of settings to make in destinations themselves, by the circumstance that needs them (law, part 2.6).

``when`` of ``setup_steps.csv``: ``server`` (the server delivers it), ``client`` (a client does) or ``pair`` (it shares
an id with another destination). A word after a plus narrows that down: ``app`` (the event happens in an app),
``anonymous`` (the visitor need not be logged in), ``late`` (the call is made when the user is not present). Steps for
ids that are passed on are not in the table: they follow from `advisor.knowledge.handed_values`, if a field does not
read them by default. Used by `advisor.advice.routing.setup`.
"""

from dataclasses import dataclass
from functools import cache

from advisor.knowledge.tables import rows_of
from advisor.model import CallType

_ADDRESSES = {
    "ad": "https://github.com/segmentio/action-destinations/tree/970a17ee8d/packages/",
    "aj": "https://github.com/segmentio/analytics.js-integrations/tree/dc98359/integrations/",
    "sd": "https://www.twilio.com/docs/segment/connections/destinations/catalog/",
}
"""The prefix of a source in the table -> the beginning of its address."""
MAPPINGS = "https://www.twilio.com/docs/segment/connections/destinations/actions"
MAPPING = "mapping"
"""The setting of a step that asks for a mapping."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row. ``calls`` are the call types that it is about; empty for all.

    The braces in ``value`` are filled in by `advisor.knowledge.wording`.
    """

    destination: str
    when: str
    calls: tuple[str, ...]
    setting: str
    value: str
    default: str
    why: str
    citation: str

    def is_about(self, call: CallType) -> bool:
        """Return whether it is about calls of this type."""
        return not self.calls or call in self.calls


def steps_of(destination: str) -> tuple[Step, ...]:
    """Return the rows of a destination, in the order of the table."""
    return _steps().get(destination, ())


@cache
def _steps() -> dict[str, tuple[Step, ...]]:
    found: dict[str, list[Step]] = {}
    for row in rows_of("setup_steps.csv"):
        start, _, rest = row["source"].partition(":")
        step = Step(
            destination=row["destination"],
            when=row["when"],
            calls=tuple(filter(None, row["calls"].split("|"))),
            setting=row["setting"],
            value=row["value"],
            default=row["default"],
            why=row["why"],
            citation=_ADDRESSES[start] + rest,
        )
        found.setdefault(step.destination, []).append(step)
    return {key: tuple(each) for key, each in found.items()}
