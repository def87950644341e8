"""The form that names a version of a plan. The views of versions use it."""

from __future__ import annotations

from flask_wtf import FlaskForm

from advisor.web.forms.fields import LineField, at_most, not_blank

LONGEST_VERSION = 200
"""Maximum number of characters of a version's name."""


class VersionForm(FlaskForm):
    """The form for the name of a version."""

    version = LineField(
        "Name of the version", [not_blank("Enter a name for this version"), at_most(LONGEST_VERSION, "the name")]
    )
