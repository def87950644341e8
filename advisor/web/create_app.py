"""The web app: pages, stored plans and the HTTP API. `create_app` builds it; the command line and the tests call it."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.ruleset import RULESET
from advisor.paths import asset_dir
from advisor.secret_key import fingerprint
from advisor.settings import Settings
from advisor.store import Store, open_store
from advisor.web.advise.routes import pages
from advisor.web.api import routes as api
from advisor.web.app import assets, errors, request_bodies, security, store_errors, turns
from advisor.web.app import send_once as plans_once
from advisor.web.check import views as integrations
from advisor.web.forms.destination_names import destination_names
from advisor.web.plans import routes as plans
from advisor.web.plans.export import code as plan_code
from advisor.web.plans.export import reports as plan_reports
from advisor.web.plans.findings import views as findings
from advisor.web.plans.grid import views as grid
from advisor.web.plans.history import views as plans_history
from advisor.web.plans.share import views as plans_share
from advisor.web.plans.start import starters as plan_templates
from advisor.web.plans.start.recovery import cookie_was_unread


def create_app(settings: Settings | None = None, store: Store | None = None, *, address: str | None = None) -> Flask:
    """Return the app with these settings (default: from the environment) and store (default: the settings' database).

    ``address`` is where its server listens. Links to share begin with it unless the settings have a public URL.
    Raises `advisor.settings.SettingsError`, `WrongKey` and what `advisor.store.open_store` raises.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "advisor",
        template_folder=str(asset_dir("templates")),
        static_folder=str(asset_dir("static")),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        ruleset=RULESET,
        citations=CITATIONS,
        destination_count=len(CATALOGUE),
        destination_names=destination_names,
        cookie_was_unread=cookie_was_unread,
    )
    app.extensions["settings"] = settings
    app.extensions["address"] = settings.public_url or address
    app.extensions["store"] = _checked(store or open_store(settings.database_url), settings)
    security.register(app, settings)
    assets.register(app)
    request_bodies.register(app)
    errors.register(app)
    store_errors.register(app)
    turns.register(app)
    plans_once.register(app)
    app.register_blueprint(pages())
    app.register_blueprint(api.blueprint)
    app.register_blueprint(plans.blueprint)
    app.register_blueprint(findings.blueprint)
    app.register_blueprint(plan_templates.blueprint)
    app.register_blueprint(plan_reports.blueprint)
    app.register_blueprint(plan_code.blueprint)
    app.register_blueprint(plans_history.blueprint)
    app.register_blueprint(plans_share.blueprint)
    app.register_blueprint(grid.blueprint)
    app.register_blueprint(integrations.blueprint)
    return app


def _checked(store: Store, settings: Settings) -> Store:
    """Return the store if its plans belong to the secret key of the settings. Closes it and raises `WrongKey` if not."""
    try:
        store.owners.check_key(fingerprint(settings.secret_key))
    except BaseException:
        store.close()
        raise
    return store
