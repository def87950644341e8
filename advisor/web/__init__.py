"""The web app: pages, stored plans and the HTTP API. The command line and the tests call `create_app`."""

from advisor.web.create_app import create_app

__all__ = ["create_app"]
