"""The tabs above the code of the advice panel: links, or buttons of the form if the state is too long for an address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from advisor.web.advice_panel.chosen_code import Chosen


@dataclass(frozen=True)
class Tab:
    """A tab. ``key`` is its choice, ``address`` the page with that choice, ``is_old`` says whether support has ended."""

    key: str
    text: str
    address: str | None
    is_current: bool
    is_old: bool = False


def with_choice(address: str | None, chosen: Chosen) -> str | None:
    """Return the address with this choice added, or None if ``address`` is None."""
    pairs = chosen.pairs()
    if address is None or not pairs:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}"
