"""The rules that decide whether a destination receives an event: what each says, and where it comes from.

Used by `destination` and `warehouse`.
"""

from __future__ import annotations

from typing import NamedTuple

from advisor.explain.report.sources import (
    COMMON_FIELDS,
    CONSENT,
    DESTINATIONS,
    FILTERING,
    JAVASCRIPT,
    OBJECT_STORES,
    WAREHOUSES,
)


class DeliveryRule(NamedTuple):
    """The meaning of a rule, in a sentence, and its source; None is the page of the library in question."""

    meaning: str
    citation: str | None


DELIVERY_RULES: dict[str, DeliveryRule] = {
    "key": DeliveryRule("The destination’s own key decides.", COMMON_FIELDS),
    "second-name": DeliveryRule("The second name of its browser plugin decides.", JAVASCRIPT),
    "other-name": DeliveryRule("Segment may take a display or old name for the key.", DESTINATIONS),
    "all": DeliveryRule("It has no entry, so All decides.", COMMON_FIELDS),
    "default": DeliveryRule("Nothing keeps it out: what isn’t named is on.", COMMON_FIELDS),
    "salesforce-default": DeliveryRule("Salesforce is off unless its key is true.", COMMON_FIELDS),
    "plugin-ignores-all": DeliveryRule("A plugin in this library looks for its own key only.", None),
    "hybrid-plugin": DeliveryRule("A browser plugin may write the key by itself.", JAVASCRIPT),
    "not-loaded": DeliveryRule("The load-time object left it out, so that it isn’t on the page.", JAVASCRIPT),
    "not-sent": DeliveryRule("The event never gets to Segment.", FILTERING),
    "raises": DeliveryRule("The library refuses the call.", None),
    "unreachable": DeliveryRule("This library can’t reach it.", DESTINATIONS),
    "call-type": DeliveryRule("It doesn’t take this call type.", DESTINATIONS),
    "not-a-stream": DeliveryRule("It is fed by audiences or other sources, not by single events.", DESTINATIONS),
    "storage": DeliveryRule("This store keeps every call, whatever the object says.", OBJECT_STORES),
    "consent": DeliveryRule("Consent is looked at before the object.", CONSENT),
    "bundled": DeliveryRule("The payload says whether its code is in the app or page.", DESTINATIONS),
    "bundled-mark": DeliveryRule(
        "In a payload of the old mobile libraries, false may mark a bundled SDK.", DESTINATIONS
    ),
    "variable": DeliveryRule("The value that decides isn’t in the text.", COMMON_FIELDS),
    "unreadable": DeliveryRule("What Segment makes of this value isn’t published.", COMMON_FIELDS),
    "warehouses": DeliveryRule("The key Warehouses decides.", WAREHOUSES),
    "warehouses-unsaid": DeliveryRule("Segment’s pages disagree on All: false and warehouses.", WAREHOUSES),
}
"""Code -> rule."""
