"""The pages that advise one event without a plan: the first page, ``/advise`` and its live fragment.

They store nothing. Only the first page sets a cookie, because its second form brings a plan.
"""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.event_specs import event_specs
from advisor.knowledge.libraries import libraries_of
from advisor.knowledge.starters import starters
from advisor.knowledge.wording import event_wording
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import code_sheet
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.advise.example_sheet import SAMPLE, example_result
from advisor.web.advise.examples import EXAMPLES, example_shown, without_example
from advisor.web.advise.form import AdviseForm
from advisor.web.advise.stage import example_stage
from advisor.web.app import current
from advisor.web.app.security import csrf
from advisor.web.forms.event_form import problems
from advisor.web.forms.question_list import question_list


def home() -> ResponseReturnValue:
    """Render the first page: one event, a whole plan, and an event on its way. The form of the plan starts a session.

    Earlier versions kept the answers for one event in the address of this page. Such an address leads to ``/advise``.
    """
    form = AdviseForm(request.args)
    if form.state():
        return redirect(f"{url_for('advise.show')}?{form.query()}")
    return render_template(
        "advise/home.html",
        examples=EXAMPLES,
        stage=example_stage(),
        result=example_result(),
        names=[spec.name for spec in event_specs()],
        sample=SAMPLE,
        starters=starters().values(),
    )


def show() -> ResponseReturnValue:
    """Render the form and its advice. The address holds the state; a state that is too long for it is sent by POST.

    Usual answers are filled in on request only; the address then holds them like any others.
    """
    form = _sent_form()
    form.validate()
    if "usual" in request.values:
        form.take_usual()
        if form.fits_address:
            return redirect(f"{url_for('advise.show')}?{form.query()}")
    return render_template(
        "advise/advise.html", **_context(form), example=example_shown(request.values), problems=problems(form)
    )


@csrf.exempt  # it only computes: it neither reads nor changes anything stored
def fragment() -> str:
    """Render the parts of a page with the form that change with each answer."""
    form = _sent_form()
    form.validate()
    return render_template("advice_panel/fragment.html", **_context(form))


def _sent_form() -> AdviseForm:
    """Return the form that was sent, without the answers of an example once the visitor has named or answered something."""
    sent = request.args if request.method != "POST" else request.form
    return AdviseForm(sent if example_shown(request.values) else without_example(sent))


def _context(form: AdviseForm) -> dict[str, Any]:
    plan = form.plan()
    panel = advice_panel(plan, 0)
    form.speak(event_wording(plan.sources, panel.event))
    return {
        "form": form,
        "panel": panel,
        "questions": question_list(form, panel.derived, panel.changes, panel.state),
        "code": code_sheet(plan, panel.event, form.chosen, _page(form)),
        "advice_foot": "advise/actions.html",
        "catalogue": CATALOGUE,
        "client_libraries": libraries_of("client"),
    }


def _page(form: AdviseForm) -> CodePage:
    if not form.fits_address:
        return CodePage(None, None, current.today())
    query = form.query(Chosen())
    address = url_for("advise.show") + (query and f"?{query}")
    return CodePage(address, current.permalink(address), current.today())
