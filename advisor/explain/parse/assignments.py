"""Finds what a part of the code sets on an event: ``event.integrations = …``, ``putIntegrations``, and the ids.

Used by `conversion` and `texts`.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.explain.parse.builders import CLOUD_STEPS, INTEGRATION_STEPS, from_steps
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Choice, Constant, Entry, Mapping, Name, Node, Opaque

INTEGRATIONS = "integrations"
_BARE = frozenset({INTEGRATIONS, "userId", "anonymousId", "previousId", "groupId", "messageId"})
"""Fields that count without an object before them, as in a block whose receiver is the event."""
_BRANCHES = frozenset({"else", "switch", "when", "case", "elif", "elsif"})


def read_assignments(reader: Reader, first: int, end: int) -> dict[str, Node]:
    """Return what the tokens from ``first`` to ``end`` set: field name, in the spelling of the language -> value."""
    found: dict[str, Node] = {}
    switches: list[Entry] = []
    times = 0
    tokens, place = reader.tokens, first
    while place < end:
        token = tokens[place]
        step = place + 1
        if token.is_name() and (value_at := _value_place(tokens, place)) is not None:
            name = str(token.value)
            is_object = name.lower() == INTEGRATIONS
            times += is_object
            found[name], step = _read(reader, value_at, strict=is_object)
        elif (value_at := _returned_place(tokens, place)) is not None:
            found[INTEGRATIONS], step = reader.expression(value_at)
            times += 1
        elif (entry := _entry_at(reader, place)) is not None:
            switches.append(entry)
        elif token.is_name(*INTEGRATION_STEPS, *CLOUD_STEPS) and tokens[place + 1].is_sign("("):
            node, step = reader.postfix(Name(str(token.value), token.start), place + 1, statement=True)
            switches.extend(from_steps(node))
        place = max(step, place + 1)
    _settle(found, switches, times, _has_branches(tokens, first, end))
    return found


def _read(reader: Reader, at: int, *, strict: bool) -> tuple[Node, int]:
    """Return an assigned value and the index after it. If not ``strict``, a value that can't be read is unknown."""
    try:
        return reader.expression(at, statement=True)
    except LiteralError:
        if strict:
            raise
        return Opaque("…", reader.tokens[at].start), at + 1


def _settle(found: dict[str, Node], switches: list[Entry], times: int, branches: bool) -> None:
    """Merge the object and the entries that are set one by one."""
    name = next((each for each in found if each.lower() == INTEGRATIONS), INTEGRATIONS)
    if branches:
        switches = [_in_branches(each, switches) for each in switches]
    if times > 1 and branches:
        found[name] = Opaque("set in more than one place", found[name].start)
    if not switches:
        return
    base = found.get(name)
    if base is None:
        found[name] = Mapping(tuple(switches), switches[0].start)
    elif isinstance(base, Mapping):
        found[name] = Mapping((*base.entries, *switches), base.start, base.type)


def _in_branches(entry: Entry, switches: list[Entry]) -> Entry:
    """Return an entry with a choice of its values, if more than one branch may set it."""
    values = tuple(each.value for each in switches if each.key == entry.key)
    return replace(entry, value=Choice(values, entry.start, "if … else …")) if len(values) > 1 else entry


def _has_branches(tokens: Tokens, first: int, end: int) -> bool:
    return any(tokens[place].is_name(*_BRANCHES) for place in range(first, end))


def _value_place(tokens: Tokens, at: int) -> int | None:
    """Return the index of the value that is assigned to the field named at ``at``, or None."""
    if not tokens[at + 1].is_sign("="):
        return None
    before = tokens[at - 1]
    has_owner = at > 0 and before.kind == "sign" and before.value in tokens.dialect.links
    if has_owner and (tokens[at - 2].is_name() or tokens[at - 2].is_sign(")", "!", "]", "?")):
        return at + 2
    in_call = tokens.around[at] >= 0 and tokens[tokens.around[at]].is_sign("(")
    return at + 2 if str(tokens[at].value) in _BARE and not has_owner and not in_call else None


def _returned_place(tokens: Tokens, at: int) -> int | None:
    """Return the index of the value in an object that a function returns: ``({ ...event, integrations: … })``."""
    token, around = tokens[at], tokens.around[at]
    if (
        tokens.dialect.language != "javascript"
        or token.value != INTEGRATIONS
        or not tokens[at + 1].is_sign(":")
        or around < 1
    ):
        return None
    before = tokens[around - 1]
    return at + 2 if before.is_name("return") or (before.is_sign("(") and tokens[around - 2].is_sign("=>")) else None


def _entry_at(reader: Reader, at: int) -> Entry | None:
    """Return an entry that is set alone: ``event.integrations["All"] = false``, ``event.integrations.All = false``.

    ``message["integrations"] = {…}`` sets the whole object, and isn't read here.
    """
    tokens = reader.tokens
    if not tokens[at].is_name() or str(tokens[at].value).lower() != INTEGRATIONS:
        return None
    place = at + 1
    if tokens[place].is_sign("!", "?"):
        place += 1
    if tokens[place].is_sign("!.", "?.", ".") and tokens[place + 1].is_name() and tokens[place + 2].is_sign("="):
        value, _ = reader.expression(place + 3, statement=True)
        return Entry(str(tokens[place + 1].value), value, tokens[place + 1].start)
    if (
        not tokens[place].is_sign("[")
        or place not in tokens.closing
        or not tokens[tokens.closing[place] + 1].is_sign("=")
    ):
        return None
    key, _ = reader.expression(place + 1)
    value, _ = reader.expression(tokens.closing[place] + 2, statement=True)
    return Entry(f"{key.value}" if isinstance(key, Constant) else None, value, tokens[place + 1].start)
