"""The types of an export format and an import format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.document import Reading
from advisor.model import Plan


@dataclass(frozen=True)
class Export:
    """A format to export plans to.

    ``write`` returns the bytes of a plan, with or without advice. ``keeps`` says in two words what the file keeps or
    loses. ``needs_advice`` is true if a file of this format shows the advice, so that it can't be left out.
    """

    key: str
    name: str
    extension: str
    media_type: str
    keeps: str
    summary: str
    write: Callable[[Plan], bytes]
    needs_advice: bool = False


@dataclass(frozen=True)
class Import:
    """A format to import plans from.

    ``read`` takes the bytes and the maximum number of bytes, and raises `advisor.document.DocumentError`.
    """

    key: str
    name: str
    read: Callable[[bytes, int], Reading]
