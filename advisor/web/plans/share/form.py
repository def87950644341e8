"""The forms of sharing: a new link, and the visitor's name. The views of sharing use them."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice

from advisor.web.app.current import MAX_NAME
from advisor.web.forms.fields import LineField, at_most


class LinkForm(FlaskForm):
    """The form for a new link to a plan."""

    may = RadioField(
        "People with this link can",
        choices=[
            SelectChoice("view", "View the plan"),
            SelectChoice("edit", "Edit the plan"),
            SelectChoice("dev", "See only what is to be built"),
        ],
        default="view",
        validate_choice=True,
    )
    label = LineField("Who is it for?", [at_most(MAX_NAME, "the note")])


class NameForm(FlaskForm):
    """The form for the name that is shown beside the visitor's changes."""

    person = LineField("Your name", [at_most(MAX_NAME, "your name")])


def plain_line(text: str | None) -> str:
    """Return the text without characters that can't be printed and without blanks at its ends."""
    return "".join(letter for letter in text or "" if letter.isprintable()).strip()
