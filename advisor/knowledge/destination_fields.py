"""The fields of destinations' actions that the advice needs, and what each reads by default.

``destination_fields.csv`` restates part of the field definitions of Segment's Actions destinations and of its catalogue
pages (``docs/credits.md``). ``kind``: ``match`` (an id or context that a vendor matches on), ``money`` (the value of an
order) or ``required`` (must be filled and is not by default). Used by the setup steps and by the findings about
settings.
"""

import re
from dataclasses import dataclass
from functools import cache

from advisor.knowledge.tables import rows_of

_ACTIONS = "https://github.com/segmentio/action-destinations/tree/970a17ee8d/packages/"
_PAGES = "https://www.twilio.com/docs/segment/connections/destinations/catalog/"
_ON_PAGE = re.compile(r"segment-docs:.*/catalog/(.+)/index\.md")
_OF_INTEGRATIONS = re.compile(r"\$\.integrations\.(.+)\.([^.]+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of some actions. ``default`` is what it reads until somebody changes it; empty for nothing."""

    destination: str
    actions: frozenset[str]
    name: str
    label: str
    default: str
    kind: str
    folder: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The places of a call, such as ``properties.fbp``, that it reads by default; the first that exists counts."""
        return tuple(_place(path.strip()) for path in self.default.split(" ?? ") if path)

    @property
    def citation(self) -> str:
        """The address of the source for this field."""
        page = _ON_PAGE.fullmatch(self.folder)
        return f"{_PAGES}{page[1]}" if page else _ACTIONS + self.folder

    def is_of(self, action: str) -> bool:
        """Return whether this action has the field."""
        return "*" in self.actions or action in self.actions


def match_field(destination: str, name: str) -> Field:
    """Return a field that a vendor matches on. Raises `KeyError` if the field is unknown."""
    return _match_fields()[destination, name]


def money_field(destination: str) -> Field | None:
    """Return the field that takes the value of an order, or None if the destination has none."""
    return _money_fields().get(destination)


@cache
def required_fields(destination: str) -> tuple[Field, ...]:
    """Return the fields of a destination that must be filled and are not by default."""
    return tuple(each for each in _fields() if each.destination == destination and each.kind == "required")


def _place(path: str) -> str:
    """Return the place in a call for a path of a mapping. Keys of integrations may contain dots and blanks."""
    if match := _OF_INTEGRATIONS.fullmatch(path):
        return f'integrations["{match[1]}"].{match[2]}'
    return path.removeprefix("$.")


@cache
def _match_fields() -> dict[tuple[str, str], Field]:
    return {(each.destination, each.name): each for each in reversed(_fields()) if each.kind == "match"}


@cache
def _money_fields() -> dict[str, Field]:
    return {each.destination: each for each in reversed(_fields()) if each.kind == "money"}


@cache
def _fields() -> tuple[Field, ...]:
    return tuple(
        Field(
            destination=row["destination"],
            actions=frozenset(row["action"].split("|")),
            name=row["field"],
            label=row["label"],
            default=row["default"],
            kind=row["kind"],
            folder=row["folder"],
        )
        for row in rows_of("destination_fields.csv")
    )
