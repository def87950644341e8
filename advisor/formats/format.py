"""The type of a format: what it is called, how it is recognised, its reader and its writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, get_args

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.losses import Written
from advisor.formats.reading import PlanReading
from advisor.model import Plan

Fidelity = Literal["lossless", "stable", "lossy"]
"""``lossless``: importing and exporting gives the same values back, in the same order. ``stable``: an export, imported and
exported again, stays the same. ``lossy``: the format can't hold all of a plan that came from it; the report says what."""


Carried = Literal[
    "name",
    "common",
    "calls",
    "versions",
    "labels",
    "owners",
    "properties",
    "descriptions",
    "types",
    "required",
    "values",
    "nesting",
    "sensitive",
]
"""What of a plan a format may have a place for: the plan's name, common properties, calls other than track, versions, labels and
owners of events; their properties, and of these descriptions, types, which are required, allowed values, children, and which are
sensitive."""
EVERYTHING: frozenset[Carried] = frozenset(get_args(Carried))


class Confidence(IntEnum):
    """How sure it is that files are in a format."""

    POSSIBLE = 1
    """Nothing speaks against it: any table is possibly a plan."""
    LIKELY = 2
    """The structure fits, and other formats could have it too."""
    CERTAIN = 3
    """Only this format has what was found."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Why files are taken for a format. ``marks`` are what was found, as a sentence lists it: ``a list “rules”``."""

    confidence: Confidence
    marks: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """What decides between formats: first how sure it is, then how many marks were found."""
        return self.confidence, len(self.marks)


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What an export adds to what the plan came with. Without any of it, an unchanged plan gives its file back."""

    verdict: bool = False
    """Write the placement in force where people filter by it: labels, tags, sources."""
    advisor_data: bool = False
    """Write answers, decision and all else of ours into the one slot of the format (`advisor.formats.own_slot`)."""


Recognise = Callable[[FileTree], Recognition | None]
Read = Callable[[FileTree], PlanReading]
Write = Callable[[Plan, WriteOptions], Written]
Takes = Callable[[SourceFile], bool]


def every_file(file: SourceFile) -> bool:  # noqa: ARG001 - whatever is in it
    """Return that the reader of a format gets all files; it names by itself what it leaves out."""
    return True


@dataclass(frozen=True, slots=True)
class Format:
    """A format of tracking plans.

    ``recognise`` looks at content alone, never at names of files, and never raises. ``read`` raises
    `advisor.formats.places.FormatError`. ``namespace`` is the key of its data under ``extra``; formats of one tool share it.
    """

    key: str
    title: str
    fidelity: Fidelity
    looked_for: str
    """What `recognise` looks for, for the message when nothing was recognised: ``an object with “rules”``."""
    recognise: Recognise | None = None
    read: Read | None = None
    write: Write | None = None
    namespace: str = ""
    takes: Takes | None = None
    """Which of several files belong to a plan in this format, besides those that are recognised alone. The others are
    named as left out."""
    carries: frozenset[Carried] = EVERYTHING
    """What the format has a place for. `advisor.formats.unheld` reports what of a plan it has none for."""

    @property
    def reads(self) -> bool:
        """Whether plans can be imported from this format."""
        return self.read is not None

    @property
    def writes(self) -> bool:
        """Whether plans can be exported to this format."""
        return self.write is not None

    @property
    def extra_key(self) -> str:
        """The key of this format's data under ``extra``."""
        return self.namespace or self.key
