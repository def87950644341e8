"""The form that takes a plan as text or as files."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, TextAreaField

from advisor.formats.pasted_text import PASTED


class BringForm(FlaskForm):
    """The form for text or files. The files are used if both are sent."""

    text = TextAreaField("Paste your plan")
    file = MultipleFileField("Choose files")

    def sent(self) -> dict[str, bytes]:
        """Return what was sent, by the names of the files; several files of one name get numbers."""
        found: dict[str, bytes] = {}
        for number, chosen in enumerate(request.files.getlist("file")):
            if name := (chosen.filename or "").replace("\\", "/").lstrip("/"):
                found[name if name not in found else f"{number + 1}/{name}"] = bytes(chosen.read())
        if found:
            return found
        text: str = self.text.data or ""
        return {PASTED: text.encode(errors="replace")} if text.strip() else {}
