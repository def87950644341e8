"""The page that shows code: its addresses, and the comment that ends everything copied from it."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.knowledge.libraries import Language
from advisor.snippets import provenance


@dataclass(frozen=True)
class CodePage:
    """The page that shows the code. ``permalink`` is its public address, for the comments, and ``today`` an ISO date.

    ``address`` has the state of the page without the chosen code; it is None if the state is too long for an address.
    """

    address: str | None
    permalink: str | None
    today: str

    def note(self, language: Language) -> str:
        """Return the comment that ends what is copied: rules, date and, if there is one, the address; no final line feed."""
        return provenance(self.today, self.permalink, language)
