"""Makes the values that a store may write, and reads them back from stored content.

A store keeps a plan in pieces: its settings (the plan without events) and each event. It accepts them only as
`Canonical` values, and only this module makes those: from plans and events that the document's reader has accepted.
Stored content is checked in the same way when it is read, so that a row changed outside of the app is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.document.events import EventReader
from advisor.document.names import NameList
from advisor.document.problems import DocumentError, EnoughFound, Found, Problem, Remarks
from advisor.document.read import check, read_tree
from advisor.document.shape import misfits
from advisor.model import Event, Plan

Part = TypeVar("Part", Plan, Event)
_EVENT = msgspec.json.Decoder(Event)
_KNOWN: dict[bytes, None] = {}
_MOST_KNOWN = 100_000


@dataclass(frozen=True, slots=True)
class Canonical(Generic[Part]):
    """Settings or an event in canonical form, with the JSON to store. Only this module makes one."""

    value: Part
    content: str


@dataclass(frozen=True, slots=True)
class CanonicalPlan:
    """A whole plan in canonical form, in the pieces that a store keeps."""

    settings: Canonical[Plan]
    events: tuple[Canonical[Event], ...]


def canonical(plan: Plan) -> CanonicalPlan:
    """Return the plan in canonical form. Raises `DocumentError` if a plan document may not hold it."""
    checked, _ = check(plan)
    settings = replace(checked, events=(), findings=UNSET)
    return CanonicalPlan(_made(settings), tuple(map(_made_event, checked.events)))


def canonical_settings(plan: Plan) -> Canonical[Plan]:
    """Return the plan's settings in canonical form; its events are left out. Raises `DocumentError`."""
    return canonical(replace(plan, events=())).settings


def canonical_events(settings: Plan, events: Sequence[Event]) -> tuple[Canonical[Event], ...]:
    """Return the events, as a plan with these settings may hold them, in canonical form. Raises `DocumentError`."""
    return canonical(replace(settings, events=tuple(events))).events


def canonical_event(settings: Plan, event: Event) -> Canonical[Event]:
    """Return the event, as a plan with these settings may hold it, in canonical form. Raises `DocumentError`."""
    (made,) = canonical_events(settings, (event,))
    return made


def read_settings(content: str) -> Plan:
    """Return the settings in stored content. Raises `DocumentError` if the content is not valid."""
    return _settings(content)


def read_event(content: str) -> Event:
    """Return the event in stored content, in canonical form. Raises `DocumentError` if the content is not valid.

    Whether the event fits its plan is not checked here: see `advisor.document.fitting`.
    """
    digest = _digest(content)
    if digest in _KNOWN:
        return _EVENT.decode(content)
    tree = _parsed(content)
    event, is_canonical = _read_event(tree)
    if is_canonical:
        _remember(digest)
    return event


def encoded(part: Plan | Event) -> str:
    """Return the JSON of settings or an event as a store keeps it."""
    return msgspec.json.encode(part).decode()


@lru_cache(maxsize=512)
def _settings(content: str) -> Plan:
    return replace(read_tree(_parsed(content)).plan, events=())


def _read_event(tree: Any) -> tuple[Event, bool]:
    """Return the event, and whether the reader changed nothing in it."""
    remarks = Remarks(problems=[], notes=[])
    read: Any = None
    with suppress(EnoughFound):
        # Names are taken as they are here: whether the plan has them depends on its settings.
        read = EventReader(NameList(_itself, ""), NameList(_itself, ""), remarks).read(tree, ())
    if not remarks.problems:
        with suppress(msgspec.ValidationError):
            return msgspec.convert(read, Event), msgspec.json.encode(read) == msgspec.json.encode(tree)
    found = misfits(tree, Event) or remarks.problems or [Found((), "type", "An event is an object.")]
    raise DocumentError("plan", (each.problem() for each in found))


def _itself(name: str) -> str:
    return name


def _parsed(content: str) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DocumentError("json", [Problem(code="not-json", message=f"Not JSON: {error}.", pointer="")]) from None


def _made(settings: Plan) -> Canonical[Plan]:
    return Canonical(settings, encoded(settings))


def _made_event(event: Event) -> Canonical[Event]:
    made = Canonical(event, encoded(event))
    _remember(_digest(made.content))
    return made


def _digest(content: str) -> bytes:
    # Text from damaged bytes may have halves of surrogate pairs, which UTF-8 cannot encode.
    return blake2b(content.encode(errors="surrogatepass"), digest_size=16).digest()


def _remember(digest: bytes) -> None:
    """Remember that a content is canonical: checking it again would take longer than decoding it."""
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[digest] = None
