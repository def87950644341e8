"""The law that weighs evidence and finds a placement (law, part 1.2, points 2 to 5).

Answers are packed into a number with one bit per signal. A signal is a (question, answer) pair that some rule reads.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from advisor.advice.placement.facts import CLIENT_ONLY
from advisor.advice.reach.situation import Situation
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, SERVER_ONLY, STRENGTHS, TIE, Rule
from advisor.model import Answer, Placement, Side

Rules = tuple[Rule, ...]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "unsure")
_SHOULD = 1 + STRENGTHS.index("should")
_MUST = 1 + STRENGTHS.index("must")
_FOR_SERVER, _FOR_CLIENT = DESTINATION_RULES


class Weighing(NamedTuple):
    """The result of applying the law once, still without reasons and texts."""

    placement: Placement
    main: Side
    tie: bool
    quiet: bool
    ruled_out: bool
    client_only: bool
    server_only: bool

    @property
    def leading(self) -> Side:
        """The side whose evidence leads to the placement."""
        return self.main if self.placement == "both" else self.placement


class Signals:
    """The bits of a set of rules, and the law applied to them.

    ``bits`` has the bits of the answers. Facts that the law itself derives have further bits: these are added after the
    law has been applied, and decide which rules match.
    """

    def __init__(self, rules: Rules) -> None:
        pairs = [pair for rule in rules for pair in rule.conditions if pair[0] in QUESTION_KEYS]
        asked: list[tuple[str, Answer]] = [(key, "yes") for key in QUESTION_KEYS]
        derived: list[tuple[str, Answer]] = [(TIE, "yes"), (SERVER_ONLY, "yes")]
        answered = list(dict.fromkeys([*asked, *pairs]))
        every = {pair: 1 << place for place, pair in enumerate([*answered, *derived])}
        self.bits: dict[tuple[str, Answer], int] = {pair: every[pair] for pair in answered}
        self.places: tuple[dict[Answer, int], ...] = tuple(
            {answer: self.bits.get((key, answer), 0) for answer in ANSWERS} for key in QUESTION_KEYS
        )
        self.keys = {rule.key for rule in rules}
        self.tie, self.server_only, self.client_only = (every[fact, "yes"] for fact in (TIE, SERVER_ONLY, CLIENT_ONLY))
        self.sensitive, self.browser_only, self.user_absent = (
            every[question, "yes"] for question in ("sensitive", "browser_only", "user_absent")
        )
        masks = {rule: sum(every[pair] for pair in rule.conditions) for rule in rules}
        self.strongest_first = sorted(masks.items(), key=lambda item: -STRENGTHS.index(item[0].strength))
        evidence = [rule for rule in rules if rule.key not in DESTINATION_RULES and rule.conditions != ((TIE, "yes"),)]
        self.evidence: dict[Side, tuple[tuple[int, int], ...]] = {
            side: tuple(
                (rank, _union(masks[rule] for rule in evidence if (rule.side, rule.strength) == (side, strength)))
                for rank, strength in sorted(enumerate(STRENGTHS, 1), reverse=True)
            )
            for side in ("client", "server")
        }
        self.carried = _union(masks[rule] for rule in rules if rule.key in CARRIED_BY_CLIENT_HALF)
        self.prefers_server = any(rule.side == "server" and rule.conditions == ((TIE, "yes"),) for rule in rules)

    def of(self, answers: tuple[Answer, ...]) -> int:
        """Return the signals of these answers."""
        return sum(place[answer] for place, answer in zip(self.places, answers, strict=True))

    def matching(self, signals: int, weighing: Weighing) -> list[Rule]:
        """Return every rule that matches after the law has been applied, the strongest first (law, point 1)."""
        given = signals & ~self.client_only
        if weighing.tie:
            given |= self.tie
        if weighing.server_only:
            given |= self.server_only
        if weighing.client_only:
            given |= self.client_only
        return [rule for rule, mask in self.strongest_first if mask & given]

    def strongest(self, side: Side, signals: int) -> int:
        """Return the strongest evidence for a side: 0 for none, 1 for a lean, 2 for a should, 3 for a must."""
        for rank, mask in self.evidence[side]:
            if mask & signals:
                return rank
        return 0

    def weigh(self, signals: int, situation: Situation) -> Weighing:
        """Apply the law, points 2 to 5, and return the result."""
        sensitive = bool(signals & self.sensitive)
        ruled_out = bool(signals & self.user_absent) or (sensitive and not signals & self.browser_only)
        client_only = self._client_only(signals, situation, sensitive=sensitive)
        server_only = self._server_only(situation, sensitive=sensitive)
        usable = client_only and not ruled_out
        server = self.strongest("server", signals)
        quiet = usable and server >= _SHOULD
        client = self.strongest("client", signals & ~self.carried if quiet else signals)
        tie = client == server and not (usable and server == 0)
        leads = client > server or (usable and server == 0) or (tie and not self.prefers_server)
        main: Side = "client" if leads else "server"
        if main == "client":
            placement = _led_by_client(situation, server_only=server_only)
        else:
            placement = _led_by_server(situation, server, usable=usable, server_only=server_only)
        # If no client call is allowed, there is no tie, even if the evidence for one is equally strong.
        return Weighing(placement, main, tie and not ruled_out, quiet, ruled_out, client_only, server_only)

    def _client_only(self, signals: int, situation: Situation, *, sensitive: bool) -> bool:
        if _FOR_CLIENT not in self.keys:
            return False
        if situation.named:
            return situation.client_only_if_sensitive if sensitive else situation.client_only
        return bool(signals & self.client_only)

    def _server_only(self, situation: Situation, *, sensitive: bool) -> bool:
        if _FOR_SERVER not in self.keys:
            return False
        return situation.server_only_if_sensitive if sensitive else situation.server_only


def _led_by_client(situation: Situation, *, server_only: bool) -> Placement:
    """Return the placement if the client is the main side: a server call is added for what only the server reaches."""
    if not server_only:
        return "client"
    return "both" if situation.client_delivers or not situation.named else "server"


def _led_by_server(situation: Situation, server: int, *, usable: bool, server_only: bool) -> Placement:
    """Return the placement if the server is the main side, by the strength of its evidence.

    ``usable``: a client-only destination is wanted, and a client call is allowed. A lean does not justify a second call.
    """
    if not usable:
        return "server"
    is_worth_it = server >= _SHOULD or server_only
    has_work = situation.server_delivers or situation.warehouse or server == _MUST or not situation.named
    return "both" if is_worth_it and has_work else "client"


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
