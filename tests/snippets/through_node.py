"""The generated code for Express, run by Node.js."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from .tools import run, tool
from .vectors import Handed, code_for


def through_node(driver: Path, vectors: list[dict[str, Any]], folder: Path, **environment: str) -> list[Handed]:
    """Return what the code for Express makes of requests, through a driver that prints it."""
    asked = []
    for vector in vectors:
        code = folder / f"handoff_{abs(hash(json.dumps(vector['config'])))}.mjs"
        if not code.exists():
            code.write_text(code_for(vector["config"], "Express"), encoding="utf-8")
        asked.append({"code": str(code), "request": vector["request"]})
    told = json.loads(run(tool("node"), driver, given=json.dumps(asked), cwd=folder, **environment))
    return [_from_node(each) for each in told]


def _from_node(told: dict[str, Any]) -> Handed:
    assert not told["isNew"] or uuid.UUID(told["anonymousId"]).version == 4
    known = None if told["isNew"] else told["anonymousId"]
    return Handed(known, told["isNew"], told.get("userId"), told["context"], told["ids"], told["properties"])
