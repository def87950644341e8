"""The JSON Schema (2020-12) of question and answer."""

from __future__ import annotations

from typing import Any

import msgspec

from advisor.explain.explanation import Explanation, Inquiry


def schema() -> dict[str, Any]:
    """One schema with both: ``$defs/Inquiry`` and ``$defs/Explanation``; the schema itself is that of the answer."""
    (_, answer), components = msgspec.json.schema_components([Inquiry, Explanation], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **answer, "$defs": components}
