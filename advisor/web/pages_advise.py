"""One event without a plan: the first page, ``/advise`` and its live fragment. Nothing is stored, no cookie is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.wording import event_wording
from advisor.web.advise_form import CLIENT_LIBRARIES, AdviseForm
from advisor.web.code_chosen import Chosen
from advisor.web.code_sheet import Page, code_sheet, permalink
from advisor.web.forms import problems
from advisor.web.panel import advice_panel
from advisor.web.security import csrf


@dataclass(frozen=True)
class Example:
    """An event that most people know, with the answers that most teams give."""

    name: str
    query: dict[str, str]


def _example(name: str, **state: str) -> Example:
    return Example(name, {"name": name, **state})


FIRST = _example("Promotion Clicked", stored_in_database="no", browser_only="yes", needs_client_context="yes")
EXAMPLES = (
    _example(
        "Order Completed", stored_in_database="yes", payment="yes", accuracy="yes", sensitive="no", user_absent="no"
    ),
    _example("Page Viewed", call="page", stored_in_database="no", browser_only="yes", needs_client_context="yes"),
    _example("Trial Ended", stored_in_database="yes", accuracy="yes", sensitive="no", user_absent="yes"),
)


def register(blueprint: Blueprint) -> None:
    """Add these pages."""
    blueprint.add_url_rule("/", view_func=home)
    blueprint.add_url_rule("/advise", view_func=advise, methods=["GET", "POST"])
    blueprint.add_url_rule("/advise/fragment", view_func=advise_fragment, methods=["GET", "POST"])


def home() -> str:
    """What the app does in a sentence, one event to try, and the ways to a plan.

    The script keeps what was answered in the address, so that a reload doesn't lose it.
    """
    form = AdviseForm(request.args if "name" in request.args else MultiDict(FIRST.query))
    form.validate()
    return render_template(
        "pages/home.html", **_context(form), examples=EXAMPLES, advice_class="try__advice", problems=problems(form)
    )


def advise() -> str:
    """The form and its advice. The address holds the state; a POST carries one that is too long for it."""
    form = _form()
    form.validate()
    return render_template("pages/advise.html", **_context(form), problems=problems(form))


@csrf.exempt  # it only calculates: nothing stored is read or changed
def advise_fragment() -> str:
    """What changes on a page with the form while one answers."""
    form = _form()
    form.validate()
    return render_template("partials/fragment.html", **_context(form))


def _form() -> AdviseForm:
    return AdviseForm(request.args if request.method == "GET" else request.form)


def _context(form: AdviseForm) -> dict[str, Any]:
    plan = form.plan()
    panel = advice_panel(plan, 0)
    form.speak(event_wording(plan.sources, panel.event))
    return {
        "form": form,
        "panel": panel,
        "code": code_sheet(plan, panel.event, form.chosen, _page(form)),
        "advice_foot": "partials/advise_actions.html",
        "catalogue": CATALOGUE,
        "client_libraries": CLIENT_LIBRARIES,
    }


def _page(form: AdviseForm) -> Page:
    if not form.fits_address:
        return Page(None, None)
    query = form.query(Chosen())
    address = url_for("pages.advise") + (query and f"?{query}")
    return Page(address, permalink(address))
