"""``POST /api/v1/snippets``: the calls of a plan as code, one file per library."""

from __future__ import annotations

from flask import Response, request
from msgspec import Struct

from advisor import document
from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES, find_library
from advisor.model import Plan
from advisor.snippets.files import snippets_of
from advisor.web.api.views.errors import bad_parameter
from advisor.web.api.views.parameters import max_body, sent_document
from advisor.web.app.json_answers import json_answer
from advisor.web.app.security import csrf


class CodeFile(Struct, frozen=True, kw_only=True):
    """A file to write. ``name`` is made of ASCII letters, digits, dots and hyphens."""

    name: str
    text: str


class CodeFiles(Struct, frozen=True, kw_only=True):
    """The files, client libraries first; none if the plan has no call to make."""

    files: tuple[CodeFile, ...]


@csrf.exempt  # it neither reads nor changes stored data
def snippets() -> Response:
    """Return the code for the sent plan document, for all its libraries or only those in ``library``."""
    wanted = request.args.getlist("library")
    plan = advise(document.read(sent_document(), max_body=max_body()).plan)
    files = snippets_of(plan, [_library_of(name, plan) for name in wanted])
    return json_answer(CodeFiles(files=tuple(CodeFile(name=file.name, text=file.text) for file in files)))


def _library_of(name: str, plan: Plan) -> str:
    key = find_library(name)
    if key is None:
        raise bad_parameter("library", f"“{name}” is no library; there are {', '.join(LIBRARIES)}.")
    if key not in (*plan.sources.client, plan.sources.server):
        raise bad_parameter("library", f"the plan does not use {key}.")
    return key
