"""Finds what a part of the code sets on an event: ``event.integrations = …``, ``putIntegrations``, and the ids.

Used by `conversion` and `texts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from advisor.explain.parse.builders import CLOUD_STEPS, INTEGRATION_STEPS, from_steps, key_of
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


@dataclass
class _Settings:
    """What a part of the code sets: whole objects with the field's name, single entries, and other fields.

    Objects and entries say whether something, such as the event, comes before the field.
    """

    objects: list[tuple[str, Node, bool]] = field(default_factory=list)
    entries: list[tuple[Entry, bool]] = field(default_factory=list)
    others: dict[str, Node] = field(default_factory=dict)

    def without_variables(self) -> _Settings:
        """Return only what is set on an event, without variables of the same name."""
        objects = [each for each in self.objects if each[2]]
        return _Settings(objects, [each for each in self.entries if each[1]], self.others)


def read_assignments(reader: Reader, first: int, end: int, *, declared: bool = False) -> dict[str, Node]:
    """Return what the tokens from ``first`` to ``end`` set: field name, in the spelling of the language -> value.

    With ``declared``, a new variable of the name counts, too.
    """
    tokens, place, read = reader.tokens, first, _Settings()
    while place < end:
        place = max(_read_at(reader, place, read, declared=declared), place + 1)
    if any(is_owned for _, _, is_owned in read.objects) or (not declared and _is_variable(tokens)):
        read = read.without_variables()
    found = {**read.others, **{name: node for name, node, _ in read.objects}}
    _settle(found, [entry for entry, _ in read.entries], len(read.objects), _has_branches(tokens, first, end))
    return found


def _read_at(reader: Reader, place: int, read: _Settings, *, declared: bool) -> int:
    """Add what is set at an index, and return the index at which to go on."""
    tokens, token = reader.tokens, reader.tokens[place]
    if token.is_name() and (value_at := _value_place(tokens, place, declared=declared)) is not None:
        name = str(token.value)
        is_object = name.lower() == INTEGRATIONS
        node, after = _read(reader, value_at, strict=is_object)
        if is_object:
            read.objects.append((name, node, _has_owner(tokens, place)))
        else:
            read.others[name] = node
        return after
    if (value_at := _returned_place(tokens, place)) is not None:
        node, after = reader.expression(value_at)
        read.objects.append((INTEGRATIONS, node, True))
        return after
    if (single := _entry_at(reader, place)) is not None:
        read.entries.append((single[0], _has_owner(tokens, place)))
        return single[1] if len(read.entries) > _MAX_NESTED else place
    if token.is_name(*INTEGRATION_STEPS, *CLOUD_STEPS) and tokens[place + 1].is_sign("("):
        node, after = reader.postfix(Name(str(token.value), token.start), place + 1, statement=True)
        read.entries.extend((each, True) for each in from_steps(node, tokens.dialect.language))
        return after
    return _read_update(reader, place, read)


def _read_update(reader: Reader, at: int, read: _Settings) -> int:
    """Add what ``updateEvent("integrations", …)`` sets in a plugin of Analytics.js, and return the index at which to go on."""
    tokens = reader.tokens
    if not tokens[at].is_name(UPDATE) or not tokens[at + 1].is_sign("("):
        return at
    given = [each.value for each in reader.arguments(at + 1)]
    path = given[0].value if len(given) == 2 and isinstance(given[0], Constant) else None
    if not isinstance(path, str) or path.partition(".")[0] != INTEGRATIONS:
        return at
    if key := path.partition(".")[2]:
        read.entries.append((Entry(key, given[1], given[0].start), True))
    else:
        read.objects.append((INTEGRATIONS, given[1], True))
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
    else:
        found[name] = Mapping((Entry(None, base, base.start, spread=True), *switches), base.start)


def _in_branches(entry: Entry, switches: list[Entry]) -> Entry:
    """Return an entry with a choice of its values, if more than one branch may set it."""
    values = tuple(each.value for each in switches if each.key == entry.key)
    return replace(entry, value=Choice(values, entry.start, "if … else …")) if len(values) > 1 else entry


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
    return at + 2 if before.is_name("return") or (before.is_sign("(") and tokens[around - 2].is_sign("=>")) else None


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
