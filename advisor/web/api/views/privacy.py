"""Who receives which personal data: ``POST /api/v1/privacy`` for the plan document that is sent."""

from __future__ import annotations

from flask import Response

from advisor import document
from advisor.advice import advise
from advisor.privacy import privacy_lens
from advisor.web.api.views.parameters import lens_filter, max_body, sent_document
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf


@csrf.exempt  # it neither reads nor changes stored data
def privacy() -> Response:
    """Return the privacy lens of the sent plan document, narrowed to the kinds and the side of the address."""
    chosen = lens_filter()
    plan = advise(document.read(sent_document(), max_body=max_body()).plan)
    return json_answer(chosen.narrow(privacy_lens(plan)))
