"""The addresses of a plan's exports, reports and code."""

from advisor.web.app.routing import Route, feature
from advisor.web.plans.export.views import code, export, reports, tools

blueprint = feature(
    "export",
    __name__,
    Route("/export/<format_key>", export.show, is_slow=True),
    Route("/export/<format_key>/download", export.download, is_slow=True),
    Route("/export/for/<tool_key>", tools.show, endpoint="show_tool", is_slow=True),
    Route("/export/for/<tool_key>/download", tools.download, endpoint="download_tool", is_slow=True),
    Route("/report", reports.report, is_slow=True),
    Route("/events/<event_id>/record", reports.record),
    Route("/code", code.code),
    Route("/code/files", code.show, endpoint="files"),
    Route("/code/download", code.download, endpoint="download_code", is_slow=True),
    prefix="/<plan_id>",
)
