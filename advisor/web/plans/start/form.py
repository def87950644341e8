"""The forms that start a plan from a document, and that open plans with a recovery code."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from wtforms import FileField, TextAreaField

from advisor.web.forms.fields import LineField, not_blank


class ImportForm(FlaskForm):
    """The form for a document, as text or as a file. The file is used if both are sent."""

    document = TextAreaField("Plan document")
    file = FileField("Or choose a file")

    def sent(self) -> bytes:
        """Return the bytes of the document."""
        chosen = request.files.get("file")
        if chosen and chosen.filename:
            return bytes(chosen.read())
        text: str = self.document.data or ""
        return text.encode()


class RecoveryForm(FlaskForm):
    """The form for a recovery code."""

    code = LineField("Recovery code", [not_blank("Enter the code, such as 7K2QX-9B4TM-C0WZN-EJ5RA")])
