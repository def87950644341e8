"""The forms of the privacy page: the notes on a destination, and confirming guessed kinds."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice

from advisor.document_limits import LONGEST_LABEL, LONGEST_TEXT
from advisor.knowledge.personal_kinds import PERSONAL_KINDS
from advisor.web.forms.fields import LineField, LinesField, at_most

_KINDS = [SelectChoice(kind, word) for kind, word in PERSONAL_KINDS.items()]


class NotesForm(FlaskForm):
    """The notes on a destination. ``seen`` identifies the notes that the page showed."""

    destination = HiddenField()
    seen = HiddenField()
    consent = LineField("Consent category", [at_most(LONGEST_LABEL, "the consent category")])
    contract = LinesField("Contract", [at_most(LONGEST_TEXT, "the contract note")])


class ConfirmForm(FlaskForm):
    """Confirming guesses of a kind: all of them, or one property's if there is a ``path``. ``kind`` is what to say."""

    guess = SelectField("Guessed kind", choices=_KINDS)
    kind = SelectField("Kind of personal data", choices=_KINDS)
    path = HiddenField()
    one = HiddenField()
