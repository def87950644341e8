"""The line ``local`` of each set-up sends the calls to a server on this machine."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from advisor.snippets import setup
from programs import run

from .capture import CaptureServer
from .packages import HERE, bundle, node_packages
from .page import MODULE, Bundles, answering, shop

pytestmark = pytest.mark.slow
CALL = 'analytics.track({ userId: "u", event: "E" });'


def _aimed(library: str, server: CaptureServer) -> str:
    """The line, with the port that is free here."""
    local = setup(library).local
    assert "127.0.0.1:8765" in local
    return local.replace("127.0.0.1:8765", server.address.removeprefix("http://"))


def _said(server: CaptureServer) -> tuple[str | None, str]:
    (captured,) = server.captured
    return captured.write_key, captured.message["event"]


def test_the_test_line_of_python_works() -> None:
    """After the set-up, the two lines send at once, to the address given."""
    with CaptureServer() as server:
        code = f'{setup("analytics-python").code}\n{_aimed("analytics-python", server)}\nanalytics.track("u", "E")\n'
        run(sys.executable, "-c", code)
        assert _said(server) == ("YOUR_WRITE_KEY", "E")


def test_the_test_line_of_node_works(tmp_path: Path) -> None:
    """In place of the constructor of the set-up."""
    (tmp_path / "node_modules").symlink_to(node_packages())
    with CaptureServer() as server:
        made = f"const analytics = {_aimed('analytics-node', server)}"
        (tmp_path / "app.mjs").write_text(f'import {{ Analytics }} from "@segment/analytics-node";\n{made}\n{CALL}')
        run("node", tmp_path / "app.mjs")
        assert _said(server) == ("YOUR_WRITE_KEY", "E")


def test_the_test_line_of_react_native_works(tmp_path: Path) -> None:
    """In place of createClient: without its last line the library would fall back to Segment's own address."""
    stub = HERE / "react_native_stub.mjs"
    with CaptureServer({"integrations": {"Segment.io": {}}}) as server:
        imported = 'import { createClient } from "@segment/analytics-react-native";'
        made = f"{imported}\nconst analytics = {_aimed('react-native', server)}"
        last = 'await analytics.init(); await analytics.track("E"); await analytics.flush(); process.exit(0);'
        (tmp_path / "entry.js").write_text(f"{made}\n{last}")
        options = ("--platform=node", "--format=esm", "--main-fields=module,main")
        aliases = (f"--alias:react-native={stub}", f"--alias:react={stub}")
        run("node", bundle(node_packages(), tmp_path / "entry.js", tmp_path / "app.mjs", *options, *aliases))
        assert _said(server) == ("YOUR_WRITE_KEY", "E")


def test_the_test_line_of_analytics_js_works(chromium_browser: Browser, made: Bundles) -> None:
    """In place of the load of the set-up, and without asking Segment for anything."""
    with CaptureServer() as server:
        loaded = _aimed("analytics.js", server)
        code = f'import {{ AnalyticsBrowser }} from "@segment/analytics-next";\nexport const analytics = {loaded}'
        with shop(chromium_browser, made, {"/": MODULE, "/generated.js": code}) as (page, capture):
            page.wait_for_function("window.app")
            # Chromium lets no page of another site reach loopback, so the request is answered on its way.
            page.context.route(
                re.compile(f"^{re.escape(server.address)}/"), answering(server, lambda _: None, ("127.0.0.1",))
            )
            page.evaluate('() => app.analytics.track("E")')
        assert capture.captured == []
        assert _said(server) == ("YOUR_WRITE_KEY", "E")
