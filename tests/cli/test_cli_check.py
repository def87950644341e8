"""``advisor check``: lines, JSON, dismissals and exit codes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from advisor.cli import main
from advisor.knowledge.findings import SEVERITIES

QUIET = {"user_absent": "yes"}
EVENTS = {
    "error": {"name": "Order Seen", "answers": {"payment": "yes"}, "decision": {"placement": "client"}},
    "warning": {"name": "Order Seen 2024-01-02", "answers": QUIET},
    "info": {"name": "order seen", "answers": QUIET},
}
HOSTILE = "</script>\n\u202e'\"👧"


def document(*events: dict[str, Any], **members: Any) -> bytes:
    """A plan document with a library on either side."""
    sources = {"client": ["analytics.js"], "server": "analytics-node"}
    return json.dumps({"format": "tracking-plan/1", "sources": sources, "events": events, **members}).encode()


def check(given: bytes, *options: str) -> Result:
    """Check a document that comes through standard input."""
    return CliRunner().invoke(main, ["check", "-", *options], input=given)


@pytest.mark.parametrize("grave", EVENTS)
@pytest.mark.parametrize("limit", SEVERITIES)
def test_check_fails_on_findings_at_or_above_the_severity(grave: str, limit: str) -> None:
    """A finding at or above the given severity exits with 1, any other with 0; the default is error."""
    result = check(document(EVENTS[grave]), "--fail-on", limit)
    assert result.exit_code == int(SEVERITIES.index(grave) <= SEVERITIES.index(limit))
    assert result.stderr == ""
    assert check(document(EVENTS[grave])).exit_code == int(grave == "error")


def test_a_line_is_a_pointer_a_severity_a_code_and_a_message() -> None:
    """Findings of the plan and of its events are sorted, the most severe first."""
    lines = check(document(EVENTS["info"], EVENTS["error"], EVENTS["warning"])).stdout.splitlines()
    parts = [line.split(" ", 3) for line in lines]
    assert [severity for _, severity, _, _ in parts] == sorted((part[1] for part in parts), key=SEVERITIES.index)
    assert {("/events/1/decision:", "error", "decision-loses-payment")} <= {tuple(part[:3]) for part in parts}
    assert {("/events/0/name:", "info", "event-name-style")} <= {tuple(part[:3]) for part in parts}


def test_a_plan_without_findings_prints_nothing() -> None:
    """And exits with 0 for any severity."""
    assert check(document(), "--fail-on", "info").stdout == ""
    assert check(document(), "--fail-on", "info").exit_code == 0
    assert check(document(), "--format", "json").stdout == "[]\n"


def test_dismissed_findings_are_hidden_and_never_fail() -> None:
    """In the plan or in the event that they are about; ``--all`` shows them with the reason."""
    dismissed = [{"code": "event-name-style", "reason": "Old name", "author": "Ann", "date": "2026-11-24"}]
    for given in (
        document(EVENTS["info"], dismissed=dismissed),
        document(EVENTS["info"] | {"dismissed": dismissed}),
    ):
        assert "event-name-style" not in check(given, "--fail-on", "info").stdout
        shown = check(given, "--all", "--fail-on", "info")
        assert "(dismissed: Old name)" in shown.stdout
        assert shown.exit_code == check(given, "--fail-on", "info").exit_code
    other = document(EVENTS["info"], EVENTS["info"] | {"name": "order paid", "dismissed": dismissed})
    assert check(other).stdout.count("event-name-style") == 1


def test_the_json_has_everything_and_is_valid_with_any_names() -> None:
    """An array of findings with their dismissal."""
    given = document(
        EVENTS["info"] | {"name": f"order {HOSTILE}"}, dismissed=[{"code": "event-name-style", "reason": HOSTILE}]
    )
    found = json.loads(check(given, "--format", "json", "--all").stdout)
    assert {"code", "severity", "message", "pointer", "dismissed"} == set(found[0])
    assert {item["pointer"] for item in found} >= {"/events/0/name"}
    (hidden,) = (item["dismissed"] for item in found if item["code"] == "event-name-style")
    assert hidden["reason"] == HOSTILE
    assert all("\u202e" not in line for line in check(given, "--all").stdout.splitlines())


@pytest.mark.parametrize("given", [b"", b"{}", b"[1", document(sources=3), document({"name": " "})])
def test_a_wrong_document_is_exit_code_2(given: bytes) -> None:
    """Each error on a line of standard error, nothing on the other."""
    result = check(given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize("options", [["--fail-on", "never"], ["--format", "xml"], ["--nonsense"]])
def test_a_wrong_option_is_exit_code_2(options: list[str]) -> None:
    """As everywhere on the command line."""
    assert check(document(), *options).exit_code == 2
    assert CliRunner().invoke(main, ["check"]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "no-such-file.json"]).exit_code == 2
