"""The sentences of a recommendation: reasons, and trade-offs with what to do about them.

Used by `advisor.advice.advisor`.
"""

from advisor.advice.placement.decide import Verdict
from advisor.advice.reach.network import Scope, Tool
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.rules import CARRIED_BY_CLIENT_HALF, DESTINATION_RULES, Rule, rules_by_key
from advisor.model import Reason, Tradeoff, Unreachable
from advisor.text import join_names, plural


def reasons(verdict: Verdict, scope: Scope, computed: str | None, *, sensitive: bool) -> tuple[Reason, ...]:
    """Return the reasons for the recommendation. If ``sensitive``, refused destinations are never named."""
    return tuple(
        Reason(
            rule=rule.key,
            side=rule.side,
            strength=rule.strength,
            text=_text(rule, scope, computed, sensitive=sensitive),
            citation=rule.citation,
        )
        for rule in map(rules_by_key(scope.wording).__getitem__, verdict.reasons)
    )


def tradeoffs(
    verdict: Verdict, scope: Scope, computed: str | None, unreachable: tuple[Unreachable, ...], *, sensitive: bool
) -> tuple[Tradeoff, ...]:
    """Return the rules that were outweighed, each with a remedy."""
    return tuple(
        Tradeoff(
            rule=rule.key,
            side=rule.side,
            strength=rule.strength,
            text=_text(rule, scope, computed, sensitive=sensitive),
            citation=rule.citation,
            remedy=_remedy(rule, verdict, scope, unreachable, sensitive=sensitive),
        )
        for rule in map(rules_by_key(scope.wording).__getitem__, verdict.tradeoffs)
    )


def _text(rule: Rule, scope: Scope, computed: str | None, *, sensitive: bool) -> str:
    if rule.key in DESTINATION_RULES and (tools := scope.reached_by_one(rule.side, sensitive=sensitive)):
        where = f"the {scope.wording.carrier}" if rule.side == "client" else "a server"
        return f"{_tools(tools)} this call from {where} only."
    if rule.key == "computed" and computed is not None:
        return f"“{computed}” is required and only the server knows it, so the server has to send it."
    return rule.text


def _tools(tools: tuple[Tool, ...]) -> str:
    return f"{join_names(item.name for item in tools)} {plural(len(tools), 'accepts', 'accept')}"


def _remedy(
    rule: Rule, verdict: Verdict, scope: Scope, unreachable: tuple[Unreachable, ...], *, sensitive: bool
) -> str:
    if rule.key == "client-only-destination":
        alternatives = [CATALOGUE[missed.alternative].name for missed in unreachable if missed.alternative]
        if alternatives:
            return f"Use {join_names(dict.fromkeys(alternatives))}, which your server reaches."
    if rule.key in CARRIED_BY_CLIENT_HALF and verdict.quiet:
        tools = scope.reached_by_one("client", sensitive=sensitive)
        half = f"The client call for {join_names(item.name for item in tools)}" if tools else "The client call"
        return f"{half} carries it by itself. For the server call, pass the values of the hand-off."
    if rule.key == "browser-only" and not verdict.relay:
        return "Look at this answer again: your server can only send what it hears of."
    return rule.remedy
