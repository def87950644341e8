"""Runs commands in this process, and small files of other tools to bring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from advisor.cli import main

EXAMPLE = Path(__file__).parents[1] / "examples" / "ten-events.json"


def run(*arguments: object, given: bytes = b"", **variables: str | None) -> Result:
    """Run a command."""
    return CliRunner(env=variables).invoke(main, [str(argument) for argument in arguments], input=given)


def segment_rule(name: str, description: str = "", *properties: str, version: int = 1) -> dict[str, Any]:
    """A rule for a track call as Segment's Public API has it."""
    fields = {"type": "object", "properties": {each: {"type": ["string"]} for each in properties}}
    sections = {"context": {}, "traits": {}, "properties": fields}
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "description": description}
    schema |= {"properties": sections, "required": ["properties"]}
    return {"key": name, "type": "TRACK", "version": version, "jsonSchema": schema}


def segment_plan(*rules: dict[str, Any]) -> bytes:
    """A tracking plan as Segment's Public API has it."""
    return json.dumps({"name": "Shop", "description": "", "type": "LIVE", "rules": list(rules)}, indent=2).encode()
