"""Requests and landings with their expected hand-off, and the generated code that reads them.

``handoff_vectors.json`` has the rules in words; ``more_handoff_vectors.json`` has further samples of the same rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from advisor.snippets.function_names import FunctionName
from advisor.snippets.handoff_code import HandoffFile, Wanted, files_for

HERE = Path(__file__).parent
FILES = ("handoff_vectors.json", "more_handoff_vectors.json")
READ = [json.loads((HERE / name).read_text(encoding="utf-8")) for name in FILES]
ALL_IDS: tuple[str, ...] = tuple(READ[0]["all_ids"])
LANDINGS: list[dict[str, Any]] = [each for file in READ for each in file["landing"]]
REQUESTS: list[dict[str, Any]] = [each for file in READ for each in file["requests"]]
PARTS = ("ip", "userAgent", "page", "campaign", "locale", "timezone", "consent")
EVERYTHING = Wanted(
    sources=("web",),
    parts=PARTS,
    page=("url", "path", "referrer", "search", "title"),
    vendor_ids=tuple(name for name in ALL_IDS if name != "event_id"),
    shared_ids=("event_id",),
    properties={},
    relay=False,
    user_absent=False,
    function=FunctionName(("track", "order")),
)
"""All that the vectors read."""
SERVERS = {"Flask": "analytics-python", "Django": "analytics-python", "Express": "analytics-node"}
PAGE = "In the page"


@dataclass(frozen=True)
class Handed:
    """A hand-off in one form for all languages. ``anonymous_id`` is none where the code had to make one."""

    anonymous_id: str | None
    is_new: bool
    user_id: str | None
    context: dict[str, Any]
    ids: dict[str, Any]
    properties: dict[str, Any]


def expected(vector: dict[str, Any]) -> Handed:
    """What the vector says."""
    said = vector["expect"]
    return Handed(said["anonymousId"], said["isNew"], said["userId"], said["context"], said["ids"], said["properties"])


def wanted_by(config: dict[str, Any]) -> Wanted:
    """What a vector's plan lists."""
    listed = config["ids"]
    if listed == "all":
        return replace(EVERYTHING, properties=config["properties"])
    return replace(EVERYTHING, vendor_ids=tuple(listed), shared_ids=(), properties=config["properties"])


def code_for(config: dict[str, Any], place: str) -> str:
    """The code of a framework, with what its user fills in: the number of proxies and Google's measurement id."""
    code = _file(wanted_by(config), place).code
    for name, empty, value in (
        ("PROXIES", 0, config["trusted_proxies"]),
        ("GA_MEASUREMENT_ID", "", config.get("ga_measurement_id", "")),
    ):
        if value != empty:
            before = f"{name} = {json.dumps(empty)}"
            assert code.count(before) == 1
            code = code.replace(before, f"{name} = {json.dumps(value)}")
    return code


def page_code() -> str:
    """The page's half, with all clicks."""
    return _file(EVERYTHING, PAGE).code


def _file(wanted: Wanted, place: str) -> HandoffFile:
    files = files_for(wanted, SERVERS.get(place))
    return next(file for file in files if file.title.endswith(place))
