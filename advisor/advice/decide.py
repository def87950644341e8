"""From facts to a placement (law, part 1): every rule that matches is heard, and one fixed law weighs them."""

from functools import lru_cache

from msgspec import Struct

from advisor.advice.completions import AGREEING, PLACEMENTS, Table, table_of
from advisor.advice.facts import CLIENT_ONLY, Facts
from advisor.advice.law import Rules, Situation, Weighing
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, RULES, SERVER_ONLY, STRENGTHS, TIE, Rule
from advisor.model import Answer, Placement, Side, Strength


class Verdict(Struct, frozen=True, kw_only=True):
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
    flips: tuple[tuple[str, Answer, Placement], ...]
    relay: bool
    ruled_out: bool
    quiet: bool


@lru_cache(maxsize=1 << 16)
def decide(facts: Facts, rules: Rules = RULES) -> Verdict:
    """The placement that the facts lead to, with everything that supports or could change it."""
    situation = Situation(
        facts.named, facts.client_only, facts.client_only_if_sensitive, facts.server_only,
        facts.server_delivers, facts.client_delivers, facts.warehouse,
    )  # fmt: skip
    table = table_of(rules, situation)
    signals = table.signals.of(facts.answers)
    weighing, reasons, tradeoffs = _argue(rules, situation, signals)
    decisive = _decisive(facts, table)
    return Verdict(
        placement=weighing.placement,
        main=weighing.leading,
        strength=_strength(reasons, settled=not decisive),
        settled=not decisive,
        reasons=tuple(rule.key for rule in reasons),
        tradeoffs=tuple(rule.key for rule in tradeoffs),
        decisive=decisive,
        flips=_flips(facts, table, signals),
        relay=weighing.placement != "client" and facts.holds("browser_only") and not facts.holds("user_absent"),
        ruled_out=weighing.ruled_out,
        quiet=weighing.quiet,
    )


@lru_cache(maxsize=1 << 14)
def _argue(rules: Rules, situation: Situation, signals: int) -> tuple[Weighing, Rules, Rules]:
    """The weighing, and the matching rules as reasons and trade-offs, the strongest first (law, point 7)."""
    table = table_of(rules, situation)
    weighing = table.signals.weigh(signals, situation)
    derived: dict[tuple[str, Answer], bool] = {
        (TIE, "yes"): weighing.tie,
        (SERVER_ONLY, "yes"): situation.server_only,
        (CLIENT_ONLY, "yes"): weighing.client_only,
    }
    given: set[tuple[str, Answer]] = {
        pair for pair, bit in table.signals.bits.items() if bit & signals and pair not in derived
    }
    given |= {pair for pair, holds in derived.items() if holds}
    matching = [rule for rule in rules if not given.isdisjoint(rule.conditions)]
    matching.sort(key=lambda rule: -STRENGTHS.index(rule.strength))
    reasons = tuple(rule for rule in matching if _speaks(rule, weighing))
    return weighing, reasons, tuple(rule for rule in matching if rule not in reasons)


def _speaks(rule: Rule, weighing: Weighing) -> bool:
    """Whether a matching rule speaks for what is recommended."""
    if rule.key in DESTINATION_RULES:
        return weighing.placement in (rule.side, "both")
    return rule.side == weighing.leading and not (weighing.quiet and rule.key in CARRIED_BY_CLIENT_HALF)


def _strength(reasons: Rules, *, settled: bool) -> Strength:
    rank = max((STRENGTHS.index(rule.strength) for rule in reasons), default=0)
    return STRENGTHS[rank if settled else min(rank, STRENGTHS.index("should"))]


def _decisive(facts: Facts, table: Table) -> tuple[str, ...]:
    """The open questions that alone decide some completion, the most telling first (law, point 9)."""
    possible = -1
    for agreeing, answer in zip(AGREEING, facts.answers, strict=True):
        if answer != "unsure":
            possible &= agreeing[answer]
    pairs = [
        ((possible & decides).bit_count(), key)
        for key, answer, decides in zip(QUESTION_KEYS, facts.answers, table.decides, strict=True)
        if answer == "unsure" and key not in facts.overruled
    ]
    return tuple(key for count, key in sorted(pairs, key=lambda pair: -pair[0]) if count)


def _flips(facts: Facts, table: Table, signals: int) -> tuple[tuple[str, Answer, Placement], ...]:
    """The single answers that would change the placement (law, point 10)."""
    placements = table.placements
    now = placements[signals]
    flips: list[tuple[str, Answer, Placement]] = []
    for moves, answer in zip(table.moves, facts.answers, strict=True):
        for question, other, keeps, adds in moves[answer]:
            changed = placements[signals & keeps | adds]
            if changed != now and question not in facts.overruled:
                flips.append((question, other, PLACEMENTS[changed]))
    return tuple(flips)
