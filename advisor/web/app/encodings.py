"""How content is compressed for HTTP, and which way a client prefers.

Static files and pages use it. Brotli is there only if its package is installed (``pip install advisor[compress]``).
"""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec

from werkzeug.datastructures import Accept

IDENTITY = "identity"
LARGEST_NOISE = 100
"""The largest number of random bytes that are added to a page."""


def _gzip_smallest(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _brotli_smallest(content: bytes) -> bytes:
    import brotli  # noqa: PLC0415 - an extra: it may not be installed

    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))


_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    **({"br": _brotli_smallest} if find_spec("brotli") else {}),
    "gzip": _gzip_smallest,
}
ENCODINGS = tuple(_ENCODERS)
"""The names of the encodings that can be used here, the best first."""


def preferred_encoding(accepted: Accept, offered: tuple[str, ...] = ENCODINGS) -> str:
    """Return the offered encoding that the client likes best, or `IDENTITY`.

    Of those that it likes equally, the first one offered. A client that says nothing gets `IDENTITY`.
    """
    best = max(offered, key=accepted.quality)
    plain = accepted.quality(IDENTITY) if IDENTITY in accepted.values() else 0
    return best if accepted.quality(best) > 0 and accepted.quality(best) >= plain else IDENTITY


@lru_cache(maxsize=512)
def smallest(content: bytes, encoding: str) -> bytes:
    """Return the content in this encoding, as small as it gets. Kept in memory: it is for content that stays the same."""
    return _ENCODERS[encoding](content)


def gzip_with_noise(content: bytes, level: int) -> bytes:
    """Return the content as gzip of a random length, so that its length tells little about secrets in it.

    The noise is the file name in gzip's header, which browsers skip (the remedy "Heal the BREACH").
    """
    target = io.BytesIO()
    noise = "x" * secrets.randbelow(LARGEST_NOISE + 1)
    with gzip.GzipFile(noise, "wb", level, target, mtime=0) as file:
        file.write(content)
    return target.getvalue()
