"""A second implementation of how facts become a placement: slow, plain, and independent of the engine.

Tests compare the two over every state. Where they differ, one of them is wrong. `Surroundings` is what the
plan contributes to an event; the answers are a mapping from question to ``yes``, ``no`` or ``unsure``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

QUESTIONS = (
    "stored_in_database",
    "computed_from_database",
    "payment",
    "sensitive",
    "accuracy",
    "browser_only",
    "user_absent",
    "needs_cookies",
    "needs_client_context",
    "client_only_destination",
)
NONE, LEAN, SHOULD, MUST = range(4)
STRENGTHS = {LEAN: "lean", SHOULD: "should", MUST: "must"}

TABLE = (
    ("payment", "server", MUST),
    ("sensitive", "server", MUST),
    ("computed", "server", MUST),
    ("user-absent", "server", MUST),
    ("accuracy", "server", SHOULD),
    ("stored", "server", LEAN),
    ("browser-only", "client", MUST),
    ("cookies", "client", SHOULD),
    ("client-context", "client", SHOULD),
    ("not-stored", "client", LEAN),
    ("server-only-destination", "server", MUST),
    ("client-only-destination", "client", MUST),
    ("tie-break", "server", LEAN),
)
SIDE = {key: side for key, side, _ in TABLE}
STRENGTH = {key: strength for key, _, strength in TABLE}
NOT_EVIDENCE = {"server-only-destination", "client-only-destination", "tie-break"}
CARRIED = {"cookies", "client-context"}
"""What a client half carries by itself."""
BY_STRENGTH = sorted(SIDE, key=lambda rule: -STRENGTH[rule])
"""Rules by strength; those of one strength stay in the order of the table."""

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Surroundings:
    """What a plan's destinations and warehouse say about an event, apart from its answers."""

    named: bool = False
    client_only: bool = False
    client_only_if_sensitive: bool = False
    server_only: bool = False
    server_only_if_sensitive: bool = False
    server_delivers: bool = False
    client_delivers: bool = False
    warehouse: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the law says of one state. ``strength`` is that of a settled advice."""

    placement: str
    main: str
    ruled_out: bool
    quiet: bool
    relay: bool
    strength: str
    reasons: tuple[str, ...]
    tradeoffs: tuple[str, ...]


def is_client_only_wanted(answers: Answers, around: Surroundings) -> bool:
    """Whether a client-only destination is wanted; an answer counts only while the plan names no destinations."""
    if not around.named:
        return answers["client_only_destination"] == "yes"
    return around.client_only_if_sensitive if answers["sensitive"] == "yes" else around.client_only


def is_server_only_wanted(answers: Answers, around: Surroundings) -> bool:
    """Whether a server-only destination is wanted; what a sensitive event is refused does not count."""
    return around.server_only_if_sensitive if answers["sensitive"] == "yes" else around.server_only


def matching(answers: Answers, around: Surroundings) -> frozenset[str]:
    """Every rule whose facts hold, apart from the tie-break."""
    conditions = {
        "payment": answers["payment"] == "yes",
        "sensitive": answers["sensitive"] == "yes",
        "computed": answers["computed_from_database"] == "yes",
        "user-absent": answers["user_absent"] == "yes",
        "accuracy": answers["accuracy"] == "yes",
        "stored": answers["stored_in_database"] == "yes",
        "browser-only": answers["browser_only"] == "yes",
        "cookies": answers["needs_cookies"] == "yes",
        "client-context": answers["needs_client_context"] == "yes",
        "not-stored": answers["stored_in_database"] == "no",
        "server-only-destination": is_server_only_wanted(answers, around),
        "client-only-destination": is_client_only_wanted(answers, around),
    }
    return frozenset(rule for rule, holds in conditions.items() if holds)


def strongest(rules: frozenset[str], side: str) -> int:
    """The strongest evidence for a side."""
    return max((STRENGTH[rule] for rule in rules - NOT_EVIDENCE if SIDE[rule] == side), default=NONE)


def verdict(answers: Answers, around: Surroundings) -> Verdict:
    """The placement of an event, and the rules that speak for and against it."""
    return weigh(matching(answers, around), around)


@cache
def weigh(rules: frozenset[str], around: Surroundings) -> Verdict:
    """Return what follows from the rules that match (law, part 1.2, points 2 to 7)."""
    ruled_out = "user-absent" in rules or ("sensitive" in rules and "browser-only" not in rules)
    client_half = "client-only-destination" in rules and not ruled_out
    server_half = "server-only-destination" in rules
    server = strongest(rules, "server")
    quiet = client_half and server >= SHOULD
    client = strongest(rules - CARRIED if quiet else rules, "client")

    if ruled_out:
        main = "server"
    elif client > server or (server == NONE and client_half):
        main = "client"
    else:
        main = "server"
        if client == server:
            rules |= {"tie-break"}

    placement = main
    if main == "server" and client_half:
        # A lean is not worth a second implementation.
        worth_it = server >= SHOULD or server_half
        has_work = around.server_delivers or around.warehouse or server == MUST or not around.named
        placement = "both" if worth_it and has_work else "client"
    elif main == "client" and server_half:
        has_work = around.client_delivers or not around.named
        placement = "both" if has_work else "server"
    if placement != "both":
        main = placement

    reasons = reasons_among(rules - CARRIED if quiet else rules, main, placement)
    return Verdict(
        placement=placement,
        main=main,
        ruled_out=ruled_out,
        quiet=quiet,
        relay="browser-only" in rules and placement != "client" and "user-absent" not in rules,
        strength=STRENGTHS[max(STRENGTH[rule] for rule in reasons)],
        reasons=tuple(rule for rule in BY_STRENGTH if rule in reasons),
        tradeoffs=tuple(rule for rule in BY_STRENGTH if rule in rules - reasons),
    )


def reasons_among(rules: frozenset[str], main: str, placement: str) -> set[str]:
    """The matching rules that speak for the placement; all others are trade-offs."""
    speaking = {rule for rule in rules if SIDE[rule] == main and rule not in NOT_EVIDENCE}
    if placement != "client":
        speaking |= rules & {"server-only-destination", "tie-break"}
    if placement != "server":
        speaking |= rules & {"client-only-destination"}
    return speaking


def every_surroundings() -> tuple[Surroundings, ...]:
    """No destinations at all, and every combination of wants and work that a plan with destinations can have.

    A client-only destination that is wanted is one that the client half delivers; the same on the server. What counts
    for a sensitive event counts for others too.
    """
    unnamed = [Surroundings(warehouse=warehouse) for warehouse in (False, True)]
    wants = ((False, False), (True, False), (True, True))
    named = [
        Surroundings(True, *client_only, *server_only, server_delivers, client_delivers, warehouse)
        for client_only, server_only, server_delivers, client_delivers, warehouse in product(
            wants, wants, *[(False, True)] * 3
        )
        if server_delivers >= server_only[0] and client_delivers >= client_only[0]
    ]
    return (*unnamed, *named)


def completions(answers: Answers, open_questions: tuple[str, ...]) -> list[dict[str, str]]:
    """The answers with every open question answered, in every way."""
    return [
        {**answers, **dict(zip(open_questions, choice, strict=True))}
        for choice in product(("yes", "no"), repeat=len(open_questions))
    ]
