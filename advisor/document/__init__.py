"""Reads, checks and writes plan documents. For a document that is refused, it lists every problem.

``docs/document.md`` describes the format. `read` takes bytes, `check` a plan that a form or the store built; both
return a plan in canonical form and notes, which ``advisor.advice.advise`` takes with it. `write` returns the bytes.
The store accepts only what `canonical` and the other ``canonical_…`` functions return.
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
from advisor.document.read import Reading, check, read
from advisor.document.schema import schema
from advisor.document.write import bare, json_text, write
from advisor.document_limits import MAX_BODY

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
