"""The example on the first page: one event with its usual answers, and the tools of a shop.

It is data, as a team would write it: which tools, and which consent category each belongs to. What reaches the tools is
advised like any other plan.
"""

from __future__ import annotations

from advisor.knowledge.known_names import with_known_answers
from advisor.knowledge.libraries import USUAL_SOURCES
from advisor.model import Destination, Event, Plan

EVENT = with_known_answers(Event(name="Order Completed"))
_ADVERTISING, _ANALYTICS = "advertising", "analytics"
PLAN = Plan(
    name="Shop",
    sources=USUAL_SOURCES,
    destinations=(
        Destination(key="Facebook Pixel", consent=_ADVERTISING),
        Destination(key="Hotjar", consent=_ANALYTICS),
        Destination(key="Facebook Conversions API (Actions)", consent=_ADVERTISING),
        Destination(key="Actions Google Enhanced Conversions", consent=_ADVERTISING),
        Destination(key="Actions Google Analytic 4", consent=_ANALYTICS),
        Destination(key="Mixpanel (Actions)", consent=_ANALYTICS),
        Destination(key="Braze Cloud Mode (Actions)"),
        Destination(key="AWS S3"),
    ),
    events=(EVENT,),
)
