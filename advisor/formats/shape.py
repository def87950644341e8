"""What a format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.document import Reading
from advisor.model import Plan


@dataclass(frozen=True)
class Export:
    """A way out. ``write`` gives the bytes of a plan, advised or bare; ``keeps`` says in two words what gets lost.

    ``needs_advice``: a file of this format is about the advice, so that it can't be left out.
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
    """A way in. ``read`` takes bytes and the most of them that are read, and raises `advisor.document.DocumentError`."""

    key: str
    name: str
    read: Callable[[bytes, int], Reading]
