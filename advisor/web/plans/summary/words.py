"""The sources and destinations of a plan in sentences, for its page and for templates."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Plan
from advisor.text import join_names, plural, spell_number


@dataclass(frozen=True)
class PlanWords:
    """One sentence each about the client, the server, and the destinations with the warehouse."""

    client: str
    server: str
    destinations: str


def plan_in_words(plan: Plan) -> PlanWords:
    """Return the sentences that the page shows below the plan's name."""
    client = [LIBRARIES[key].name for key in plan.sources.client]
    server = LIBRARIES[plan.sources.server].name if plan.sources.server else "none yet"
    count = len(plan.destinations)
    number = spell_number(count).capitalize()
    destinations = f"{number} {plural(count, 'destination')}"
    return PlanWords(
        client=f"Client: {join_names(client) if client else 'none yet'}.",
        server=f"Server: {server}.",
        destinations=f"{destinations}{' and a warehouse' if plan.warehouse else ''}.",
    )
