"""check-jsonschema, a program for builds, accepts every schema that we export, and checks payloads with them as the plan says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from advisor.model import Event, Plan
from running import run

from .packages import HERE
from .plans import EVERY_CALL, SMALL, exported, saved, shop

pytestmark = pytest.mark.slow
EACH_PLAN = pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
GOOD = {"order_id": "1", "total": 9.5, "coupon": None, "products": [{"sku": "a", "gift": None}], "stars": 3}
BAD = {
    "a text for a number": {"total": "9.5"},
    "a value that is not allowed": {"currency": "GBP"},
    "a child that is missing": {"address": {"zip": "1"}},
    "a child of another type": {"products": [{"sku": 1}]},
    "no date": {"paid_at": "yesterday"},
}


def accepts(*arguments: str | Path) -> bool:
    """Return whether check-jsonschema accepts files."""
    command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.startswith("ok" if done.returncode == 0 else "Schema validation errors"), done.stdout
    return done.returncode == 0


def put(folder: Path, values: Iterable[Any]) -> list[Path]:
    """Return a file for each value, written into a folder."""
    folder.mkdir()
    paths = []
    for number, value in enumerate(values):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(value), encoding="utf-8")
    assert paths
    return paths


@EACH_PLAN
@pytest.mark.parametrize("options", [(), ("--verdict", "--advisor-data")], ids=["plain", "with all"])
@pytest.mark.parametrize("key", ["json-schema", "reflekt"])
def test_a_schema_per_event_is_valid(tmp_path: Path, plan: Plan, key: str, options: tuple[str, ...]) -> None:
    """Under the meta-schema that it names."""
    files = exported(plan, key, tmp_path, *options)
    schemas = [path for name, path in files.items() if name != "tracking-advisor.json"]
    assert len(schemas) >= len(plan.events)
    assert accepts("--check-metaschema", *schemas)


@EACH_PLAN
@pytest.mark.parametrize("key", ["segment-public-api", "typewriter"])
def test_the_schemas_in_rules_are_valid(tmp_path: Path, plan: Plan, key: str) -> None:
    """Wrapped and flat."""
    rules = json.loads(exported(plan, key, tmp_path, "--advisor-data", "--verdict")["plan.json"].read_bytes())["rules"]
    assert accepts("--check-metaschema", *put(tmp_path / "schemas", (rule["jsonSchema"] for rule in rules)))


@EACH_PLAN
def test_iglu_accepts_the_schemas(tmp_path: Path, plan: Plan) -> None:
    """They describe themselves under names that Iglu takes."""
    files = exported(plan, "snowplow-iglu", tmp_path, "--verdict")
    for path, file in files.items():
        vendor, name, form, version = path.split("/")
        own = json.loads(file.read_bytes())["self"]
        assert own == {"vendor": vendor, "name": name, "format": form, "version": version}
    assert accepts("--schemafile", HERE / "iglu.json", "--default-filetype", "json", *files.values())


@EACH_PLAN
def test_snowplow_cli_accepts_the_data_structures(tmp_path: Path, plan: Plan) -> None:
    """The data structure, and the schema in it; a structure describes one schema."""
    files = list(exported(plan, "snowplow-cli", tmp_path, "--verdict", "--advisor-data").values())
    assert accepts("--schemafile", HERE / "snowplow_structure.json", *files)
    inner = [yaml.safe_load(file.read_bytes())["data"] for file in files]
    assert accepts("--schemafile", HERE / "iglu.json", *put(tmp_path / "inner", inner))
    assert len({(each["self"]["vendor"], each["self"]["name"]) for each in inner}) == len(files)


def test_lists_in_labels_are_reported_for_snowplow_cli(tmp_path: Path) -> None:
    """It takes texts alone as custom data, so that a list becomes one."""
    done = run("export", saved(shop(), tmp_path), "--to", "snowplow-cli", "-o", f"{tmp_path}/out/")
    assert "lost: the lists in labels: written as texts: snowplow-cli takes no lists (1 event)" in done.stderr


def test_a_second_version_is_reported_for_snowplow_cli(tmp_path: Path) -> None:
    """It wants one file for each schema; Iglu takes every version."""
    plan = replace(shop(), events=(Event(name="Same"), Event(name="Same", version=2)))
    said = "lost: a second data structure for one schema: written; snowplow-cli refuses it (1 event)"
    for key, expected in (("snowplow-cli", True), ("snowplow-iglu", False)):
        done = run("export", saved(plan, tmp_path), "--to", key, "-o", f"{tmp_path}/{key}/")
        assert (said in done.stderr) == expected


def test_the_schema_of_plan_documents_is_valid_and_accepts_plans(tmp_path: Path) -> None:
    """With their recommendations; a document with another format is refused."""
    schema = tmp_path / "schema.json"
    schema.write_bytes(run("schema").stdout_bytes)
    assert accepts("--check-metaschema", schema)
    plans = [tmp_path / f"{number}.json" for number in range(len(SMALL))]
    for plan, path in zip(SMALL, plans, strict=True):
        assert run("advise", saved(plan, tmp_path), "-o", path).exit_code == 0
    assert accepts("--schemafile", schema, *plans)
    bad = json.loads(plans[0].read_bytes()) | {"format": "tracking-plan/9"}
    assert not accepts("--schemafile", schema, *put(tmp_path / "bad", [bad]))


def test_a_schema_says_of_payloads_what_the_plan_says(tmp_path: Path) -> None:
    """It accepts one with every required property, and refuses what the plan does not allow."""
    schema = exported(shop(*EVERY_CALL), "json-schema", tmp_path)["Order_Completed.json"]
    assert accepts("--schemafile", schema, *put(tmp_path / "good", [GOOD]))
    assert not accepts("--schemafile", schema, *put(tmp_path / "missing", [{"total": 1}]))
    for name, change in BAD.items():
        assert not accepts("--schemafile", schema, *put(tmp_path / name, [GOOD | change])), name


def test_our_rules_for_iglu_refuse_what_iglu_refuses(tmp_path: Path) -> None:
    """So that accepting a schema means something."""
    first, *_ = exported(shop(), "snowplow-iglu", tmp_path).values()
    schema = json.loads(first.read_bytes())
    assert accepts("--schemafile", HERE / "iglu.json", *put(tmp_path / "good", [schema]))
    for number, change in enumerate(({"name": "Order Completed"}, {"version": "1.0.0"}, {"more": 1})):
        bad = schema | {"self": schema["self"] | change}
        assert not accepts("--schemafile", HERE / "iglu.json", *put(tmp_path / f"bad{number}", [bad]))
    assert not accepts("--schemafile", HERE / "iglu.json", *put(tmp_path / "draft", [schema | {"type": "text"}]))
