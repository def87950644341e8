"""Sends every call of a generated file through its library, and returns what arrived."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advisor.snippets import setup
from programs import run

from .capture import Captured, CaptureServer
from .devices import device_destinations, in_deliveries
from .packages import HERE, bundle, missing, node_packages
from .plans import Written
from .promise import differences, is_handed

HANDOFF: dict[str, Any] = {
    "anonymousId": "handed-anonymous",
    "userId": "handed-user",
    "context": {
        "ip": "192.0.2.1",
        "userAgent": "Browser/1",
        "page": {"url": "https://shop.test/thanks?x=1", "path": "/thanks"},
        "campaign": {"name": "spring", "source": "news"},
        "locale": "de-AT",
        "timezone": "Europe/Vienna",
        "consent": {"categoryPreferences": {"ads": True, "analytics": False}},
    },
    "ids": {"fbp": "fb.1", "fbc": "fb.2", "event_id": "shared-1", "amplitude_session_id": 7},
    "properties": {"coupon seen": False},
}
"""What the server was handed, as JavaScript and the HTTP API name it."""


@dataclass(frozen=True)
class Arrived:
    """The messages of a run, one for each function called, and what device-mode destinations got: key and messageId."""

    captured: list[Captured]
    handoff: dict[str, Any] = field(default_factory=dict)
    delivered: list[tuple[str, str]] = field(default_factory=list)

    def differences(self, calls: list[Written], handoff: dict[str, Any] | None = None) -> list[str]:
        """How what arrived differs from what the calls promise; empty if every promise was kept."""
        handoff = HANDOFF if handoff is None else handoff
        found = [] if len(self.captured) == len(calls) else [f"{len(self.captured)} messages for {len(calls)} calls"]
        if self.handoff != handoff:
            found.append(f"the hand-off was changed: {self.handoff}")
        for number, written in enumerate(calls):
            captured = self.captured[number] if number < len(self.captured) else None
            message = captured.message if captured else None
            about = f"{written.call.library}, {written.event.call} {written.event.name!r}: "
            found += [about + each for each in differences(written, message, handoff)]
            if captured is None:
                continue
            if captured.write_key != "YOUR_WRITE_KEY":
                found.append(f"{about}write key: {captured.write_key}")
            if written.call.side == "client":
                found += [
                    about + each for each in in_deliveries(written, captured.message["messageId"], self.delivered)
                ]
        return found


def through_python(code: str, calls: list[Written], folder: Path) -> Arrived:
    """The real library of Python, in a process of its own."""
    (folder / "generated.py").write_text(code, encoding="utf-8")
    handed = {"anonymousId": "anonymous_id", "userId": "user_id"}
    given = {
        "file": str(folder / "generated.py"),
        "functions": [[each.function.snake, each_is_handed(each)] for each in calls],
        "handoff": {handed.get(name, name): value for name, value in HANDOFF.items()},
    }
    with CaptureServer() as server:
        told = run(sys.executable, HERE / "send_python.py", given=json.dumps(given | {"capture": server.address}))
    back = {value: key for key, value in handed.items()}
    after = {back.get(name, name): value for name, value in json.loads(told)["handoff"].items()}
    return Arrived(server.captured, after)


def each_is_handed(written: Written) -> bool:
    """Whether the generated function takes the hand-off."""
    return is_handed(written) or (written.call.side == "server" and bool(written.advice.shared_ids))


def through_node(code: str, calls: list[Written], folder: Path) -> Arrived:
    """The real library of Node.js, in a fresh project."""
    packages = node_packages()
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(packages)
    file = folder / "generated.mjs"
    file.write_text(code, encoding="utf-8")
    given = {"file": str(file), "functions": [each.function.camel for each in calls], "handoff": HANDOFF}
    with CaptureServer() as server:
        told = run("node", HERE / "send_node.mjs", given=json.dumps(given | {"capture": server.address}))
    return Arrived(server.captured, json.loads(told)["handoff"])


def through_curl(code: str, calls: list[Written], folder: Path) -> Arrived:
    """The real curl, against the address that the set-up says to put in."""
    assert "Put the address of the capture server in place of https://api.segment.io" in setup("http-api").local
    if shutil.which("curl") is None:
        missing("curl is not installed; .ci/wire installs it where it can")
    file = folder / "generated.sh"
    with CaptureServer() as server:
        file.write_text(code.replace("https://api.segment.io", server.address), encoding="utf-8")
        script = f". '{file}'\n" + "".join(f"{each.function.snake}\n" for each in calls)
        run("sh", "-eu", "-c", script)
    return Arrived(server.captured, PLACEHOLDERS)


def as_placeholder(parts: list[str]) -> str:
    """The placeholder in a body that has no variables."""
    return f"[handoff.{' '.join(parts)}]"


PLACEHOLDERS: dict[str, Any] = {
    "anonymousId": as_placeholder(["anonymousId"]),
    "userId": as_placeholder(["userId"]),
    "context": {
        part: {"categoryPreferences": {"[category]": True}} if part == "consent" else as_placeholder(["context", part])
        for part in HANDOFF["context"]
    },
} | {place: {name: as_placeholder([place, name]) for name in HANDOFF[place]} for place in ("ids", "properties")}
"""The hand-off of a body that has no variables: the reader puts the values in."""


def through_react_native(code: str, calls: list[Written], folder: Path) -> Arrived:
    """The real library of React Native, bundled with as much of a phone as it asks for, and with device-mode destinations."""
    packages = node_packages()
    (folder / "generated.js").write_text(code, encoding="utf-8")
    stub = HERE / "react_native_stub.mjs"
    app = bundle(
        packages,
        HERE / "react_native.mjs",
        folder / "app.mjs",
        "--platform=node",
        "--format=esm",
        "--main-fields=module,main",
        f"--alias:react-native={stub}",
        f"--alias:react={stub}",
        f"--alias:generated={folder / 'generated.js'}",
    )
    given = {"functions": [each.function.camel for each in calls], "destinations": device_destinations("mobile")}
    settings = {"integrations": {key: {} for key, _ in device_destinations("mobile")} | {"Segment.io": {"apiKey": "x"}}}
    with CaptureServer(settings) as server:
        words = run("node", app, given=json.dumps(given | {"capture": server.address}))
    told = json.loads(words.splitlines()[-1])  # the library talks, too
    return Arrived(server.captured, HANDOFF, [tuple(each) for each in told["delivered"]])
