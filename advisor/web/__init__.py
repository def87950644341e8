"""The web app: pages, plans and API around the advice. `create_app` puts it together."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.ruleset import RULESET
from advisor.paths import asset_dir
from advisor.settings import Settings
from advisor.web import assets, errors, pages, pages_advise, pages_reference, security

if TYPE_CHECKING:
    from advisor.store import Store


def create_app(settings: Settings | None = None, store: Store | None = None) -> Flask:
    """The app with these settings (default: from the environment) and this store (default: the settings' database)."""
    settings = settings or Settings.from_environment()
    app = Flask(
        "advisor",
        template_folder=str(asset_dir("templates")),
        static_folder=str(asset_dir("static")),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(ruleset=RULESET, citations=CITATIONS, destination_count=len(CATALOGUE))
    app.extensions["settings"] = settings
    if store is None:
        from advisor.store import open_store

        store = open_store(settings.database_url)
    app.extensions["store"] = store
    assert pages_advise.blueprint is pages_reference.blueprint is pages.blueprint
    for part in (assets, errors):
        part.register(app)
    security.register(app, settings)
    app.register_blueprint(pages.blueprint)
    for name in ("plans", "api"):
        if find_spec(f"advisor.web.{name}"):
            app.register_blueprint(__import__(f"advisor.web.{name}", fromlist=["blueprint"]).blueprint)
    return app
