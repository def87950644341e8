"""How far a request travels: what ``docs/journeys.py`` counts stays within its limits."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from serving import ROOT


def _script() -> ModuleType:
    """Return ``docs/journeys.py`` as a module."""
    spec = importlib.util.spec_from_file_location("journeys", ROOT / "docs" / "journeys.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    return script


journeys = _script()
MORE: dict[str, Callable[[Any, str], Any]] = {
    "settings page": lambda visit, _: visit.get(f"{visit.plan}/settings"),
    "grid page": lambda visit, _: visit.get(f"{visit.plan}/grid"),
    "filtered grid": lambda visit, _: visit.get(f"{visit.plan}/grid?find=order"),
    "privacy page": lambda visit, _: visit.get(f"{visit.plan}/privacy"),
    "list of events": lambda visit, _: visit.get(f"{visit.plan}?view=list"),
    "comments": lambda visit, _: visit.get(f"{visit.event}/comments"),
    "questions page": lambda visit, _: visit.get(f"{visit.plan}/questions"),
    "findings page": lambda visit, _: visit.get(f"{visit.plan}/findings"),
    "history page": lambda visit, _: visit.get(f"{visit.plan}/history"),
    "history of an event": lambda visit, _: visit.get(f"{visit.event}/history"),
    "first page": lambda visit, _: visit.client.get("/"),
    "plan by the API": lambda visit, _: visit.client.get(f"/api/v1{visit.plan}"),
}


@pytest.mark.parametrize("name", [*journeys.JOURNEYS, *MORE])
def test_a_request_advises_an_event_once_and_reads_a_plan_once(app: Flask, name: str) -> None:
    """No page computes the same advice twice, and none asks the database for what it has already."""
    app.test_client_class = FlaskClient
    counted = journeys.count(journeys.visit(app), {**journeys.JOURNEYS, **MORE}[name])
    assert counted.modules
    assert max(counted.advised.values(), default=0) <= 1, counted.advised
    assert counted.reads["load"] + counted.reads["load_settings"] <= 1, counted.reads
    assert counted.reads["load_event"] <= 1, counted.reads


@pytest.mark.parametrize("name", ["save an event", "save an event by itself"])
def test_saving_an_event_needs_no_advice(app: Flask, name: str) -> None:
    """Only a decision is stored with the advice that it differs from."""
    app.test_client_class = FlaskClient
    assert not journeys.count(journeys.visit(app), journeys.JOURNEYS[name]).advised
