"""``/integrations``: shows which destinations receive an event with a pasted ``integrations`` object.

The page stores nothing and sets no cookie.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.explain.report.sources import SOURCES
from advisor.knowledge.catalogue import CATALOGUE
from advisor.web.check.form import IntegrationsForm
from advisor.web.check.sheet import sheet
from advisor.web.forms.event_form import problems

blueprint = Blueprint("integrations", __name__)


@dataclass(frozen=True)
class Example:
    """A common mistake, as a link to the filled-in form."""

    name: str
    query: str


def _example(name: str, *state: tuple[str, str]) -> Example:
    return Example(name, urlencode(state))


EXAMPLES = (
    _example("all in lower case", ("object", "{ all: false, Mixpanel: true }"), ("destination", "Facebook Pixel")),
    _example("A display name for the key", ("object", "{ All: false, 'Amplitude (Actions)': true }")),
    _example(
        "A page call without properties",
        ("object", "analytics.page('Pricing', {\n  integrations: { All: false, Mixpanel: true }\n})"),
        ("destination", "Mixpanel"),
        ("destination", "Facebook Pixel"),
    ),
    _example(
        "A tool that was never loaded",
        ("object", "{ All: false, Drift: true }"),
        ("load", "{ All: false, 'Facebook Pixel': true }"),
    ),
    _example(
        "A plugin in an app",
        ("object", '{ "All": false, "Amplitude": true }'),
        ("library", "react-native"),
        ("destination", "Amplitude"),
        ("destination", "AppsFlyer"),
        ("mode", "AppsFlyer=device"),
    ),
)


@blueprint.route("/integrations", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """Show the form and its answer. The state is in the address, or in a POST if it is too long."""
    form = IntegrationsForm(request.args if request.method == "GET" else request.form)
    if request.method == "POST" and form.fits_address:
        return redirect(f"{url_for('integrations.check')}?{form.query()}", code=303)
    explanation = form.explanation()
    return render_template(
        "check/check.html",
        form=form,
        sheet=sheet(explanation, has_load=bool(form.load.data)) if explanation else None,
        problems=problems(form),
        examples=EXAMPLES,
        catalogue=CATALOGUE,
        sources=SOURCES,
    )
