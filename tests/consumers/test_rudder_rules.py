"""rudder-cli accepts the project that we export, by its own rules; what it refuses is in the report of the export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from advisor.document import check, write
from advisor.formats.exchange import WriteOptions, format_named
from advisor.model import Event, Plan, Property
from plan_documents import plans
from running import run

from .plans import EVERY_CALL, exported, hostile, large, shop
from .rudder_rules import problems

KINDS = ("events", "properties", "tracking-plan")


def found(files: dict[str, bytes]) -> list[str]:
    """Return what rudder-cli refuses in the files of an export."""
    return list(problems({kind: yaml.safe_load(files[f"{kind}.yaml"]) for kind in KINDS}))


def refusals(plan: Plan) -> tuple[list[str], list[str]]:
    """Return what rudder-cli refuses in an export, and what the report says that it refuses."""
    form = format_named("rudder-cli")
    assert form.write is not None
    done = form.write(plan, WriteOptions())
    return found(done.files), [each.what for each in done.losses if "rudder-cli" in f"{each.what} {each.done}"]


@pytest.mark.parametrize("options", [(), ("--verdict", "--advisor-data")], ids=["plain", "with all"])
def test_rudder_cli_accepts_the_project(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Events of every call, properties of every type, nested ones, and many events."""
    for number, plan in enumerate((shop(*EVERY_CALL), large(300))):
        (tmp_path / str(number)).mkdir()
        files = exported(plan, "rudder-cli", tmp_path / str(number), *options)
        assert found({name: path.read_bytes() for name, path in files.items()}) == []


def _nested(depth: int) -> Property:
    inner = (_nested(depth - 1),) if depth else ()
    return Property(name=f"level_{depth}", type="object", properties=inner)


def _with(**members: Any) -> dict[str, Any]:
    return {"events": (Event(name="A", properties=(Property(name="a", **members),)),)}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "Shop <1>"}, "plan: the name 'Shop <1>'"),
        ({"description": "1st plan"}, "plan: a description that begins with no letter"),
        ({"events": (Event(name="ü" * 40),)}, "a name of 80 bytes"),
        ({"events": (Event(name="A", description="no"),)}, "a description of 2 characters"),
        ({"events": (Event(name="A", properties=(Property(name=" a"),)),)}, "blanks around it"),
        ({"events": (Event(name="A", properties=(_nested(4),)),)}, "nested more than 3 levels"),
        ({"events": (Event(name="A"), Event(name="A", version=2))}, "event of a rule #event:a twice"),
        ({"events": (Event(name="A", call="page"), Event(name="B", call="page"))}, "event of a rule #event:page twice"),
        (_with(type="object", values=("x",)), "enum is not for ['object']"),
        (_with(type="array", values=("x",)), "enum is not for ['array']"),
        (_with(type="string", values=("x", "x")), "a value twice"),
        (_with(type="string", description="no"), "a description of 2 characters"),
        (_with(type="string", extra={"json-schema": {"rest": {"format": "uri"}}}), "the format uri"),
        (
            {
                "events": (
                    Event(name="A", properties=(Property(name="a", type="any", properties=(Property(name="b"),)),)),
                )
            },
            "which holds no objects",
        ),
    ],
)
def test_what_rudder_cli_refuses_is_reported(change: dict[str, Any], problem: str) -> None:
    """One by one: the rules find it, and the report of the export names it."""
    refused, said = refusals(replace(shop(), **change))
    assert any(problem in each for each in refused), refused
    assert said


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans)
def test_no_refusal_of_rudder_cli_is_unreported(plan: Plan) -> None:
    """Any plan: if rudder-cli refuses something, then the report says so."""
    refused, said = refusals(check(plan)[0])
    assert not refused or said, refused


def test_a_strict_export_of_hostile_names_fails(tmp_path: Path) -> None:
    """So that a build notices before rudder-cli does."""
    path = tmp_path / "plan.json"
    path.write_bytes(write(hostile()))
    done = run("export", path, "--to", "rudder-cli", "-o", f"{tmp_path}/out/", "--strict")
    assert done.exit_code == 1
    assert "rudder-cli refuses" in done.stderr
