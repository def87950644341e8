"""What a person still has to decide about privacy in a plan, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from advisor.advice.plan_findings.dismissals import open_findings
from advisor.knowledge.wording import plan_wording
from advisor.model import Plan
from advisor.privacy.guesses import GuessedKind
from advisor.privacy.receivers import Receiver, passing_calls
from advisor.text import join_names, quote, spell_number

PointCode = Literal["sensitive-on-client", "credential-sent", "sensitive-unanswered", "no-contract", "guessed-kinds"]
_NAMED = 3
"""How many events, receivers or properties a sentence names."""


class OpenPoint(Struct, frozen=True, kw_only=True, gc=False):
    """A point to decide: what it is, why it matters, and the events, receivers (keys) and properties that it is about."""

    code: PointCode
    title: str
    why: str
    events: tuple[int, ...] = ()
    receivers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def open_points(plan: Plan, receivers: tuple[Receiver, ...], guessed: tuple[GuessedKind, ...]) -> tuple[OpenPoint, ...]:
    """Return what is open in an advised plan with these receivers and guesses."""
    points = (*_on_client(plan, receivers), *_credentials(receivers), *_unanswered(plan))
    return (*points, *_without_contract(receivers), *_guessed(guessed))


def _on_client(plan: Plan, receivers: tuple[Receiver, ...]) -> Iterator[OpenPoint]:
    sent = (call.event for call in passing_calls(receivers) if call.side == "client" and call.sensitive)
    events = tuple(dict.fromkeys(sent))
    if events:
        names = [plan.events[index].name for index in events]
        why = plan_wording(plan.sources).say("{readers} can read that it happened.")
        yield OpenPoint(
            code="sensitive-on-client",
            title=f"{_some(names)} {'is' if len(events) == 1 else 'are'} sensitive, and a client call sends "
            f"{'it' if len(events) == 1 else 'them'}.",
            why=why[:1].upper() + why[1:],
            events=events,
        )


def _credentials(receivers: tuple[Receiver, ...]) -> Iterator[OpenPoint]:
    calls = [
        (call, value)
        for call in passing_calls(receivers)
        for value in call.values
        if value.kind == "credential" and not value.is_guess
    ]
    if calls:
        paths = dict.fromkeys(value.path for _, value in calls)
        yield OpenPoint(
            code="credential-sent",
            title=f"{_some(paths)} {'is a credential that leaves' if len(paths) == 1 else 'are credentials that leave'} "
            "with a call.",
            why="Whoever reads a password or token can act as the person. Remove the property unless a tool needs it.",
            events=tuple(dict.fromkeys(call.event for call, _ in calls)),
            values=tuple(paths),
        )


def _unanswered(plan: Plan) -> Iterator[OpenPoint]:
    open_ones = (item for item in open_findings(plan) if item.finding.code == "sensitive-unanswered")
    events = tuple(dict.fromkeys(item.event for item in open_ones if item.event is not None))
    if events:
        first = quote(plan.events[events[0]].name)
        yield OpenPoint(
            code="sensitive-unanswered",
            title=f"Nobody said whether {first} is sensitive."
            if len(events) == 1
            else f"Nobody said whether {spell_number(len(events))} events are sensitive, {first} among them.",
            why="Until the answer is yes, no advertising tool and no tag manager is refused.",
            events=events,
        )


def _without_contract(receivers: tuple[Receiver, ...]) -> Iterator[OpenPoint]:
    bare = [item for item in receivers if item.lacks_contract]
    if bare:
        one = len(bare) == 1
        yield OpenPoint(
            code="no-contract",
            title=f"{_some(item.name for item in bare)} {'has' if one else 'have'} no contract noted.",
            why=f"{'It receives' if one else 'They receive'} personal data or sensitive events. Note what covers that.",
            receivers=tuple(item.key for item in bare),
        )


def _guessed(guessed: tuple[GuessedKind, ...]) -> Iterator[OpenPoint]:
    paths = tuple(item.path for item in guessed)
    if paths:
        one = len(paths) == 1
        yield OpenPoint(
            code="guessed-kinds",
            title=f"The {'kind' if one else 'kinds'} of {_some(paths)} {'is' if one else 'are'} guessed from the name.",
            why="A guess stays marked as one until somebody confirms it.",
            values=paths,
        )


def _some(names: Iterable[str]) -> str:
    """Return the first names as a list in a sentence, and how many more there are."""
    listed = [quote(name) for name in names]
    more = len(listed) - _NAMED
    return join_names([*listed[:_NAMED], f"{more:,} more"] if more > 0 else listed)
