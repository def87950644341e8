"""The form that opens plans with a recovery code."""

from __future__ import annotations

from flask_wtf import FlaskForm

from advisor.web.forms.fields import LineField, not_blank


class RecoveryForm(FlaskForm):
    """The form for a recovery code."""

    code = LineField("Recovery code", [not_blank("Enter the code, such as 7K2QX-9B4TM-C0WZN-EJ5RA")])
