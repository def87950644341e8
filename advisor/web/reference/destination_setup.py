"""What to set in a destination itself: all steps that some event may need, each with the circumstance that asks for it.

The steps are those of the advice (`advisor.advice.routing.setup`), asked for one circumstance after the other, so that the
page of a destination and the advice of an event can't differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.routing.setup import Occasion, setup_steps
from advisor.knowledge.catalogue import CATALOGUE, NEVER_FED, STORAGE_KIND, Row, destination_name
from advisor.knowledge.handed_values import UNREAD_CONTEXT, VALUES
from advisor.knowledge.vendors import SHARED_IDS
from advisor.knowledge.wording import GENERAL
from advisor.model import CALL_TYPES, CallType, HandoffValue, SetupStep, SharedId, Side
from advisor.text import join_names

_ALWAYS = "Always"
_FROM_SERVER, _FROM_CLIENT = "From the server", "From the page or app"
_EITHER_SIDE = {_FROM_SERVER, _FROM_CLIENT}
_WITH_TRAITS: tuple[CallType, ...] = ("identify", "group")


@dataclass(frozen=True)
class SetupItem:
    """One setting: its value, its default, and why. ``when`` is the circumstance, and ``calls`` the call types if not all."""

    setting: str
    value: str
    default: str
    why: str
    when: str
    calls: str
    citation: str

    @property
    def is_code(self) -> bool:
        """Whether the value is a path in a call."""
        return self.value.startswith("$.") and " " not in self.value


@dataclass(frozen=True)
class _Case:
    """A circumstance in which the advice is asked for its steps, and its name on the page."""

    when: str
    side: Side
    anonymous: bool = False
    user_absent: bool = False
    in_app: bool = False
    pairs: tuple[SharedId, ...] = ()
    is_handed: bool = False


@dataclass(frozen=True)
class _Need:
    """A step, and the circumstances and call types for which the advice gave it. ``calls`` are those of the first one."""

    step: SetupStep
    whens: list[str]
    calls: list[CallType]

    def add(self, when: str, call: CallType) -> None:
        """Record a circumstance and a call type."""
        if when not in self.whens:
            self.whens.append(when)
        if when == self.whens[0] and call not in self.calls:
            self.calls.append(call)


def setup_items(row: Row) -> tuple[SetupItem, ...]:
    """Return the settings of a destination, those that every event needs first."""
    if row.key not in CATALOGUE or row.kind in NEVER_FED or row.kind == STORAGE_KIND:
        return ()
    calls = tuple(call for call in CALL_TYPES if call in row.methods)
    found: dict[str, _Need] = {}
    for case in _cases(row):
        for call in calls:
            for step in _steps(row, case, call):
                found.setdefault(step.setting, _Need(step, [], [])).add(case.when, call)
    return tuple(_item(need, calls) for need in found.values())


def checklist(row: Row, items: tuple[SetupItem, ...]) -> str:
    """Return the settings as a list of tasks in Markdown."""
    lines = [f"## {row.name}: settings in Segment", ""]
    for item in items:
        about = ", ".join(filter(None, (item.when, item.calls)))
        lines.append(f"- [ ] {item.setting}: {item.value} (default: {item.default}; {about}). {item.why}")
    return "\n".join(lines) + "\n"


def _cases(row: Row) -> Iterator[_Case]:
    sides: list[tuple[Side, str]] = []
    client = bool(row.reaches("web") or row.reaches("mobile"))
    if row.reaches("server"):
        sides.append(("server", _FROM_SERVER if client else _ALWAYS))
    if client:
        sides.append(("client", _FROM_CLIENT if row.reaches("server") else _ALWAYS))
    for side, when in sides:
        yield _Case(when, side)
    for side, _ in sides:
        yield _Case("From an app", side, in_app=True)
        yield _Case("Without a login", side, anonymous=True)
        yield _Case("Sent later", side, user_absent=True)
        yield _Case("Handed over", side, is_handed=True)
        for pair in SHARED_IDS:
            if row.key in (pair.client, pair.server):
                other = pair.server if row.key == pair.client else pair.client
                yield _Case(f"With {destination_name(other)}", side, pairs=(pair,))


def _all_handed(row: Row, call: CallType) -> tuple[HandoffValue, ...]:
    """Return all values of a destination that a call carries for it. Identify and group calls carry them as traits."""
    into = "traits." if call in _WITH_TRAITS else "properties."
    places = [each.to.replace("properties.", into, 1) for each in VALUES if row.key in each.fields]
    places += UNREAD_CONTEXT.get(row.key, ())
    return tuple(HandoffValue(source="web", value="", from_="", to=place, why="") for place in places)


def _steps(row: Row, case: _Case, call: CallType) -> tuple[SetupStep, ...]:
    occasion = Occasion(
        call=call,
        types=("web", "mobile") if case.in_app else ("web",),
        anonymous=case.anonymous,
        user_absent=case.user_absent,
        wording=GENERAL,
    )
    handed = _all_handed(row, call) if case.is_handed else ()
    return setup_steps(((row.key, frozenset({case.side})),), case.pairs, handed, occasion)


def _item(need: _Need, calls: tuple[CallType, ...]) -> SetupItem:
    step, is_all = need.step, len(need.calls) == len(calls)
    return SetupItem(
        setting=step.setting,
        value=step.value
        if is_all or len(need.calls) == 1
        else step.value.replace(f"this {need.calls[0]} call", "such a call"),
        default=step.default,
        why=step.why,
        when=_ALWAYS if set(need.whens) >= _EITHER_SIDE else need.whens[0],
        calls="" if is_all else f"{join_names(need.calls)} calls",
        citation=step.citation,
    )
