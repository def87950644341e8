"""The secret part of a share link: 128 bits, derived from the id of the link and the secret key of this installation.

The database stores only a hash of it: the sharing page can show a link again, but a copy of the database opens no plan.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

TOKEN_BYTES = 16


def new_share_id() -> str:
    """Return a random id for a new link."""
    return secrets.token_hex(16)


def token_of(share_id: str, secret_key: str) -> str:
    """Return the secret part of the link with this id."""
    digest = hmac.digest(secret_key.encode(), b"link to a plan " + share_id.encode(), "sha256")
    return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return the hash of a secret, by which the database finds its link."""
    return sha256(token.encode()).hexdigest()


def is_secret_of(token: str, token_hash: str) -> bool:
    """Return whether the stored hash is that of this secret."""
    return hmac.compare_digest(hash_of(token), token_hash)
