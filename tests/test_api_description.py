"""Every answer of the API is one that its description allows, whatever is asked."""

from __future__ import annotations

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from advisor.settings import Settings
from advisor.web.api import blueprint


class _NoPlans:
    """A store in which nobody has a plan."""

    def plans(self, _owner: str) -> list[object]:
        """None."""
        return []

    def load(self, _owner: str, _plan_id: str) -> object:
        """There is no such plan."""
        from advisor.store import NotFound

        raise NotFound


def _app() -> Flask:
    from flask import g

    app = Flask(__name__)
    app.extensions["settings"] = Settings(database_url="sqlite://", secret_key="of no use here")
    app.extensions["store"] = _NoPlans()
    app.register_blueprint(blueprint)

    @app.before_request
    def recognise_nobody() -> None:
        g.owner = ""

    return app


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _app())


@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_described(case: schemathesis.Case) -> None:
    """Status, content type and body are as described; what the schema refuses is refused, and nothing is a 500."""
    # A document that the schema allows may still be refused: no schema knows the names of destinations.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
