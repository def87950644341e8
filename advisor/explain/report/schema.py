"""The JSON Schema (2020-12) of the inquiry and its explanation. Used by `advisor.web.api.views.explain`."""

from __future__ import annotations

from typing import Any

import msgspec

from advisor.explain.report.explanation import Explanation, Inquiry


def schema() -> dict[str, Any]:
    """Return one schema with ``$defs/Inquiry`` and ``$defs/Explanation``; its root is the explanation."""
    (_, answer), components = msgspec.json.schema_components([Inquiry, Explanation], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **answer, "$defs": components}
