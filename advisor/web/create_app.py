"""The web app: pages, stored plans and the HTTP API. `create_app` builds it; the command line and the tests call it."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.destination_slugs import slug_of
from advisor.knowledge.ruleset import RULESET
from advisor.paths import asset_dir
from advisor.secret_key import fingerprint
from advisor.settings import Settings
from advisor.store import Store, open_store
from advisor.web.advise.routes import blueprint as advise
from advisor.web.api.routes import blueprint as api
from advisor.web.app import (
    assets,
    body_limits,
    compression,
    errors,
    request_bodies,
    routing,
    security,
    send_once,
    store_errors,
    turns,
)
from advisor.web.app.health import blueprint as health
from advisor.web.check.routes import blueprint as check
from advisor.web.find.routes import blueprint as find
from advisor.web.forms.destination_names import destination_names
from advisor.web.plans.routes import blueprint as plans
from advisor.web.plans.share.routes import shared
from advisor.web.plans.start.views.recovery import cookie_was_unread
from advisor.web.reference.routes import blueprint as reference


def create_app(settings: Settings | None = None, store: Store | None = None, *, address: str | None = None) -> Flask:
    """Return the app with these settings (default: from the environment) and store (default: the settings' database).

    ``address`` is where its server listens. Links to share begin with it unless the settings have a public URL.
    Raises `advisor.settings.SettingsError`, `WrongKeyError` and what `advisor.store.open_store` raises.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "advisor",
        template_folder=str(asset_dir("templates")),
        static_folder=None,  # `assets` serves the static files
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        ruleset=RULESET,
        citations=CITATIONS,
        destination_count=len(CATALOGUE),
        destination_names=destination_names,
        destination_slug=slug_of,
        cookie_was_unread=cookie_was_unread,
    )
    app.extensions["settings"] = settings
    app.extensions["address"] = settings.public_url or address
    app.extensions["store"] = _check_key(store or open_store(settings.database_url), settings)
    routing.register(app)
    body_limits.register(app)
    compression.register(app)
    security.register(app, settings)
    assets.register(app, asset_dir("static"))
    request_bodies.register(app)
    errors.register(app)
    store_errors.register(app)
    turns.register(app)
    send_once.register(app)
    for feature in (advise, reference, check, find, plans, shared, api, health):
        app.register_blueprint(feature)
    return app


def _check_key(store: Store, settings: Settings) -> Store:
    """Return the store if its plans belong to the secret key of the settings. Closes it and raises `WrongKeyError` if not."""
    try:
        store.owners.check_key(fingerprint(settings.secret_key))
    except BaseException:
        store.close()
        raise
    return store
