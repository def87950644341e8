"""Sorts the properties of an event by the calls that may carry them (law, part 2.4).

Used by the advice and by the code snippets.
"""

from collections.abc import Iterable

from msgspec import Struct

from advisor.model import Property

COMMON = "/common"
"""The pointer of the plan's common properties."""


class Placed(Struct, frozen=True, gc=False):
    """A property with its full name, which includes its parents, and its pointer.

    The pointer leads into the event, or into the plan if it begins with `COMMON`.
    """

    name: str
    pointer: str
    property: Property

    def at(self, event: str) -> str:
        """Return the pointer into the plan, given the pointer of the event."""
        return self.pointer if self.pointer.startswith(COMMON) else event + self.pointer


class SortedProperties(Struct, gc=False):
    """The properties that an event carries, sorted by the calls that may carry them and by the side that knows them.

    ``names`` are the properties of the server call, ``open`` those that a client call carries too. ``masked`` are never
    in a client call, because they are sensitive or known by the server only. Of nested ones the outermost is listed; a
    parent is sent without its masked child. ``from_client`` are known by the client only. ``computed`` is the first
    required property that only the server knows and whose parents are required too.
    """

    names: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    masked: list[Placed] = []
    from_client: list[Placed] = []
    computed: Placed | None = None


def sort_properties(properties: tuple[Property, ...], common: tuple[Property, ...] = ()) -> SortedProperties:
    """Return an event's properties and the plan's common ones, sorted in one pass.

    An event's own property comes in the place of a common one of the same name.
    """
    result = SortedProperties()
    _add_all(enumerate(properties), "/properties", result)
    if common:
        own = frozenset(result.names)
        _add_all([(index, item) for index, item in enumerate(common) if item.name not in own], COMMON, result)
    return result


def _add_all(properties: Iterable[tuple[int, Property]], pointer: str, result: SortedProperties) -> None:
    """Add properties that are in no other, each with its index at the pointer."""
    listed = list(properties)
    if listed:
        result.names += tuple([item.name for _, item in listed])
        result.open += tuple([item.name for _, item in listed if not is_masked(item)])
        _visit(listed, pointer, "", result, required=True, masked=False, from_client=False)


def is_masked(item: Property) -> bool:
    """Return whether a client call must not carry the property."""
    return item.sensitive or item.known_by == "server"


def _visit(
    properties: Iterable[tuple[int, Property]],
    pointer: str,
    path: str,
    result: SortedProperties,
    *,
    required: bool,
    masked: bool,
    from_client: bool,
) -> None:
    """Add the properties of one level to the result. The flags say what is true for the parent."""
    for index, item in properties:
        known_by = item.known_by
        if known_by == "either" and not item.sensitive and not item.properties:
            continue  # the most common case
        masks, knows, needs = is_masked(item), known_by == "client", required and item.required
        place = Placed(path + item.name, f"{pointer}/{index}", item)
        if masks and not masked:
            result.masked.append(place)
        if knows and not from_client:
            result.from_client.append(place)
        if needs and known_by == "server" and result.computed is None:
            result.computed = place
        if item.properties:
            _visit(
                enumerate(item.properties),
                f"{place.pointer}/properties",
                f"{place.name}.",
                result,
                required=needs,
                masked=masked or masks,
                from_client=from_client or knows,
            )
