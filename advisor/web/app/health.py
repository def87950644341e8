"""``/healthz``: says that the app is running, for whoever watches the server."""

from flask import Response

from advisor.web.app.routing import Route, feature


def health() -> Response:
    """Answer that the app is running."""
    return Response("ok\n", mimetype="text/plain")


blueprint = feature("app", __name__, Route("/healthz", health))
