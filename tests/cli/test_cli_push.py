"""``advisor push segment``: shows what would change, sends it in batches with --yes, deletes with --delete only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from running import run, segment_plan, segment_rule
from segment_server import PLAN, TOKEN, SegmentServer, segment_server


@pytest.fixture
def segment() -> Iterator[SegmentServer]:
    """A server that speaks for Segment; it has one rule of ours, one that differs, one that we don't have."""
    with segment_server() as server:
        server.put(segment_rule("Same", "", "total"))
        server.put(segment_rule("Other", "old"))
        server.put(segment_rule("Gone & more"))
        yield server


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited, without waiting."""
    found: list[float] = []
    monkeypatch.setattr("advisor.cli.segment_api.sleep", found.append)
    return found


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with a rule as Segment has it, one that differs and one that is only ours."""
    path = tmp_path / "plan.json"
    rules = (segment_rule("Same", "", "total"), segment_rule("Other", "text"), segment_rule("New"))
    assert run("import", "-", "-o", path, given=segment_plan(*rules)).exit_code == 0
    return path


def push(
    segment: SegmentServer, plan: Path, *options: str, token: str | None = TOKEN, tracking_plan: str = PLAN
) -> Result:
    """Push a plan to the server."""
    where = ("--tracking-plan", tracking_plan, "--api", segment.url)
    result = run("push", "segment", plan, *where, *options, SEGMENT_PUBLIC_API_TOKEN=token)
    assert TOKEN not in result.stdout + result.stderr
    return result


def methods(segment: SegmentServer) -> list[str]:
    """The methods that the server was asked with."""
    return [method for method, _, _ in segment.asked]


def test_without_yes_nothing_is_sent(segment: SegmentServer, plan: Path) -> None:
    """Only what would change is shown."""
    result = push(segment, plan)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "create: TRACK New, version 1",
        "update: TRACK Other, version 1",
        '  /description: "old" -> "text"',
        "only in Segment: TRACK Gone & more, version 1",
        "1 to create, 1 to update, 1 only in Segment, 1 unchanged",
    ]
    assert "--yes" in result.stderr
    assert methods(segment) == ["GET"]


def test_yes_sends_what_differs_and_deletes_nothing(segment: SegmentServer, plan: Path) -> None:
    """The second time nothing differs."""
    assert push(segment, plan, "--yes").exit_code == 0
    assert [name for _, name, _ in segment.rules] == ["Same", "Other", "Gone & more", "New"]
    assert segment.rules[("TRACK", "Other", 1)]["jsonSchema"]["description"] == "text"
    segment.asked.clear()
    assert "0 to create, 0 to update" in push(segment, plan, "--yes").stdout
    assert methods(segment) == ["GET"]


def test_delete_removes_what_the_plan_does_not_have(segment: SegmentServer, plan: Path) -> None:
    """After everything was written; a dry run says so before."""
    assert "delete: TRACK Gone & more, version 1" in push(segment, plan, "--delete").stdout
    assert methods(segment) == ["GET"]
    assert push(segment, plan, "--yes", "--delete").exit_code == 0
    assert sorted(str(name) for _, name, _ in segment.rules) == ["New", "Other", "Same"]
    assert methods(segment)[-2:] == ["PATCH", "DELETE"]


def test_rules_go_in_batches_of_200(segment: SegmentServer, tmp_path: Path) -> None:
    """And are listed in pages; 90 deletions are several requests, too."""
    path = tmp_path / "large.json"
    run("import", "-", "-o", path, given=segment_plan(*(segment_rule(f"Event {number}") for number in range(450))))
    assert push(segment, path, "--yes").exit_code == 0
    assert [len(body["rules"]) for method, _, body in segment.asked if method == "PATCH"] == [200, 200, 50]
    run("import", "-", "-o", path, given=segment_plan(*(segment_rule(f"Event {number}") for number in range(360))))
    segment.asked.clear()
    assert push(segment, path, "--yes", "--delete").exit_code == 0
    assert methods(segment) == ["GET", "GET", "GET", *["DELETE"] * 5]
    assert len(segment.rules) == 360


def test_json_says_what_was_done(segment: SegmentServer, plan: Path) -> None:
    """Standard output has nothing else."""
    report = json.loads(push(segment, plan, "--json", "--yes").stdout_bytes)
    assert report["create"] == [{"type": "TRACK", "key": "New", "version": 1}]
    change = {"pointer": "/description", "before": '"old"', "after": '"text"'}
    assert report["update"] == [{"type": "TRACK", "key": "Other", "version": 1, "changes": [change]}]
    assert (report["pushed"], report["deleted"], report["unchanged"]) == (True, False, 1)


def test_busy_replies_are_waited_for(segment: SegmentServer, plan: Path, waits: list[float]) -> None:
    """As long as the reply asks for; a failure of the server is tried again, too."""
    segment.first = [(429, {"Retry-After": "7"}, {}), (503, {}, {})]
    assert push(segment, plan).exit_code == 0
    assert waits == [7, 2]


def test_replies_that_stay_busy_end_with_code_3(segment: SegmentServer, plan: Path) -> None:
    """Nothing about the input is wrong."""
    segment.first = [(429, {"Retry-After": "1"}, {})] * 5
    result = push(segment, plan)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Try again later" in result.stderr
    assert len(segment.asked) == 5


def test_a_stop_in_between_says_how_far_it_came(segment: SegmentServer, tmp_path: Path) -> None:
    """The first batch was written."""
    path = tmp_path / "large.json"
    run("import", "-", "-o", path, given=segment_plan(*(segment_rule(f"Event {number}") for number in range(300))))
    listed = segment.answer("GET", f"/tracking-plans/{PLAN}/rules?pagination[count]=200", f"Bearer {TOKEN}", None)
    segment.first = [listed, (200, {}, {"data": {}}), (422, {}, {"errors": [{"message": "no look-ahead"}]})]
    result = push(segment, path, "--yes")
    assert result.exit_code == 2
    assert "no look-ahead" in result.stderr
    assert "200 of 300 changes were made before" in result.stderr


@pytest.mark.parametrize(
    ("token", "tracking_plan", "says"), [("wrong", PLAN, "token"), (TOKEN, "tp_2", "tp_2"), (None, PLAN, "not set")]
)
def test_refusals_say_what_to_do(
    segment: SegmentServer, plan: Path, token: str | None, tracking_plan: str, says: str
) -> None:
    """Without another try."""
    result = push(segment, plan, token=token, tracking_plan=tracking_plan)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert len(segment.asked) == (0 if token is None else 1)


def test_the_token_goes_nowhere_else(segment: SegmentServer, plan: Path) -> None:
    """Redirects are refused, and so is an address without encryption."""
    with segment_server() as other:
        segment.first = [(307, {"Location": other.url}, {})]
        assert push(segment, plan).exit_code == 2
        assert other.asked == []
    segment.url = "http://api.example.org"
    assert "https://" in push(segment, plan).stderr


def test_a_server_that_is_not_there_ends_with_code_3(segment: SegmentServer, plan: Path, waits: list[float]) -> None:
    """After some tries."""
    segment.url = "http://127.0.0.1:9"
    result = push(segment, plan)
    assert (result.exit_code, len(waits)) == (3, 4)
    assert "can’t be reached" in result.stderr
