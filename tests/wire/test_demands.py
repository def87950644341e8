"""The checker knows what Node and Python refuse: each message is given to the real library, which sends it or throws."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path

import pytest
from segment.analytics.client import Client

from advisor.explain import Explanation, Inquiry, explain
from programs import run

from .packages import node_packages

pytestmark = pytest.mark.slow

NODE_IDS = ("userId", "anonymousId", "groupId", "previousId")
NODE_FIELDS: dict[str, Sequence[str | None]] = {  # the values of a field, as code; None where it is left out
    **dict.fromkeys(NODE_IDS, (None, "'u'", "null", "undefined", "''", "5", "true", "[]", "{}")),
    "event": (None, "'E'", "''", "null", "7", "{}"),
    "properties": (None, "{}", "null", "'p'", "[]", "1"),
    "traits": (None, "{}", "null", "'t'", "[]", "undefined"),
    "messageId": (None, "'m'", "''", "3"),
    "name": (None, "'n'", "5"),
    "category": (None, "'c'", "5"),
    "context": (None, "{}", "null"),
}

PYTHON_FIELDS: dict[str, Sequence[str | None]] = {
    **dict.fromkeys(("user_id", "anonymous_id", "group_id", "previous_id"),
                    (None, "'u'", "None", "''", "5", "0", "True", "[]", "['x']", "{'a': 1}")),
    "event": (None, "'E'", "''", "None", "7"),
    "properties": (None, "{}", "None", "'p'", "[]", "['x']", "1"),
    "traits": (None, "{}", "None", "'t'", "['x']"),
    "name": (None, "'n'", "5", "''"),
    "category": (None, "'c'", "5"),
    "context": (None, "{}", "None", "'x'", "['x']"),
    "timestamp": (None, "None", "'2026-01-01'", "5"),
    "integrations": (None, "{'All': False}", "None", "[]", "['x']", "'x'", "True", "0"),
    "message_id": (None, "'m'", "5"),
    "integration": (None, "{'All': False}"),
    "Integrations": (None, "{'All': False}"),
    "options": (None, "{}"),
    "userId": (None, "'u'"),
}  # fmt: skip


def _written(fields: dict[str, str | None], sign: str) -> str:
    return ", ".join(f"{name}{sign}{value}" for name, value in fields.items() if value is not None)


def _messages(
    ids: Sequence[str], given: dict[str, Sequence[str | None]], usual: dict[str, str]
) -> Iterator[dict[str, str | None]]:
    """Yield every combination of two ids, and every value of every other field in a message that is otherwise right."""
    for first, second in pairwise(ids):
        for one, other in product(given[first], given[second]):
            yield {**usual, first: one, second: other}
    for name, values in given.items():
        for value in values:
            yield {**usual, name: value}


def node_calls() -> list[str]:
    """Return calls of Node."""
    usual = {"userId": "'u'", "event": "'E'", "groupId": "'g'", "previousId": "'p'", "integrations": "{ All: false }"}
    without_ids = {"event": "'E'", "integrations": "{ All: false }"}
    found = []
    for call in ("track", "page", "screen", "identify", "group", "alias"):
        messages = [*_messages(NODE_IDS, NODE_FIELDS, usual), *_messages(NODE_IDS, NODE_FIELDS, without_ids)]
        found += [f"analytics.{call}({{ {_written(each, ': ')} }})" for each in messages]
    found += [
        f"analytics.{call}({text})" for call in ("track", "identify") for text in ("", "null", "'E', {}", "5", "[]")
    ]
    return list(dict.fromkeys(found))


def python_calls() -> list[str]:
    """Return calls of Python."""
    from advisor.explain.locate.python_call import PARAMETERS

    right = {"user_id": "'u'", "event": "'E'", "group_id": "'g'", "previous_id": "'p'"}
    found = []
    for call, parameters in PARAMETERS.items():
        usual = {name: value for name, value in right.items() if name in parameters}
        ids = [name for name in ("user_id", "anonymous_id", "group_id", "previous_id") if name in parameters]
        found += [f"analytics.{call}({_written(each, '=')})" for each in _messages(ids, PYTHON_FIELDS, usual)]
        found += [
            f"analytics.{call}({', '.join(['None'] * count)})" for count in (0, 1, len(parameters), len(parameters) + 1)
        ]
        found += [f"analytics.{call}('u', 'E')", f"analytics.{call}('u', user_id='v')"]
    return list(dict.fromkeys(found))


def _wrong(told: Explanation, sent: dict[str, object] | None) -> bool:
    """Return whether the checker says something else than what happened."""
    if sent is None:
        return (told.segment.verdict, told.segment.rule) != ("does-not", "raises")
    return told.segment.verdict != "receives" or told.effective != sent


NODE = """
import { readFileSync } from "node:fs";
import { Analytics } from "@segment/analytics-node";
const { calls } = JSON.parse(readFileSync(0, "utf8"));
const found = [];
for (const text of calls) {
  const bodies = [];
  const httpClient = async (_, options) => (bodies.push(JSON.parse(options.body)), { status: 200, statusText: "OK", ok: true });
  const analytics = new Analytics({ writeKey: "k", flushAt: 1, httpClient });
  let threw = false;
  try { new Function("analytics", text)(analytics); } catch { threw = true; }
  await analytics.closeAndFlush();
  found.push(threw || !bodies.length ? null : bodies[0].batch[0].integrations);
}
console.log(JSON.stringify(found));
"""


def test_node_refuses_what_the_checker_says(tmp_path: Path) -> None:
    """Every call is tried with ids, names and types in every combination that matters."""
    program, texts = tmp_path / "demands.mjs", node_calls()
    (tmp_path / "node_modules").symlink_to(node_packages())
    program.write_text(NODE, encoding="utf-8")
    outcomes = json.loads(run("node", program, given=json.dumps({"calls": texts})))
    assert any(outcomes)
    assert None in outcomes
    wrong = []
    for text, sent in zip(texts, outcomes, strict=True):
        told = explain(Inquiry(object=text, library="analytics-node"))
        if _wrong(told, sent):
            wrong.append((text, sent, told.segment, told.effective))
    assert wrong == [], (len(wrong), wrong[:5])


def test_python_refuses_what_the_checker_says() -> None:
    """Python's calls are tried with ids, names and types, unknown keywords, and arguments in their places."""
    client, wrong, sent_any = Client("k", send=False), [], False
    for text in python_calls():
        try:
            _, message = eval(text, {"analytics": client})
            sent = message["integrations"]
        except (AssertionError, TypeError):
            sent = None
        sent_any = sent_any or sent is not None
        told = explain(Inquiry(object=text, library="analytics-python"))
        if _wrong(told, sent):
            wrong.append((text, sent, told.segment, told.effective))
    assert sent_any
    assert wrong == [], (len(wrong), wrong[:5])
