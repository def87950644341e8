"""Finds what a part of the code sets on an event: ``event.integrations = …``, ``putIntegrations``, and the ids.

Used by `conversion` and `texts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from advisor.explain.parse.builders import CLOUD_STEPS, INTEGRATION_STEPS, from_steps, key_of
from advisor.explain.parse.conditions import early_return, run_time_condition
from advisor.explain.parse.expressions import Reader
from advisor.explain.parse.source import LiteralError
from advisor.explain.parse.tokens import Tokens
from advisor.explain.parse.tree import Choice, Constant, Entry, Mapping, Name, Node, Opaque
from advisor.knowledge.libraries import Language

INTEGRATIONS = "integrations"
UPDATE = "updateEvent"
"""The method of Analytics.js with which a plugin sets a field of an event."""
_BARE = frozenset({INTEGRATIONS, "userId", "anonymousId", "previousId", "groupId", "messageId"})
"""Fields that count without an object before them, as in a block whose receiver is the event."""
_IMPLICIT: frozenset[Language] = frozenset({"kotlin", "swift", "javascript", "csharp", "dart", "java", "objective-c"})
"""Languages in whose blocks a field can be set without the object before it, or whose event is called like the field."""
_MAX_NESTED = 20
"""The number of single entries after which assignments inside of an assigned value aren't looked for, to bound the time."""
_BRANCHES = frozenset({"else", "switch", "when", "case", "elif", "elsif"})


class _Set(NamedTuple):
    """A whole object or a single entry that is set.

    ``name`` is the field's. ``is_owned`` says whether something, such as the event, comes before the field. ``condition``
    is known at run time only.
    """

    value: Node | Entry
    name: str
    is_owned: bool
    condition: str | None


@dataclass
class _Settings:
    """What a part of the code, which begins at ``first``, sets: whole objects, single entries, and other fields.

    ``leaves`` is the index where it may end early, and the condition.
    """

    first: int
    leaves: tuple[int, str] | None = None
    objects: list[_Set] = field(default_factory=list)
    entries: list[_Set] = field(default_factory=list)
    others: dict[str, Node] = field(default_factory=dict)

    def add(self, reader: Reader, at: int, value: Node | Entry, name: str = "integrations") -> None:
        """Add an object or an entry that the tokens at an index set."""
        is_owned = _has_owner(reader.tokens, at) or not reader.tokens[at].is_name() or name != reader.tokens[at].value
        condition = run_time_condition(reader, at, self.first)
        if condition is None and self.leaves is not None and at > self.leaves[0]:
            condition = self.leaves[1]
        made = _Set(value, name, is_owned, condition)
        (self.entries if isinstance(value, Entry) else self.objects).append(made)

    def without_variables(self) -> _Settings:
        """Return only what is set on an event, without variables of the same name."""
        objects = [each for each in self.objects if each.is_owned]
        return _Settings(
            self.first, self.leaves, objects, [each for each in self.entries if each.is_owned], self.others
        )


def read_assignments(reader: Reader, first: int, end: int, *, declared: bool = False) -> dict[str, Node]:
    """Return what the tokens from ``first`` to ``end`` set: field name, in the spelling of the language -> value.

    With ``declared``, a new variable of the name counts, too.
    """
    tokens, place, read = reader.tokens, first, _Settings(first, early_return(reader, first, end))
    while place < end:
        place = max(_read_at(reader, place, read, declared=declared), place + 1)
    if any(each.is_owned for each in read.objects) or (not declared and _is_variable(tokens)):
        read = read.without_variables()
    name, node = _settle(read, branches=_has_branches(tokens, first, end))
    return {**read.others, name: node} if node is not None else read.others


def _read_at(reader: Reader, place: int, read: _Settings, *, declared: bool) -> int:
    """Add what is set at an index, and return the index at which to go on."""
    tokens, token = reader.tokens, reader.tokens[place]
    if token.is_name() and (value_at := _value_place(tokens, place, declared=declared)) is not None:
        name = str(token.value)
        is_object = name.lower() == INTEGRATIONS
        node, after = _read(reader, value_at, strict=is_object)
        if is_object:
            read.add(reader, place, node, name)
        else:
            read.others[name] = node
        return after
    if (value_at := _returned_place(tokens, place)) is not None:
        node, after = reader.expression(value_at)
        opening = tokens[tokens.around[place] - 1]
        read.objects.append(_Set(node, INTEGRATIONS, True, "" if opening.is_sign("?", ":") else None))
        return after
    if (single := _entry_at(reader, place)) is not None:
        read.add(reader, place, single[0], str(token.value))
        return single[1] if len(read.entries) > _MAX_NESTED else place
    if token.is_name(*INTEGRATION_STEPS, *CLOUD_STEPS) and tokens[place + 1].is_sign("("):
        node, after = reader.postfix(Name(str(token.value), token.start), place + 1, statement=True)
        for entry in from_steps(node, tokens.dialect.language):
            read.add(reader, place, entry)
        return after
    return _read_update(reader, place, read)


def _read_update(reader: Reader, at: int, read: _Settings) -> int:
    """Add what ``updateEvent("integrations", …)`` or ``Object.assign`` sets, and return the index at which to go on."""
    tokens = reader.tokens
    if not tokens[at].is_name(UPDATE, "assign") or not tokens[at + 1].is_sign("("):
        return at
    given = [each.value for each in reader.arguments(at + 1)]
    target = given[0] if given else None
    if isinstance(target, Name):
        for each in given[1:] if target.text.endswith(f".{INTEGRATIONS}") else ():
            read.add(reader, at, Entry(None, each, each.start, spread=True))
        return at
    path = given[0].value if len(given) == 2 and isinstance(given[0], Constant) else None
    if not isinstance(path, str) or path.partition(".")[0] != INTEGRATIONS:
        return at
    if key := path.partition(".")[2]:
        read.add(reader, at, Entry(key, given[1], given[0].start))
    else:
        read.add(reader, at, given[1])
    return reader.closing(at + 1) + 1


def _is_variable(tokens: Tokens) -> bool:
    """Return whether the name alone, without an event before it, can only be a variable of the text."""
    return tokens.dialect.language not in _IMPLICIT or any(
        token.is_name(INTEGRATIONS) and is_declared(tokens, at) and tokens[at + 1].is_sign("=", ":")
        for at, token in enumerate(tokens.items)
    )


def _has_owner(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens[at - 1].kind == "sign" and tokens[at - 1].value in tokens.dialect.links


def _read(reader: Reader, at: int, *, strict: bool) -> tuple[Node, int]:
    """Return an assigned value and the index after it. If not ``strict``, a value that can't be read is unknown."""
    try:
        return reader.expression(at, statement=True)
    except LiteralError:
        if strict:
            raise
        return Opaque("…", reader.tokens[at].start), at + 1


def _settle(read: _Settings, *, branches: bool) -> tuple[str, Node | None]:
    """Return the name of the field and the object that is set, with the entries that are set one by one; None without any."""
    name = read.objects[-1].name if read.objects else INTEGRATIONS
    base = _settle_objects(read.objects, branches=branches)
    entries = tuple(_settle_entries(read.entries, branches=branches))
    if not entries:
        return name, base
    if base is None:
        return name, Mapping(entries, entries[0].start)
    given = base.entries if isinstance(base, Mapping) else (Entry(None, base, base.start, spread=True),)
    return name, Mapping((*given, *entries), base.start, base.type if isinstance(base, Mapping) else "")


def _settle_objects(objects: list[_Set], *, branches: bool) -> Node | None:
    """Return the object that the last assignment sets, or a choice if it may not run."""
    nodes = [each.value for each in objects if not isinstance(each.value, Entry)]
    if len(nodes) > 1 and branches:
        return Opaque("set in more than one place", nodes[-1].start)
    if not nodes or objects[-1].condition is None:
        return nodes[-1] if nodes else None
    before = nodes[-2] if len(nodes) > 1 else Mapping((), nodes[-1].start)
    return Choice((before, nodes[-1]), nodes[-1].start, _branch(objects[-1].condition))


def _settle_entries(entries: list[_Set], *, branches: bool) -> Iterator[Entry]:
    """Yield one entry for each that is set, with a choice of its values if more than one branch may set it."""
    by_key: dict[str | None, list[Entry]] = {}
    for each in entries:
        if isinstance(each.value, Entry):
            by_key.setdefault(each.value.key, []).append(each.value)
    settled: set[str | None] = set()
    for entry, condition in ((each.value, each.condition) for each in entries):
        if not isinstance(entry, Entry) or entry.key in settled:
            continue
        alike = by_key[entry.key]
        if branches and entry.key is not None and len(alike) > 1:
            settled.add(entry.key)
            yield replace(entry, value=Choice(tuple(each.value for each in alike), entry.start, "if … else …"))
        elif condition is not None:
            yield replace(entry, value=Opaque(_branch(condition), entry.start))
        else:
            yield entry


def _branch(condition: str) -> str:
    """Return how a branch is shown in place of the value that it sets."""
    return f"if {condition} …" if condition else "if …"


def _has_branches(tokens: Tokens, first: int, end: int) -> bool:
    return any(tokens[place].is_name(*_BRANCHES) for place in range(first, end))


def _value_place(tokens: Tokens, at: int, *, declared: bool) -> int | None:
    """Return the index of the value that is assigned to the field named at ``at``, or None."""
    if not tokens[at + 1].is_sign("="):
        return None
    has_owner = _has_owner(tokens, at)
    if has_owner and (tokens[at - 2].is_name() or tokens[at - 2].is_sign(")", "!", "]", "?")):
        return at + 2
    if has_owner or str(tokens[at].value) not in _BARE or (is_declared(tokens, at) and not declared):
        return None
    in_call = tokens.around[at] >= 0 and tokens[tokens.around[at]].is_sign("(")
    return None if in_call else at + 2


def is_declared(tokens: Tokens, at: int) -> bool:
    """Return whether the name at ``at`` is that of a new variable: a word or a type comes before it."""
    before = tokens[at - 1]
    return at > 0 and not tokens[at].fresh and (before.is_name() or before.is_sign(">", "*", "?", "]"))


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
    is_returned = before.is_name("return") or (before.is_sign("(") and tokens[around - 2].is_sign("=>"))
    is_spread = tokens[around + 1].is_sign("...") and tokens[around + 2].is_name() and tokens[around + 3].is_sign(",")
    return at + 2 if is_returned or (is_spread and before.is_sign("?", ":")) else None


def _entry_at(reader: Reader, at: int) -> tuple[Entry, int] | None:
    """Return an entry that is set alone, and the index after it: ``event.integrations["All"] = false``; None without one.

    ``message["integrations"] = {…}`` sets the whole object, and isn't read here.
    """
    tokens = reader.tokens
    if not tokens[at].is_name() or str(tokens[at].value).lower() != INTEGRATIONS:
        return None
    place = at + 1
    if tokens[place].is_sign("!", "?"):
        place += 1
    is_linked = tokens[place].is_sign("!.", "?.", ".")
    if is_linked and (entry := _value_set_by_path(reader, place + 1)) is not None:
        return entry, reader.closing(place + 2) + 1
    if is_linked and tokens[place + 1].is_name() and tokens[place + 2].is_sign("="):
        value, end = reader.expression(place + 3, statement=True)
        return Entry(str(tokens[place + 1].value), value, tokens[place + 1].start), end
    if (
        not tokens[place].is_sign("[")
        or place not in tokens.closing
        or not tokens[tokens.closing[place] + 1].is_sign("=")
    ):
        return None
    key, _ = reader.expression(place + 1)
    value, end = reader.expression(tokens.closing[place] + 2, statement=True)
    return Entry(f"{key.value}" if isinstance(key, Constant) else None, value, tokens[place + 1].start), end


def _value_set_by_path(reader: Reader, at: int) -> Entry | None:
    """Return the entry of Swift's ``integrations?.setValue(value, forKeyPath: key)``, whose method is at ``at``."""
    tokens = reader.tokens
    if not tokens[at].is_name("setValue") or not tokens[at + 1].is_sign("("):
        return None
    given = reader.arguments(at + 1)
    if len(given) != 2 or given[1].name not in ("forKeyPath", "forKey"):
        return None
    return Entry(key_of(given[1].value), given[0].value, given[1].value.start)
