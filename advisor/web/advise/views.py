"""The pages that advise one event without a plan: the first page, ``/advise`` and its live fragment.

They store nothing and set no cookie.
"""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.wording import event_wording
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import code_sheet
from advisor.web.advice_panel.code_page import CodePage
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.advise.examples import EXAMPLES, FIRST, example_shown, without_example
from advisor.web.advise.form import CLIENT_LIBRARIES, AdviseForm
from advisor.web.app import current
from advisor.web.app.security import csrf
from advisor.web.forms.event_form import problems
from advisor.web.forms.question_list import question_list


def home() -> str:
    """Render the first page: what the app does, one event to try, and the ways to a plan.

    The form is empty at first, and the advice beside it is that of an example until the visitor answers something. The
    script keeps the answers in the address, so that a reload doesn't lose them.
    """
    form = AdviseForm(request.args)
    form.validate()
    shown = form if form.state() else AdviseForm(MultiDict(FIRST.query))
    return render_template(
        "advise/home.html",
        **_context(shown) | ({} if shown is form else _own_questions(form)),
        example=FIRST.name if shown is not form else "",
        examples=EXAMPLES,
        advice_class="try__advice",
        problems=problems(form),
    )


def show() -> str:
    """Render the form and its advice. The address holds the state; a state that is too long for it is sent by POST."""
    form = _sent_form()
    form.validate()
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
    sent = request.args if request.method == "GET" else request.form
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
        "client_libraries": CLIENT_LIBRARIES,
    }


def _own_questions(form: AdviseForm) -> dict[str, Any]:
    """Return the visitor's own form while the advice is that of an example: its answers move nothing yet."""
    return {"form": form, "questions": question_list(form, (), None, "unsettled")}


def _page(form: AdviseForm) -> CodePage:
    if not form.fits_address:
        return CodePage(None, None, current.today())
    query = form.query(Chosen())
    address = url_for("advise.show") + (query and f"?{query}")
    return CodePage(address, current.permalink(address), current.today())
