"""The door to the formats of other tools: recognise files, read them as a plan, and write a plan in a format.

Each format has its own module with a ``FORMAT``; `advisor.formats.registry` lists them, and ``docs/formats.md`` says how to
add one. For the pages and the verbs that import and export.
"""

from advisor.formats.carriers.archives import tree_of_bytes
from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.folders import read_paths
from advisor.formats.format import Confidence, Fidelity, Format, Recognition, WriteOptions
from advisor.formats.losses import Loss, Written
from advisor.formats.places import FormatError, Notice, Place
from advisor.formats.reading import EventReading, LeftOut, PlanReading, Practice, PropertyReading
from advisor.formats.registry import Recognised, format_named, formats, read_files, recognise
from advisor.formats.to_plan import to_plan

__all__ = [
    "Confidence",
    "EventReading",
    "Fidelity",
    "FileTree",
    "Format",
    "FormatError",
    "LeftOut",
    "Loss",
    "Notice",
    "Place",
    "PlanReading",
    "Practice",
    "PropertyReading",
    "Recognised",
    "Recognition",
    "SourceFile",
    "WriteOptions",
    "Written",
    "format_named",
    "formats",
    "read_files",
    "read_paths",
    "recognise",
    "to_plan",
    "tree_of_bytes",
]
