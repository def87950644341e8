"""The form of a comment."""

from __future__ import annotations

from flask_wtf import FlaskForm

from advisor.document_limits import LONGEST_COMMENT
from advisor.web.forms.fields import LinesField, at_most, not_blank


class CommentForm(FlaskForm):
    """The form that adds a comment."""

    text = LinesField("Your comment", [not_blank("Write something"), at_most(LONGEST_COMMENT, "the comment")])
