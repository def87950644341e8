"""Everything below ``/plans``: the features of stored plans, and the rights that all of them need.

A visitor sees their own plans and those that were shared with them (`advisor.web.app.rights`). Someone else's plan and a
plan that never existed get the same answer.
"""

from flask import Blueprint

from advisor.web.app.rights import guard
from advisor.web.plans.comments.routes import blueprint as comments
from advisor.web.plans.developers.routes import blueprint as developers
from advisor.web.plans.edits.routes import blueprint as edits
from advisor.web.plans.event.routes import blueprint as event
from advisor.web.plans.export.routes import blueprint as export
from advisor.web.plans.findings.routes import blueprint as findings
from advisor.web.plans.grid.routes import blueprint as grid
from advisor.web.plans.history.routes import blueprint as history
from advisor.web.plans.imports.routes import blueprint as imports
from advisor.web.plans.overview.routes import blueprint as overview
from advisor.web.plans.privacy.routes import blueprint as privacy
from advisor.web.plans.questions.routes import blueprint as questions
from advisor.web.plans.review.routes import blueprint as review
from advisor.web.plans.settings.routes import blueprint as settings
from advisor.web.plans.share.routes import blueprint as share
from advisor.web.plans.start.routes import blueprint as start

blueprint = Blueprint("plans", __name__, url_prefix="/plans")
guard(blueprint)
for feature in (
    start,
    imports,
    overview,
    review,
    edits,
    event,
    comments,
    settings,
    grid,
    questions,
    findings,
    privacy,
    developers,
    history,
    share,
    export,
):
    blueprint.register_blueprint(feature)
