"""Recovery codes: what a person writes down to open their plans in another browser.

A code is computed from the owner's id and the key of the installation, so that it can be shown again. The database has
only its hash: a copy of the database opens no plan, and a code that was written down still works if the key is lost.
Used by the page for recovery codes and by the command line.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, which has no letters that look like digits."""
CODE_LENGTH = 20
"""The number of characters of a code, together 100 bits."""
_GROUP = 5
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-‐-―]+")


def recovery_code(secret_key: str, owner: str) -> str:
    """Return the code of an owner in four groups, such as ``7K2QX-…``."""
    digest = hmac.digest(secret_key.encode(), b"recovery code of " + owner.encode(), "sha256")
    number = int.from_bytes(digest, "big")
    letters = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, CODE_LENGTH, _GROUP))


def hash_of_code(typed: str) -> str | None:
    """Return the hash that the database has for a code, however it was typed; None if the text can't be a code."""
    letters = _SEPARATORS.sub("", typed).upper().translate(_ALIKE)
    if len(letters) != CODE_LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return sha256(letters.encode()).hexdigest()
