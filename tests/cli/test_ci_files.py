"""The GitHub Action and the pre-commit hooks: they are well formed, and their commands do what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from running import EXAMPLE
from serving import ROOT

ACTION = ROOT / ".github" / "actions" / "check-plan" / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def parsed(path: Path) -> Any:
    """The value of a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def shell(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of a step as GitHub does: bash that stops at the first error, with the program on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    arguments = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose plan, in a folder with a blank in its name, flips against the last commit."""
    plan = tmp_path / "our plans" / "tracking-plan.json"
    plan.parent.mkdir()
    plan.write_bytes(EXAMPLE.read_bytes())
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "plan"]):
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)
    changed = json.loads(EXAMPLE.read_bytes())
    changed["events"][0]["answers"]["user_absent"] = "yes"
    plan.write_text(json.dumps(changed))
    return tmp_path


def steps() -> dict[str, dict[str, Any]]:
    """The steps of the action by name."""
    return {step["name"]: step for step in parsed(ACTION)["runs"]["steps"]}


def test_the_action_is_a_composite_one_whose_inputs_are_used() -> None:
    """Every input is described; each step that runs something names its shell, and takes inputs by variables only."""
    action = parsed(ACTION)
    assert action["runs"]["using"] == "composite"
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text()))
    assert used == set(action["inputs"])
    assert all(each["description"] for each in action["inputs"].values())
    for step in steps().values():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input inside a script could run anything"


def test_the_action_installs_this_project() -> None:
    """The folder that it names by default, seen from the action, is the root of the project."""
    default = parsed(ACTION)["inputs"]["install"]["default"].replace("${{ github.action_path }}", str(ACTION.parent))
    assert Path(default).resolve() == ROOT


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("info", 1)])
def test_the_action_checks_a_plan(repository: Path, fail_on: str, code: int) -> None:
    """And fails on the findings that it is told to."""
    done = shell(steps()["Check"]["run"], repository, PLAN="our plans/tracking-plan.json", FAIL_ON=fail_on)
    assert (done.returncode, done.stderr) == (code, "")
    assert "sensitive-to-third-party" in done.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("", 0), ("flip", 1)])
def test_the_action_compares_with_a_commit(repository: Path, fail_on: str, code: int) -> None:
    """The flip comes first."""
    plan = "our plans/tracking-plan.json"
    done = shell(steps()["Compare"]["run"], repository, PLAN=plan, BASE="HEAD", FAIL_ON=fail_on)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith(f"{plan}: flipped: Order Completed")


def test_hooks_have_what_pre_commit_requires() -> None:
    """An id, a name, an entry and a language; their pattern finds plans and no other JSON."""
    for hook in parsed(HOOKS):
        assert hook.keys() >= {"id", "name", "entry", "language", "files"}
        assert re.search(hook["files"], "plans/tracking-plan.json")
        assert re.search(hook["files"], "tracking-plan-app.json")
        assert not re.search(hook["files"], "package.json")


@pytest.mark.parametrize("hook", parsed(HOOKS), ids=lambda hook: str(hook["id"]))
def test_hooks_run(repository: Path, hook: dict[str, Any]) -> None:
    """With several files after the entry, as pre-commit calls them."""
    (repository / "tracking-plan-b.json").write_bytes(EXAMPLE.read_bytes())
    files = "'our plans/tracking-plan.json' tracking-plan-b.json"
    done = shell(f"{hook['entry']} {files}", repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.partition(": ")[0] for line in done.stdout.splitlines()} == {
        "our plans/tracking-plan.json",
        "tracking-plan-b.json",
    }


def test_hooks_fail_as_they_are_told(repository: Path) -> None:
    """By arguments before the files."""
    plan = "'our plans/tracking-plan.json'"
    assert shell(f"advisor check --fail-on info {plan}", repository).returncode == 1
    assert shell(f"advisor diff --against HEAD --fail-on flip {plan}", repository).returncode == 1
