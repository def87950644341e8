"""Where the templates and static files are: inside the package when installed, beside it in a checkout.

Used by the web app, the HTML report and the code snippets.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_dir(name: str) -> Path:
    """Return the folder ``name``. The package comes first, so that a stray folder beside it is never used."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
