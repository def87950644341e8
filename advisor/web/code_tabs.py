"""One tab among several: a link where an address can hold what it chooses, else a button of the form."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from advisor.web.code_chosen import Chosen


@dataclass(frozen=True)
class Tab:
    """``key`` is what it chooses, ``address`` the page with that choice. ``is_old``: at its end of support."""

    key: str
    text: str
    address: str | None
    is_current: bool
    is_old: bool = False


def choosing(address: str | None, chosen: Chosen) -> str | None:
    """The address with this choice, if there is one."""
    pairs = chosen.pairs()
    if address is None or not pairs:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}"
