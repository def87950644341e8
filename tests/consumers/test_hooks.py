"""pre-commit itself runs our hooks at the commits of a temporary repository, and GitHub's schemas accept our action.

pre-commit would install this project from the network for a hook in Python. Here the configuration says that the program is on
the path already; all else is as in a team's repository.
"""

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

from .packages import ROOT

pytestmark = pytest.mark.slow
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / ".github" / "actions" / "check-plan" / "action.yml"
PAGE = ROOT / "docs" / "continuous-integration.md"
PLAN = "plans/tracking-plan.json"


def call(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the programs of this environment on the path, and without the person's own configuration."""
    environment = {
        **os.environ,
        **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
    }
    return subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def done(folder: Path, *command: str | Path) -> str:
    """Return what a command prints, which has to succeed."""
    result = call(folder, *command)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout.strip()


def examples(start: str) -> list[Any]:
    """Return the YAML examples of docs/continuous-integration.md that begin with a text."""
    found = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [yaml.safe_load(text) for text in found if text.startswith(start)]


def configure(repository: Path, **arguments: list[str]) -> None:
    """Write the configuration of the docs for a repository, with other arguments of the hooks."""
    tool = repository.parent / "tool"
    (settings,) = examples("repos:")
    (ours,) = settings["repos"]
    ours |= {"repo": str(tool), "rev": done(tool, "git", "rev-parse", "HEAD")}
    for hook in ours["hooks"]:
        hook |= {"language": "system", "args": arguments.get(hook["id"].replace("-", "_"), [])}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with pre-commit installed, beside one that has our hooks."""
    tool, team = tmp_path / "tool", tmp_path / "team"
    for folder in (tool, team):
        folder.mkdir()
        done(folder, "git", "init", "-q", "-b", "main")
    (tool / HOOKS.name).write_bytes(HOOKS.read_bytes())
    done(tool, "git", "add", ".")
    done(tool, "git", "commit", "-qm", "hooks")
    (team / "plans").mkdir()
    done(team, "pre-commit", "install")
    configure(team)
    return team


def plan(**changes: Any) -> dict[str, Any]:
    """Return the example plan with other members."""
    document: dict[str, Any] = json.loads(EXAMPLE.read_bytes())
    return document | changes


def commit(repository: Path, document: dict[str, Any], *, passes: bool) -> str:
    """Return what is said at the commit of a plan, which the hooks let pass or block."""
    (repository / PLAN).write_text(json.dumps(document))
    done(repository, "git", "add", ".")
    before = call(repository, "git", "rev-parse", "-q", "--verify", "HEAD").stdout
    result = call(repository, "git", "commit", "-m", "plan")
    after = call(repository, "git", "rev-parse", "-q", "--verify", "HEAD").stdout
    said = result.stdout + result.stderr
    assert (result.returncode == 0, before != after) == (passes, passes), said
    return said


def test_pre_commit_and_github_accept_the_files() -> None:
    """By their own checks: of hooks, of an action, and of the workflow in the docs."""
    done(ROOT, "pre-commit", "validate-manifest", HOOKS)
    done(ROOT, "check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION)


def test_github_accepts_the_workflow_in_the_docs(tmp_path: Path) -> None:
    """With inputs that the action has."""
    (workflow,) = examples("on:")
    workflow["on"] = workflow.pop(True)  # YAML 1.1 reads the key as a boolean
    path = tmp_path / "workflow.yml"
    path.write_text(yaml.safe_dump(workflow))
    done(tmp_path, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)
    used = [step for step in workflow["jobs"]["plan"]["steps"] if "check-plan" in step.get("uses", "")]
    assert used[0]["with"].keys() <= yaml.safe_load(ACTION.read_bytes())["inputs"].keys()


def test_a_commit_with_an_error_finding_is_blocked(repository: Path) -> None:
    """Until it is mended. Warnings pass, unless the configuration says otherwise."""
    said = commit(repository, plan(sources={"client": [], "server": None}), passes=False)
    assert "check the tracking plan" in said
    assert "error no-source" in said
    assert "sensitive-to-third-party" not in commit(repository, plan(), passes=True)
    configure(repository, advisor_check=["--fail-on", "warning"])
    assert "warning sensitive-to-third-party" in commit(repository, plan(name="Other"), passes=False)


def test_a_commit_shows_whose_placement_flips_first(repository: Path) -> None:
    """And blocks a flip only where the configuration says so."""
    commit(repository, plan(), passes=True)
    changed = plan()
    changed["events"][1]["description"] = "Another text"
    changed["events"][0]["answers"]["user_absent"] = "yes"
    changed["events"].append({"name": "Invoice Paid", "answers": {"payment": "yes", "user_absent": "yes"}})
    configure(repository, advisor_diff=["--fail-on", "flip"])
    said = commit(repository, changed, passes=False)
    lines = [line.removeprefix(f"{PLAN}: ") for line in said.splitlines() if line.startswith(PLAN)]
    kinds = [line.split(":")[0] for line in lines]
    assert kinds[:3] == ["flipped", "added", "changed"]
    assert lines[0].startswith("flipped: Order Completed (track): both -> server.")
    configure(repository)
    assert "flipped: Order Completed" in commit(repository, changed, passes=True)


def test_other_files_are_skipped(repository: Path) -> None:
    """A commit without a plan passes."""
    (repository / "package.json").write_text("{}")
    done(repository, "git", "add", ".")
    result = call(repository, "git", "commit", "-m", "other")
    assert result.returncode == 0
    assert result.stderr.count("Skipped") + result.stdout.count("Skipped") == 2
