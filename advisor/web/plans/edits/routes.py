"""The address that undoes a change."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.edits.views import undo

blueprint = feature("edits", __name__, Route("/<plan_id>/undo", undo.undo, "POST"))
