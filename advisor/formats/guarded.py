"""Guards the writers of formats against plans whose ``extra`` was edited by hand.

What is kept under ``extra`` is part of the plan document, so that anybody can write anything there. `guard` turns what a writer
makes of that into an error that names the place in the plan, and lets no path out of the folder of an export. The registry
puts it around every writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from advisor.formats.format import WriteOptions
from advisor.formats.limits import MAX_PATH
from advisor.formats.losses import Written
from advisor.formats.places import Place, refusal, shown
from advisor.model import Plan, Property

Result = TypeVar("Result")
_DAMAGES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)
"""What a writer raises that finds something else under ``extra`` than its reader kept there."""


def guard(write: Callable[[Plan, WriteOptions], Result]) -> Callable[[Plan, WriteOptions], Result]:
    """Return a writer that raises `FormatError` with a place in the plan for what is wrong under its ``extra``."""

    @wraps(write)
    def guarded(plan: Plan, options: WriteOptions) -> Result:
        try:
            written = write(plan, options)
        except _DAMAGES:
            pointer = _fault(write, plan, options)
            if pointer is None:
                raise
            message = (
                "What is kept here of the file that the plan came from was changed. Remove it, or bring the file again."
            )
            raise refusal(Place(pointer=pointer), message) from None
        if isinstance(written, Written):
            _refuse_paths(written.files)
        return written

    return guarded


def _fault(write: Callable[[Plan, WriteOptions], object], plan: Plan, options: WriteOptions) -> str | None:
    """Return the pointer to the part of a plan whose ``extra`` makes its writer fail; None if the fault is elsewhere."""
    bare = _without_extra(plan)
    if _fails(write, bare, options):
        return None
    for pointer, part in _parts(plan, bare):
        if _fails(write, part, options):
            return pointer
    return "/extra"


def _parts(plan: Plan, bare: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield plans in which one part alone has its ``extra``, with the pointer to that part."""
    yield "/extra", replace(bare, extra=plan.extra)
    yield "/common", replace(bare, common=plan.common)
    for index, event in enumerate(plan.events):
        yield f"/events/{index}", replace(bare, events=(event,))


def _fails(write: Callable[[Plan, WriteOptions], object], plan: Plan, options: WriteOptions) -> bool:
    try:
        write(plan, options)
    except _DAMAGES:
        return True
    return False


def _without_extra(plan: Plan) -> Plan:
    events = tuple(
        replace(event, extra=UNSET, properties=_properties_without_extra(event.properties)) for event in plan.events
    )
    return replace(plan, extra=UNSET, events=events, common=_properties_without_extra(plan.common))


def _properties_without_extra(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    return tuple(
        replace(each, extra=UNSET, properties=_properties_without_extra(each.properties)) for each in properties
    )


def _refuse_paths(paths: Iterable[object]) -> None:
    """Raise `FormatError` for a path that is none inside the folder of an export."""
    for path in paths:
        if not isinstance(path, str) or not _is_inside(path):
            message = (
                f"The plan says that a file is written to {shown(str(path))}, which is no path inside of a folder."
            )
            raise refusal(Place(pointer="/extra"), message)


def _is_inside(path: str) -> bool:
    steps = path.replace("\\", "/").split("/")
    return {"", ".", ".."}.isdisjoint(steps) and ":" not in steps[0] and "\0" not in path and len(path) <= MAX_PATH
