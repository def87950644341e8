"""The changes that the privacy page makes to a plan: pure functions that return the changed plan."""

from __future__ import annotations

from hashlib import blake2b

from msgspec.structs import replace

from advisor.model import Destination, Personal, Plan
from advisor.privacy.guesses import with_kind


def notes_seen(item: Destination) -> str:
    """Return a short text that identifies the notes on a destination as they are now."""
    return blake2b(repr((item.consent, item.contract)).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def with_notes(plan: Plan, key: str, consent: str, contract: str) -> Plan:
    """Return the plan with these notes on a destination."""
    return replace(
        plan,
        destinations=tuple(
            replace(item, consent=consent, contract=contract) if item.key == key else item for item in plan.destinations
        ),
    )


def with_confirmed(plan: Plan, guess: Personal, kind: Personal, path: str | None) -> Plan:
    """Return the plan with a kind said for the properties of a guessed kind: for this path only, or for all of them."""
    return with_kind(plan, kind, lambda at, found: found == guess and path in (None, at))
