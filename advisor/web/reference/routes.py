"""The addresses of the rules and of the catalogue."""

from advisor.web.app.routing import Route, feature
from advisor.web.reference import views

blueprint = feature(
    "reference",
    __name__,
    Route("/rules", views.rules),
    Route("/destinations", views.destinations),
    Route("/destinations/<slug>", views.destination),
)
