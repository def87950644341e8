"""A shop in Flask around generated code: the page, its script, and the relay behind it.

Standard input: ``{calls, handoff, capture, files}``, paths and texts. It prints the port that it serves.
"""

from __future__ import annotations

import json
import runpy
import sys
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from segment import analytics

given = json.loads(sys.stdin.readline())
analytics.host = given["capture"]
calls = runpy.run_path(given["calls"])
handoff = runpy.run_path(given["handoff"], init_globals={name: each for name, each in calls.items() if callable(each)})
app = Flask("shop")
handoff["add_relay"](app, lambda: "session-user")


@app.get("/<path:path>")
@app.get("/", defaults={"path": "page.html"})
def file(path: str) -> Any:
    """Return a file of the shop; every other address is the same page."""
    name = path if path in given["files"] else "page.html"
    return given["files"][name], 200, {"Content-Type": "text/javascript" if name.endswith(".js") else "text/html"}


@app.after_request
def _flush(response: Any) -> Any:
    analytics.flush()
    return response


server = make_server("127.0.0.1", 0, app, threaded=True)
sys.stdout.write(f"{server.server_port}\n")
sys.stdout.flush()
server.serve_forever()
