"""The address of the checker of integrations objects."""

from advisor.web.app.routing import Route, feature
from advisor.web.check import views

blueprint = feature("check", __name__, Route("/integrations", views.show, "GET POST"))
