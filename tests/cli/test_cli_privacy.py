"""``advisor privacy``, and the same by the API: one lens, as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise
from advisor.cli import main
from advisor.document import check, json_text, write
from advisor.formats.privacy_section import privacy_section
from advisor.model import Event, Property
from advisor.privacy import privacy_lens
from owned_plans import SHOP, own
from page_client import PageClient

PLAN = check(
    replace(
        SHOP,
        events=(
            Event(name="Signed Up", answers={"sensitive": "no"}, properties=(Property(name="email"),)),
            Event(name="Injury Reported", answers={"sensitive": "yes"}),
        ),
    )
)[0]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Write the plan to a file, and return its name."""
    path = tmp_path / "plan.json"
    path.write_bytes(write(PLAN))
    return str(path)


def run(*arguments: str) -> str:
    """Run ``advisor privacy`` and return what it prints."""
    done = CliRunner().invoke(main, ["privacy", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_text_names_receivers_points_and_refusals(file: str) -> None:
    """One line for each."""
    lines = run(file).splitlines()
    assert lines[0].startswith("2 of 2 events with personal data or sensitive, to ")
    assert any(line.startswith("decide: ") and "no contract noted" in line for line in lines)
    assert any(line.startswith("refused: Injury Reported to ") for line in lines)
    assert any(line.startswith("Segment: contact by the ") for line in lines)


def test_a_blank_contract_note_is_none_in_every_form(tmp_path: Path) -> None:
    """In the text, and in the decision record: a note of blanks covers nothing."""
    noted = [replace(each, contract=" \n") for each in PLAN.destinations]
    path = tmp_path / "plan.json"
    path.write_bytes(write(replace(PLAN, destinations=tuple(noted))))
    assert "contract: none noted" in run(str(path))
    record = "\n".join(privacy_section(advise(check(replace(PLAN, destinations=tuple(noted)))[0])))
    assert "| none noted |" in record


def test_json_is_what_the_api_answers(app: Flask, client: PageClient, file: str) -> None:
    """For a document and for a stored plan; a kind and a side narrow it."""
    printed = json.loads(run(file, "--json"))
    assert printed == json.loads(json_text(privacy_lens(advise(PLAN))))
    sent = {"data": write(PLAN), "content_type": "application/json", "csrf": False, "status": 200}
    assert client.post("/api/v1/privacy", **sent).json == printed
    plan_id = own(app, client, PLAN)
    assert client.get(f"/api/v1/plans/{plan_id}/privacy").json == printed
    narrow = client.post("/api/v1/privacy?kind=event&by=server", **sent).json
    assert {call["name"] for item in narrow["receivers"] for call in item["calls"]} == {"Injury Reported"}
    for query in ("kind=pii", "by=both"):
        client.post(f"/api/v1/privacy?{query}", **sent | {"status": 400})


def test_csv_has_a_row_for_each_value(file: str) -> None:
    """The same rows as the page downloads."""
    rows = list(csv.DictReader(io.StringIO(run(file, "--csv"))))
    assert {row["Event"] for row in rows} == {"Signed Up", "Injury Reported"}
    assert {row["Property"] for row in rows if row["Kind"]} == {"email"}


def test_only_one_form_can_be_chosen(file: str) -> None:
    """With both, nothing is printed."""
    done = CliRunner().invoke(main, ["privacy", file, "--csv", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")
