"""The pages of the app, and the actions that begin with a page: what the search knows without asking the store."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.store import Right


@dataclass(frozen=True)
class Place:
    """A page, or an action that begins with one.

    ``endpoint`` and ``values`` give its address. ``others`` are words that find it and that its name doesn't have.
    ``right`` is the right to the open plan that it needs; None for a page that belongs to no plan.
    """

    name: str
    endpoint: str
    others: str = ""
    right: Right | None = None
    values: dict[str, str] = field(default_factory=dict)


PAGES = (
    Place("One event", "advise.show", "advice client or server try"),
    Place("Plans", "plans.start.index", "my plans list templates examples"),
    Place("Rules", "reference.rules", "how the advice is made law decision table reasons"),
    Place("Destinations", "reference.destinations", "catalogue tools keys"),
    Place("Check an object", "check.show", "integrations explain debug"),
    Place("Recovery code", "plans.start.recovery", "another browser lost cookie move my plans"),
    Place("First page", "advise.home", "home start"),
)
PLAN_PAGES = (
    Place("Overview", "plans.overview.show", "plan matrix list of events", "view"),
    Place("Grid", "plans.grid.show", "spreadsheet table rows answers", "view"),
    Place("Questions", "plans.questions.show", "answer one question for many events", "edit"),
    Place("Privacy", "plans.privacy.show", "personal data pii consent contract gdpr", "view"),
    Place("Developers", "plans.developers.show", "code snippets calls ticket build agreed implemented", "view"),
    Place("Library files", "plans.export.files", "code zip download developers", "view"),
    Place("List of events", "plans.overview.show", "review status owner comments agreed", "view", {"view": "list"}),
    Place("Export", "plans.export.show", "download json csv segment format file", "view", {"format_key": "json"}),
    Place("History", "plans.history.show", "changes undo restore earlier", "view"),
    Place("Settings", "plans.settings.show", "sources libraries destinations warehouse name", "view"),
    Place("Share", "plans.share.links", "link guests colleagues invite", "own"),
    Place("Findings", "plans.findings.show", "warnings errors notes problems dismissed naming convention", "view"),
    Place("Report", "plans.export.report", "print pdf whole plan", "view"),
    Place("Versions", "plans.history.versions", "named points", "view"),
    Place("Compare", "plans.history.compare", "difference diff between versions", "view"),
)
ACTIONS = (
    Place("Start a new plan", "plans.start.new", "create add make"),
    Place("Import a plan", "plans.imports.bring", "bring paste upload file csv spreadsheet xlsx json yaml"),
)
PLAN_ACTIONS = (
    Place("Add an event", "plans.event.new", "new create plan", "edit"),
    Place("Paste rows", "plans.grid.paste", "spreadsheet events add csv several", "edit"),
    Place(
        "Import into this plan", "plans.imports.bring_into", "bring upload file update replace merge csv json", "edit"
    ),
    Place("Add destinations", "plans.settings.show", "tools find search", "edit", {"_anchor": "destinations"}),
    Place("Say where events are tracked today", "plans.overview.practice", "practice audit", "edit"),
    Place("Download as JSON", "plans.export.download", "export document file save", "view", {"format_key": "json"}),
    Place("Share this plan", "plans.share.links", "link guests colleagues invite", "own"),
    Place("Delete this plan", "plans.start.delete", "remove throw away", "own"),
)
