"""``advisor push segment`` in trouble: lost connections, odd replies, odd tokens, and plans that Segment can't hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from advisor.cli.segment_api import SegmentApi
from running import run, segment_plan, segment_rule
from segment_server import PLAN, TOKEN, SegmentServer, segment_server


@pytest.fixture
def segment() -> Iterator[SegmentServer]:
    """A server that speaks for Segment, without rules."""
    with segment_server() as server:
        yield server


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited, without waiting."""
    found: list[float] = []
    monkeypatch.setattr("advisor.cli.segment_api.sleep", found.append)
    return found


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with 450 events."""
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    given = segment_plan(*(segment_rule(f"Event {number}", "", "total") for number in range(450)))
    assert run("import", "-", "-o", path, given=given).exit_code == 0
    return path


def push(segment: SegmentServer, plan: Path, *options: str, token: str = TOKEN) -> Result:
    """Push a plan to the server."""
    where = ("--tracking-plan", PLAN, "--api", segment.url)
    result = run("push", "segment", plan, *where, *options, SEGMENT_PUBLIC_API_TOKEN=token)
    assert token not in result.stdout + result.stderr
    return result


def methods(segment: SegmentServer) -> list[str]:
    """The methods that the server was asked with."""
    return [method for method, _, _ in segment.asked]


def document_of(events: list[dict[str, Any]], folder: Path) -> Path:
    """A plan document with these events."""
    path = folder / "odd.json"
    path.write_text(json.dumps({"format": "tracking-plan/1", "name": "Odd", "events": events}))
    return path


@pytest.mark.parametrize(
    "broken",
    [(0, {}, None), (200, {"Content-Length": "999"}, {}), (502, {}, "no JSON"), (429, {}, {})],
    ids=["hung up", "cut off", "bad gateway", "too many"],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_single_failure_is_tried_again(
    segment: SegmentServer, plan: Path, place: int, broken: tuple[int, dict[str, str], object]
) -> None:
    """While the rules are listed, and at the first and the second batch; afterwards everything is there, once."""
    listed = (200, {}, {"data": {"rules": [], "pagination": {"current": "0"}}})
    done = (200, {}, {"data": {"status": "SUCCESS"}})
    segment.first = [*[listed, done][:place], broken]
    result = push(segment, plan, "--yes")
    assert result.exit_code == 0, result.stderr
    usual = ["GET", "PATCH", "PATCH", "PATCH"]
    assert methods(segment) == [*usual[: place + 1], *usual[place:]]


def test_a_lost_connection_says_how_far_it_came_and_a_second_run_does_the_rest(
    segment: SegmentServer, plan: Path
) -> None:
    """Nothing is sent twice that Segment has."""
    listed = segment.answer("GET", f"/tracking-plans/{PLAN}/rules?pagination[count]=200", f"Bearer {TOKEN}", None)
    first = [segment_rule(f"Event {number}", "", "total") for number in range(200)]
    segment.first = [listed, (200, {}, {"data": {"status": "SUCCESS"}}), *[(0, {}, None)] * 5]
    result = push(segment, plan, "--yes")
    assert result.exit_code == 3
    assert "can’t be reached" in result.stderr
    assert "200 of 450 changes were made before; run it again to make the rest." in result.stderr
    for rule in first:
        segment.put(rule)
    segment.asked.clear()
    assert "250 to create, 0 to update, 0 only in Segment, 200 unchanged" in push(segment, plan, "--yes").stdout
    assert [len(body["rules"]) for method, _, body in segment.asked if method == "PATCH"] == [200, 50]
    segment.asked.clear()
    assert "0 to create, 0 to update, 0 only in Segment, 450 unchanged" in push(segment, plan, "--yes").stdout
    assert methods(segment) == ["GET", "GET", "GET"]


def test_what_segment_adds_and_rewrites_is_no_difference(segment: SegmentServer, tmp_path: Path) -> None:
    """Times, 1.0 for 1 in versions and limits, and another order of keys."""
    path = tmp_path / "plan.json"
    rule = segment_rule("Event", "", "total")
    fields = rule["jsonSchema"]["properties"]["properties"]["properties"]
    fields["total"] = {"type": ["number"], "minimum": 1.0, "maximum": 10}
    assert run("import", "-", "-o", path, given=segment_plan(rule)).exit_code == 0
    fields["total"] = {"maximum": 10.0, "minimum": 1, "type": ["number"]}
    segment.put(rule | {"version": 1.0})
    assert "0 to create, 0 to update, 0 only in Segment, 1 unchanged" in push(segment, path).stdout


@pytest.mark.parametrize(
    "reply",
    [
        {"data": [1]},
        {"data": {"rules": [1]}},
        {"data": {"rules": [], "pagination": [1]}},
        {"data": {"rules": [], "pagination": {"next": 5}}},
        {"data": {"rules": [segment_rule("Event", "\ud800")]}},
        [],
        None,
    ],
    ids=str,
)
def test_an_odd_reply_ends_the_push_before_anything_is_sent(segment: SegmentServer, plan: Path, reply: object) -> None:
    """With a message, and no fault of ours."""
    segment.first = [(200, {}, reply)]
    result = push(segment, plan, "--yes", "--delete")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Segment’s reply is no list of rules" in result.stderr
    assert methods(segment) == ["GET"]


def test_pages_without_an_end_are_left(segment: SegmentServer, plan: Path) -> None:
    """After a thousand of them."""
    segment.first = [(200, {}, {"data": {"rules": [], "pagination": {"next": "again"}}})] * 1_001
    result = push(segment, plan)
    assert result.exit_code == 3
    assert "1,000 pages" in result.stderr


@pytest.mark.parametrize("errors", [5, "text", [5], [{"message": ""}], {"message": "no"}])
def test_a_refusal_without_a_message_has_one_of_ours(segment: SegmentServer, plan: Path, errors: object) -> None:
    """The member that lists the errors may have any other value."""
    segment.first = [(400, {}, {"errors": errors})]
    result = push(segment, plan)
    assert (result.exit_code, result.stderr) == (2, "Segment refused the request with 400.\n")


@pytest.mark.parametrize("token", ["two\nlines", "tökén", "two words", "😀"])
def test_a_token_that_cannot_be_sent_is_refused_and_never_shown(segment: SegmentServer, plan: Path, token: str) -> None:
    """Before anybody is asked."""
    result = push(segment, plan, token=token)
    assert result.exit_code == 2
    assert "SEGMENT_PUBLIC_API_TOKEN is no token" in result.stderr
    assert segment.asked == []


def test_a_blank_id_is_refused_before_anything_is_asked(segment: SegmentServer, plan: Path) -> None:
    """It would ask for the rules of no plan."""
    result = push(segment, plan, "--tracking-plan", " ")
    assert result.exit_code == 2
    assert "--tracking-plan" in result.stderr
    assert methods(segment) == []


@pytest.mark.parametrize("url", ["https://[bad", "http://127.0.0.1:99999", "http://127.0.0.1:a", "https://"])
def test_a_broken_address_is_refused(segment: SegmentServer, plan: Path, url: str) -> None:
    """As wrong input."""
    segment.url = url
    result = push(segment, plan)
    assert (result.exit_code, result.stderr) == (2, f"{url}: this is no address.\n")


@pytest.mark.parametrize(("given", "wait"), [("7", 7), ("86400", 120), ("soon", 1), ("-5", 1), ("1.5", 1)])
def test_the_wait_is_what_the_reply_asks_for(
    segment: SegmentServer, plan: Path, waits: list[float], given: str, wait: float
) -> None:
    """Whole seconds, two minutes at most; anything else counts as no wish."""
    segment.first = [(429, {"Retry-After": given}, {})]
    assert push(segment, plan).exit_code == 0
    assert waits == [wait]


@pytest.mark.parametrize(("ahead", "wait"), [(3_600, 120), (-60, 0)])
def test_a_reply_may_ask_to_wait_until_a_time(
    segment: SegmentServer, plan: Path, waits: list[float], ahead: int, wait: float
) -> None:
    """For two minutes at most."""
    until = datetime.now(UTC) + timedelta(seconds=ahead)
    segment.first = [(429, {"Retry-After": format_datetime(until, usegmt=True)}, {})]
    assert push(segment, plan).exit_code == 0
    assert waits == [wait]


def test_twins_are_refused(segment: SegmentServer, tmp_path: Path) -> None:
    """Segment would keep one of them only. With another version it keeps both."""
    twins = [{"name": "Event"}, {"name": "Event", "description": "other"}]
    result = push(segment, document_of(twins, tmp_path), "--yes")
    assert result.exit_code == 2
    assert result.stderr == "TRACK Event, version 1: several events; only versions tell them apart\n"
    assert segment.asked == []
    twins[1]["version"] = 2
    assert "2 to create" in push(segment, document_of(twins, tmp_path), "--yes").stdout


def test_what_segment_cannot_hold_is_said(segment: SegmentServer, tmp_path: Path) -> None:
    """An alias call has no rule; --json has the same."""
    events = [{"name": "Event"}, {"name": "Merged", "call": "alias"}]
    result = push(segment, document_of(events, tmp_path))
    assert "lost: the event: there are no rules for alias calls: left out (1 event)" in result.stderr
    report = json.loads(push(segment, document_of(events, tmp_path), "--json").stdout_bytes)
    assert {"event": "Merged", "what": "the event: there are no rules for alias calls", "done": "left out"} in report[
        "losses"
    ]


def test_a_large_difference_is_shown_in_part(segment: SegmentServer, tmp_path: Path) -> None:
    """Twenty lines for one rule, each shortened; --json has all of them."""
    path = tmp_path / "plan.json"
    segment.put(segment_rule("Event", "y" * 1_000))
    names = [f"property_{number}" for number in range(30)]
    assert run("import", "-", "-o", path, given=segment_plan(segment_rule("Event", "x" * 1_000, *names))).exit_code == 0
    lines = push(segment, path).stdout.splitlines()
    assert [line[:8] for line in lines[:2]] == ["update: ", "  /descr"]
    assert lines[21] == "  … and 11 more differences (--json has them)"
    assert max(map(len, lines)) < 350
    assert lines[2] == '  /properties/properties/properties/property_0: nothing -> {"type":["string"]}'
    report = json.loads(push(segment, path, "--json").stdout_bytes)
    assert len(report["update"][0]["changes"]) == 31


def test_an_interruption_says_how_much_may_be_done(
    segment: SegmentServer, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request that was under way may have arrived, so the message names the range; exit code 130."""
    update = SegmentApi.update

    def interrupted(api: SegmentApi, rules: Sequence[dict[str, Any]]) -> None:
        if len(segment.rules) == 200:
            raise KeyboardInterrupt
        update(api, rules)

    monkeypatch.setattr(SegmentApi, "update", interrupted)
    result = push(segment, plan, "--yes")
    assert result.exit_code == 130
    assert "200 to 400 of 450 changes were made; run it again to make the rest." in result.stderr


def test_what_was_sent_is_confirmed(segment: SegmentServer, plan: Path) -> None:
    """A dry run and a push print the same list, so the last line says which it was; a push of nothing says nothing."""
    assert "Nothing was sent" in push(segment, plan).stderr
    assert "450 changes were made in Segment." in push(segment, plan, "--yes").stderr
    assert push(segment, plan, "--yes").stderr == ""
