"""Finds requests to Segment's HTTP API that code makes: ``fetch(address, {body})``, ``requests.post(address, json={…})``.

Used by `texts`.
"""

from __future__ import annotations

import re

from advisor.explain.parse.conversion import Conversion
from advisor.explain.parse.tree import Argument, Call, Constant, Mapping, Name, Node
from advisor.explain.parse.values import Invocation, Value
from advisor.model import CALL_TYPES

_ADDRESS = re.compile(rf"/v1/({'|'.join(CALL_TYPES)})\b")
_BODIES = ("json", "body", "data", "payload")
_CALLERS = frozenset({"fetch", "post", "request", "axios", "put"})


def read_request(made: Conversion) -> Invocation | None:
    """Return the first request as a call of its type, or None if the text has no request."""
    reader, tokens = made.reader, made.reader.tokens
    for at, token in enumerate(tokens.items):
        if token.kind != "text" or not (address := _ADDRESS.search(str(token.value))):
            continue
        opening = tokens.around[at]
        if opening < 1 or not tokens[opening].is_sign("(") or not tokens[opening - 1].is_name(*_CALLERS):
            continue
        node, _ = reader.postfix(Name(str(tokens[opening - 1].value), tokens[opening - 1].start), opening)
        body = _body(made, node)
        made.offsets[()] = token.start
        if body is not None:
            made.offsets[(0,)] = body.start
        value: list[Value] = [] if body is None else [made.value(body, (0,))]
        return Invocation(f"v1/{address[1]}", value, {})
    return None


def _body(made: Conversion, node: Node) -> Node | None:
    """Return the message among the arguments of a request: the one with a name such as ``body``, or else the first object."""
    if not isinstance(node, Call):
        return None
    named = _find_named(made, node.arguments)
    if named is not None:
        return named
    for each in node.arguments:
        known = made.resolve_node(each.value)
        if isinstance(known, Mapping):
            inner = _find_named(made, tuple(Argument(entry.value, entry.start, entry.key) for entry in known.entries))
            return known if inner is None else inner
    rest = [each.value for each in node.arguments if not isinstance(each.value, Constant)]
    return rest[0] if rest else None


def _find_named(made: Conversion, arguments: tuple[Argument, ...]) -> Node | None:
    return next((made.resolve_node(each.value) for name in _BODIES for each in arguments if each.name == name), None)
