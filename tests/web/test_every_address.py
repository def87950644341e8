"""Every address answers whatever an address can say: an unknown id, a number of any size, a query of any texts."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from flask import Flask

from every_form import Stage
from serving import ROOT

TEXTS = ("", "%00", "%ED%A0%80", "x" * 3000, "-1", "9" * 30, "999999999", "%D9%A3", "1e3", "%0d%0a", "%3Cb%3E", "1")
"""Texts as they are in an address. The third is half a character, the eighth a digit that is not of ASCII."""
_NAMES = re.compile(
    r"""(?:args|values|form)\.(?:get|getlist)\("([a-z_]+)"|number_sent\("([a-z]+)"|"([a-z_]+)" in request"""
)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Return a plan with everything that an address may be about, and its owner."""
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    return Stage(app)


def query_names() -> list[str]:
    """Return the names of the parameters that views read."""
    sources = (path.read_text() for path in Path(ROOT, "advisor", "web").rglob("*.py"))
    found = {name for source in sources for names in _NAMES.findall(source) for name in names if name}
    assert {"part", "view", "column", "before", "q"} <= found
    # Names with a meaning of their own in `url_for`, and parts of an address.
    return sorted(found | {"_scheme", "_external", "_anchor", "_method", "plan_id", "event_id", "endpoint"})


def parts_of(stage: Stage) -> dict[str, str]:
    """Return a value for each variable part of an address, of the stage's plan where there is one."""
    ids = stage.ids
    own = {"plan_id": ids["plan"], "event_id": ids["event1"], "version_id": ids["version"], "share_id": ids["share"]}
    own |= {"comment_id": ids["comment"], "upload_id": ids["upload"], "format_key": "json", "tool_key": "reflekt"}
    numbers = dict.fromkeys(("number", "first", "last"), "1")
    return own | numbers | {"key": "e-commerce", "slug": "mixpanel", "token": "x", "filename": "x", "version": "x"}


def test_no_text_in_an_address_makes_it_fail(stage: Stage) -> None:
    """Each variable part of each address with each text is answered with a page or with an error that is the visitor's."""
    parts = parts_of(stage)
    asked = 0
    for rule in stage.app.url_map.iter_rules():
        for wrong in rule.arguments if "GET" in (rule.methods or ()) else ():
            for text in TEXTS:
                known = parts | {wrong: text}
                path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: known[match[1]], rule.rule)  # noqa: B023 - called at once
                assert stage.get(path).status_code < 500, path
                asked += 1
    assert asked > 500


def test_no_query_makes_an_address_fail(stage: Stage) -> None:
    """Parameters of any view with any texts, several at once, as no page links to them."""
    chance = random.Random(8)
    names, parts = query_names(), parts_of(stage)
    for rule in stage.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "static" in rule.endpoint:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: parts[match[1]], rule.rule)
        for share in (len(names), len(names) // 3, 4, 4, 2, 2):
            query = "&".join(f"{name}={chance.choice(TEXTS)}" for name in chance.sample(names, share))
            assert stage.get(f"{path}?{query[:6000]}").status_code < 500, f"{path}?{query}"
