"""The settings of this installation, read from environment variables; ``docs/storage.md`` lists them.

An empty variable counts as unset. This module loads neither the web app nor the database library. Used by the web app,
the store and the command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from platformdirs import user_data_path

from advisor.document_limits import MAX_BODY
from advisor.secret_key import MIN_KEY_LENGTH, DamagedKeyError, keep_secret_key

_USERINFO = re.compile(r"\A[^:/@]*(:[^@]*)?@")


def user_data_dir() -> Path:
    """Return the folder for this app's data in the user's account."""
    return user_data_path("tracking-advisor", appauthor=False)


class SettingsError(ValueError):
    """Raised if a variable cannot be used. The message names it and what is expected, and contains no secret."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of this installation. `repr` omits the database address and the key, which may contain secrets."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    data_dir: Path = field(default_factory=user_data_dir)
    max_body: int = MAX_BODY
    """The largest plan document, in bytes."""
    public_url: str | None = None
    """The address at which people reach the app, without a trailing slash; permalinks need it."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of this process. On the first start, create the data directory and the secret key.

        Raises `SettingsError` if a variable cannot be used, or if the key cannot be stored.
        """
        data_dir = user_data_dir()
        database_url = environ.get("ADVISOR_DATABASE_URL", "").strip() or default_database_url(data_dir)
        _check_database_url(database_url)
        return cls(
            database_url=database_url,
            secret_key=_secret_key(environ, database_url, data_dir),
            data_dir=data_dir,
            max_body=max_body(environ),
            public_url=public_url(environ),
        )

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies may travel over HTTPS only: true if people reach the app over HTTPS."""
        return self.public_url is not None and self.public_url.startswith("https://")

    def where(self) -> str:
        """Return the place of the database for people to read, without user name and password."""
        return place(self.database_url)


def default_database_url(data_dir: Path) -> str:
    """Return the address of the SQLite file in this folder."""
    return "sqlite:///" + quote(str(data_dir / "advisor.sqlite"))


def sqlite_file(database_url: str) -> Path | None:
    """Return the file of an SQLite address; None for a database in memory and for other databases."""
    scheme, _, rest = database_url.partition("://")
    name = unquote(rest.partition("?")[0].removeprefix("/"))
    if scheme.partition("+")[0] != "sqlite" or name in ("", ":memory:"):
        return None
    return Path(name)


def place(database_url: str) -> str:
    """Return the place of a database for people to read: a file, or host and name, never user, password or options."""
    scheme, _, rest = database_url.partition("://")
    if scheme.partition("+")[0] == "sqlite":
        file = sqlite_file(database_url)
        return str(file.absolute()) if file else "memory (gone when the program ends)"
    # An unescaped "@" in a password must not leak what follows it.
    return "PostgreSQL, " + _USERINFO.sub("", rest, count=1).partition("?")[0].rpartition("@")[2]


def max_body(environ: Mapping[str, str] = os.environ) -> int:
    """Return the size limit of a plan document in bytes (``ADVISOR_MAX_BODY``).

    Raises `SettingsError` if the variable is not a positive number.
    """
    text = environ.get("ADVISOR_MAX_BODY", "").strip()
    if not text:
        return MAX_BODY
    if not re.fullmatch("[0-9]{1,15}", text) or int(text) == 0:
        raise SettingsError(f"ADVISOR_MAX_BODY is {text!r}; expected a number of bytes, such as {MAX_BODY} for 64 MiB")
    return int(text)


def public_url(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the address at which people reach the app (``ADVISOR_PUBLIC_URL``), without a trailing slash, or None.

    Raises `SettingsError` if the variable is not such an address.
    """
    text = environ.get("ADVISOR_PUBLIC_URL", "").strip()
    if not text:
        return None
    if not _is_public_url(text):
        raise SettingsError(
            f"ADVISOR_PUBLIC_URL is {text!r}; expected the address people open, such as https://advisor.example.com,"
            " without user name, question mark or hash"
        )
    return text.rstrip("/")


def _is_public_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it raises ValueError for an invalid port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not re.search(r"""[?#\s"'<>\\]""", text)
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _check_database_url(database_url: str) -> None:
    scheme, separator, rest = database_url.partition("://")
    expected = "expected sqlite:////path/to/plans.sqlite or postgresql://user:password@host/name"
    if scheme.partition("+")[0] not in ("sqlite", "postgresql") or not separator:
        # The value is not shown: it may contain a password.
        hint = " (write postgresql:// instead of postgres://)" if scheme == "postgres" else ""
        raise SettingsError(f"ADVISOR_DATABASE_URL names no database we can use{hint}; {expected}")
    if scheme.startswith("sqlite") and rest and not rest.startswith("/"):
        raise SettingsError(f"ADVISOR_DATABASE_URL needs three slashes before a path; {expected}")


def _secret_key(environ: Mapping[str, str], database_url: str, data_dir: Path) -> str:
    given = environ.get("ADVISOR_SECRET_KEY", "").strip()
    if given and len(given) < MIN_KEY_LENGTH:
        raise SettingsError(f"ADVISOR_SECRET_KEY is too short; expected at least {MIN_KEY_LENGTH} random characters")
    file = sqlite_file(database_url)
    if given and file is None:
        return given
    beside = file or data_dir / "advisor"
    try:
        if beside.parent == data_dir:
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return given or keep_secret_key(beside.with_name(beside.name + ".key"))
    except (OSError, DamagedKeyError) as error:
        raise SettingsError(
            f"There is no place for plans and their secret key: {error}."
            " Set ADVISOR_DATABASE_URL to a file in a folder that can be written, or ADVISOR_SECRET_KEY to a long random text"
        ) from error
