"""Compares the rules of a plan with those that a tracking plan in Segment has, for ``advisor push segment``. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from advisor.formats.format import WriteOptions
from advisor.formats.guarded import guard
from advisor.formats.losses import Loss
from advisor.formats.segment_public_api import FILE, rules_of, write
from advisor.model import Plan

Rule = dict[str, Any]
_INPUT = ("type", "key", "jsonSchema", "version")
"""What of a rule Segment accepts; the rest of what it returns is its own."""
MOST_RULES = 2_000
"""How many rules a tracking plan in Segment may have."""


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """What a push would do: rules to create and update, those that only Segment has, and how many are the same."""

    created: tuple[Rule, ...]
    updated: tuple[Rule, ...]
    only_there: tuple[Rule, ...]
    unchanged: int

    @property
    def to_send(self) -> tuple[Rule, ...]:
        """The rules to create or update."""
        return (*self.created, *self.updated)


def rules_to_push(plan: Plan, options: WriteOptions) -> tuple[list[Rule], tuple[Loss, ...]]:
    """Return the rules of a plan as Segment accepts them, and what they can't hold. Raises `FormatError`."""
    written = guard(write)(plan, options)
    rules = rules_of(msgspec.json.decode(written.files[FILE]))
    return [_input(rule) for rule in rules if isinstance(rule, dict)], written.losses


def rule_diff(ours: Iterable[Rule], theirs: Iterable[Rule]) -> RuleDiff:
    """Return what differs between the rules of a plan and those that Segment has."""
    there = {_identity(rule): _input(rule) for rule in theirs}
    here = {_identity(rule): rule for rule in ours}
    return RuleDiff(
        created=tuple(rule for key, rule in here.items() if key not in there),
        updated=tuple(rule for key, rule in here.items() if key in there and _text(rule) != _text(there[key])),
        only_there=tuple(rule for key, rule in there.items() if key not in here),
        unchanged=sum(key in there and _text(rule) == _text(there[key]) for key, rule in here.items()),
    )


def rule_in_words(rule: Rule) -> str:
    """Return a rule as messages name it: type, key and version."""
    named = f" {rule['key']}" if rule.get("key") else ""
    return f"{rule.get('type')}{named}, version {rule.get('version')}"


def _input(rule: Rule) -> Rule:
    return {name: rule[name] for name in _INPUT if rule.get(name) is not None}


def _identity(rule: Rule) -> tuple[str, str, str]:
    version = rule.get("version", 1)
    # Segment may return whole numbers as floats.
    number = int(version) if isinstance(version, float) and version.is_integer() else version
    return str(rule.get("type")), str(rule.get("key") or ""), str(number)


def _text(rule: Rule) -> bytes:
    """Return what of a rule is compared, in an order of keys that both sides have."""
    return msgspec.json.encode([rule.get("jsonSchema"), _identity(rule)], order="sorted")
