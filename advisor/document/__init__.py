"""The plan document: plan to canonical JSON and back, with every problem of a document that is refused.

``docs/document.md`` describes the format. `read` takes bytes, `check` a plan that a form or the store built; both
give a plan in canonical form and notes, which ``advisor.advice.advise`` takes with it. `write` gives the bytes.
"""

from advisor.document.problems import DocumentError, Problem
from advisor.document.reading import Reading, check, read
from advisor.document.schema import schema
from advisor.document.syntax import MAX_BODY
from advisor.document.writing import bare, json_text, write

__all__ = ["MAX_BODY", "DocumentError", "Problem", "Reading", "bare", "check", "json_text", "read", "schema", "write"]
