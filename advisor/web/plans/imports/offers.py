"""The formats that can be brought, as the pages of an import offer them."""

from __future__ import annotations

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import formats, recognise
from advisor.formats.places import FormatError

Offer = tuple[str, str]
"""The key of a format and its title."""
_OTHERS = ("csv", "xlsx", "json", "markdown", "tracking-plan")
_TOOLS = {
    "segment-public-api": "Segment",
    "rudderstack-api": "RudderStack",
    "amplitude-csv": "Amplitude",
    "mixpanel-schemas": "Mixpanel",
    "avo-json": "Avo",
    "snowplow-iglu": "Snowplow",
    "posthog": "PostHog",
    "mparticle": "mParticle",
    "ga4-plan": "Google Analytics 4",
    "typewriter": "Typewriter",
    "segment-terraform": "Terraform",
    "reflekt": "Reflekt",
    "json-schema": "JSON Schema",
    "markdown": "Markdown",
    "xlsx": "Excel",
    "csv": "CSV",
}
"""The tools and kinds of files that the page names, each with a format of it."""


def named_tools() -> tuple[tuple[str, ...], int]:
    """Return the tools that the page names, and how many formats there are besides."""
    readable = [each.key for each in formats().values() if each.reads]
    return tuple(_TOOLS.values()), len([key for key in readable if key not in _TOOLS])


def offers() -> tuple[Offer, ...]:
    """Return every format that plans can be imported from, those of other tools first."""
    readable = [(each.key, each.title) for each in formats().values() if each.reads]
    return tuple(sorted(readable, key=lambda offer: offer[0] in _OTHERS))


def offers_for(tree: FileTree) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """Return the formats that files may be in, best first, and all others."""
    try:
        found = recognise(tree)
        fits = [found.format, *found.others]
    except FormatError:
        fits = []
    keys = {each.key for each in fits}
    return tuple((each.key, each.title) for each in fits), tuple(each for each in offers() if each[0] not in keys)
