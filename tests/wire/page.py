"""A page in Chromium with unchanged generated code. Only Segment's addresses are answered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

from advisor.knowledge.catalogue import CATALOGUE
from programs import PATIENCE

from .capture import Capture
from .devices import device_destinations
from .packages import HERE, bundle
from .plans import Written
from .servers import HANDOFF, Arrived

SHOP = "https://shop.test/"
CDN = "https://cdn.segment.com"
SEGMENT = ("api.segment.io", "cdn.segment.com")
IMPORTS = '{"imports": {"@segment/analytics-next": "/analytics-next.js"}}'
MODULE = (
    "<!doctype html><meta charset=utf-8><title>Shop</title>"
    f"<script type=importmap>{IMPORTS}</script>"
    '<script type=module>import * as app from "/generated.js"; window.app = app;</script>'
)
ONLINE = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true });"
"""A browser without a network counts as offline, and Analytics.js would keep everything to itself, without an error."""
LAST = "End of the test"
FINISH = f"""async ([functions, from]) => {{
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the library hangs")), {PATIENCE * 1000}));
  const run = async () => {{
    const analytics = await from();
    await analytics.ready();
    for (const each of functions) window.app[each]();
    await analytics.track("{LAST}");
    return window.delivered ?? [];
  }};
  return Promise.race([run(), late]);
}}"""
OF_THE_MODULE = "async () => (await window.app.analytics)[0]"
OF_THE_TAG = """async () => {
  while (!window.analytics.initialized) await new Promise((go) => setTimeout(go, 10));
  return window.analytics;
}"""


@dataclass(frozen=True)
class Bundles:
    """What the page loads: the library for modules, its folder for tags, and the device-mode destination."""

    module: Path
    tag: Path
    destination: Path


def bundles(packages: Path, folder: Path) -> Bundles:
    """Made once: only libraries are bundled, generated code never is."""
    entry = folder / "entry.js"
    entry.write_text('export * from "@segment/analytics-next";')
    return Bundles(
        module=bundle(packages, entry, folder / "analytics-next.js", "--format=esm", "--platform=browser"),
        tag=packages / "@segment" / "analytics-next" / "dist" / "umd",
        destination=bundle(
            packages, HERE / "device_destination.js", folder / "destination.js", "--define:global=window"
        ),
    )


@contextmanager
def shop(browser: Browser, made: Bundles, files: dict[str, str], path: str = "") -> Iterator[tuple[Page, Capture]]:
    """The page of a shop whose server has these files, and what its libraries send."""
    capture = Capture(settings())
    context = browser.new_context(locale="de-AT", timezone_id="Europe/Vienna")
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(ONLINE)
    context.route("**/*", answering(capture, _served(made, files)))
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    try:
        page.goto(SHOP + path)
        yield page, capture
    finally:
        context.close()
    assert not problems, problems
    assert not capture.refused, capture.refused


@contextmanager
def browsing(browser: Browser, made: Bundles) -> Iterator[tuple[BrowserContext, Page]]:
    """A visitor of a shop that really serves; Segment's addresses are answered here."""
    capture = Capture(settings())
    context = browser.new_context(locale="de-AT", timezone_id="Europe/Vienna")
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(ONLINE)
    context.route(re.compile("^https://"), answering(capture, _served(made, {})))
    try:
        yield context, context.new_page()
    finally:
        context.close()
    assert not capture.refused, capture.refused


def through_module(browser: Browser, made: Bundles, code: str, calls: list[Written]) -> Arrived:
    """Analytics.js from npm: every function of the file, once the library is ready."""
    with shop(browser, made, {"/": MODULE, "/generated.js": code}) as (page, capture):
        page.wait_for_function("window.app")
        return _finished(page, capture, OF_THE_MODULE, [each.function.camel for each in calls])


def through_tag(browser: Browser, made: Bundles, tag: str, early: str, snippets: list[str]) -> Arrived:
    """Analytics.js from a tag: one call before the library is there, the others once it is ready."""
    html = f"<!doctype html><meta charset=utf-8><title>Shop</title>\n{tag}\n<script>{{\n{early}\n}}</script>\n"
    names = [f"call{number}" for number in range(len(snippets))]
    with shop(browser, made, {"/": html}) as (page, capture):
        functions = "".join(f"{name}() {{\n{code}\n}},\n" for name, code in zip(names, snippets, strict=True))
        page.evaluate(f"() => {{ window.app = {{ {functions} }}; }}")
        return _finished(page, capture, OF_THE_TAG, names)


def _finished(page: Page, capture: Capture, library: str, functions: list[str]) -> Arrived:
    delivered = page.evaluate(f"(functions) => ({FINISH})([functions, {library}])", functions)
    captured = [each for each in capture.captured if each.message.get("event") != LAST]
    return Arrived(captured, HANDOFF, [tuple(each) for each in delivered])


def settings() -> dict[str, Any]:
    """What Segment would say of the source: its destinations in device mode, classic and Actions."""
    integrations: dict[str, Any] = {"Segment.io": {"apiKey": "YOUR_WRITE_KEY", "addBundledMetadata": True}}
    plugins = []
    for key, _ in device_destinations("web"):
        row = CATALOGUE[key]
        if row.is_actions:
            plugins.append({"name": row.name, "creationName": key, "libraryName": f"{_slug(key)}Destination",
                            "url": f"{CDN}/next-integrations/actions/{_slug(key)}/1.js", "settings": {}})  # fmt: skip
        else:
            version = {"version": "1.0.0", "componentTypes": ["browser"]}
            integrations[key] = {"type": "browser", "bundlingStatus": "bundled", "versionSettings": version}
    return {"integrations": integrations, "plan": {}, "remotePlugins": plugins}


def _served(made: Bundles, files: dict[str, str]) -> Callable[[str], bytes | None]:
    """What the shop's server and Segment's CDN have at an address."""
    fixed = {SHOP[:-1] + path: text.encode() for path, text in files.items()}
    fixed |= {f"{SHOP}analytics-next.js": made.module.read_bytes(), f"{SHOP}favicon.ico": b""}
    fixed |= {f"{CDN}/analytics.js/v1/YOUR_WRITE_KEY/analytics.min.js": (made.tag / "standalone.js").read_bytes()}
    destination = made.destination.read_text(encoding="utf-8")
    for key, takes in device_destinations("web"):
        address, text = _script(key, takes)
        fixed[address] = (destination_once(destination) + text).encode()

    def find(address: str) -> bytes | None:
        bare = address.partition("?")[0]
        bundled = made.tag / bare.rpartition("/")[2]
        if bare.startswith(f"{CDN}/analytics-next/bundles/") and bundled.is_file():
            return bundled.read_bytes()
        return fixed.get(bare)

    return find


def destination_once(code: str) -> str:
    """The factory, unless another destination's script has brought it."""
    return f"if (!window.delivered) {{ {code} }}\n"


def _script(key: str, takes: list[str]) -> tuple[str, str]:
    slug, row = _slug(key), CATALOGUE[key]
    if row.is_actions:
        made = f"actionsDestination({json.dumps(key)}, {json.dumps(row.name)}, {json.dumps(takes)})"
        return f"{CDN}/next-integrations/actions/{slug}/1.js", f'window["{slug}Destination"] = {made};'
    made = f"classicDestination({json.dumps(key)}, {json.dumps(takes)})"
    text = f'window["{slug}Deps"] = []; window["{slug}Loader"] = () => {{}}; window["{slug}Integration"] = {made};'
    return f"{CDN}/next-integrations/integrations/{slug}/1.0.0/{slug}.dynamic.js.gz", text


def _slug(key: str) -> str:
    return re.sub(r"\s+", "-", key.lower().replace(".", "", 1))


def answering(
    capture: Capture, find: Callable[[str], bytes | None], hosts: tuple[str, ...] = SEGMENT
) -> Callable[[Route], None]:
    """Answers requests with what is found at their address, and requests to the hosts as the capture does; no others."""

    def answer(route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        allowed = {"Access-Control-Allow-Origin": request.headers.get("origin", "*")}
        if (content := find(request.url)) is not None:
            kind = "text/html" if parts.path == "/" else "text/javascript"
            route.fulfill(body=content, content_type=f"{kind}; charset=utf-8", headers=allowed)
        elif parts.hostname in hosts:
            reply = capture.take(request.method, request.url, request.headers, request.post_data_buffer or b"")
            allowed |= {"Access-Control-Allow-Credentials": "true"}
            route.fulfill(status=reply.status, body=reply.body, content_type=reply.content_type, headers=allowed)
        else:
            capture.refused.append(request.url)
            route.abort()

    return answer
