"""Recovery codes: what a person writes down to open their plans in another browser.

A code follows from the owner's id and the key of the installation, so that it can be shown again. The database has only
its hash: a copy of the database opens no plan, and a code that was written down outlives a lost key.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit."""
CODE_LENGTH = 20
"""Characters of a code, 100 bits."""
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
    """Return what the database knows a code by, however it was typed; None if the text can't be a code."""
    letters = _SEPARATORS.sub("", typed).upper().translate(_ALIKE)
    if len(letters) != CODE_LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return sha256(letters.encode()).hexdigest()
