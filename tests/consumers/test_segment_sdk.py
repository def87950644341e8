"""Segment's public API SDK sends what we export, its models accept it, and ``advisor push segment`` asks as the SDK does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import advise
from advisor.formats.exchange import WriteOptions
from advisor.formats.segment_rule_diff import rules_to_push
from advisor.model import Plan
from running import run
from segment_server import PLAN, TOKEN, Rule, SegmentServer, segment_server

from .packages import HERE, run_node
from .plans import SMALL, exported, large, saved, shop

pytestmark = pytest.mark.slow
EACH_PLAN = pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)


@pytest.fixture
def segment() -> Iterator[SegmentServer]:
    """A server that speaks for Segment, and has no rules yet."""
    with segment_server() as server:
        yield server


def sdk(server: SegmentServer, *calls: tuple[str, object], values: Sequence[tuple[str, object]] = ()) -> Any:
    """Return the replies to calls of the SDK, and what of them and of other values its models do not accept."""
    given = {"url": server.url, "token": TOKEN, "plan": PLAN, "calls": calls, "values": values}
    return json.loads(run_node(HERE / "segment_sdk.cjs", given=json.dumps(given)))


def rules_of(plan: Plan) -> list[Rule]:
    """Return the rules of a plan as they are pushed."""
    return rules_to_push(advise(plan), WriteOptions(verdict=True))[0]


def updates(rules: Sequence[Rule]) -> list[tuple[str, object]]:
    """Return the calls that write rules, in batches."""
    starts = range(0, len(rules), 200)
    return [("updateRulesInTrackingPlan", {"rules": rules[start : start + 200]}) for start in starts]


def names(event: dict[str, Any]) -> list[str]:
    """Return the names of the properties of an event."""
    return [each["name"] for each in event["properties"]]


def push(server: SegmentServer, plan: Plan, folder: Path, *options: str) -> None:
    """Push a plan to a server."""
    where = ("--tracking-plan", PLAN, "--api", server.url, "--verdict", "--yes")
    done = run("push", "segment", saved(plan, folder), *where, *options, SEGMENT_PUBLIC_API_TOKEN=TOKEN)
    assert done.exit_code == 0, done.output


@EACH_PLAN
def test_the_sdk_sends_a_plan_and_its_rules(segment: SegmentServer, tmp_path: Path, plan: Plan) -> None:
    """What it lists afterwards are the rules of the plan, and its reply is imported as the same events."""
    whole = json.loads(exported(plan, "segment-public-api", tmp_path)["plan.json"].read_bytes())
    body = {name: value for name, value in whole.items() if name != "rules"}
    rules = rules_of(plan)
    calls = [("createTrackingPlan", body), *updates(rules), ("listRulesFromTrackingPlan", {"count": 200})]
    done = sdk(segment, *calls)
    assert done["problems"] == []
    listed = done["replies"][-1]
    members = rules[0].keys()
    assert [{name: each[name] for name in members if name in each} for each in listed["data"]["rules"]] == rules
    (tmp_path / "reply.json").write_text(json.dumps(listed), encoding="utf-8")
    imported = run("import", tmp_path / "reply.json", "-o", tmp_path / "again.json")
    assert imported.exit_code == 0, imported.output
    assert "segment-public-api" in imported.stderr
    again = json.loads((tmp_path / "again.json").read_bytes())
    assert [(each["name"], names(each)) for each in again["events"]] == [
        (each.name, [prop.name for prop in each.properties]) for each in plan.events
    ]


def test_a_push_asks_what_the_sdk_asks(segment: SegmentServer, tmp_path: Path) -> None:
    """The same methods, addresses and bodies: pages of 200, batches of 200, and rules to delete in the address."""
    plan, gone = large(450), large(453)
    with segment_server() as other:
        for server in (segment, other):
            for rule in rules_of(gone)[440:]:
                server.put(rule)
        push(segment, plan, tmp_path, "--delete")
        deleted = [{name: rule[name] for name in ("type", "key", "version")} for rule in rules_of(gone)[450:]]
        calls = [("listRulesFromTrackingPlan", {"count": 200}), *updates(rules_of(plan)[:440])]
        done = sdk(other, *calls, ("removeRulesFromTrackingPlan", deleted))
        assert done["problems"] == []
        assert segment.asked == other.asked
        segment.asked.clear()
        other.asked.clear()
        push(segment, plan, tmp_path)
        pages = [{"count": 200}, {"count": 200, "cursor": "200"}, {"count": 200, "cursor": "400"}]
        sdk(other, *(("listRulesFromTrackingPlan", page) for page in pages))
        assert segment.asked == other.asked


@EACH_PLAN
def test_the_models_accept_every_request_of_a_push(segment: SegmentServer, tmp_path: Path, plan: Plan) -> None:
    """Also with the verdict and our own data; the server keeps only what Segment accepts."""
    push(segment, plan, tmp_path, "--advisor-data")
    bodies = [("UpdateRulesInTrackingPlanV1Input", body) for method, _, body in segment.asked if method == "PATCH"]
    assert len(bodies) == 1
    assert sdk(segment, values=bodies)["problems"] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"key": None}, "0/rules/0/key: no string"),
        ({"version": "1"}, "0/rules/0/version: no number"),
        ({"type": "ALIAS"}, "0/rules/0/type: ALIAS is no UpsertRuleV1.TypeEnum"),
        ({"createdAt": "2026-01-01"}, "0/rules/0: createdAt is unknown"),
    ],
)
def test_the_models_refuse_another_shape(segment: SegmentServer, change: dict[str, object], problem: str) -> None:
    """So that accepting one means something."""
    rule = rules_of(shop())[0] | change
    assert sdk(segment, values=[("UpdateRulesInTrackingPlanV1Input", {"rules": [rule]})])["problems"] == [problem]
    del rule["version"]
    assert (
        "0/rules/0: no version"
        in sdk(segment, values=[("UpdateRulesInTrackingPlanV1Input", {"rules": [rule]})])["problems"]
    )
