"""The closed table of what has to be set in a destination itself, by the circumstance that needs it (law, part 2.6).

``when`` of ``setup_steps.csv``: ``server`` (the server delivers it), ``client`` (a client does) or ``pair`` (one id joins it
with another destination). A word after a plus narrows that down: ``app`` (the event happens in an app), ``anonymous`` (the
visitor need not be logged in), ``late`` (the call is made when nobody is there). Steps for ids that are handed over follow
from `advisor.knowledge.handed_values`, where a field does not read them by default.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from advisor.model import CallType

_ADDRESSES = {
    "ad": "https://github.com/segmentio/action-destinations/tree/970a17ee8d/packages/",
    "aj": "https://github.com/segmentio/analytics.js-integrations/tree/dc98359/integrations/",
    "sd": "https://www.twilio.com/docs/segment/connections/destinations/catalog/",
}
"""What a source of the table begins with -> the address that stands for."""
MAPPINGS = "https://www.twilio.com/docs/segment/connections/destinations/actions"
MAPPING = "mapping"
"""The setting of a step that asks for a mapping."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row. ``calls`` are the call types that it is about, none for all.

    The braces in ``value`` are words of `advisor.knowledge.wording`.
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
        """Tell whether it is about calls of this type."""
        return not self.calls or call in self.calls


def steps_of(destination: str) -> tuple[Step, ...]:
    """Return the rows of a destination, in the order of the table."""
    return _steps().get(destination, ())


@cache
def _steps() -> dict[str, tuple[Step, ...]]:
    text = files("advisor.knowledge").joinpath("setup_steps.csv").read_text(encoding="utf-8")
    found: dict[str, list[Step]] = {}
    for row in csv.DictReader(text.splitlines()):
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
