"""What a review changes in an event: pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from msgspec.structs import replace

from advisor.model import Event, Status

KEEP, CLEAR, ONE = "set", "clear", "one"
"""The buttons: set what is said and keep the rest, clear the owner, or set both of one event, an empty owner too."""


@dataclass(frozen=True)
class ReviewChange:
    """A status and an owner to set; None leaves them as they are."""

    status: Status | None
    owner: str | None

    def of(self, event: Event) -> Event:
        """Return the event with this status and owner."""
        return replace(
            event,
            status=event.status if self.status is None else self.status,
            owner=event.owner if self.owner is None else self.owner,
        )


def review_change(do: str, status: str, owner: str) -> ReviewChange:
    """Return the change that a form asks for. ``do`` is the button that was pressed."""
    chosen = cast(Status, status) if status in get_args(Status) else None
    if do == CLEAR:
        return ReviewChange(None, "")
    return ReviewChange(chosen, owner.strip() if owner.strip() or do == ONE else None)
