"""The addresses of imports: into a plan of its own, and into a plan that is there."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.imports.views import bring, glance, preview, problems

_BRING, _INTO = "/import", "/<plan_id>/import"
_ONE = "/<upload_id>"

blueprint = feature(
    "imports",
    __name__,
    Route(_BRING, bring.bring, "GET POST", body="document form"),
    Route(f"{_BRING}/glance", glance.glance, "POST", body="document form"),
    Route(_BRING + _ONE, preview.preview, "GET POST", body="document form"),
    Route(f"{_BRING}{_ONE}/problems.csv", problems.problems, endpoint="problems"),
    Route(_INTO, bring.bring, "GET POST", endpoint="bring_into", right="edit", body="document form", is_slow=True),
    Route(_INTO + _ONE, preview.preview, "GET POST", "preview_into", right="edit", body="document form", is_slow=True),
    Route(f"{_INTO}{_ONE}/problems.csv", problems.problems, endpoint="problems_into", right="edit", is_slow=True),
)
