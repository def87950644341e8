"""Who receives the calls of a plan: its destinations, its storage and warehouse, and Segment itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from advisor.advice.reach.network import REFUSED_IF_SENSITIVE
from advisor.knowledge.catalogue import CATALOGUE, STORAGE_KIND, destination_name
from advisor.model import Call, CallType, Destination, Event, Mode, Plan, Side, recommendation_of
from advisor.presentation.receivers import Receivers
from advisor.privacy.values import EventValues, PersonalValue

ReceiverKind = Literal["destination", "storage", "warehouse", "segment"]
OTHERS, OWN, ON_THE_WAY = "Not in the catalogue", "Your own storage", "On the way"
_UNSORTED = "Other tools"


class SentCall(Struct, frozen=True, kw_only=True, gc=False):
    """One call of an event that reaches a receiver, with the personal values that it carries.

    ``event`` is the index of the event, ``sensitive`` whether the event as a whole is. ``mode`` is null for Segment and
    the warehouse.
    """

    event: int
    name: str
    call: CallType
    side: Side
    library: str
    mode: Mode | None
    sensitive: bool
    values: tuple[PersonalValue, ...]


class Receiver(Struct, frozen=True, kw_only=True, gc=False):
    """One receiver of the plan. ``calls`` are those that carry a personal value, or that make a sensitive event.

    ``loads_only`` says that it takes no calls: its own code runs in the page, and no plan can say what it reads there.
    """

    key: str
    name: str
    kind: ReceiverKind
    group: str
    consent: str
    contract: str
    loads_only: bool
    calls: tuple[SentCall, ...]

    @property
    def is_third_party(self) -> bool:
        """Whether the plan sends to it on purpose and it is not storage of the team's own."""
        return self.kind == "destination"

    @property
    def lacks_contract(self) -> bool:
        """Whether it is a third party that receives something, and nobody noted what covers that."""
        return self.is_third_party and bool(self.calls) and not self.contract.strip()

    @property
    def events(self) -> int:
        """The number of events with a call in ``calls``."""
        return len({call.event for call in self.calls})

    @property
    def values(self) -> int:
        """The number of different properties that it receives."""
        return len({value.path for call in self.calls for value in call.values})


class CallsByReceiver:
    """Collects the calls of a plan's events by receiver."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stores = Receivers(plan.destinations)
        self._destinations: dict[str, list[SentCall]] = {item.key: [] for item in plan.destinations}
        self._segment: list[SentCall] = []
        self._warehouse: list[SentCall] = []

    def add(self, index: int, event: Event, values: EventValues) -> None:
        """Add the calls of an advised event to those who receive them. Calls without a library are not made."""
        advice = recommendation_of(event)
        sent: dict[tuple[Side, str], SentCall] = {}
        for call in advice.calls:
            if not call.library:
                continue
            made = sent[call.side, call.library] = sent_call(index, event, call, values)
            if made.values or made.sensitive:
                self._segment.append(made)
                if self._plan.warehouse and _loads_warehouse(call):
                    self._warehouse.append(made)
        for delivery in (*advice.deliveries, *self._stores.storage_deliveries(event)):
            made = sent[delivery.side, delivery.library]
            if made.values or made.sensitive:
                self._destinations[delivery.destination].append(_in_mode(made, delivery.mode))

    def receivers(self) -> tuple[Receiver, ...]:
        """Return all receivers of the plan: destinations by group, storage, the warehouse, and Segment."""
        listed = [_destination(item, tuple(self._destinations[item.key])) for item in self._plan.destinations]
        return (*sorted(listed, key=lambda item: _order(item.group)), *self._others())

    def _others(self) -> Iterator[Receiver]:
        if self._plan.warehouse:
            yield _other("Warehouses", "Warehouse", "warehouse", OWN, self._warehouse)
        yield _other("Segment.io", "Segment", "segment", ON_THE_WAY, self._segment)


def passing_calls(receivers: tuple[Receiver, ...]) -> tuple[SentCall, ...]:
    """Return every call that is made: Segment receives them all."""
    return next(item.calls for item in receivers if item.kind == "segment")


def sent_call(index: int, event: Event, call: Call, values: EventValues) -> SentCall:
    """Return a call of an event with what it carries, before it is known in which mode it arrives."""
    return SentCall(
        event=index,
        name=event.name,
        call=event.call,
        side=call.side,
        library=call.library or "",
        mode=None,
        sensitive=is_sensitive(event),
        values=values.carried_by(call),
    )


def is_sensitive(event: Event) -> bool:
    """Return whether the event as a whole is sensitive: that it happened is the secret."""
    return event.answers.get("sensitive") == "yes"


def _in_mode(call: SentCall, mode: Mode) -> SentCall:
    return replace(call, mode=mode)


def _loads_warehouse(call: Call) -> bool:
    """Return whether Segment loads the call into the warehouse: unless the object turns that off."""
    entry = call.integrations.get("Warehouses")
    return entry["all"] if isinstance(entry, dict) else entry is not False


def _destination(item: Destination, calls: tuple[SentCall, ...]) -> Receiver:
    row = CATALOGUE.get(item.key) if item.custom is None else None
    is_storage = row is not None and row.kind == STORAGE_KIND
    group = OTHERS if row is None else OWN if is_storage else _group(row.categories)
    return Receiver(
        key=item.key,
        name=destination_name(item.key) if item.custom is None else item.key,
        kind="storage" if is_storage else "destination",
        group=group,
        consent=item.consent,
        contract=item.contract,
        loads_only=row is not None and row.loads_only,
        calls=calls,
    )


def _group(categories: tuple[str, ...]) -> str:
    """Return the category of the catalogue to list a tool under: the one that is refused sensitive events, or the first."""
    return next((each for each in categories if each in REFUSED_IF_SENSITIVE), next(iter(categories), _UNSORTED))


def _order(group: str) -> tuple[bool, bool, bool, str]:
    return group == OWN, group == OTHERS, group not in REFUSED_IF_SENSITIVE, group


def _other(key: str, name: str, kind: ReceiverKind, group: str, calls: list[SentCall]) -> Receiver:
    return Receiver(
        key=key, name=name, kind=kind, group=group, consent="", contract="", loads_only=False, calls=tuple(calls)
    )
