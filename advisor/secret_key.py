"""The key that signs cookies: created once and kept in a file that only its owner can read.

Used by the settings and the cookies of the web app.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from pathlib import Path

MIN_KEY_LENGTH = 16
"""The shortest accepted key, in characters: a shorter one could be guessed."""


class DamagedKeyError(ValueError):
    """Raised if the key file exists but contains no key."""


def keep_secret_key(file: Path) -> str:
    """Return the key in this file, and create it on first use. Processes that start together get the same key.

    Raises `OSError` if the folder is missing or cannot be written, `DamagedKeyError` if the file is damaged.
    """
    if not file.exists():
        _create(file, secrets.token_hex(32))
    key = file.read_text("ascii", "replace").strip()
    if len(key) < MIN_KEY_LENGTH or not key.isascii():
        raise DamagedKeyError(f"{file} holds no secret key; restore it from a backup")
    return key


def fingerprint(key: str) -> str:
    """Return 12 hexadecimal digits that identify the key without revealing it."""
    return hmac.digest(key.encode(), b"fingerprint of the key", "sha256").hex()[:12]


def _create(file: Path, key: str) -> None:
    """Write the whole key to a draft and link it into place. If another process was first, its key is kept."""
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
