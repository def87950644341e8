"""Every answer of the API matches its description, for any request."""

from __future__ import annotations

import tempfile
from pathlib import Path

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from advisor.settings import Settings
from advisor.web import create_app

_folder = tempfile.TemporaryDirectory()


def _app() -> Flask:
    """The whole app on an empty database: schemathesis wants it before any fixture can run."""
    url = f"sqlite:///{Path(_folder.name) / 'advisor.sqlite'}"
    return create_app(Settings(database_url=url, data_dir=Path(_folder.name), secret_key="known-to-this-test"))


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _app())


@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_described(case: schemathesis.Case) -> None:
    """Status, content type and body are as described; what the schema refuses is refused, and nothing is a 500."""
    # A document that the schema allows may still be refused: no schema knows the names of destinations.
    # Its client asks for gzip, and without a server in between does not unpack it.
    plain = {"Accept-Encoding": "identity"}
    case.call_and_validate(headers=plain, excluded_checks=[positive_data_acceptance])
