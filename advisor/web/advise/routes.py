"""The addresses of the first page and of ``/advise``."""

from advisor.web.advise import views
from advisor.web.app.routing import Route, feature

blueprint = feature(
    "advise",
    __name__,
    Route("/", views.home),
    Route("/advise", views.show, "GET POST"),
    Route("/advise/fragment", views.fragment, "GET POST"),
)
