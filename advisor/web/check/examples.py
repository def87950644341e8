"""Common mistakes in ``integrations`` objects, as links to the filled-in form of ``/integrations``."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class ExampleMistake:
    """A common mistake, as a link to the filled-in form."""

    name: str
    query: str


def _example(name: str, *state: tuple[str, str]) -> ExampleMistake:
    return ExampleMistake(name, urlencode(state))


EXAMPLES = (
    _example("all in lower case", ("object", "{ all: false, Mixpanel: true }"), ("destination", "Facebook Pixel")),
    _example("A display name for the key", ("object", "{ All: false, 'Amplitude (Actions)': true }")),
    _example(
        "A page call without properties",
        ("object", "analytics.page('Pricing', {\n  integrations: { All: false, Mixpanel: true }\n})"),
        ("destination", "Mixpanel"),
        ("destination", "Facebook Pixel"),
    ),
    _example(
        "A tool that was never loaded",
        ("object", "{ All: false, Drift: true }"),
        ("load", "{ All: false, 'Facebook Pixel': true }"),
    ),
    _example(
        "A plugin in an app",
        ("object", '{ "All": false, "Amplitude": true }'),
        ("library", "react-native"),
        ("destination", "Amplitude"),
        ("destination", "AppsFlyer"),
        ("mode", "AppsFlyer=device"),
    ),
)
