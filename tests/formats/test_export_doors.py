"""Every format through every interface: the export page, the command line, the API, and the report opened in place."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from advisor.advice import advise
from advisor.document import write
from advisor.formats import EXPORTS
from advisor.formats.decision_record import write_event
from owned_plans import SHOP, event_ids, own
from page_client import PageClient

FILES = pytest.mark.parametrize("key", ["html", "markdown"])


@FILES
def test_the_page_shows_a_format_and_gives_its_file(app: Flask, client: PageClient, key: str) -> None:
    """The name of the file, the text, and a download of the same; there is no form of it without advice."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/export/{key}")
    root = client.page.root.first("main")
    assert f"shop.{EXPORTS[key].extension}" in root.text
    assert not root.all("form")
    response = client.get(f"/plans/{plan_id}/export/{key}/download?recommendations=none", lint=False)
    assert response.data == EXPORTS[key].write(advise(SHOP))
    assert response.headers["Content-Type"] == EXPORTS[key].media_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    shown = root.all("pre")[0].first("code").children[0]
    assert shown == response.data.decode()


@FILES
def test_the_api_gives_the_same_file(app: Flask, client: PageClient, other_client: PageClient, key: str) -> None:
    """To the owner, and to nobody else."""
    plan_id = own(app, client)
    response = client.get(f"/api/v1/plans/{plan_id}/export/{key}", lint=False)
    assert response.data == EXPORTS[key].write(advise(SHOP))
    assert other_client.get(f"/api/v1/plans/{plan_id}/export/{key}").status_code == 404
    assert client.get(f"/api/v1/plans/{plan_id}/export/nothing").status_code == 404


@pytest.mark.parametrize("key", EXPORTS)
def test_the_command_line_gives_the_same_file(tmp_path: Path, key: str) -> None:
    """On standard output, and into a file."""
    advisor = Path(sys.executable).with_name("advisor")
    (tmp_path / "plan.json").write_bytes(write(SHOP))
    command = [advisor, "export", "plan.json", "--format", key]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert printed == EXPORTS[key].write(advise(SHOP))
    subprocess.run([*command, "-o", "out"], cwd=tmp_path, check=True)
    assert (tmp_path / "out").read_bytes() == printed


def test_a_wrong_plan_or_format_is_refused_and_nothing_written(tmp_path: Path) -> None:
    """Exit code 2, a line each on standard error."""
    advisor = Path(sys.executable).with_name("advisor")
    (tmp_path / "plan.json").write_text('{"format": "tracking-plan/1", "events": [{}]}')
    for extra in (["--format", "html"], ["--format", "pdf"]):
        command = [advisor, "export", "plan.json", "-o", "out", *extra]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr
        assert not (tmp_path / "out").exists()


def test_the_report_opens_in_place_with_its_styles(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """The same bytes as the file; the policy lets in exactly the styles that it brings."""
    plan_id = own(app, client)
    response = client.get(f"/plans/{plan_id}/report", lint=False)
    assert response.data == EXPORTS["html"].write(advise(SHOP))
    styles = response.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "unsafe" not in policy
    other_client.get(f"/plans/{plan_id}/report", status=404)


def test_the_record_of_one_event_is_a_file(app: Flask, client: PageClient) -> None:
    """It is named after the event, and not found after the event was deleted."""
    plan_id = own(app, client)
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[1]}"
    response = client.get(f"{path}/record")
    assert response.data == write_event(SHOP, 1).replace(b"\n# 2\\. ", b"\n# ")
    assert 'filename="order-completed.md"' in response.headers["Content-Disposition"]
    client.get(path)
    client.post(f"{path}/delete", status=303)
    client.get(f"{path}/record", status=404)
