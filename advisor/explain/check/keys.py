"""Remarks on a key that is wrong, or that is right but useless here. Used by `entries` and `values`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from advisor.advice.reach.network import Tool, tool
from advisor.explain.judge.names import ALL, ENGAGE, Names, Naming, has_case_twin
from advisor.explain.judge.segment import SEGMENT
from advisor.explain.judge.truthiness import meant_boolean
from advisor.explain.parse.values import Value, Variable
from advisor.explain.report.sources import (
    COMMON_FIELDS,
    DESTINATIONS,
    FILTERING,
    FUNCTIONS,
    INSTANCES,
    OBJECT_STORES,
    WAREHOUSES,
)
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import Library
from advisor.model import Destination, SourceType
from advisor.text import did_you_mean, join_names, quote

_SOURCES: dict[SourceType, str] = {"web": "a website", "mobile": "a mobile app", "server": "a server"}

Closed = Literal["open", "for others", "for all"]


class Remark(NamedTuple):
    """A problem of a key or a value; the place is that of its entry, which `entries` adds."""

    code: str
    message: str
    fix: str
    citation: str


def closed_by(names: Names, entries: dict[str, Value]) -> Closed:
    """Return for whom the entries in force are closed: ``for all`` if no key beside All lets anything in."""
    if entries.get(ALL) is not False:
        return "open"
    lets_in = any(meant_boolean(each) and names.may_let_in(key) for key, each in entries.items())
    return "for others" if lets_in else "for all"


def check_key(key: str, value: Value, names: Names, library: Library, closed: Closed) -> Iterator[Remark]:
    """Yield all remarks on a key with this value; ``closed`` says whether All keeps the event from what isn't named."""
    naming = names.namings[key]
    if naming.kind == "unknown":
        yield _unknown(key, naming, value, _consequence(value, closed))
    elif naming.kind == "exact":
        yield from _exact(key, value, names, library)
    elif naming.kind in _WRONG:
        yield _WRONG[naming.kind](key, naming)


def _exact(key: str, value: Value, names: Names, library: Library) -> Iterator[Remark]:
    known = names.tools.get(key)
    if known is None:
        known = tool(Destination(key=key))
        message = f"{quote(key)} is the key of {known.name}, which isn’t one of your destinations here."
        yield Remark("not-listed", message, "Remove it, or add the destination.", DESTINATIONS)
    twin = None if names.chosen else has_case_twin(key)
    if twin:
        message = f"{quote(key)} is {known.name}; {quote(twin)} is {CATALOGUE[twin].name}."
        yield Remark("case-twin", message, "Check that it is the one you use.", DESTINATIONS)
    yield from _reach(key, value, known, library)


def _reach(key: str, value: Value, known: Tool, library: Library) -> Iterator[Remark]:
    mode = known.modes.get(library.type)
    if mode is None and known.is_certain and (value is True or isinstance(value, dict)):
        from_where = join_names((_SOURCES[each] for each in known.modes), "or") or "audiences"
        message = f"{library.name} can’t reach {known.name}; it takes events from {from_where}."
        yield Remark("named-but-unreachable", message, "Remove the entry, or send the event from there.", DESTINATIONS)
    if known.kind == "storage" and value is False:
        message = f"{known.name} keeps every call and ignores the object."
        yield Remark("storage-ignores-object", message, "Remove the entry; nothing changes.", OBJECT_STORES)
    if library.key == "swift" and mode == "device" and "." in key and value is False:
        message = f"Swift takes the dot in {quote(key)} for a step into an object, so that this stops nothing."
        yield Remark("dot-in-key", message, "Leave it out in a plugin instead.", library.docs)


def _twin(key: str, naming: Naming) -> Remark:
    meant = CATALOGUE[naming.meant or ""]
    message = f"{quote(key)} is {CATALOGUE[naming.named or key].name}, and you asked about {meant.name}."
    return Remark("twin-key", message, f"Use {quote(meant.key)}.", DESTINATIONS)


def _other_name(key: str, naming: Naming) -> Remark:
    meant = CATALOGUE[naming.meant or ""]
    message = f"{quote(key)} is a name of {meant.name}, and not its key."
    return Remark("not-the-key", message, f"Use {quote(meant.key)}.", DESTINATIONS)


def _wrong_case(key: str, naming: Naming) -> Remark:
    if naming.meant == ALL:
        message = f"{quote(key)} isn’t All. Analytics.js ignores it; what Segment’s servers do with it isn’t published."
        return Remark("all-lower-case", message, "Write All.", FILTERING)
    right = join_names(map(quote, (naming.meant,) if naming.meant else naming.candidates), "or")
    message = f"{quote(key)} differs from the key in capitals or blanks, and so names nothing."
    return Remark("wrong-case", message, f"Use {right}.", FILTERING)


def _warehouse_name(key: str, naming: Naming) -> Remark:
    fix = f'Use {quote(naming.meant or "")}: {{"all": true}} or {{"all": false}}.'
    return Remark("not-the-key", f"{quote(key)} isn’t addressed by its name.", fix, WAREHOUSES)


def _function(key: str, naming: Naming) -> Remark:
    del naming  # only the workspace knows its functions
    message = f"{quote(key)} looks like a destination function: its name, and your workspace’s in brackets."
    return Remark("destination-function", message, "Check both parts, capitals included.", FUNCTIONS)


def _instance(key: str, naming: Naming) -> Remark:
    one = CATALOGUE[naming.candidates[0]]
    message = (
        f"{quote(key)} looks like one instance of {one.name}. Instances can’t be addressed singly: the key {quote(one.key)} "
        "stands for all of them."
    )
    fix = (
        f"Use {quote(one.key)}, and tell instances apart by destination filters. A function’s key is Name (Workspace)."
    )
    return Remark("one-instance", message, fix, INSTANCES)


def _unknown(key: str, naming: Naming, value: Value, consequence: str) -> Remark:
    message = f"No destination has the key {quote(key)}. {consequence}"
    if key.casefold() == "integrations" and isinstance(value, dict):
        return Remark("unknown-key", message, "The object is one level too deep: take this key away.", COMMON_FIELDS)
    if naming.candidates == (ENGAGE,):
        return Remark("unknown-key", message, f"The key of the Engage space is {quote(ENGAGE)}.", FILTERING)
    if naming.candidates == (SEGMENT,):
        return Remark("unknown-key", message, f"Segment’s own key is {quote(SEGMENT)}.", FILTERING)
    near = did_you_mean(map(quote, (naming.meant,) if naming.meant else naming.candidates)).strip()
    function = f"A destination function’s key is {quote(key + ' (Workspace)')}."
    fix = near or f"Look the key up in your workspace. {function}"
    if near and "function" in key.casefold():
        fix = f"{function} {near}"
    return Remark("unknown-key", message, fix, FUNCTIONS if not near else DESTINATIONS)


def _consequence(value: Value, closed: Closed) -> str:
    """Return a sentence on what happens to the tool for which a wrong key was written."""
    if isinstance(value, Variable):
        return "The entry has no effect."
    if not meant_boolean(value):
        if closed == "open":
            return "It stops nothing: the tool still gets the event."
        return "The entry has no effect; All: false decides."
    if closed == "open":
        return "It switches nothing on."
    if closed == "for all":
        return "With All: false and no right key beside it, this event reaches no destination."
    return "With All: false, the tool that it stands for doesn’t get the event."


_WRONG: dict[str, Callable[[str, Naming], Remark]] = {
    "twin": _twin,
    "other-name": _other_name,
    "wrong-case": _wrong_case,
    "warehouse": _warehouse_name,
    "function": _function,
    "instance": _instance,
}
