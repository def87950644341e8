"""The addresses of the search: its page, and what it finds as a part of a page, for the command palette."""

from advisor.web.app.routing import Route, feature
from advisor.web.find import views

blueprint = feature("find", __name__, Route("/find", views.show), Route("/find/found", views.found))
