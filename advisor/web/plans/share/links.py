"""The secret part of a share link: 128 bits, derived from the id of the link and the secret key of this installation.

The database stores only a hash of it: the sharing page can show a link again, but a copy of the database opens no plan.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app, url_for

from advisor.store import Share

TOKEN_BYTES = 16


def new_share_id() -> str:
    """Return a random id for a new link."""
    return secrets.token_hex(16)


def token_of(share_id: str) -> str:
    """Return the secret part of the link with this id."""
    key = current_app.extensions["settings"].secret_key.encode()
    digest = hmac.digest(key, b"link to a plan " + share_id.encode(), "sha256")
    return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return the hash of a secret, by which the database finds its link."""
    return sha256(token.encode()).hexdigest()


def address_of(share: Share) -> str | None:
    """Return the whole address of a link, or only its path if the address of the app is unknown.

    Returns None for a link that was made with another secret key, because its secret can't be derived any more.
    """
    token = token_of(share.id)
    if not hmac.compare_digest(hash_of(token), share.token_hash):
        return None
    # Don't use the Host header: an attacker could send a wrong one and get links that lead to their own server.
    return f"{current_app.extensions['address'] or ''}{url_for('share.open_link', token=token)}"
