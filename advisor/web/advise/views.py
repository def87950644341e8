"""The pages that advise one event without a plan: the first page, ``/advise`` and its live fragment.

They store nothing and set no cookie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.wording import event_wording
from advisor.web.advice_panel.chosen_code import Chosen
from advisor.web.advice_panel.code import Page, code_sheet, permalink
from advisor.web.advice_panel.panel import advice_panel
from advisor.web.advise.form import CLIENT_LIBRARIES, EXAMPLE, AdviseForm
from advisor.web.app.security import csrf
from advisor.web.forms.event_form import problems


@dataclass(frozen=True)
class Example:
    """A well-known event with the answers that most teams give. ``query`` is the state that its address holds."""

    name: str
    query: dict[str, str]


def _example(name: str, **state: str) -> Example:
    return Example(name, {"name": name, **state, EXAMPLE: name})


FIRST = _example("Promotion Clicked", stored_in_database="no", browser_only="yes", needs_client_context="yes")
EXAMPLES = (
    _example(
        "Order Completed", stored_in_database="yes", payment="yes", accuracy="yes", sensitive="no", user_absent="no"
    ),
    _example("Page Viewed", call="page", stored_in_database="no", browser_only="yes", needs_client_context="yes"),
    _example("Trial Ended", stored_in_database="yes", accuracy="yes", sensitive="no", user_absent="yes"),
)
_EXAMPLES = {example.name: example for example in EXAMPLES}


def register(blueprint: Blueprint) -> None:
    """Add these pages to the blueprint."""
    blueprint.add_url_rule("/", view_func=home)
    blueprint.add_url_rule("/advise", view_func=advise, methods=["GET", "POST"])
    blueprint.add_url_rule("/advise/fragment", view_func=advise_fragment, methods=["GET", "POST"])


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
        **_context(shown) | {"form": form},
        example=FIRST.name if shown is not form else "",
        examples=EXAMPLES,
        advice_class="try__advice",
        problems=problems(form),
    )


def advise() -> str:
    """Render the form and its advice. The address holds the state; a state that is too long for it is sent by POST."""
    form = _form()
    form.validate()
    return render_template("advise/advise.html", **_context(form), example=_example_shown(), problems=problems(form))


@csrf.exempt  # it only computes: it neither reads nor changes anything stored
def advise_fragment() -> str:
    """Render the parts of a page with the form that change with each answer."""
    form = _form()
    form.validate()
    return render_template("advice_panel/fragment.html", **_context(form))


def _form() -> AdviseForm:
    """Return the form that was sent, without the answers of an example once the visitor has named or answered something."""
    sent = request.args if request.method == "GET" else request.form
    example = _EXAMPLES.get(sent.get(EXAMPLE, ""))
    if example is None or _example_shown():
        return AdviseForm(sent)
    own = [(key, value) for key, value in sent.items(multi=True) if key == "name" or example.query.get(key) != value]
    return AdviseForm(MultiDict(own))


def _example_shown() -> str:
    """Return the name of the example that the request shows; empty once the visitor has changed the name or an answer."""
    sent = request.values
    example = _EXAMPLES.get(sent.get(EXAMPLE, ""))
    is_same = example and all(
        (sent.get(key) or "unsure") == example.query.get(key, "unsure") for key in ("name", *QUESTION_KEYS)
    )
    return example.name if example and is_same else ""


def _context(form: AdviseForm) -> dict[str, Any]:
    plan = form.plan()
    panel = advice_panel(plan, 0)
    form.speak(event_wording(plan.sources, panel.event))
    return {
        "form": form,
        "panel": panel,
        "code": code_sheet(plan, panel.event, form.chosen, _page(form)),
        "advice_foot": "advise/actions.html",
        "catalogue": CATALOGUE,
        "client_libraries": CLIENT_LIBRARIES,
    }


def _page(form: AdviseForm) -> Page:
    if not form.fits_address:
        return Page(None, None)
    query = form.query(Chosen())
    address = url_for("pages.advise") + (query and f"?{query}")
    return Page(address, permalink(address))
