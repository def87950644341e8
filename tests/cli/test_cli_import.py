"""``advisor import``: any known format in, an advised plan document out, and a report of what was read and changed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from advisor import document
from advisor.advice import advise
from advisor.model import Destination, Plan
from running import EXAMPLE, run, segment_plan, segment_rule

FILE = segment_plan(segment_rule("Order Paid", "Charged", "total", "coupon"), segment_rule("Signed Up"))
REPORT = {"format", "events", "properties", "added", "changed", "removed", "warnings"}


def report_of(path: Path) -> dict[str, Any]:
    """The report in a file."""
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def plan_document(*events: dict[str, Any], **members: Any) -> bytes:
    """A plan document."""
    return json.dumps({"format": "tracking-plan/1", "name": "Ours", "events": events, **members}).encode()


def test_import_writes_an_advised_document_and_names_the_format(tmp_path: Path) -> None:
    """Whatever the file is called; standard output has the document only."""
    (tmp_path / "x.bin").write_bytes(FILE)
    result = run("import", tmp_path / "x.bin", "--json-report", tmp_path / "r.json")
    assert (result.exit_code, result.stderr) == (0, "format: segment-public-api\n")
    plan = document.read(result.stdout_bytes).plan
    assert [event.name for event in plan.events] == ["Order Paid", "Signed Up"]
    assert result.stdout_bytes == document.write(advise(plan))
    report = report_of(tmp_path / "r.json")
    assert report.keys() >= REPORT
    assert {key: report[key] for key in REPORT} == {
        "format": "segment-public-api",
        "events": 2,
        "properties": 2,
        "added": 2,
        "changed": 0,
        "removed": 0,
        "warnings": [],
    }


def test_standard_input_folders_and_zips_are_read_alike(tmp_path: Path) -> None:
    """The same plan comes from each."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "plan.json").write_bytes(FILE)
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as archive:
        archive.writestr("plan.json", FILE)
    outputs = {run("import", path).stdout_bytes for path in (folder, tmp_path / "plan.zip", folder / "plan.json")}
    assert outputs == {run("import", "-", given=FILE).stdout_bytes}
    assert len(outputs) == 1


def test_bare_and_a_file_for_the_output(tmp_path: Path) -> None:
    """As with advise."""
    result = run("import", "-", "--bare", "-o", tmp_path / "plan.json", given=FILE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert b"recommendation" not in (tmp_path / "plan.json").read_bytes()


def test_the_format_can_be_overruled() -> None:
    """A key names it; one that does not exist is refused with the nearest."""
    assert run("import", "-", "--format", "segment-public-api", given=FILE).exit_code == 0
    result = run("import", "-", "--format", "segment-publc-api", given=FILE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "segment-public-api" in result.stderr
    assert run("import", "-", "--format", "rudder-cli", given=FILE).exit_code == 2


@pytest.mark.parametrize(
    ("mode", "counts", "names"),
    [
        ("add", (1, 0, 0), ["Order Paid", "Ours", "Signed Up"]),
        ("update", (1, 1, 0), ["Order Paid", "Ours", "Signed Up"]),
        ("replace", (1, 1, 1), ["Order Paid", "Signed Up"]),
    ],
)
def test_modes_merge_into_a_plan(tmp_path: Path, mode: str, counts: tuple[int, ...], names: list[str]) -> None:
    """The plan itself is only read; the report has the field that changed."""
    into = tmp_path / "ours.json"
    into.write_bytes(plan_document({"name": "Order Paid", "answers": {"payment": "yes"}}, {"name": "Ours"}))
    before = into.read_bytes()
    result = run("import", "-", "--into", into, "--mode", mode, "--json-report", tmp_path / "r.json", given=FILE)
    assert result.exit_code == 0
    assert into.read_bytes() == before
    report = report_of(tmp_path / "r.json")
    assert (report["added"], report["changed"], report["removed"]) == counts
    changed = [field["field"] for event in report["changes"]["changed"] for field in event["fields"]]
    assert ("description" in changed) == (mode != "add")
    plan = document.read(result.stdout_bytes).plan
    assert [event.name for event in plan.events] == names
    assert (plan.name, plan.events[0].answers) == ("Ours", {} if mode == "replace" else {"payment": "yes"})


def test_a_mode_needs_a_plan_to_merge_into() -> None:
    """Without one it would say nothing."""
    result = run("import", "-", "--mode", "replace", given=FILE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--into" in result.stderr


def test_what_is_left_out_and_warned_of_is_said_with_its_place(tmp_path: Path) -> None:
    """On standard error, and in the report."""
    odd = segment_plan(
        segment_rule("Order Paid"), {"type": "TRACK", "key": "No Schema", "version": 1, "jsonSchema": None}
    )
    (tmp_path / "plan.json").write_bytes(odd)
    result = run("import", tmp_path / "plan.json", "--json-report", tmp_path / "r.json")
    (left,) = report_of(tmp_path / "r.json")["left_out"]
    assert left["line"] > 1
    assert result.stderr.splitlines()[1] == (
        f"plan.json:{left['line']}:{left['column']}: left out: {left['what']}: {left['reason']}"
    )


def test_problems_of_a_plan_document_are_named_by_pointers() -> None:
    """As advise names them."""
    result = run("import", "-", given=plan_document({"call": "track"}))
    assert (result.exit_code, result.stderr) == (2, "/events/0: The key “name” is missing.\n")


def test_fail_on_is_for_findings_of_the_result() -> None:
    """The document is written in any case."""
    result = run("import", EXAMPLE, "--fail-on", "info")
    assert result.exit_code == 1
    assert result.stdout_bytes == run("advise", EXAMPLE).stdout_bytes


def test_nothing_is_written_if_the_report_cannot_be(tmp_path: Path) -> None:
    """Neither the plan nor half of it."""
    result = run("import", "-", "-o", tmp_path / "plan.json", "--json-report", tmp_path / "no" / "r.json", given=FILE)
    assert result.exit_code == 2
    assert not (tmp_path / "plan.json").exists()


def test_a_merge_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """The limit of a plan holds for what is merged, too."""
    into = tmp_path / "ours.json"
    into.write_bytes(plan_document(*({"name": f"Event {number}"} for number in range(10_000))))
    result = run("import", "-", "--into", into, given=FILE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "10,000" in result.stderr


def test_the_report_has_the_facts_of_the_preview(tmp_path: Path) -> None:
    """Destinations that the plan lacks, names that are none, known names, and how each column was read."""
    into = tmp_path / "ours.json"
    into.write_bytes(document.write(Plan(destinations=(Destination(key="Mixpanel"),))))
    table = "Event,Tools,Payment\nOrder Completed,Heap; Facebok Pixel,yes\n"
    report, found = tmp_path / "r.json", []
    for options in ((), ("--add-destinations", "--suggest")):
        result = run("import", "-", "--into", into, "--json-report", report, *options, given=table.encode())
        assert result.exit_code == 0
        found.append(document.read(result.stdout_bytes).plan)
    facts = report_of(report)
    assert (facts["missing_destinations"], facts["unknown_destinations"][0]["nearest"]) == (
        {"Heap": 1},
        "Facebook Pixel",
    )
    assert (facts["known_names"], facts["suggested_answers"] > 0) == (1, True)
    assert [column["field"] for column in facts["tables"][0]["columns"]] == ["name", "destinations", "question:payment"]
    plain, full = found
    assert ([item.key for item in plain.destinations], plain.events[0].suggested) == (["Mixpanel"], ())
    assert [item.key for item in full.destinations] == ["Mixpanel", "Heap"]
    assert len(full.events[0].suggested) == facts["suggested_answers"]
