"""A guess at the kind of personal data that a property holds, from its name. Nothing counts until somebody chooses it."""

from __future__ import annotations

from advisor.knowledge.sensitive_names import sensitive_kind
from advisor.model import Personal

_KINDS: dict[str, Personal] = {
    "an e-mail address": "contact",
    "a phone number": "contact",
    "a postal address": "contact",
    "a card number": "finance",
    "bank details": "finance",
    "income or credit": "finance",
    "a secret": "credential",
    "an identity number": "identity",
    "a date of birth": "identity",
    "an IP address": "identity",
    "a device's advertising id": "identity",
    "a special category of personal data": "identity",
    "a precise location": "location",
    "health data": "health",
}
"""What `sensitive_kind` says about a name, as a kind of personal data."""


def guess_personal(name: str) -> Personal:
    """Return the kind of personal data that the name suggests; empty if none."""
    return _KINDS.get(sensitive_kind(name) or "", "")
