"""The addresses of the HTTP API (see ``docs/api.md``). Those without stored plans need no cookie and no CSRF token."""

from advisor.store import NotFoundError
from advisor.web.api.views import advice, errors, explain, exports, knowledge, plans, privacy, snippets, tickets
from advisor.web.app.damage import IncompletePlanError
from advisor.web.app.routing import Route, feature

blueprint = feature(
    "api",
    __name__,
    Route("/api/v1/advice", advice.advice, "POST", body="document"),
    Route("/api/v1/snippets", snippets.snippets, "POST", body="document"),
    Route("/api/v1/explain", explain.explain_object, "POST"),
    Route("/api/v1/privacy", privacy.privacy, "POST", body="document"),
    Route("/api/v1/tickets", tickets.tickets, "POST", body="document"),
    Route("/api/v1/openapi.json", advice.openapi),
    Route("/api/v1/questions", knowledge.questions),
    Route("/api/v1/rules", knowledge.rules),
    Route("/api/v1/libraries", knowledge.libraries),
    Route("/api/v1/destinations", knowledge.destinations),
    Route("/api/v1/destinations/<key>", knowledge.destination),
    Route("/api/v1/findings", knowledge.findings),
    Route("/api/v1/plans", plans.plans),
    Route("/api/v1/plans/<plan_id>", plans.plan),
    Route("/api/v1/plans/<plan_id>/privacy", plans.privacy, endpoint="plan_privacy"),
    Route("/api/v1/plans/<plan_id>/tickets", plans.tickets, endpoint="plan_tickets"),
    Route("/api/v1/plans/<plan_id>/comments", plans.comments),
    Route("/api/v1/plans/<plan_id>/export/<format_key>", plans.export),
    Route("/api/v1/plans/<plan_id>/export/for/<tool_key>", exports.export_for),
    Route("/schemas/tracking-plan-1.json", advice.schema),
    Route("/schemas/integrations-check-1.json", explain.check_schema),
)
errors.register(blueprint)
blueprint.register_error_handler(NotFoundError, plans.no_such_plan)
blueprint.register_error_handler(IncompletePlanError, plans.incomplete)
