"""The pages of ``/plans/<id>/code``: the whole plan as code, one file per library, to read and to download as a zip."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from msgspec.structs import replace

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES, Library
from advisor.model import Event, Plan, Recommendation
from advisor.snippets.files import File, snippets_of, zipped
from advisor.web.advice_panel.code import TRIED
from advisor.web.advice_panel.highlight import tinted
from advisor.web.app.current import whole_plan
from advisor.web.app.damage import require_whole
from advisor.web.app.downloads import disposition, file_name
from advisor.web.app.rights import guard

blueprint = Blueprint("plan_code", __name__)
guard(blueprint)
PREVIEWED_CALLS = 100
PREVIEWED_LINES = 5_000


@dataclass(frozen=True)
class LibraryFiles:
    """A library of the plan: the number of calls it makes, and its files with at most `PREVIEWED_CALLS` of these calls."""

    library: Library
    calls: int
    files: tuple[File, ...]
    is_chosen: bool

    @property
    def tried(self) -> str:
        """Return the sentence that says how well its snippets are tested."""
        return TRIED[self.library.code.verified]


@dataclass(frozen=True)
class Preview:
    """The beginning of a file. ``lines`` is the number of lines shown; ``is_whole`` says whether that is the whole file."""

    name: str
    tokens: tuple[object, ...]
    lines: int
    is_whole: bool


@blueprint.get("/plans/<plan_id>/code")
def show(plan_id: str) -> str:
    """Show the libraries to choose (``library``), their files, and a preview of one file (``file``)."""
    stored = whole_plan(plan_id)
    plan = advise(stored.plan)
    listed = _listed(plan)
    return render_template(
        "plans/export/code.html",
        plan_id=plan_id,
        plan=plan,
        unread=stored,
        listed=listed,
        chosen=[item.library.key for item in listed if item.is_chosen],
        preview=_preview(listed),
        zip_name=file_name(plan.name, "zip"),
    )


@blueprint.get("/plans/<plan_id>/code/download")
def download(plan_id: str) -> Response:
    """Return the files of the chosen libraries as a zip. The same plan always gives the same bytes."""
    plan = advise(require_whole(whole_plan(plan_id)).plan)
    files = snippets_of(plan, _chosen(_in_use(plan)))
    headers = {"Content-Disposition": disposition(file_name(plan.name, "zip"))}
    return Response(zipped(files), content_type="application/zip", headers=headers)


def _listed(plan: Plan) -> tuple[LibraryFiles, ...]:
    callers = _in_use(plan)
    chosen = _chosen(callers)
    return tuple(
        LibraryFiles(
            library=LIBRARIES[key],
            calls=len(events),
            files=snippets_of(replace(plan, events=tuple(events[:PREVIEWED_CALLS])), [key]),
            is_chosen=key in chosen,
        )
        for key, events in callers.items()
    )


def _in_use(plan: Plan) -> dict[str, list[Event]]:
    """Return the plan's libraries that send at least one event, in the order of the plan, with these events."""
    found: dict[str, list[Event]] = {key: [] for key in (*plan.sources.client, plan.sources.server) if key}
    for event in plan.events:
        assert isinstance(event.recommendation, Recommendation)
        for call in event.recommendation.calls:
            if call.library:
                found[call.library].append(event)
    return {key: events for key, events in found.items() if events}


def _chosen(callers: dict[str, list[Event]]) -> list[str]:
    """Return the libraries named in the address, or all libraries in use if it names none of them."""
    wanted = request.args.getlist("library")
    return [key for key in callers if key in wanted] or list(callers)


def _preview(listed: tuple[LibraryFiles, ...]) -> Preview | None:
    """Return a preview of the file named in the address, else of the first file; None if there is no file."""
    shown = [(item, file) for item in listed if item.is_chosen for file in item.files]
    if not shown:
        return None
    item, file = next((each for each in shown if each[1].name == request.args.get("file")), shown[0])
    lines = file.text.splitlines(keepends=True)
    language = "html" if file.name.endswith(".html") else item.library.code.language
    return Preview(
        name=file.name,
        tokens=tinted("".join(lines[:PREVIEWED_LINES]), language),
        lines=min(len(lines), PREVIEWED_LINES),
        is_whole=item.calls <= PREVIEWED_CALLS and len(lines) <= PREVIEWED_LINES,
    )
