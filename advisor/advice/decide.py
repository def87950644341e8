"""From facts to a placement (law, part 1): every rule that matches is heard, and one fixed law weighs them."""

from functools import lru_cache

from msgspec import Struct

from advisor.advice.completions import MIDDLE, Half, Table, table_of
from advisor.advice.facts import Facts
from advisor.advice.law import Rules, Weighing
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, RULES, STRENGTHS, Rule
from advisor.model import Answer, Placement, Side, Strength

Flipped = tuple[str, Answer, Placement]
"""A question, another answer to it, and the placement with that."""


class Verdict(Struct, frozen=True, kw_only=True, gc=False):
    """What the law makes of the facts. ``reasons`` and ``tradeoffs`` are rule keys, ``main`` the side that leads.

    ``quiet``: a client half carries cookies and context. ``ruled_out``: no client call may be made.
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
    """All of a verdict that the signals determine, so that answers which say the same share it.

    ``strength`` is the one of a settled advice.
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
    """The placement that the facts lead to, with everything that supports or could change it."""
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
    """Whether a matching rule speaks for what is recommended (law, point 7)."""
    if rule.key in DESTINATION_RULES:
        return weighing.placement in (rule.side, "both")
    return rule.side == weighing.leading and not (weighing.quiet and rule.key in CARRIED_BY_CLIENT_HALF)


def _flips(table: Table, signals: int, overruled: frozenset[str]) -> tuple[Flipped, ...]:
    """The single answers that would change the placement (law, point 10).

    The answer that was given never does: it changes no signal.
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
    """The open questions that alone decide some completion, the most telling first (law, point 9)."""
    possible = first.agreeing & last.agreeing
    counted = [(-(possible & table.decides[place]).bit_count(), place) for place in first.open + last.open]
    counted.sort()
    return tuple([
        QUESTION_KEYS[place] for count, place in counted if count and QUESTION_KEYS[place] not in facts.overruled
    ])  # fmt: skip
