"""What commands write: all of it or nothing, never over what they read, and never two outputs in one place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import EXAMPLE, run

PROGRAM = Path(sys.executable).with_name("advisor")
REPORTING = {
    "import": ["import", EXAMPLE],
    "export": ["export", EXAMPLE, "--to", "segment-public-api"],
    "export of several files": ["export", EXAMPLE, "--to", "snowplow-iglu"],
}


@pytest.fixture(params=REPORTING)
def command(request: pytest.FixtureRequest) -> list[object]:
    """A command that writes a report and a result."""
    return list(REPORTING[request.param])


def test_a_result_that_cannot_be_written_leaves_no_report(tmp_path: Path, command: list[object]) -> None:
    """An earlier report stays as it was, too, and the message names the file that was asked for."""
    report, file = tmp_path / "r.json", tmp_path / "file"
    report.write_text("before")
    file.touch()
    result = run(*command, "-o", file / "out", "--json-report", report)
    assert result.exit_code == 2
    assert f"{file / 'out'}" in result.stderr
    assert ".tmp" not in result.stderr
    assert report.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"r.json", "file"}


def test_a_report_that_cannot_be_written_leaves_no_result(tmp_path: Path, command: list[object]) -> None:
    """Nor a temporary file."""
    (tmp_path / "out").mkdir()
    result = run(*command, "-o", tmp_path / "out", "--json-report", tmp_path)
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path}: Is a directory\n")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_two_outputs_in_one_place_are_refused(tmp_path: Path) -> None:
    """One would replace the other: as the same name, by another way to write it, or inside the folder of an export."""
    out, folder = tmp_path / "out.json", tmp_path / "folder"
    folder.mkdir()
    detour = folder / ".." / "out.json"
    for arguments in (
        ["import", EXAMPLE, "-o", out, "--json-report", out],
        ["import", EXAMPLE, "-o", out, "--json-report", detour],
        ["export", EXAMPLE, "-o", out, "--json-report", detour],
        ["export", EXAMPLE, "-o", folder, "--json-report", folder / "plan.json"],
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "named for two outputs" in result.stderr
    for verb in ("import", "export"):
        result = run(verb, EXAMPLE, "--json-report", "-")
        assert (result.exit_code, result.stdout) == (2, "")
        assert run(verb, EXAMPLE, "--json-report", "-", "-o", out).stdout.startswith("{")
    assert run("import", EXAMPLE, "-o", "/dev/null", "--json-report", "/dev/null").exit_code == 0


def test_a_report_never_replaces_what_the_command_reads(tmp_path: Path) -> None:
    """The file itself, a file behind a link, or the plan to merge into."""
    plan, link, other = tmp_path / "plan.json", tmp_path / "link", tmp_path / "other.json"
    plan.write_bytes(EXAMPLE.read_bytes())
    other.write_bytes(EXAMPLE.read_bytes())
    link.symlink_to(plan)
    for arguments in (
        ["export", plan, "--json-report", link],
        ["import", plan, "--json-report", plan],
        ["import", other, "--into", plan, "-o", tmp_path / "new.json", "--json-report", link],
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "this command reads that file" in result.stderr
    assert plan.read_bytes() == EXAMPLE.read_bytes()
    assert not (tmp_path / "new.json").exists()


def test_standard_input_is_read_for_one_of_two_plans() -> None:
    """The second one would be empty."""
    result = run("import", "-", "--into", "-", given=EXAMPLE.read_bytes())
    assert (result.exit_code, result.stderr) == (2, "Only one of FILE and --into can be read from standard input.\n")


@pytest.mark.parametrize("verb", ["advise", "import", "check", "export"])
def test_closed_standard_input_is_reported_in_plain_words(verb: str) -> None:
    """As for a file that is not there."""
    done = _with_closed(0, verb, "-")
    assert (done.returncode, done.stderr) == (2, b"Standard input is closed.\n")


def test_closed_standard_output_exits_with_3() -> None:
    """The result went nowhere."""
    done = _with_closed(1, "advise", str(EXAMPLE))
    assert done.returncode == 3
    assert b"Standard output is closed" in done.stderr


def test_a_full_standard_error_does_not_change_the_exit_code() -> None:
    """1 would say that the command was done."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, "advise", "no-such-file"], stderr=full, check=False)
    assert done.returncode == 2


def _with_closed(stream: int, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program without one of its three standard streams."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        check=False,
        preexec_fn=lambda: os.close(stream),
    )
