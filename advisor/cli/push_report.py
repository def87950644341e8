"""Says what ``advisor push segment`` would change: lines for people, and a report as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from advisor.formats.losses import Loss
from advisor.formats.segment_rule_diff import Rule, RuleDiff, RuleUpdate, SchemaChange, rule_in_words
from advisor.text import escape_invisible, quantity, shorten

_MOST_CHANGES = 20
"""How many differences of one rule are printed."""
_LONGEST_VALUE = 120


def push_lines(difference: RuleDiff, *, delete: bool) -> Iterator[str]:
    """Yield a line for each rule that differs, below it what differs in it, and the counts at the end."""
    last = "delete" if delete else "only in Segment"
    for rule in difference.created:
        yield f"create: {_named(rule)}"
    for update in difference.updated:
        yield f"update: {_named(update.rule)}"
        yield from _change_lines(update)
    for rule in difference.only_there:
        yield f"{last}: {_named(rule)}"
    counts = [
        f"{len(difference.created):,} to create",
        f"{len(difference.updated):,} to update",
        f"{len(difference.only_there):,} {'to delete' if delete else last}",
        f"{difference.unchanged:,} unchanged",
    ]
    yield ", ".join(counts)


def push_report(difference: RuleDiff, losses: Iterable[Loss], *, pushed: bool, deleted: bool) -> dict[str, Any]:
    """Return what differs as JSON, what Segment can't hold, and what was done."""
    return {
        "create": [_identified(rule) for rule in difference.created],
        "update": [
            _identified(each.rule) | {"changes": [_change(change) for change in each.changes]}
            for each in difference.updated
        ],
        "only_in_segment": [_identified(rule) for rule in difference.only_there],
        "unchanged": difference.unchanged,
        "losses": [{"event": each.event, "what": each.what, "done": each.done} for each in losses],
        "pushed": pushed,
        "deleted": deleted,
    }


def _named(rule: Rule) -> str:
    return escape_invisible(rule_in_words(rule))


def _change_lines(update: RuleUpdate) -> Iterator[str]:
    changes = update.changes
    for each in changes[:_MOST_CHANGES]:
        before, after = (
            shorten("nothing" if value is None else value, _LONGEST_VALUE) for value in (each.before, each.after)
        )
        yield escape_invisible(f"  {each.pointer}: {before} -> {after}")
    if (more := len(changes) - _MOST_CHANGES) > 0:
        yield f"  … and {quantity(more, 'more difference')} (--json has them)"


def _change(change: SchemaChange) -> dict[str, str | None]:
    return {"pointer": change.pointer, "before": change.before, "after": change.after}


def _identified(rule: Rule) -> dict[str, Any]:
    return {name: rule.get(name) for name in ("type", "key", "version")}
