"""Example plans for new visitors, kept as plan documents in ``examples_data/``. To add one, add a document and an entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from advisor.advice import advise
from advisor.document import read
from advisor.model import Plan
from advisor.presentation.states import Tally, tally

EXAMPLES: dict[str, str] = {
    "shop": "both sides, a relay, a pixel that a renewal can’t reach",
    "saas": "group calls, sales tools, nightly figures",
    "app": "screen calls, three platforms, a tool for apps only",
}
"""For each name of a document, what the example shows."""


@dataclass(frozen=True)
class ExampleSheet:
    """An example in a list: the name of its plan, how many events go where, and what the example shows."""

    key: str
    name: str
    places: Tally
    shows: str


@cache
def example_plan(key: str) -> Plan:
    """Return the plan of an example. Raises `KeyError` if there is no such example."""
    if key not in EXAMPLES:
        raise KeyError(key)
    return read(files("advisor.web.plans.start").joinpath("examples_data", f"{key}.json").read_bytes()).plan


@cache
def example_sheets() -> tuple[ExampleSheet, ...]:
    """Return all examples, in order."""
    return tuple(map(_sheet, EXAMPLES))


def _sheet(key: str) -> ExampleSheet:
    plan = advise(example_plan(key))
    return ExampleSheet(key, plan.name, tally(plan.events), EXAMPLES[key])
