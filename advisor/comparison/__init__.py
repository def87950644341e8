"""Compares two stages of a plan or an event: what was added, removed and changed, and which placements flipped.

The pages of the history use it. All functions are pure. Both stages are advised with today's rules and catalogue, so
that a placement differs only if the plan does.
"""

from advisor.comparison.causes import cause
from advisor.comparison.compare_events import EventComparison, compare_events
from advisor.comparison.compare_plans import PlanComparison, Stage, compare_plans, reads_alike
from advisor.comparison.differences import Change, event_changes, settings_changes

__all__ = [
    "Change",
    "EventComparison",
    "PlanComparison",
    "Stage",
    "cause",
    "compare_events",
    "compare_plans",
    "event_changes",
    "reads_alike",
    "settings_changes",
]
