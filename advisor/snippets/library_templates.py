"""Loads the templates of the libraries. Each defines macros, and is compiled once.

Used by `advisor.snippets`, `files` and `handoff_code`.
"""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule

from advisor.paths import asset_dir
from advisor.snippets.content import Content
from advisor.snippets.literals.grammar import within_64_bits
from advisor.snippets.literals.javascript import JSON
from advisor.snippets.values import Handed, Settings, Value


def library_template(key: str) -> TemplateModule:
    """Return the macros of a library's template. Raises `jinja2.TemplateNotFound` for a library without one."""
    return _module(f"{key}.j2")


def render(name: str, **values: Any) -> str:
    """Return the text of another template, filled in with the values."""
    return _environment().get_template(name).render(**values)


@cache
def _module(name: str) -> TemplateModule:
    return _environment().get_template(name).module


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(asset_dir("templates") / "snippets"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is source code; `literal` escapes, and pages escape once more
    )
    environment.tests["settings"] = lambda value: isinstance(value, Settings)
    environment.globals.update(
        body=body, base64url=_base64url, flags=_flags, settings=_settings, handed_settings=_handed_settings
    )
    return environment


def body(content: Content) -> dict[str, Value]:
    """Return the call as the HTTP API takes it, without missing values."""
    fields = {
        "userId": content.user_id,
        "anonymousId": None if content.type == "alias" else content.anonymous_id,
        "previousId": content.previous_id,
        "groupId": content.group_id,
        "event" if content.type == "track" else "name": content.name,
        "traits" if content.has_traits else "properties": content.fields or None,
        "context": _with_example_consent(content.context) or None,
        "integrations": content.integrations or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _with_example_consent(context: dict[str, Value]) -> dict[str, Value]:
    """Return the context with an example in place of consent, which must never be empty."""
    return {
        part: {"categoryPreferences": {"[category]": True}} if part == "consent" else value
        for part, value in context.items()
    }


def _base64url(value: dict[str, Value]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(_as_json(value))).decode().rstrip("=")


def _as_json(value: Value) -> Any:
    """Return a value as JSON, with values of the hand-off as the JSON grammar writes them."""
    match value:
        case Handed():
            return msgspec.json.decode(JSON.handed(value))
        case Settings():
            return {key: _as_json(each) for key, each in value.options.items()}
        case dict():
            return {key: _as_json(each) for key, each in value.items()}
        case list():
            return [_as_json(each) for each in value]
        case int() if not isinstance(value, bool):
            return within_64_bits(value)
        case _:
            return value


def _flags(integrations: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in integrations.items() if not isinstance(value, dict | Settings)}


def _settings(integrations: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in integrations.items() if isinstance(value, dict)}


def _handed_settings(integrations: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in integrations.items() if isinstance(value, Settings)}
