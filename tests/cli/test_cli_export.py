"""``advisor export``: files of other tools, what they can't hold, and reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.formats.exchange import formats
from running import EXAMPLE, run, segment_plan, segment_rule

FILE = segment_plan(segment_rule("Order Paid", "Charged", "total"), segment_rule("Signed Up"))


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """A plan that came from Segment."""
    path = tmp_path / "plan.json"
    assert run("import", "-", "-o", path, given=FILE).exit_code == 0
    return path


def test_a_file_of_segment_comes_back_byte_for_byte(brought: Path) -> None:
    """Import and export again, with nothing lost."""
    result = run("export", brought, "--to", "segment-public-api", "--strict")
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, FILE, "")


@pytest.mark.parametrize("key", ["json", "html", "markdown"])
def test_format_is_another_name_of_to(key: str) -> None:
    """With the same bytes."""
    assert run("export", EXAMPLE, "--format", key).stdout_bytes == run("export", EXAMPLE, "--to", key).stdout_bytes


def test_losses_are_in_the_report_and_strict_fails_on_them(tmp_path: Path) -> None:
    """The file is written all the same; each kind of loss is one line."""
    out, report = tmp_path / "out.json", tmp_path / "r.json"
    result = run("export", EXAMPLE, "--to", "segment-public-api", "-o", out, "--json-report", report, "--strict")
    assert result.exit_code == 1
    assert out.exists()
    found = json.loads(report.read_bytes())
    assert (found["format"], found["files"]) == ("segment-public-api", ["plan.json"])
    answers = [each for each in found["losses"] if each["what"] == "answers"]
    assert answers
    assert f"lost: answers: left out ({len(answers)} events)\n" in result.stderr
    assert run("export", EXAMPLE, "--to", "segment-public-api", "-o", out).exit_code == 0


def test_the_verdict_and_our_data_are_written_on_request(brought: Path) -> None:
    """As a label and in the slot; both are read again."""
    result = run("export", brought, "--to", "segment-public-api", "--verdict", "--advisor-data")
    schemas = [rule["jsonSchema"] for rule in json.loads(result.stdout_bytes)["rules"]]
    assert all(schema["labels"]["tracked"] in {"client", "server", "both"} for schema in schemas)
    with_data = run("export", EXAMPLE, "--to", "segment-public-api", "--advisor-data").stdout_bytes
    assert b"x-tracking-advisor" in with_data


def test_several_files_need_a_folder(tmp_path: Path, brought: Path) -> None:
    """It is made if it is missing."""
    refused = run("export", brought, "--to", "typewriter")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "-o" in refused.stderr
    assert run("export", brought, "--to", "typewriter", "-o", tmp_path / "new" / "folder").exit_code == 0
    assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == {"plan.json", "typewriter.yml"}
    file = tmp_path / "file"
    file.touch()
    assert run("export", brought, "--to", "typewriter", "-o", file).exit_code == 2


def test_one_file_goes_into_a_folder_under_its_own_name(tmp_path: Path, brought: Path) -> None:
    """If the output is a folder that is there, or ends with a slash."""
    assert run("export", brought, "--to", "segment-terraform", "-o", f"{tmp_path}/out/").exit_code == 0
    (written,) = (tmp_path / "out").iterdir()
    assert b"segment_tracking_plan" in written.read_bytes()


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    """And with those that there are."""
    result = run("export", EXAMPLE, "--to", "segment-publik-api")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean segment-public-api?" in result.stderr


def test_formats_are_listed_with_what_they_carry() -> None:
    """The same as table and as JSON; every format of the registry is there."""
    rows = {row["key"]: row for row in json.loads(run("formats", "--json").stdout_bytes)}
    assert rows.keys() >= formats().keys() | {"json", "html", "markdown"}
    for key, form in formats().items():
        assert (rows[key]["import"], rows[key]["fidelity"]) == (form.reads, form.fidelity)
        assert (rows[key]["carries"] is None) == (not (form.reads and form.writes))
    assert "alias" in rows["tracking-plan"]["carries"]
    assert "alias" not in rows["segment-public-api"]["carries"]
    assert "labels" not in rows["rudder-cli"]["carries"]
    table = run("formats").stdout.splitlines()
    assert [line.split()[0] for line in table[1:]] == list(rows)
