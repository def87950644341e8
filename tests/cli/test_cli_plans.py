"""``advisor plans``: the administrator lists every plan and makes recovery codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from advisor.cli import main
from advisor.settings import Settings
from advisor.web import create_app
from owned_plans import SHOP
from page_client import PageClient

KEY, OTHER_KEY = "the key of the installation", "another key than that one"


def run(folder: Path, *arguments: str, key: str = KEY) -> Result:
    """Run ``advisor plans`` on the database of this folder."""
    variables = {"ADVISOR_DATABASE_URL": f"sqlite:///{folder / 'plans.sqlite'}", "ADVISOR_SECRET_KEY": key}
    return CliRunner().invoke(main, ["plans", *arguments], env=variables)


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """Three plans of two owners; the last one was deleted."""
    url = f"sqlite:///{tmp_path / 'plans.sqlite'}"
    store = create_app(Settings(database_url=url, data_dir=tmp_path, secret_key=KEY)).extensions["store"]
    made = [
        store.create(owner, replace(SHOP, name=name)) for owner, name in (("a", "One"), ("a", "Two"), ("b", "Three"))
    ]
    store.delete("b", made[2])
    store.close()
    return made


def test_list_names_every_plan(tmp_path: Path, ids: list[str]) -> None:
    """Whose they are can be told apart, and no line is worth a cookie."""
    found = run(tmp_path, "list")
    assert (found.exit_code, found.stderr) == (0, "")
    lines = found.stdout.splitlines()
    assert {line.split()[0] for line in lines} == set(ids)
    assert sum(line.endswith("Three  (deleted)") for line in lines) == 1
    listed = json.loads(run(tmp_path, "list", "--json").stdout)
    assert [entry["events"] for entry in listed] == [4, 4, 4]
    owners = {entry["name"]: entry["owner"] for entry in listed}
    assert owners["One"] == owners["Two"] != owners["Three"]
    assert "a" not in owners.values()


def test_adopt_prints_a_code_that_opens_the_plan_in_a_browser(tmp_path: Path, ids: list[str]) -> None:
    """With all others of its owner; the owner's own browser loses nothing."""
    found = run(tmp_path, "adopt", ids[0])
    assert found.exit_code == 0
    (line,) = found.stdout.splitlines()
    url = f"sqlite:///{tmp_path / 'plans.sqlite'}"
    app = create_app(Settings(database_url=url, data_dir=tmp_path, secret_key=KEY))
    app.test_client_class = PageClient
    client = app.test_client()
    client.get("/plans/recovery")
    client.submit("/plans/recovery", code=line.split()[0])
    client.get(f"/plans/{ids[0]}")
    client.get(f"/plans/{ids[1]}")
    client.get(f"/plans/{ids[2]}", status=404)
    assert len(app.extensions["store"].plans("a")) == 2
    app.extensions["store"].close()


def test_adopt_all_prints_a_code_for_each_owner(tmp_path: Path, ids: list[str]) -> None:
    """With the plans that it opens."""
    assert len(ids) == 3
    lines = run(tmp_path, "adopt", "--all").stdout.splitlines()
    assert sorted(line.partition("  ")[2] for line in lines) == ["Three", "Two, One"]


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("arguments", [["adopt"], ["adopt", "0" * 32], ["adopt", "../x"]])
def test_adopt_without_a_plan_asks_for_one(tmp_path: Path, arguments: list[str]) -> None:
    """One line, exit code 2."""
    found = run(tmp_path, *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "advisor plans list" in found.stderr


@pytest.mark.usefixtures("ids")
def test_another_key_is_refused_until_it_is_accepted(tmp_path: Path) -> None:
    """With the way out in the message."""
    refused = run(tmp_path, "adopt", "--all", key=OTHER_KEY)
    assert refused.exit_code == 2
    assert "advisor plans accept-key" in refused.stderr
    assert run(tmp_path, "accept-key", key=OTHER_KEY).exit_code == 0
    assert run(tmp_path, "adopt", "--all", key=OTHER_KEY).exit_code == 0
    assert run(tmp_path, "adopt", "--all", key=KEY).exit_code == 2
