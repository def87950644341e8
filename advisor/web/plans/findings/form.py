"""The forms of a plan's findings: dismissing them with a reason, and the naming convention."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice

from advisor.document_limits import LONGEST_LABEL, LONGEST_TEXT
from advisor.knowledge.name_styles import ANY, STYLES
from advisor.web.forms.fields import LineField, at_most, not_blank

_CHOICES = [
    *(SelectChoice(style, f"{style}: {example}") for style, example in STYLES.items()),
    SelectChoice(ANY, "Any: don’t check"),
]


class DismissForm(FlaskForm):
    """The form to dismiss findings: the reason, and the author."""

    reason = TextAreaField(
        "Why is it fine as it is?", [not_blank("Enter a reason"), at_most(LONGEST_TEXT, "the reason")]
    )
    author = LineField("Your name", [at_most(LONGEST_LABEL, "the name")])


class NamingForm(FlaskForm):
    """The form of the plan's naming convention."""

    events = SelectField("Events", choices=_CHOICES)
    properties = SelectField("Properties", choices=_CHOICES)
