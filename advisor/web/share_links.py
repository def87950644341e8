"""The secret part of a link: 128 bits that follow from the link's id and the key of this installation.

The database has only a hash of it. So its page can show a link again, and a copy of the database opens none.
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
    """The id of a new link."""
    return secrets.token_hex(16)


def token_of(share_id: str) -> str:
    """The secret of the link with this id."""
    key = current_app.extensions["settings"].secret_key.encode()
    digest = hmac.digest(key, b"link to a plan " + share_id.encode(), "sha256")
    return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What the database knows a link by."""
    return sha256(token.encode()).hexdigest()


def address_of(share: Share) -> str | None:
    """Return the whole address of a link, or its path alone where nobody knows what comes before it.

    None if it was made with another key, so that it can't be told any more.
    """
    token = token_of(share.id)
    if not hmac.compare_digest(hash_of(token), share.token_hash):
        return None
    # Never from the Host header: whoever sends a wrong one would get links that lead to their own server.
    return f"{current_app.extensions['address'] or ''}{url_for('share.open_link', token=token)}"
