"""Well-known events as examples, which the first page links to, and telling an example from the visitor's own state."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from advisor.knowledge.questions import QUESTION_KEYS

EXAMPLE = "example"
"""Argument of an address that marks the answers as those of an example, not the visitor's."""


@dataclass(frozen=True)
class ExampleEvent:
    """A well-known event with the answers that most teams give. ``query`` is the state that its address holds."""

    name: str
    query: dict[str, str]


def _example(name: str, **state: str) -> ExampleEvent:
    return ExampleEvent(name, {"name": name, **state, EXAMPLE: name})


EXAMPLES = (
    _example(
        "Order Completed", stored_in_database="yes", payment="yes", accuracy="yes", sensitive="no", user_absent="no"
    ),
    _example("Page Viewed", call="page", stored_in_database="no", browser_only="yes", needs_client_context="yes"),
    _example("Trial Ended", stored_in_database="yes", accuracy="yes", sensitive="no", user_absent="yes"),
)
_BY_NAME = {example.name: example for example in EXAMPLES}


def example_shown(sent: MultiDict[str, str]) -> str:
    """Return the name of the example that a request shows; empty once the visitor has changed the name or an answer."""
    example = _BY_NAME.get(sent.get(EXAMPLE, ""))
    is_same = example and all(
        (sent.get(key) or "unsure") == example.query.get(key, "unsure") for key in ("name", *QUESTION_KEYS)
    )
    return example.name if example and is_same else ""


def without_example(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was sent without the values that are those of its example, except for the name."""
    example = _BY_NAME.get(sent.get(EXAMPLE, ""))
    if example is None:
        return sent
    own = [(key, value) for key, value in sent.items(multi=True) if key == "name" or example.query.get(key) != value]
    return MultiDict(own)
