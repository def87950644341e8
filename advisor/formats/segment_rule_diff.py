"""Compares the rules of a plan with those that a tracking plan in Segment has, for ``advisor push segment``. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from advisor.formats.fitted import fitted
from advisor.formats.format import WriteOptions
from advisor.formats.guarded import guard
from advisor.formats.losses import Loss
from advisor.formats.places import FormatError, Notice, Path, pointer, shown
from advisor.formats.segment_public_api import FILE, FORMAT, rules_of, write
from advisor.formats.terraform_expressions import Expression, without_expressions
from advisor.model import Plan

Rule = dict[str, Any]
_INPUT = ("type", "key", "jsonSchema", "version")
"""What of a rule Segment accepts; the rest of what it returns is its own."""
MOST_RULES = 2_000
"""How many rules a tracking plan in Segment may have."""


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A difference between two schemas of a rule: where it is, and the JSON there before and after, None for nothing."""

    pointer: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RuleUpdate:
    """A rule that both sides have: as the plan says it, and as Segment has it."""

    rule: Rule
    before: Rule

    @property
    def changes(self) -> tuple[SchemaChange, ...]:
        """What of the schema differs, in the order of the rule in Segment."""
        return tuple(_changes(_plain(self.before.get("jsonSchema")), _plain(self.rule.get("jsonSchema")), ()))


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """What a push would do: rules to create and update, those that only Segment has, and how many are the same."""

    created: tuple[Rule, ...]
    updated: tuple[RuleUpdate, ...]
    only_there: tuple[Rule, ...]
    unchanged: int

    @property
    def to_send(self) -> tuple[Rule, ...]:
        """The rules to create or update."""
        return (*self.created, *(each.rule for each in self.updated))


def rules_to_push(plan: Plan, options: WriteOptions) -> tuple[list[Rule], tuple[Loss, ...]]:
    """Return the rules of a plan as Segment accepts them, and what they can't hold. Raises `FormatError`."""
    _, expressions = without_expressions(plan)
    if expressions:
        raise FormatError(Notice("", None, None, each.pointer, _of_terraform(each)) for each in expressions)
    written = guard(fitted(FORMAT, write))(plan, options)
    rules = rules_of(msgspec.json.decode(written.files[FILE]))
    return [_input(rule) for rule in rules if isinstance(rule, dict)], written.losses


def _of_terraform(each: Expression) -> str:
    said = f"{shown(each.event)}, {each.what}" if each.event else each.what
    return (
        f"{said} is an expression that only Terraform can evaluate. Apply the plan with Terraform, or remove it here."
    )


def twins(rules: Iterable[Rule]) -> list[Rule]:
    """Return a rule of each type, key and version that several rules have: Segment keeps one of them only."""
    counts = Counter(map(_identity, rules := list(rules)))
    first = {_identity(rule): rule for rule in reversed(rules)}
    return [first[key] for key, count in counts.items() if count > 1]


def rule_diff(ours: Iterable[Rule], theirs: Iterable[Rule]) -> RuleDiff:
    """Return what differs between the rules of a plan and those that Segment has."""
    there = {_identity(rule): _input(rule) for rule in theirs}
    here = {_identity(rule): rule for rule in ours}
    both = [RuleUpdate(rule, there[key]) for key, rule in here.items() if key in there]
    updated = tuple(each for each in both if _text(each.rule) != _text(each.before))
    return RuleDiff(
        created=tuple(rule for key, rule in here.items() if key not in there),
        updated=updated,
        only_there=tuple(rule for key, rule in there.items() if key not in here),
        unchanged=len(both) - len(updated),
    )


def rule_in_words(rule: Rule) -> str:
    """Return a rule as messages name it: type, key and version."""
    named = f" {rule['key']}" if rule.get("key") else ""
    return f"{rule.get('type')}{named}, version {rule.get('version')}"


def _input(rule: Rule) -> Rule:
    return {name: rule[name] for name in _INPUT if rule.get(name) is not None}


def _identity(rule: Rule) -> tuple[str, str, str]:
    return str(rule.get("type")), str(rule.get("key") or ""), str(_plain(rule.get("version", 1)))


def _text(rule: Rule) -> bytes:
    """Return what of a rule is compared, in an order of keys that both sides have."""
    return msgspec.json.encode([_plain(rule.get("jsonSchema")), _identity(rule)], order="sorted")


def _plain(value: Any) -> Any:
    """Return a value with whole numbers as integers: 1.0 comes back from Segment as 1, and its version 1 as 1.0."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _changes(before: Any, after: Any, path: Path) -> Iterator[SchemaChange]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _changes(before.get(key, msgspec.UNSET), after.get(key, msgspec.UNSET), (*path, key))
    elif _json(before) != _json(after):
        yield SchemaChange(pointer(path), _json(before), _json(after))


def _json(value: Any) -> str | None:
    return None if value is msgspec.UNSET else msgspec.json.encode(value, order="sorted").decode()
