"""Finds the placement for the facts of an event (law, part 1): one fixed law weighs all rules that match.

Used by `advisor.advice.advisor`.
"""

from functools import lru_cache

from msgspec import Struct

from advisor.advice.placement.facts import Facts
from advisor.advice.placement.tables import MIDDLE, Half, Table, table_of
from advisor.advice.placement.weigh import Rules, Weighing
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, RULES, STRENGTHS, Rule
from advisor.model import Answer, Placement, Side, Strength

Flipped = tuple[str, Answer, Placement]
"""A question, another answer to it, and the placement with that answer."""


class Verdict(Struct, frozen=True, kw_only=True, gc=False):
    """The result of the law for an event. ``reasons`` and ``tradeoffs`` are rule keys, ``main`` is the leading side.

    ``quiet``: the client call carries cookies and context. ``ruled_out``: no client call is allowed.
    """

    placement: Placement
    main: Side
    strength: Strength
    settled: bool
    reasons: tuple[str, ...]
    tradeoffs: tuple[str, ...]
    decisive: tuple[str, ...]
    flips: tuple[Flipped, ...]
    relay: bool
    ruled_out: bool
    quiet: bool


class Judgement(Struct, frozen=True, kw_only=True, gc=False):
    """The part of a verdict that depends on the signals only, so that events with the same signals share it.

    ``strength`` is the strength if the advice is settled.
    """

    placement: Placement
    main: Side
    strength: Strength
    reasons: tuple[str, ...]
    tradeoffs: tuple[str, ...]
    flips: tuple[Flipped, ...]
    relay: bool
    ruled_out: bool
    quiet: bool


@lru_cache(maxsize=1 << 16)
def decide(facts: Facts, rules: Rules = RULES) -> Verdict:
    """Return the placement for these facts, with everything that supports it or could change it."""
    table = table_of(rules, facts.situation)
    first = table.reading.first[facts.answers[:MIDDLE]]
    last = table.reading.last[facts.answers[MIDDLE:]]
    said = _judge(table, first.signals | last.signals, facts.overruled)
    decisive = _decisive(facts, table, first, last)
    return Verdict(
        placement=said.placement,
        main=said.main,
        strength="should" if decisive and said.strength == "must" else said.strength,
        settled=not decisive,
        reasons=said.reasons,
        tradeoffs=said.tradeoffs,
        decisive=decisive,
        flips=said.flips,
        relay=said.relay,
        ruled_out=said.ruled_out,
        quiet=said.quiet,
    )


@lru_cache(maxsize=1 << 14)
def _judge(table: Table, signals: int, overruled: frozenset[str]) -> Judgement:
    law = table.reading.signals
    weighing = law.weigh(signals, table.situation)
    matching = law.matching(signals, weighing)
    reasons = [rule for rule in matching if _speaks(rule, weighing)]
    page_tells = bool(signals & law.browser_only) and not signals & law.user_absent
    return Judgement(
        placement=weighing.placement,
        main=weighing.leading,
        strength=reasons[0].strength if reasons else STRENGTHS[0],
        reasons=tuple([rule.key for rule in reasons]),
        tradeoffs=tuple([rule.key for rule in matching if rule not in reasons]),
        flips=_flips(table, signals, overruled),
        relay=weighing.placement != "client" and page_tells,
        ruled_out=weighing.ruled_out,
        quiet=weighing.quiet,
    )


def _speaks(rule: Rule, weighing: Weighing) -> bool:
    """Return whether a matching rule supports the recommendation (law, point 7)."""
    if rule.key in DESTINATION_RULES:
        return weighing.placement in (rule.side, "both")
    return rule.side == weighing.leading and not (weighing.quiet and rule.key in CARRIED_BY_CLIENT_HALF)


def _flips(table: Table, signals: int, overruled: frozenset[str]) -> tuple[Flipped, ...]:
    """Return the single answers that would change the placement (law, point 10).

    The given answer is never among them, because it changes no signal.
    """
    placements = table.placements
    now = placements[signals]
    flips: list[Flipped] = []
    for question, answer, keeps, adds in table.reading.moves:
        changed = placements[signals & keeps | adds]
        if changed != now and question not in overruled:
            flips.append((question, answer, changed))
    return tuple(flips)


def _decisive(facts: Facts, table: Table, first: Half, last: Half) -> tuple[str, ...]:
    """Return the open questions that alone decide a completion, those that decide most first (law, point 9)."""
    possible = first.agreeing & last.agreeing
    counted = [(-(possible & table.decides[place]).bit_count(), place) for place in first.open + last.open]
    counted.sort()
    return tuple([
        QUESTION_KEYS[place] for count, place in counted if count and QUESTION_KEYS[place] not in facts.overruled
    ])  # fmt: skip
