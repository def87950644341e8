"""The form that changes status and owner of the selected events, or of one."""

from __future__ import annotations

from itertools import starmap

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields import SelectChoice

from advisor.document_limits import LONGEST_LABEL
from advisor.web.forms.fields import LineField, at_most
from advisor.web.plans.review.changes import CLEAR, KEEP, ONE
from advisor.web.plans.summary.facets import STATUSES


class ReviewForm(FlaskForm):
    """What to set. ``do`` says which button was pressed: set both for the selected, for one event, or clear the owner.

    ``new_status`` is empty for *as it is*; so is ``new_owner``, unless the form is about one event.
    """

    new_status = SelectField(
        "Status",
        choices=[SelectChoice("", "Status as it is"), *starmap(SelectChoice, STATUSES.items())],
        default="",
        validate_choice=True,
        invalid_choice_message="Choose a status",
    )
    new_owner = LineField("Owner", [at_most(LONGEST_LABEL, "the owner’s name")])
    do = SelectField("Do", choices=[SelectChoice(button) for button in (KEEP, CLEAR, ONE)], default=KEEP)
