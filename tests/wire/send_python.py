"""Calls every function of a generated file for Python, in a separate process.

Standard input: ``{file, capture, functions, handoff}``. The library is aimed at the capture server before the file runs, which
sets the write key only: the file is as it was generated.
"""

from __future__ import annotations

import json
import runpy
import sys
from types import SimpleNamespace

from segment import analytics

given = json.load(sys.stdin)
analytics.host = given["capture"]
handoff = SimpleNamespace(**given["handoff"])
app = runpy.run_path(given["file"])
for name, is_handed in given["functions"]:
    app[name](*([handoff] if is_handed else []))
analytics.shutdown()
sys.stdout.write(json.dumps({"handoff": vars(handoff)}))
