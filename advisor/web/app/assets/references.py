"""References from one static file to another, such as ``../base/tokens.css``. Sheets and modules use them."""

from __future__ import annotations

import posixpath


class BrokenReferenceError(ValueError):
    """Raised at start if a static file refers to something that cannot be served."""

    def __init__(self, name: str, reference: str, problem: str) -> None:
        super().__init__(f"static/{name}: {reference} {problem}")


def resolve(name: str, reference: str) -> str:
    """Return the name of the file that the file ``name`` refers to, from the folder of static files.

    Raises `BrokenReferenceError` if the reference is not relative or leaves that folder.
    """
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), reference))
    if not reference.startswith(("./", "../")) or target.startswith("../"):
        raise BrokenReferenceError(name, reference, "is not relative, or leads out of the folder")
    return target
