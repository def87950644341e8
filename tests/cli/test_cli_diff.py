"""``advisor diff``: flips first with their cause, then all else; and against a commit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from running import EXAMPLE, run


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The example with one event flipped, one added, one removed, one changed."""
    plan = json.loads(EXAMPLE.read_bytes())
    plan["events"][0]["answers"]["user_absent"] = "yes"
    plan["events"][1]["description"] = "Another"
    del plan["events"][3]
    plan["events"].append({"name": "Line\nbreak"})
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(plan))
    return path


def names(events: list[dict[str, Any]]) -> list[str]:
    """The names of events in a report."""
    return [event["name"] for event in events]


def test_diff_says_flips_first_with_their_cause(changed: Path) -> None:
    """Each event is on one line, and the last line counts."""
    result = run("diff", EXAMPLE, changed)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("flipped: Order Completed (track): both -> server. “Can it happen")
    assert [line.partition(":")[0] for line in lines[:-1]] == ["flipped", "added", "removed", "changed"]
    assert "Line\\nbreak" in lines[1]
    assert lines[-1] == "1 flipped, 1 added, 1 removed, 1 changed; 7 unchanged"


def test_diff_as_json(changed: Path) -> None:
    """The same, with every changed field before and after."""
    report = json.loads(run("diff", EXAMPLE, changed, "--json").stdout_bytes)
    (flip,) = report["flipped"]
    assert (flip["before"], flip["after"]) == ("both", "server")
    assert flip["cause"]
    assert names(report["added"]) == ["Line\nbreak"]
    assert [each["label"] for event in report["changed"] for each in event["changes"]] == ["Description"]
    assert report["unchanged"] == 7


def test_a_plan_differs_from_itself_in_nothing() -> None:
    """Also if one of the two comes from standard input."""
    result = run("diff", "-", EXAMPLE, "--fail-on", "change", given=EXAMPLE.read_bytes())
    assert (result.exit_code, result.stdout) == (0, "nothing differs; 10 unchanged\n")
    assert run("diff", "-", "-", given=EXAMPLE.read_bytes()).exit_code == 2


def test_fail_on_sets_the_exit_code(tmp_path: Path, changed: Path) -> None:
    """A flip is a change; not every change is a flip."""
    assert run("diff", EXAMPLE, changed, "--fail-on", "flip").exit_code == 1
    plan = json.loads(EXAMPLE.read_bytes())
    plan["events"][1]["description"] = "Another"
    (tmp_path / "b.json").write_text(json.dumps(plan))
    assert run("diff", EXAMPLE, tmp_path / "b.json", "--fail-on", "flip").exit_code == 0
    assert run("diff", EXAMPLE, tmp_path / "b.json", "--fail-on", "change").exit_code == 1


def test_problems_name_the_plan(tmp_path: Path) -> None:
    """There are two, so the pointer alone would not do."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "tracking-plan/1", "events": [{}]}')
    result = run("diff", EXAMPLE, bad)
    assert (result.exit_code, result.stderr) == (2, f"{bad}: /events/0: The key “name” is missing.\n")


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody, without the settings of this machine."""
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, changed: Path) -> Path:
    """A repository in which the example was committed and then changed, beside a plan that was never committed."""
    folder = tmp_path / "repository"
    (folder / "plans").mkdir(parents=True)
    plan = folder / "plans" / "tracking-plan.json"
    plan.write_bytes(EXAMPLE.read_bytes())
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "plan")
    plan.write_bytes(changed.read_bytes())
    (folder / "plans" / "tracking-plan-new.json").write_bytes(EXAMPLE.read_bytes())
    return folder


def test_diff_against_a_commit(repository: Path) -> None:
    """Each plan with itself; all events of one that the commit does not have are added."""
    plans = sorted((repository / "plans").iterdir())
    report = json.loads(run("diff", "--against", "HEAD", *plans, "--json").stdout_bytes)
    new, old = (report[str(path)] for path in plans)
    assert (len(new["added"]), new["flipped"]) == (10, [])
    assert names(old["flipped"]) == ["Order Completed"]
    text = run("diff", "--against", "HEAD", *plans, "--fail-on", "flip")
    assert text.exit_code == 1
    assert all(line.startswith(str(repository)) for line in text.stdout.splitlines())


def test_before_the_first_commit_everything_is_added(tmp_path: Path) -> None:
    """As a hook finds it in a new repository; a folder that is no repository is still an error."""
    plan = tmp_path / "tracking-plan.json"
    plan.write_bytes(EXAMPLE.read_bytes())
    assert run("diff", "--against", "HEAD", plan).exit_code == 2
    git(tmp_path, "init", "-q")
    result = run("diff", "--against", "HEAD", plan)
    assert (result.exit_code, "10 added" in result.stdout) == (0, True)
    assert run("diff", "--against", "main~1", plan).exit_code == 2


@pytest.mark.parametrize("commit", ["nowhere", "--output=x", "HEAD:plans"])
def test_an_unknown_commit_is_refused(repository: Path, commit: str) -> None:
    """What looks like an option of git is none."""
    result = run("diff", f"--against={commit}", repository / "plans" / "tracking-plan.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_check_takes_several_plans(repository: Path) -> None:
    """Each line begins with the name of the plan; as JSON they are lists by name."""
    plans = sorted(map(str, (repository / "plans").iterdir()))
    lines = run("check", *plans).stdout.splitlines()
    assert {line.partition(": ")[0] for line in lines} == set(plans)
    found = json.loads(run("check", *plans, "--json").stdout_bytes)
    assert list(found) == plans
    alone = run("check", plans[0], "--json").stdout_bytes
    assert json.loads(alone) == found[plans[0]]
    assert alone == run("check", plans[0], "--format", "json").stdout_bytes


def test_an_event_whose_calls_carry_more_says_so(tmp_path: Path) -> None:
    """A common property changes what the calls of every event carry, and nothing that an event says itself."""
    plan = json.loads(EXAMPLE.read_bytes())
    plan["common"] = [{"name": "tenant"}]
    path = tmp_path / "common.json"
    path.write_text(json.dumps(plan))
    lines = run("diff", EXAMPLE, path).stdout.splitlines()
    rerouted = [line for line in lines if line.startswith("rerouted")]
    assert rerouted
    assert all(line.endswith(": what its calls carry") for line in rerouted)
