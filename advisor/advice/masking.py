"""Which properties a call may carry (law, part 2.4)."""

from collections.abc import Iterator

from advisor.model import Placement, Property, Side

SIDES: tuple[Side, ...] = ("client", "server")


def is_masked(item: Property) -> bool:
    """Whether a client call must not carry the property."""
    return item.sensitive or item.known_by == "server"


def carried(properties: tuple[Property, ...], side: Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that a call carries, and those withheld from it. A masked child of a carried parent is named below it."""
    if side == "server":
        return tuple(item.name for item in properties), ()
    return (
        tuple(item.name for item in properties if not is_masked(item)),
        tuple(name for name, _, _ in masked(properties)),
    )


def masked(
    properties: tuple[Property, ...], pointer: str = "/properties", path: str = ""
) -> Iterator[tuple[str, str, Property]]:
    """Every masked property, outermost only: its name below its parents, its pointer inside the event, itself."""
    for index, item in enumerate(properties):
        here, name = f"{pointer}/{index}", f"{path}{item.name}"
        if is_masked(item):
            yield name, here, item
        elif item.properties:
            yield from masked(item.properties, f"{here}/properties", f"{name}.")


def not_sent(properties: tuple[Property, ...], placement: Placement) -> Iterator[tuple[str, str, Property]]:
    """The properties that no call carries: the masked ones of an event without a server call."""
    if placement == "client":
        yield from masked(properties)


def known_by_client(
    properties: tuple[Property, ...], pointer: str = "/properties", path: str = ""
) -> Iterator[tuple[str, str, Property]]:
    """Every property that only the client knows: its name below its parents, its pointer, itself."""
    for index, item in enumerate(properties):
        here, name = f"{pointer}/{index}", f"{path}{item.name}"
        if item.known_by == "client":
            yield name, here, item
        elif item.properties:
            yield from known_by_client(item.properties, f"{here}/properties", f"{name}.")
