"""The laws of a placement (law, part 1.3), asserted over every state. *Switched on*: from no or unsure to yes.

How strict each law is follows its sentence; where the law leans on another one, the docstring says which.
"""

import random
from collections import Counter

import pytest

from advisor.advice.caches import clear_caches
from advisor.advice.placement.decide import decide
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.rules import RULES, Rule

from .reference import LEAN, MUST, NOT_EVIDENCE, QUESTIONS, SHOULD, SIDE, STRENGTH, Surroundings
from .state_space import EVIDENCE, Space, facts_of, spaces, switches

TOWARDS_SERVER = {"client": 0, "both": 1, "server": 2}
RANK = {"lean": 1, "should": 2, "must": 3}
WITH_CLIENT = {"client", "both"}
WITH_SERVER = {"server", "both"}
KEEP_THE_SERVER_CALL = ("payment", "computed_from_database", "accuracy", "stored_in_database", "sensitive")
KEEP_THE_CLIENT_CALL = ("needs_cookies", "needs_client_context", "browser_only", "client_only_destination")


def never(found: list[str]) -> None:
    """Fail with the first few states that break a law."""
    assert not found, f"{len(found)} states, for example:\n" + "\n".join(found[:3])


def states() -> list[tuple[Space, int]]:
    """Every state there is."""
    return [(space, number) for space in spaces() for number in range(len(space.states))]


def pairs_of_spaces(**switched: bool) -> list[tuple[Space, Space]]:
    """Two spaces that differ in these destination facts only, before and after they are switched on."""
    by_surroundings = {space.around: space for space in spaces()}
    pairs = [(space, by_surroundings.get(Surroundings(**{**vars(space.around), **switched}))) for space in spaces()]
    return [(before, after) for before, after in pairs if after is not None and after is not before]


def test_every_state_has_one_advice_with_a_cited_reason() -> None:
    """Total: a placement, a strength and at least one reason, and every rule has a source that we name."""
    assert all(rule.citation in CITATIONS for rule in RULES)
    never([
        space.show(number)
        for space, number in states()
        if (decision := space.decisions[number]).placement not in TOWARDS_SERVER
        or decision.strength not in RANK
        or not decision.reasons
    ])  # fmt: skip


def test_the_same_facts_give_the_same_advice() -> None:
    """Deterministic: deciding again, past every cache, changes nothing."""
    sample = random.Random(1).sample(states(), 500)
    clear_caches()
    never(
        [space.show(n) for space, n in sample if decide(facts_of(space.states[n], space.around)) != space.decisions[n]]
    )


def test_the_order_of_the_rules_is_irrelevant() -> None:
    """Shuffled rules give the same advice; only the order among reasons of one strength is that of the table."""
    shuffled = list(RULES)
    random.Random(2).shuffle(shuffled)
    found = []
    for space, number in random.Random(3).sample(states(), 2000):
        usual, other = space.decisions[number], decide(facts_of(space.states[number], space.around), tuple(shuffled))
        same = all(
            getattr(usual, name) == getattr(other, name)
            for name in ("placement", "main", "strength", "settled", "decisive", "flips", "relay", "ruled_out", "quiet")
        )
        if (
            not same
            or Counter(usual.reasons) != Counter(other.reasons)
            or Counter(usual.tradeoffs) != Counter(other.tradeoffs)
        ):
            found.append(f"{space.show(number)} but shuffled {other}")
    never(found)


def test_sensitive_switched_on_never_moves_towards_the_client() -> None:
    """Nor does it ever remove the server call."""
    never([
        space.show(before)
        for space, before, after in switches("sensitive")
        if TOWARDS_SERVER[space.placements[after]] < TOWARDS_SERVER[space.placements[before]]
    ])  # fmt: skip


@pytest.mark.parametrize("question", KEEP_THE_SERVER_CALL)
def test_evidence_for_the_server_never_removes_the_server_call(question: str) -> None:
    """Payment, computed, accuracy, stored and sensitive switched on keep a server call that was there."""
    never([
        space.show(before)
        for space, before, after in switches(question)
        if space.placements[before] in WITH_SERVER and space.placements[after] not in WITH_SERVER
    ])  # fmt: skip


@pytest.mark.parametrize("question", KEEP_THE_CLIENT_CALL)
def test_evidence_for_the_client_never_removes_the_client_call(question: str) -> None:
    """Cookies, context, browser-only and a client-only destination switched on keep a client call that was there.

    "Unless sensitive or user_absent" needs no exception here: with either of them on in both states, a client
    call that was possible before still is.
    """
    never([
        space.show(before)
        for space, before, after in switches(question)
        if space.placements[before] in WITH_CLIENT and space.placements[after] not in WITH_CLIENT
    ])  # fmt: skip


@pytest.mark.parametrize("question", ["needs_cookies", "needs_client_context"])
def test_cookies_and_context_remove_only_a_weak_server_call(question: str) -> None:
    """Switched on, they never remove the server call while a server must or should, or a server-only destination, holds."""
    never([
        space.show(before)
        for space, before, after in switches(question)
        if space.placements[before] in WITH_SERVER
        and space.placements[after] == "client"
        and any(SIDE[rule] == "server" and STRENGTH[rule] > LEAN for rule in space.matching[after])
    ])  # fmt: skip


def test_a_server_only_destination_never_removes_a_call() -> None:
    """Switched on, it keeps the server call, and the client call where the client half has work.

    The condition follows from another place (law, point 5): an event whose client half has no work goes to the server.
    """
    changes = pairs_of_spaces(server_only=True, server_only_if_sensitive=True, server_delivers=True)
    changes += pairs_of_spaces(server_only=True, server_delivers=True)
    assert changes
    found = []
    for before, after in changes:
        kept = WITH_CLIENT if after.around.client_delivers else set()
        for number, (was, now) in enumerate(zip(before.placements, after.placements, strict=True)):
            if (was in WITH_SERVER and now not in WITH_SERVER) or (was in kept and now not in kept):
                found.append(before.show(number))
    never(found)


def test_a_client_only_destination_of_a_plan_never_removes_the_client_call() -> None:
    """The same law as for the answer, where the fact is derived from the plan's destinations."""
    changes = pairs_of_spaces(client_only=True, client_only_if_sensitive=True, client_delivers=True)
    assert changes
    never([
        before.show(number)
        for before, after in changes
        for number, was in enumerate(before.placements)
        if was in WITH_CLIENT and after.placements[number] not in WITH_CLIENT
    ])  # fmt: skip


def may_lose_the_server_call(space: Space, number: int) -> bool:
    """Whether the server's evidence is none or a lean, or a should for a half without work."""
    evidence = [STRENGTH[rule] for rule in space.matching[number] - NOT_EVIDENCE if SIDE[rule] == "server"]
    around = space.around
    has_work = around.server_delivers or around.warehouse or not around.named
    return max(evidence, default=0) < (SHOULD if has_work else MUST)


def test_a_client_only_destination_removes_the_server_call_only_where_it_is_weak() -> None:
    """As an answer and as a fact that the plan's destinations derive: never against a should with work, or a must."""
    answered = [(space, before, space, after) for space, before, after in switches("client_only_destination")]
    derived = [
        (was, number, now, number)
        for was, now in pairs_of_spaces(client_only=True, client_only_if_sensitive=True, client_delivers=True)
        for number in range(len(was.states))
    ]
    assert answered
    assert derived
    lost = [
        (was, before)
        for was, before, now, after in (*answered, *derived)
        if was.placements[before] in WITH_SERVER and now.placements[after] not in WITH_SERVER
    ]
    assert lost
    never([space.show(number) for space, number in lost if not may_lose_the_server_call(space, number)])


def test_a_lean_never_adds_a_second_call() -> None:
    """Two calls need a should or a must, or a destination that the other side alone reaches."""
    never([
        space.show(number)
        for space, number in states()
        if space.placements[number] == "both"
        and may_lose_the_server_call(space, number)
        and "server-only-destination" not in space.matching[number]
    ])  # fmt: skip


def test_an_absent_user_means_no_client_call() -> None:
    """user_absent rules the client call out."""
    never([s.show(n) for s in spaces() for n in s.holding(user_absent="yes") if s.placements[n] != "server"])


def test_a_must_for_the_server_always_gets_a_server_call() -> None:
    """Payment, computed and any other server must; and a server-only destination, since the server half delivers it."""
    musts = {rule for rule in SIDE if SIDE[rule] == "server" and STRENGTH[rule] == MUST}
    never([
        space.show(number)
        for space, number in states()
        if space.placements[number] == "client" and musts & space.matching[number]
    ])  # fmt: skip


def test_a_sensitive_event_without_destinations_of_one_side_is_sent_by_the_server() -> None:
    """Nothing but a destination makes a sensitive event leave the browser."""
    never([
        space.show(number)
        for space in spaces()
        for number in space.holding(sensitive="yes")
        if not space.matching[number] & {"client-only-destination", "server-only-destination"}
        and space.placements[number] != "server"
    ])  # fmt: skip


def test_both_has_a_reason_for_each_half() -> None:
    """Two calls are never advised without a reason on either side."""
    never([
        space.show(number)
        for space, number in states()
        if space.placements[number] == "both" and {SIDE[rule] for rule in space.decisions[number].reasons} != {"client", "server"}
    ])  # fmt: skip


def test_a_rule_appears_once_and_only_when_its_facts_hold() -> None:
    """Nothing is hidden and nothing invented: reasons and trade-offs together are the rules that match."""
    found = []
    for space, number in states():
        told = (*space.decisions[number].reasons, *space.decisions[number].tradeoffs)
        if len(told) != len(set(told)) or {*told} - {"tie-break"} != space.matching[number]:
            found.append(space.show(number))
    never(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_removing_any_rule_changes_some_placement(rule: Rule) -> None:
    """Deleting a rule changes the placement of some state; a lean for the server, which adds no half, who leads in both."""
    others = tuple(other for other in RULES if other is not rule)
    aspects = ("placement", "main") if rule.key == "stored" else ("placement",)
    assert any(
        getattr(decide(facts_of(space.states[number], space.around), others), aspect)
        != getattr(space.decisions[number], aspect)
        for space, number in states()
        if space.states[number].count("yes") <= 2
        for aspect in aspects
    )


@pytest.mark.parametrize("side", ["client", "server"])
def test_more_evidence_never_weakens_the_advice(side: str) -> None:
    """Strength never falls when evidence for the side of the placement is added and the placement stays."""
    found = []
    for question, answer in EVIDENCE[side].items():
        for space, before, after in switches(question, answer):
            was, now = space.decisions[before], space.decisions[after]
            if was.placement == now.placement in (side, "both") and RANK[now.strength] < RANK[was.strength]:
                found.append(f"{question}: {space.show(before)} to {space.show(after)}")
    never(found)


def test_an_open_event_goes_to_the_server_and_asks_what_would_settle_it() -> None:
    """With every question open the advice is server, a lean, by tie-break, and it has a first decisive question."""
    decision = decide(facts_of(("unsure",) * len(QUESTIONS), Surroundings()))
    assert (decision.placement, decision.strength, decision.reasons) == ("server", "lean", ("tie-break",))
    assert not decision.settled
    assert decision.decisive
