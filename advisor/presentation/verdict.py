"""Puts the verdict into words: what to do, why, and a few facts as chips. Used by the advice panel and the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.questions import questions_by_key
from advisor.knowledge.rules import DESTINATION_RULES, rules_by_key
from advisor.knowledge.wording import Wording, event_wording
from advisor.model import Event, Placement, Plan, Recommendation, Side, placement_in_force
from advisor.presentation.states import State, state_of, suggested_answers
from advisor.presentation.words import Tone
from advisor.text import join_names, plural, quantity, shorten, spell_number

Kind = Literal["", "strong", "name", "client", "server"]
ChipKind = Literal["", "good", "warn", "bad"]

CONTRADICTIONS = ("browser-only-and-absent", "browser-only-and-computed", "computed-not-stored")
TIE = "tie-break"
_MOST_NAMES = 3
_EXACT = frozenset({"payment", "computed", "accuracy"})
"""The keys of the rules about figures that have to be exact."""
_NAME_LENGTH = 120
_STARTS: dict[State, str] = {
    "settled": "Send ",
    "suggested": "If the suggestions hold, send ",
    "unsettled": "For now, send ",
}


@dataclass(frozen=True)
class Piece:
    """A part of a sentence.

    The kinds ``client`` and ``server`` are shown with their mark and ``strong`` in bold. The text of ``strong`` and
    ``name`` can't change the direction of the text that follows.
    """

    text: str
    kind: Kind = ""


@dataclass(frozen=True)
class Chip:
    """A fact about the verdict in a word or two."""

    text: str
    kind: ChipKind = ""
    mark: str = ""


@dataclass(frozen=True)
class Verdict:
    """What to do (``line``) and why (``second``). ``tone`` is the colour of the edge."""

    tone: Tone
    line: tuple[Piece, ...]
    second: str
    chips: tuple[Chip, ...]


def verdict(plan: Plan, event: Event, advice: Recommendation) -> Verdict:
    """Return the verdict about an advised event of a plan."""
    wording = event_wording(plan.sources, event)
    return Verdict(
        tone={"settled": placement_in_force(event), "suggested": "suggested", "unsettled": "open"}[state_of(event)],
        line=tuple(_line(event, advice, wording)),
        second=_second(event, advice, wording),
        chips=tuple(_chips(event, advice)),
    )


def short_name(name: str) -> str:
    """Return the name for use in a sentence: a very long one is cut and ends in an ellipsis."""
    return shorten(name, _NAME_LENGTH)


def is_decided_otherwise(event: Event, advice: Recommendation) -> bool:
    """Return whether the team decided for another placement than the recommended one."""
    return event.decision is not None and event.decision.placement != advice.placement


def has_no_evidence(advice: Recommendation) -> bool:
    """Return whether nothing speaks for either side."""
    return [reason.rule for reason in advice.reasons] == [TIE] and not advice.tradeoffs


def main_side(event: Event, advice: Recommendation) -> Side:
    """Return the side that delivers to every destination it can if both sides send the event (law, part 1.2, point 4)."""
    if is_decided_otherwise(event, advice):
        return "server"
    evidence = [reason for reason in advice.reasons if reason.rule not in DESTINATION_RULES]
    return evidence[0].side if evidence else "client"


def _line(event: Event, advice: Recommendation, wording: Wording) -> Iterable[Piece]:
    name = Piece(short_name(event.name), "strong")
    if is_decided_otherwise(event, advice):
        assert event.decision is not None
        yield from (Piece("Your team sends "), name, Piece(" from "), *_from(event.decision.placement))
        yield from (Piece(". We advise "), *_from(advice.placement), Piece("."))
        return
    if has_no_evidence(advice) and not event.decision:
        yield from (Piece("Nothing points either way yet. If in doubt, "), *_from("server"), Piece("."))
        return
    yield from (Piece(_STARTS[state_of(event)]), name, Piece(" from "))
    yield from _both(event, advice) if advice.placement == "both" else _from(advice.placement)
    yield Piece(".")
    if advice.relay:
        yield Piece(f" The {wording.place} tells {'the server' if advice.placement == 'both' else 'it'}.")
    yield from _refusals(advice)


def _from(placement: Placement) -> tuple[Piece, ...]:
    if placement == "both":
        return (Piece("both", "strong"), Piece(" sides"))
    return (Piece("your "), Piece(placement, placement))


def _both(event: Event, advice: Recommendation) -> Iterable[Piece]:
    yield from (Piece("both", "strong"), Piece(" sides: your "))
    if main_side(event, advice) == "client":
        yield from (Piece("client", "client"), Piece(", and the "), Piece("server", "server"))
        yield Piece(f" for {_tools(advice, 'server')}")
    else:
        yield from (Piece("server", "server"), Piece(f" for {_servers_part(advice)}, the "), Piece("client", "client"))
        yield Piece(f" for {_tools(advice, 'client')}")


def _servers_part(advice: Recommendation) -> str:
    """Return the purpose of the server's call if it is the main one of two calls."""
    rules = {reason.rule for reason in advice.reasons}
    if rules & _EXACT:
        return "the figures"
    return "what nobody else may read" if "sensitive" in rules else "the record"


def _tools(advice: Recommendation, side: Side) -> str:
    keys = dict.fromkeys(item.destination for item in advice.deliveries if item.side == side)
    if not keys:
        return "the tools that need it"
    if len(keys) > _MOST_NAMES:
        return f"{spell_number(len(keys))} tools that need it"
    return join_names([destination_name(key) for key in keys])


def _refusals(advice: Recommendation) -> Iterable[Piece]:
    names = [destination_name(item.destination) for item in advice.unreachable]
    if len(names) == 1:
        yield from (Piece(" "), Piece(names[0], "strong"), Piece(" can’t receive it."))
    elif names:
        yield Piece(f" {spell_number(len(names)).capitalize()} destinations can’t receive it.")


def _second(event: Event, advice: Recommendation, wording: Wording) -> str:
    disagreement = next((item.message for item in advice.findings if item.code in CONTRADICTIONS), None)
    decided = _why_decided(event) if is_decided_otherwise(event, advice) else None
    why = _why(event, advice, wording)
    more = [] if has_no_evidence(advice) or event.decision else list(_doubt(event, advice))
    if advice.relay and not decided:
        more.insert(0, f"Have the {wording.place} call your own server, and let that server make the Segment call.")
    return " ".join((disagreement or decided or why, *more))


def _why(event: Event, advice: Recommendation, wording: Wording) -> str:
    if has_no_evidence(advice):
        first = advice.decisive[0] if advice.decisive else None
        begin = f" Begin with this question: {questions_by_key(wording)[first].asks}" if first else ""
        return f"When both would work, Segment prefers the server.{begin}"
    side, rules = main_side(event, advice), rules_by_key(wording)
    clauses = [
        rules[reason.rule].when
        for reason in advice.reasons
        if reason.side == side and reason.rule not in (*DESTINATION_RULES, TIE)
    ]
    so = ", and ".join(clauses[:2])
    if advice.relay and side == "server" and clauses:
        so = f"only the {wording.place} sees it, but {so}"
    sentences = [_sentence(so)] if so else []
    sentences += [reason.text for reason in advice.reasons if reason.rule in DESTINATION_RULES]
    if any(reason.rule == TIE for reason in advice.reasons) and not advice.relay:
        case = "Both sides would work" if advice.strength == "lean" else "The client has as strong a case"
        sentences.append(f"{case}; Segment prefers the server then.")
    return " ".join(sentences)


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:] + "."


def _why_decided(event: Event) -> str:
    decision = event.decision
    assert decision is not None
    who = f" by {decision.author}" if decision.author else ""
    when = f" on {decision.date}" if decision.date else ""
    why = f": “{decision.reason}”" if decision.reason else "."
    return f"Decided{who}{when}{why}"


def _doubt(event: Event, advice: Recommendation) -> Iterable[str]:
    if advice.settled:
        return
    if state_of(event) == "suggested":
        number = len(suggested_answers(event))
        answers = plural(number, "answer")
        yield f"That rests on {spell_number(number)} suggested {answers}: accept or change {plural(number, 'it', 'them')}."
        return
    number = len(advice.decisive)
    targets = {flip.placement for flip in advice.flips if flip.question in advice.decisive}
    where = {"client": "to the client", "server": "to the server", "both": "to both sides"}
    to = f" move it {where[targets.pop()]}" if len(targets) == 1 else " change this"
    yield f"{spell_number(number).capitalize()} open {plural(number, 'question')} could{to}."


def _chips(event: Event, advice: Recommendation) -> Iterable[Chip]:
    if event.decision:
        yield Chip("Decision recorded")
    elif state_of(event) == "suggested":
        yield Chip(f"{len(suggested_answers(event))} to accept", "", "suggested")
    elif advice.settled:
        yield Chip("Settled", "good")
    else:
        yield Chip(f"Not settled, {len(advice.decisive)} open", "warn", "open")
    if advice.unreachable:
        yield Chip(f"{quantity(len(advice.unreachable), 'destination')} unreachable", "bad", "no")
    disagreeing = sum(item.code in CONTRADICTIONS for item in advice.findings)
    if disagreeing:
        yield Chip("Answers disagree", "warn", "")
