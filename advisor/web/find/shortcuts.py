"""The pages of the app, and the actions that begin with a page: what the search knows without asking the store."""

from __future__ import annotations

from dataclasses import dataclass, field

from advisor.store import Right


@dataclass(frozen=True)
class Shortcut:
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
    Shortcut("One event", "advise.show", "advice client or server try"),
    Shortcut("Plans", "plans.start.index", "my plans list templates examples"),
    Shortcut("Rules", "reference.rules", "how the advice is made law decision table reasons"),
    Shortcut("Destinations", "reference.destinations", "catalogue tools keys"),
    Shortcut("Check an object", "check.show", "integrations explain debug"),
    Shortcut("Recovery code", "plans.start.recovery", "another browser lost cookie move my plans"),
    Shortcut("First page", "advise.home", "home start"),
)
PLAN_PAGES = (
    Shortcut("Overview", "plans.overview.show", "plan matrix list of events", "view"),
    Shortcut("Grid", "plans.grid.show", "spreadsheet table rows answers", "view"),
    Shortcut("Questions", "plans.questions.show", "answer one question for many events", "edit"),
    Shortcut("Privacy", "plans.privacy.show", "personal data pii consent contract gdpr", "view"),
    Shortcut("Developers", "plans.developers.show", "code snippets calls ticket build agreed implemented", "view"),
    Shortcut("Library files", "plans.export.files", "code zip download developers", "view"),
    Shortcut("List of events", "plans.overview.show", "review status owner comments agreed", "view", {"view": "list"}),
    Shortcut("Export", "plans.export.show", "download json csv segment format file", "view", {"format_key": "json"}),
    Shortcut("Export to a spreadsheet", "plans.export.show_tool", "excel xlsx download", "view", {"tool_key": "xlsx"}),
    Shortcut("History", "plans.history.show", "changes undo restore earlier", "view"),
    Shortcut("Settings", "plans.settings.show", "sources libraries destinations warehouse name", "view"),
    Shortcut("Share", "plans.share.links", "link guests colleagues invite", "own"),
    Shortcut("Findings", "plans.findings.show", "warnings errors notes problems dismissed naming convention", "view"),
    Shortcut("Report", "plans.export.report", "print pdf whole plan", "view"),
    Shortcut("Versions", "plans.history.versions", "named points", "view"),
    Shortcut("Compare", "plans.history.compare", "difference diff between versions", "view"),
)
ACTIONS = (
    Shortcut("Start a new plan", "plans.start.new", "create add make"),
    Shortcut("Import a plan", "plans.imports.bring", "bring paste upload file csv spreadsheet xlsx json yaml"),
)
PLAN_ACTIONS = (
    Shortcut("Add an event", "plans.event.new", "new create plan", "edit"),
    Shortcut("Paste rows", "plans.grid.paste", "spreadsheet events add csv several", "edit"),
    Shortcut(
        "Import into this plan", "plans.imports.bring_into", "bring upload file update replace merge csv json", "edit"
    ),
    Shortcut("Add destinations", "plans.settings.show", "tools find search", "edit", {"_anchor": "destinations"}),
    Shortcut("Say where events are tracked today", "plans.overview.practice", "practice audit", "edit"),
    Shortcut("Download as JSON", "plans.export.download", "export document file save", "view", {"format_key": "json"}),
    Shortcut("Share this plan", "plans.share.links", "link guests colleagues invite", "own"),
    Shortcut("Delete this plan", "plans.start.delete", "remove throw away", "own"),
)
