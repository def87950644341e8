"""Spells single values in YAML so that every reader takes them for the same: texts that look like something else get quotes."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from advisor.formats.carriers.yaml_core import core_value

_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~\x00-\x1f\x7f-\x9f\ufeff]"
_NEXT = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]"
_SAFE = re.compile(f"{_FIRST}{_NEXT}*")
_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that readers of YAML 1.1 take for something else, in any case."""
_OLD_NUMBER = re.compile(r"[-+.]?[0-9][0-9_,:.eExXoO+\-TtZz ]*")
"""Texts that readers of YAML 1.1 may take for a number or a date."""
_LONGEST_KEY = 1_000
"""The number of characters in which readers look for the colon of a key, unless a question mark comes before it."""
_NOT_PRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")


def plain_or_quoted(value: Any) -> str:
    """Return a scalar on one line: plain if no reader can misunderstand it, else in quotes."""
    return _text_plain_or_quoted(value) if isinstance(value, str) else json.dumps(value)


@lru_cache(maxsize=4_096)
def _text_plain_or_quoted(text: str) -> str:
    """Return a text as `plain_or_quoted` does; most texts of a file are keys and words that it repeats."""
    if "\n" in text or _NOT_PRINTABLE.search(text):
        return double_quoted(text)
    return text if _is_plain(text) else single_quoted(text)


def single_quoted(text: str) -> str:
    """Return a text in single quotes; in double ones if it has to be escaped."""
    if "\n" in text or _NOT_PRINTABLE.search(text):
        return double_quoted(text)
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return a text in double quotes. Characters that are not printable are escapes."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda found: json.dumps(found.group())[1:-1], escaped)


def flow_text(value: Any) -> str:
    """Return a value on one line, lists and objects in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow_key(key)}: {flow_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    text = plain_or_quoted(value)
    return single_quoted(value) if isinstance(value, str) and text == value and re.search(r"[,\[\]{}]", value) else text


def key_text(spelled: str, indent: str) -> str:
    """Return the key of a member and its colon, at an indent; a very long one needs a question mark and two lines."""
    return f"{indent}? {spelled}\n{indent}:" if len(spelled) > _LONGEST_KEY else f"{indent}{spelled}:"


def block_text(text: str, indent: str) -> str | None:
    """Return a text of several lines as a literal block with this indent; None if it has to be quoted."""
    if "\n" not in text.rstrip("\n") or _NOT_PRINTABLE.search(text) or text[0] in " \n" or "\x85" in text:
        return None
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")] + [""] * (ends - 1)
    return "\n".join([("|-", "|")[ends] if ends < 2 else "|+", *lines])


def _flow_key(key: str) -> str:
    spelled = flow_text(key)
    return f"? {spelled} " if len(spelled) > _LONGEST_KEY else spelled


def _is_plain(text: str) -> bool:
    return bool(
        _SAFE.fullmatch(text)
        and not text.endswith((" ", ":", "\t"))
        and ": " not in text
        and ":\t" not in text
        and " #" not in text
        and "\t#" not in text
        and text.lower() not in _OLD_WORDS
        and not _OLD_NUMBER.fullmatch(text)
        and isinstance(core_value(text), str)
    )
