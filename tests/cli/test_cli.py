"""The command line: the document on standard output, one line per problem on the other, and five exit codes."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from advisor import document
from advisor.advice import advise
from advisor.cli import main
from serving import serving

PROGRAM = Path(sys.executable).with_name("advisor")
EXAMPLE = Path(__file__).parents[1] / "examples" / "ten-events.json"
HOSTILE = "</script>\n\u202e'\"👧"


def run(*arguments: object, given: bytes = b"") -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def plan(**members: Any) -> bytes:
    """Return a document with these members."""
    return json.dumps({"format": "tracking-plan/1", **members}).encode()


def advised(data: bytes) -> bytes:
    """Return what the command line has to print for a document."""
    reading = document.read(data)
    return document.write(advise(reading.plan, reading.notes))


def test_advise_writes_the_document_with_recommendations() -> None:
    """Standard output has the document and nothing else."""
    result = run("advise", EXAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == advised(EXAMPLE.read_bytes())


def test_a_dash_reads_standard_input() -> None:
    """A document from standard input gives the same bytes as the file."""
    assert run("advise", "-", given=EXAMPLE.read_bytes()).stdout_bytes == run("advise", EXAMPLE).stdout_bytes


def test_bare_leaves_the_computed_parts_out() -> None:
    """With `--bare` the output is the plan in canonical form, without the computed parts."""
    result = run("advise", "--bare", EXAMPLE)
    assert result.stdout_bytes == document.write(document.read(EXAMPLE.read_bytes()).plan)
    assert b"recommendation" not in result.stdout_bytes


def test_advising_twice_changes_nothing() -> None:
    """An advised document is advised to the same bytes."""
    once = run("advise", EXAMPLE).stdout_bytes
    assert run("advise", "-", given=once).stdout_bytes == once


def test_hostile_text_is_written_unchanged() -> None:
    """Any text in the name of an event comes out as it went in."""
    result = run("advise", "-", given=plan(events=[{"name": HOSTILE}]))
    assert json.loads(result.stdout_bytes)["events"][0]["name"] == HOSTILE


def test_schema_prints_the_schema() -> None:
    """`advisor schema` prints the JSON Schema as JSON."""
    result = run("schema")
    assert (result.exit_code, json.loads(result.stdout_bytes)) == (0, document.schema())


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    """A created file has the usual rights, a replaced one keeps its own, and no other file is left in the folder."""
    out = tmp_path / "out.json"
    (tmp_path / "new").touch()
    for mode in (stat.S_IMODE((tmp_path / "new").stat().st_mode), 0o640):
        result = run("advise", EXAMPLE, "-o", out)
        assert (result.exit_code, result.output) == (0, "")
        assert out.read_bytes() == advised(EXAMPLE.read_bytes())
        assert stat.S_IMODE(out.stat().st_mode) == mode
        out.write_text("something else")
        out.chmod(0o640)
    assert {path.name for path in tmp_path.iterdir()} == {"out.json", "new"}


def test_output_may_replace_its_input(tmp_path: Path) -> None:
    """The input is read completely before the output is written, so both can be the same file."""
    path = tmp_path / "plan.json"
    path.write_bytes(EXAMPLE.read_bytes())
    assert run("advise", path, "--output", path).exit_code == 0
    assert path.read_bytes() == advised(EXAMPLE.read_bytes())


def test_output_through_a_link_leaves_the_link(tmp_path: Path) -> None:
    """The file behind the link is replaced, and the link stays a link."""
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert run("advise", EXAMPLE, "-o", tmp_path / "link").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == advised(EXAMPLE.read_bytes())


def test_output_to_a_device_leaves_the_device() -> None:
    """A device is written to and never replaced by a file."""
    assert run("advise", EXAMPLE, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("output", ["", "-o"])
def test_an_invalid_document_writes_nothing(tmp_path: Path, output: str) -> None:
    """The exit code is 2, nothing is written, and each problem is one line: pointer, colon, message."""
    out = tmp_path / "out.json"
    out.write_text("before")
    data = plan(name="", events=[{"call": "track"}, {"name": "a", "labels": {"line\nbreak": 1}}])
    result = run("advise", "-", *([output, out] if output else []), given=data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "/name: Must not be blank.",
        "/events/0: The key “name” is missing.",
        "/events/1/labels/line\\nbreak: Expected text or a list, not a number.",
    ]
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_at_most_a_hundred_problems_are_printed() -> None:
    """Of more than a hundred problems, the first hundred are printed."""
    result = run("advise", "-", given=plan(events=[{}] * 150))
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 100)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"name": "\xff"}', rb'{"name": "\udfff"}', b"[" * 2_000, b"[]"],
    ids=["empty", "cut", "NaN", "doubled", "UTF-8", "surrogate", "deep", "list"],
)
def test_input_that_is_not_a_plan_exits_with_2(data: bytes) -> None:
    """Any content that is not a plan gives one line on standard error."""
    result = run("advise", "-", given=data)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_a_document_over_the_limit_exits_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line has the same limit for a document as the app."""
    monkeypatch.setenv("ADVISOR_MAX_BODY", "20")
    result = run("advise", EXAMPLE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "20 bytes" in result.stderr
    monkeypatch.setenv("ADVISOR_MAX_BODY", "much")
    assert run("advise", EXAMPLE).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["advise"],
        ["advise", "--fail-on", "never", "-"],
        ["advise", "no\nsuch\nfile"],
        ["advise", "."],
        ["advise", EXAMPLE, "-o", "no/such/folder/out.json"],
        ["advise", EXAMPLE, "-o", "."],
        ["serve", "--port", "99999"],
        ["serve", "--host", "no such host"],
    ],
    ids=str,
)
def test_a_wrong_option_or_file_is_reported_in_one_line(arguments: list[object]) -> None:
    """A wrong option or file gives exit code 2 and one line on standard error."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_fail_on_sets_the_exit_code() -> None:
    """The exit code is 1 for a finding at or above the severity, and the document is still written."""
    data = {
        "error": plan(destinations=[{"key": "Mixpanel"}], events=[{"name": "a"}]),
        "warning": plan(sources={"server": "analytics-node"}, events=[{"name": "a"}, {"name": "a"}]),
        "info": plan(sources={"server": "node"}),
        "nothing": plan(sources={"server": "analytics-node"}),
    }
    grades = ["error", "warning", "info"]
    for severity, given in data.items():
        assert run("advise", "-", given=given).exit_code == 0
        for wanted in grades:
            result = run("advise", "-", "--fail-on", wanted, given=given)
            found = severity in grades[: grades.index(wanted) + 1]
            assert (result.exit_code, result.stderr) == (int(found), ""), (severity, wanted)
            assert result.stdout_bytes == advised(given)


def test_dismissed_findings_do_not_affect_the_exit_code() -> None:
    """A dismissed finding, of the plan or of an event, does not count for the exit code."""
    events = [{"name": "a"}, {"name": "a"}]
    members: dict[str, Any] = {"sources": {"server": "analytics-node"}, "events": events}
    assert run("advise", "-", "--fail-on", "warning", given=plan(**members)).exit_code == 1
    members["dismissed"] = [{"code": "duplicate-event"}]
    assert run("advise", "-", "--fail-on", "warning", given=plan(**members)).exit_code == 0
    event = {"name": "a", "dismissed": [{"code": "no-source"}]}
    assert run("advise", "-", "--fail-on", "error", given=plan(events=[{"name": "a"}])).exit_code == 1
    assert run("advise", "-", "--fail-on", "error", given=plan(events=[event])).exit_code == 0


def test_an_internal_error_is_reported_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 3, and `--debug` shows the traceback."""

    def fail(*_arguments: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(sys.modules["advisor.cli.main"], "advise_plan", fail)
    result = run("advise", EXAMPLE)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "RuntimeError: first line\\nsecond line (--debug shows where)\n"
    result = run("advise", "--debug", EXAMPLE)
    assert (result.exit_code, "Traceback" in result.stderr) == (3, True)


def test_an_interruption_has_its_own_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 130, and there is no traceback."""

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["advisor.cli.main"], "advise_plan", interrupt)
    result = run("advise", EXAMPLE)
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_a_full_disk_exits_with_3() -> None:
    """The exit code is 3, because neither the input nor an option is wrong."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, "advise", EXAMPLE], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)


def test_a_reader_that_stops_early_is_no_error() -> None:
    """`advisor advise plan.json | head -1` ends without a message."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([PROGRAM, "advise", EXAMPLE], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["advise", str(EXAMPLE)], ["schema"], ["--version"]], ids=lambda each: each[0])
def test_reading_commands_load_no_framework(arguments: list[str]) -> None:
    """Commands that only read load neither Flask nor SQLAlchemy, so that they start fast."""
    code = (
        "import sys\nfrom advisor.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & {"flask", "sqlalchemy", "alembic", "wtforms", "waitress", "jsonschema"} == set()
    assert done.stdout


def environment(folder: Path) -> dict[str, str]:
    """Return the variables for a server whose plans are kept in this folder."""
    return os.environ | {"ADVISOR_DATABASE_URL": f"sqlite:///{folder / 'plans.sqlite'}", "XDG_DATA_HOME": str(folder)}


@pytest.mark.slow
def test_serve_prints_its_address_and_where_plans_are_kept(tmp_path: Path) -> None:
    """The server prints one line for each of the two, and nothing else."""
    with serving([PROGRAM], environment(tmp_path), tmp_path / "log") as address:
        lines = (tmp_path / "log").read_text().splitlines()
    assert lines == [
        f"Tracking Advisor is at {address} (Ctrl+C ends it)",
        f"Plans are kept in {tmp_path / 'plans.sqlite'}",
    ]


@pytest.mark.slow
def test_a_team_with_open_browsers_can_connect(tmp_path: Path) -> None:
    """With 150 open connections of browsers, the next visitor is still served, and nothing is logged."""
    with serving([PROGRAM], environment(tmp_path), tmp_path / "log") as address, ExitStack() as team:
        host, port = address.removeprefix("http://").split(":")
        for _ in range(150):
            team.enter_context(socket.create_connection((host, int(port))))
        with ThreadPoolExecutor(20) as visitors:
            answers = list(visitors.map(lambda _: urlopen(f"{address}/rules", timeout=60).status, range(40)))
        told = (tmp_path / "log").read_text().splitlines()
    assert set(answers) == {200}
    assert len(told) == 2, told


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)], ids=["SIGTERM", "Ctrl+C"])
def test_serve_ends_with_a_signal(tmp_path: Path, number: int, code: int) -> None:
    """SIGTERM ends the server with exit code 0 and Ctrl+C with 130, and neither prints an error."""
    with subprocess.Popen(
        [PROGRAM, "serve", "--port", "0"], env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith(b"Tracking Advisor is at http://127.0.0.1:")
        assert server.stdout.readline().startswith(b"Plans are kept in ")
        server.send_signal(number)
        _, told = server.communicate(timeout=20)
    assert (server.returncode, told) == (code, b"")


@pytest.mark.slow
def test_a_port_in_use_is_reported_in_one_line(tmp_path: Path) -> None:
    """The exit code is 2, the message names the option to use, and no database is created."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [PROGRAM, "serve", "--port", str(port)],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Port {port} of 127.0.0.1 is in use. Choose another with --port.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_wrong_setting_is_reported_in_one_line(tmp_path: Path) -> None:
    """The exit code is 2, and the message shows no password."""
    variables = environment(tmp_path) | {"ADVISOR_DATABASE_URL": "mysql://me:secret@host/db"}
    done = subprocess.run([PROGRAM, "serve", "--port", "0"], env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "secret" not in done.stderr


def test_without_a_command_advisor_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """`advisor` alone uses the address and port that `advisor serve` has by default."""
    asked: list[tuple[str, int]] = []

    def serve_at(host: str, port: int, _tell: object) -> bool:
        asked.append((host, port))
        return False

    monkeypatch.setattr("advisor.web.server.serve.serve_at", serve_at)
    assert run().exit_code == run("serve").exit_code == 0
    assert asked == [("127.0.0.1", 8000)] * 2
