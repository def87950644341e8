"""From facts to a placement (law, part 1.2): every rule that matches is weighed by one fixed law.

Answers are packed into a number with one bit per signal, a (question, answer) pair that some rule reads. The
placements of all signals, and for each question the completions in which it alone decides, are tables worked
out once per `Situation`, so that ``settled`` and ``decisive`` rest on every completion and never on a sample.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from advisor.advice.facts import CLIENT_ONLY, Facts
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, RULES, SERVER_ONLY, STRENGTHS, TIE, Rule
from advisor.model import Answer, Placement, Side, Strength

Rules = tuple[Rule, ...]
COMPLETIONS = 1 << len(QUESTION_KEYS)
_PLACEMENTS: tuple[Placement, ...] = ("client", "server", "both")
_MUST = len(STRENGTHS)


class Situation(NamedTuple):
    """The facts that are no answers: what the destinations and the warehouse of the plan make of an event."""

    named: bool
    client_only: bool
    client_only_if_sensitive: bool
    server_only: bool
    server_delivers: bool
    client_delivers: bool
    warehouse: bool


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


class Weighing(NamedTuple):
    """One application of the law, before anything is said about it."""

    placement: Placement
    main: Side
    tie: bool
    quiet: bool
    ruled_out: bool
    client_only: bool

    @property
    def leading(self) -> Side:
        """The side whose evidence carries the placement."""
        return self.main if self.placement == "both" else self.placement


class Signals:
    """The bits of a set of rules, and the law applied to them."""

    def __init__(self, rules: Rules) -> None:
        pairs = [pair for rule in rules for pair in rule.conditions if pair[0] in QUESTION_KEYS]
        asked: list[tuple[str, Answer]] = [(key, "yes") for key in QUESTION_KEYS]
        self.bits = {pair: 1 << place for place, pair in enumerate(dict.fromkeys([*asked, *pairs]))}
        self.keys = {rule.key for rule in rules}
        evidence = [rule for rule in rules if rule.key not in DESTINATION_RULES and rule.conditions != ((TIE, "yes"),)]
        self.evidence: dict[Side, tuple[int, ...]] = {
            side: tuple(
                self._mask(rule for rule in evidence if (rule.side, rule.strength) == (side, strength))
                for strength in STRENGTHS
            )
            for side in ("client", "server")
        }
        self.carried = self._mask(rule for rule in rules if rule.key in CARRIED_BY_CLIENT_HALF)
        self.prefers_server = any(rule.side == "server" and rule.conditions == ((TIE, "yes"),) for rule in rules)

    def _mask(self, rules: Iterable[Rule]) -> int:
        mask = 0
        for rule in rules:
            for pair in rule.conditions:
                mask |= self.bits[pair]
        return mask

    def bit(self, question: str, answer: Answer) -> int:
        """The signal of one answer; 0 where no rule reads it."""
        return self.bits.get((question, answer), 0)

    def of(self, answers: tuple[Answer, ...]) -> int:
        """The signals that these answers give."""
        return sum(map(self.bit, QUESTION_KEYS, answers))

    def strongest(self, side: Side, signals: int) -> int:
        """The strongest evidence for a side: 0 for none, up to 3 for a must."""
        return max((rank for rank, mask in enumerate(self.evidence[side], 1) if mask & signals), default=0)

    def weigh(self, signals: int, situation: Situation) -> Weighing:
        """Apply the law, points 2 to 5."""
        sensitive = bool(signals & self.bits["sensitive", "yes"])
        only_page = bool(signals & self.bits["browser_only", "yes"])
        ruled_out = bool(signals & self.bits["user_absent", "yes"]) or (sensitive and not only_page)
        client_only = self._client_only(signals, situation, sensitive=sensitive)
        usable = client_only and not ruled_out
        server = self.strongest("server", signals)
        quiet = usable and server > 0
        client = self.strongest("client", signals & ~self.carried if quiet else signals)
        tie = client == server and not (usable and server == 0)
        leads = client > server or (usable and server == 0) or (tie and not self.prefers_server)
        main: Side = "client" if leads else "server"
        placement = self._placement(main, situation, usable=usable, must=server == _MUST)
        return Weighing(placement, main, tie, quiet, ruled_out, client_only)

    def _client_only(self, signals: int, situation: Situation, *, sensitive: bool) -> bool:
        if DESTINATION_RULES[1] not in self.keys:
            return False
        if situation.named:
            return situation.client_only_if_sensitive if sensitive else situation.client_only
        return bool(signals & self.bits[CLIENT_ONLY, "yes"])

    def _placement(self, main: Side, situation: Situation, *, usable: bool, must: bool) -> Placement:
        if main == "server":
            if not usable:
                return "server"
            works = situation.server_delivers or situation.warehouse or must or not situation.named
            return "both" if works else "client"
        if not (situation.server_only and DESTINATION_RULES[0] in self.keys):
            return "client"
        return "both" if situation.client_delivers or not situation.named else "server"


class Table:
    """All placements of one situation, and where each question alone decides."""

    def __init__(self, signals: Signals, situation: Situation) -> None:
        self.signals = signals
        self.situation = situation
        self.placements = bytes(
            _PLACEMENTS.index(signals.weigh(mask, situation).placement) for mask in range(1 << len(signals.bits))
        )
        completed = bytes(self.placements[signals.of(_completion(number))] for number in range(COMPLETIONS))
        self.decides = tuple(_where_it_decides(completed, place) for place in range(len(QUESTION_KEYS)))


def _completion(number: int) -> tuple[Answer, ...]:
    return tuple("yes" if number >> place & 1 else "no" for place in range(len(QUESTION_KEYS)))


def _where_it_decides(completed: bytes, place: int) -> int:
    """The completions with this answer no, as bits, whose placement changes when it becomes yes."""
    step = 1 << place
    return sum(
        1 << number
        for number in range(COMPLETIONS)
        if not number & step and completed[number] != completed[number | step]
    )


def _agreeing(place: int) -> dict[Answer, int]:
    """The completions that agree with an answer to the question at this place, as bits."""
    yes = sum(1 << number for number in range(COMPLETIONS) if number >> place & 1)
    every = (1 << COMPLETIONS) - 1
    return {"yes": yes, "no": every & ~yes, "unsure": every}


_AGREEING = tuple(_agreeing(place) for place in range(len(QUESTION_KEYS)))
_OTHER: dict[Answer, tuple[Answer, ...]] = {"yes": ("no",), "no": ("yes",), "unsure": ("yes", "no")}


@lru_cache(maxsize=1024)
def _table(rules: Rules, situation: Situation) -> Table:
    return Table(Signals(rules), situation)


@lru_cache(maxsize=1 << 16)
def decide(facts: Facts, rules: Rules = RULES) -> Verdict:
    """The placement that the facts lead to, with everything that supports or could change it."""
    situation = Situation(
        facts.named, facts.client_only, facts.client_only_if_sensitive, facts.server_only,
        facts.server_delivers, facts.client_delivers, facts.warehouse,
    )  # fmt: skip
    table = _table(rules, situation)
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
    table = _table(rules, situation)
    weighing = table.signals.weigh(signals, situation)
    derived = {TIE: weighing.tie, SERVER_ONLY: situation.server_only, CLIENT_ONLY: weighing.client_only}
    matching = [
        rule for rule in rules
        if any(derived[fact] if fact in derived else table.signals.bit(fact, answer) & signals for fact, answer in rule.conditions)
    ]  # fmt: skip
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
    for agreeing, answer in zip(_AGREEING, facts.answers, strict=True):
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
    placements, bit = table.placements, table.signals.bit
    now = placements[signals]
    flips: list[tuple[str, Answer, Placement]] = []
    for key, answer in zip(QUESTION_KEYS, facts.answers, strict=True):
        if key in facts.overruled:
            continue
        others = signals & ~bit(key, answer)
        flips += [
            (key, other, _PLACEMENTS[changed])
            for other in _OTHER[answer]
            if (changed := placements[others | bit(key, other)]) != now
        ]
    return tuple(flips)
