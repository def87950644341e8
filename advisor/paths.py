"""Where the templates and static files are: inside the package when installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_dir(name: str) -> Path:
    """The folder ``name``. Inside the package first: a stray folder beside an installed package must not win."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
