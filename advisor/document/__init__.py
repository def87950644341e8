"""The plan document: plan to canonical JSON and back, with every problem of a document that is refused.

``docs/document.md`` describes the format. `read` takes bytes, `check` a plan that a form or the store built; both
give a plan in canonical form and notes, which ``advisor.advice.advise`` takes with it. `write` gives the bytes.
`canonical` is the door to the store: what it and its like return is all that may be stored.
"""

from advisor.document.canonical import (
    Canonical,
    CanonicalPlan,
    canonical,
    canonical_event,
    canonical_events,
    canonical_settings,
)
from advisor.document.fitting import fitted
from advisor.document.problems import DocumentError, Problem
from advisor.document.reading import Reading, check, read
from advisor.document.schema import schema
from advisor.document.syntax import MAX_BODY
from advisor.document.writing import bare, json_text, write

__all__ = [
    "MAX_BODY",
    "Canonical",
    "CanonicalPlan",
    "DocumentError",
    "Problem",
    "Reading",
    "bare",
    "canonical",
    "canonical_event",
    "canonical_events",
    "canonical_settings",
    "check",
    "fitted",
    "json_text",
    "read",
    "schema",
    "write",
]
