"""Other readers of YAML and of Terraform's language get the values that we wrote, also with hostile names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml
from ruamel.yaml import YAML

from advisor.formats.carriers.text import decode
from advisor.formats.carriers.yaml_text import parse_yaml
from advisor.model import Plan

from .plans import SMALL, exported

EACH_PLAN = pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
YAML_FORMATS = (
    "analyze-tracking",
    "glean",
    "opentrackplan",
    "rudder-cli",
    "snowplow-cli",
    "telemetry-yaml",
    "tracking-plan-kit",
)
CALL = "${jsonencode("
"""How python-hcl2 begins a value that Terraform computes."""


@EACH_PLAN
@pytest.mark.parametrize("key", YAML_FORMATS)
def test_readers_of_yaml_agree(tmp_path: Path, plan: Plan, key: str) -> None:
    """ruamel.yaml by the rules of YAML 1.2, PyYAML by those of 1.1, and our own reader get the same."""
    files = [path for path in exported(plan, key, tmp_path).values() if path.suffix == ".yaml"]
    texts = []
    for path in files:
        data = path.read_bytes()
        ours = parse_yaml(decode(data)).value
        assert YAML(typ="safe", pure=True).load(data) == ours
        assert yaml.safe_load(data) == ours
        texts.append(json.dumps(ours, ensure_ascii=False))
    if key == "glean":
        return  # its names are words with underlines
    whole = "\n".join(texts)
    tracked = [event.name for event in plan.events if event.call == "track"]
    assert [name for name in tracked if json.dumps(name, ensure_ascii=False)[1:-1] not in whole] == []


def hcl_value(value: Any) -> Any:
    """Return a value of python-hcl2 as Terraform means it: it leaves texts as they are written."""
    if isinstance(value, str) and value.startswith(CALL):
        inner = hcl2.loads(f"value = {value.removeprefix(CALL).removesuffix(')}')}\n")
        return hcl_value(inner["value"])
    if isinstance(value, str) and value.startswith('"'):
        text: str = json.loads(value)
        return text.replace("$${", "${").replace("%%{", "%{")
    if isinstance(value, str):
        return {"null": None, "true": True, "false": False}.get(value, value)
    if isinstance(value, list):
        return [hcl_value(each) for each in value]
    if isinstance(value, dict):
        return {hcl_value(key): hcl_value(each) for key, each in value.items() if not key.startswith("__")}
    return value


@EACH_PLAN
def test_python_hcl2_reads_the_rules_that_the_api_gets(tmp_path: Path, plan: Plan) -> None:
    """The Terraform file and the JSON file of a plan hold the same rules."""
    options = ("--verdict", "--advisor-data")
    text = exported(plan, "segment-terraform", tmp_path, *options)["tracking-plan.tf"].read_text(encoding="utf-8")
    ((kind, named),) = hcl_value(hcl2.loads(text)["resource"][0]).items()
    (found,) = named.values()
    wanted = json.loads(exported(plan, "segment-public-api", tmp_path, *options)["plan.json"].read_bytes())
    for rule in wanted["rules"]:
        rule["json_schema"] = rule.pop("jsonSchema")
        if rule["key"] is None:
            del rule["key"]
    assert kind == "segment_tracking_plan"
    assert found == wanted
