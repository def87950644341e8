"""``/integrations``: shows which destinations receive an event with a pasted ``integrations`` object.

The page stores nothing and sets no cookie.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.explain.report.sources import SOURCES
from advisor.knowledge.catalogue import CATALOGUE
from advisor.snippets import provenance
from advisor.web.app import current
from advisor.web.check.examples import EXAMPLES
from advisor.web.check.form import IntegrationsForm
from advisor.web.check.sheet import sheet
from advisor.web.forms.event_form import problems


def show() -> ResponseReturnValue:
    """Show the form and its answer. The state is in the address, or in a POST if it is too long."""
    form = IntegrationsForm(request.args if request.method != "POST" else request.form)
    if request.method == "POST" and form.fits_address:
        return redirect(f"{url_for('check.show')}?{form.query()}", code=303)
    explanation = form.explanation()
    address = f"{url_for('check.show')}?{form.query()}" if form.fits_address else None
    return render_template(
        "check/check.html",
        form=form,
        sheet=sheet(explanation, has_load=bool(form.load.data)) if explanation else None,
        copied=provenance(current.today(), current.permalink(address), "javascript"),
        problems=problems(form),
        examples=EXAMPLES,
        catalogue=CATALOGUE,
        sources=SOURCES,
    )
