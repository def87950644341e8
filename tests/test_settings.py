"""Environment variables, and the secret key that is generated without one."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.document_limits import MAX_BODY
from advisor.settings import Settings, SettingsError, place

KEY = "k" * 32
MEMORY = {"ADVISOR_DATABASE_URL": "sqlite://", "ADVISOR_SECRET_KEY": KEY}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for data of a user who never started the app."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("advisor.settings.user_data_dir", lambda: tmp_path / "data" / "tracking-advisor")
    return tmp_path / "data" / "tracking-advisor"


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_by_default_plans_and_key_are_in_a_private_folder(home: Path) -> None:
    """SQLite in the user's data directory, which is made, and a key beside it that only the user reads."""
    settings = Settings.from_environment({})
    assert settings.database_url == f"sqlite:///{home}/advisor.sqlite"
    assert settings.where() == str(home / "advisor.sqlite")
    assert (settings.data_dir, settings.max_body, settings.public_url) == (home, MAX_BODY, None)
    assert mode(home) == 0o700
    assert mode(home / "advisor.sqlite.key") == 0o600
    assert (home / "advisor.sqlite.key").read_text() == settings.secret_key
    assert len(settings.secret_key) == 64


def test_the_key_is_generated_once(home: Path) -> None:
    """So that visitors keep their plans when the app restarts; each database has its own."""
    first, again = Settings.from_environment({}), Settings.from_environment({})
    other = Settings.from_environment({"ADVISOR_DATABASE_URL": f"sqlite:///{home}/other.sqlite"})
    assert first.secret_key == again.secret_key != other.secret_key
    assert sorted(file.name for file in home.iterdir()) == ["advisor.sqlite.key", "other.sqlite.key"]


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    """Whole, and without drafts left behind."""
    program = "import sys; from advisor.secret_key import keep_secret_key as k; from pathlib import Path; input();"
    command = [sys.executable, "-c", program + "print(k(Path(sys.argv[1])))", str(tmp_path / "key")]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    keys = {process.communicate("\n")[0] for process in processes}
    assert keys == {(tmp_path / "key").read_text() + "\n"}
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_the_second_process_uses_the_key_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although it saw no file when it looked."""
    (tmp_path / "key").write_text(KEY)
    monkeypatch.setattr(Path, "exists", lambda _: False)
    from advisor.secret_key import keep_secret_key

    assert keep_secret_key(tmp_path / "key") == KEY
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_another_database_has_its_key_in_the_data_directory(home: Path) -> None:
    """A server's database has no folder of ours."""
    settings = Settings.from_environment({"ADVISOR_DATABASE_URL": "postgresql://alice:pass-word@host/plans"})
    assert (home / "advisor.key").read_text() == settings.secret_key
    assert mode(home / "advisor.key") == 0o600


def test_with_address_and_key_set_nothing_is_written(home: Path) -> None:
    """Such as in a container without a home."""
    assert Settings.from_environment(MEMORY).secret_key == KEY
    assert not home.exists()


def test_an_empty_variable_counts_as_unset(home: Path) -> None:
    """As tools pass variables on that nobody set."""
    names = ("DATABASE_URL", "SECRET_KEY", "MAX_BODY", "PUBLIC_URL")
    settings = Settings.from_environment({f"ADVISOR_{name}": " " for name in names})
    assert settings == Settings.from_environment({})
    assert settings.where() == str(home / "advisor.sqlite")


@pytest.mark.parametrize("content", ["", "short", "ä" * 32])
def test_a_damaged_key_is_refused(home: Path, content: str) -> None:
    """Rather than replaced, which would take every visitor's plans away."""
    home.mkdir(parents=True)
    file = home / "advisor.sqlite.key"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"advisor\.sqlite\.key.*backup.*ADVISOR_SECRET_KEY"):
        Settings.from_environment({})
    assert file.read_text() == content


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Only the data directory is made."""
    url = f"sqlite:///{tmp_path}/nowhere/plans.sqlite"
    with pytest.raises(SettingsError, match=r"nowhere.*ADVISOR_DATABASE_URL"):
        Settings.from_environment({"ADVISOR_DATABASE_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        "plans.sqlite",
        "sqlite",
        "sqlite:/plans.sqlite",
        "sqlite://plans.sqlite",
        "mysql://alice:pass-word@host/plans",
        "postgres://alice:pass-word@host/plans",
    ],
)
def test_an_unknown_database_address_is_refused_without_showing_it(url: str) -> None:
    """The message says what an address looks like; what was given may hold a password."""
    with pytest.raises(SettingsError, match=r"ADVISOR_DATABASE_URL.*sqlite:////.*postgresql://") as caught:
        Settings.from_environment({"ADVISOR_DATABASE_URL": url, "ADVISOR_SECRET_KEY": KEY})
    assert "pass-word" not in str(caught.value)


def test_a_short_key_is_refused_without_showing_it() -> None:
    """It could be guessed."""
    with pytest.raises(SettingsError, match=r"ADVISOR_SECRET_KEY.*at least 16") as caught:
        Settings.from_environment(MEMORY | {"ADVISOR_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("text", ["64MiB", "-1", "0", "1e6", "1_000", "1.5", "٣", "1" * 5000, "0x10"])
def test_a_body_limit_is_a_plain_number_of_bytes(text: str) -> None:
    """Everything else is an error that shows an example."""
    with pytest.raises(SettingsError, match=r"ADVISOR_MAX_BODY.*expected.*67108864"):
        Settings.from_environment(MEMORY | {"ADVISOR_MAX_BODY": text})


def test_a_valid_body_limit_is_accepted() -> None:
    """In bytes."""
    assert Settings.from_environment(MEMORY | {"ADVISOR_MAX_BODY": " 1048576 "}).max_body == 1_048_576


@pytest.mark.parametrize(
    "text",
    [
        "advisor.example.com",
        "ftp://advisor.example.com",
        "javascript:alert(1)",
        "https://",
        "https:///plans",
        "https://alice:pass@example.com",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://exa mple.com",
        "https://example.com:port",
        "https://[::1",
        'https://example.com/"><script>',
        "https://example.com\nX: y",
    ],
)
def test_a_public_address_must_be_a_web_address(text: str) -> None:
    """It ends up in links: scheme, host and perhaps a path, nothing else."""
    with pytest.raises(SettingsError, match=r"ADVISOR_PUBLIC_URL.*https://advisor\.example\.com"):
        Settings.from_environment(MEMORY | {"ADVISOR_PUBLIC_URL": text})


@pytest.mark.parametrize(
    ("text", "public_url", "secure"),
    [
        ("https://advisor.example.com", "https://advisor.example.com", True),
        ("https://example.com/advisor/", "https://example.com/advisor", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", False),
        ("http://[::1]:8000/", "http://[::1]:8000", False),
        ("", None, False),
    ],
)
def test_a_public_address_loses_its_trailing_slash(text: str, public_url: str | None, secure: bool) -> None:
    """And over HTTPS, cookies travel no other way."""
    settings = Settings.from_environment(MEMORY | {"ADVISOR_PUBLIC_URL": text})
    assert (settings.public_url, settings.secure_cookies) == (public_url, secure)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/my%20plans.sqlite?timeout=5", "/srv/my plans.sqlite"),
        ("sqlite://", "memory (gone when the program ends)"),
        ("sqlite:///:memory:", "memory (gone when the program ends)"),
        ("postgresql://host/plans", "PostgreSQL, host/plans"),
        ("postgresql+psycopg://alice@host:5432/plans", "PostgreSQL, host:5432/plans"),
        ("postgresql://alice:pass-word@host/plans?sslmode=require", "PostgreSQL, host/plans"),
        ("postgresql://alice:pass/?#wo@rd@host/plans", "PostgreSQL, host/plans"),
        ("postgresql:///plans?password=pass-word&user=alice", "PostgreSQL, /plans"),
        ("postgresql:///plans?password=pass@word", "PostgreSQL, /plans"),
    ],
)
def test_the_database_is_shown_without_user_name_and_password(url: str, shown: str) -> None:
    """For the line that is printed at the start, and for error messages."""
    assert place(url) == shown
    assert Settings(database_url=url, secret_key=KEY).where() == shown


def test_printing_settings_shows_no_secret() -> None:
    """Neither the key nor the password of the database."""
    settings = Settings(database_url="postgresql://alice:pass-word@host/plans", secret_key=KEY)
    assert "pass-word" not in repr(settings)
    assert KEY not in repr(settings)


def test_reading_settings_loads_neither_the_web_nor_the_database_library() -> None:
    """They sit below both: the command line reads them, too."""
    program = "import sys, advisor.settings; print([m for m in ('flask', 'sqlalchemy', 'alembic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
