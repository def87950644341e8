"""What Segment does with an ``integrations`` object: a small simulation of its documented behaviour.

Two readings, because some of it is undocumented or depends on the page: what `surely` receives a call (to
check a promise), and what `possibly` does (to check an exclusion). Sources: Segment's spec and filtering guide,
the source code of its libraries, and the browser plugins of its Actions destinations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Integrations = Mapping[str, Any]

LOOK_AT_THEIR_OWN_KEY_ONLY = {"swift", "kotlin", "react-native", "flutter", "unity"}
"""Libraries whose device-mode plugins ignore ``All``."""
OFF_BY_DEFAULT = {"Salesforce"}
"""Destinations that no ``All`` switches on."""
ALSO_KNOWN_AS = {
    "Actions Google Enhanced Conversions": "Google Ads Conversions",
    "Ms Bing Capi": "Microsoft Bing CAPI (Actions)",
}
"""Keys that a destination's browser plugin writes to instead of its own."""


@dataclass(frozen=True)
class Connected:
    """A destination as sources of one type see it. ``mode`` is ``device``, ``cloud`` or ``none``.

    ``uncertain``: nobody confirmed that ``none``. ``rewritten``: code in the browser may write the destination's
    entry, unless it is an explicit false. ``storage``: it does not look at the object at all.
    """

    key: str
    mode: str
    uncertain: bool = False
    rewritten: bool = False
    storage: bool = False


def is_on(integrations: Integrations, key: str) -> bool:
    """Whether the object switches a key on: by its own entry (settings count as true), else by ``All``, else yes.

    Keys are exact: ``all`` is not ``All``, and a name in another case is another name.
    """
    if key in integrations:
        return integrations[key] is not False
    return key not in OFF_BY_DEFAULT and integrations.get("All", True) is not False


def surely(integrations: Integrations | None, library: str, destination: Connected) -> bool:
    """Whether a destination surely receives a call from this library."""
    integrations = integrations or {}
    if destination.mode == "none":
        return False
    if destination.storage:
        return True
    if destination.mode == "device" and library in LOOK_AT_THEIR_OWN_KEY_ONLY:
        return integrations.get(destination.key) is not False
    return is_on(integrations, destination.key)


def possibly(integrations: Integrations | None, library: str, destination: Connected) -> bool:
    """Whether a destination may receive it, through a plugin's own entry or reach that nobody ruled out."""
    integrations = integrations or {}
    if destination.mode == "none":
        return destination.uncertain and is_on(integrations, destination.key)
    if library == "analytics.js" and destination.rewritten:
        names = {destination.key, ALSO_KNOWN_AS.get(destination.key, destination.key)}
        return any(integrations.get(name) is not False for name in names)
    return surely(integrations, library, destination)


def warehouse(integrations: Integrations | None) -> bool | None:
    """Whether a connected warehouse stores the call; None where Segment's own pages disagree."""
    integrations = integrations or {}
    if "Warehouses" in integrations:
        return bool(integrations["Warehouses"]["all"])
    return None if integrations.get("All") is False else True
