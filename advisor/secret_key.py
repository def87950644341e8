"""The key that signs cookies: made once, kept in a file that only its owner can read."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from pathlib import Path

MIN_KEY_LENGTH = 16
"""Characters below which a key could be guessed."""


class DamagedKeyError(ValueError):
    """The key file is there and holds no key."""


def keep_secret_key(file: Path) -> str:
    """The key in this file, made on first use. Processes that start together get the same key.

    Raises `OSError` when the folder is missing or cannot be written, `DamagedKeyError` when the file was damaged.
    """
    if not file.exists():
        _create(file, secrets.token_hex(32))
    key = file.read_text("ascii", "replace").strip()
    if len(key) < MIN_KEY_LENGTH or not key.isascii():
        raise DamagedKeyError(f"{file} holds no secret key; restore it from a backup")
    return key


def fingerprint(key: str) -> str:
    """Return what tells one key from another and gives nothing of it away: 12 hexadecimal digits."""
    return hmac.digest(key.encode(), b"fingerprint of the key", "sha256").hex()[:12]


def _create(file: Path, key: str) -> None:
    """Writes the whole key elsewhere and links it in place, which fails where another process came first."""
    descriptor, draft = tempfile.mkstemp(prefix=file.name, dir=file.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(key)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
