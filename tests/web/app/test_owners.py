"""Owners of plans: no change of a cookie, a key or a clock loses the plans of a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

import itsdangerous.timed
import pytest
from flask import Flask

from advisor.recovery_code import hash_of_code, recovery_code
from advisor.secret_key import fingerprint
from advisor.settings import Settings
from advisor.store import WrongKeyError
from advisor.web import create_app
from advisor.web.app.visitor import cookie_name
from owned_plans import SHOP, own, the_store
from page_client import PageClient

NOW = time()
KEY, OTHER_KEY = "the key of one installation", "the key of another installation"


def app_with(folder: Path, key: str = KEY, *, file: str = "plans.sqlite", public_url: str | None = None) -> Flask:
    """An installation with a key and a database of its own."""
    url = f"sqlite:///{folder / file}"
    app = create_app(Settings(database_url=url, data_dir=folder, secret_key=key, public_url=public_url))
    app.test_client_class = PageClient
    return app


def cookie_of(app: Flask, client: PageClient) -> str:
    """The value of the visitor's cookie."""
    cookie = client.get_cookie(app.session_interface.get_cookie_name(app))
    assert cookie is not None
    return cookie.value


def listed(client: PageClient) -> list[str]:
    """The names of the plans that the visitor's list shows."""
    client.get("/plans")
    return [cell.text for cell in client.page.root.all("th") if "plans__name" in cell["class"]]


def start(client: PageClient, name: str) -> None:
    """Start a plan on the page."""
    client.get("/plans/new")
    client.submit("/plans/new", name=name)


def shown_code(client: PageClient) -> str:
    """The recovery code on the list of plans."""
    client.get("/plans")
    (code,) = [each.text for each in client.page.root.all("code") if "recovery" in each["class"]]
    return code


def test_two_installations_on_one_host_keep_their_cookies_apart(tmp_path: Path) -> None:
    """Browsers send the cookies of a host to all of its ports."""
    one, two = app_with(tmp_path, KEY, file="one.sqlite"), app_with(tmp_path, OTHER_KEY, file="two.sqlite")
    browser, neighbour = one.test_client(), two.test_client()
    start(browser, "Kept")
    neighbour._cookies = browser._cookies  # one jar, as for two ports of one host
    start(neighbour, "Other")
    start(neighbour, "Another")
    assert listed(browser) == ["Kept"]
    assert sorted(listed(neighbour)) == ["Another", "Other"]


def test_the_name_of_the_cookie_reveals_nothing_about_the_key() -> None:
    """It tells keys apart, and only that."""
    assert cookie_name(KEY, secure=False) == f"advisor-{fingerprint(KEY)}"
    assert cookie_name(KEY, secure=True) == f"__Host-advisor-{fingerprint(KEY)}"
    assert cookie_name(OTHER_KEY, secure=False) != cookie_name(KEY, secure=False)
    assert KEY not in cookie_name(KEY, secure=True)


@pytest.mark.parametrize("former", ["advisor", "__Host-advisor"])
def test_a_cookie_under_a_former_name_is_still_known(tmp_path: Path, former: str) -> None:
    """After an update, and after a move to https, everybody has their plans."""
    app = app_with(tmp_path)
    before, after = app.test_client(), app.test_client()
    start(before, "Kept")
    after.set_cookie(former, cookie_of(app, before))
    assert listed(after) == ["Kept"]
    assert after.get_cookie(app.session_interface.get_cookie_name(app)) is not None


def test_a_move_to_https_keeps_the_plans(tmp_path: Path) -> None:
    """The cookie has another name there; the one from before is read."""
    app = app_with(tmp_path)
    client = app.test_client()
    start(client, "Kept")
    secure = app_with(tmp_path, public_url="https://advisor.example.com")
    visitor = secure.test_client()
    visitor.set_cookie(cookie_name(KEY, secure=False), cookie_of(app, client))
    assert listed(visitor) == ["Kept"]


@pytest.mark.parametrize("days", [-4000, -1, -1 / 86400, 1, 399, 4000])
def test_cookies_stay_valid_if_clocks_differ(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, days: float
) -> None:
    """A cookie that another machine signed a second from now, or ten years ago, is as good as any."""
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: NOW - days * 86400)
    start(client, "Kept")
    monkeypatch.undo()
    assert listed(client) == ["Kept"]


def test_the_cookie_says_how_long_it_lasts_in_seconds(client: PageClient) -> None:
    """A browser whose clock is years ahead would drop one that has a date alone; Max-Age goes before the date."""
    assert "Max-Age=34560000" in client.get("/plans/new").headers["Set-Cookie"]


def test_a_cookie_is_renewed_long_before_its_end(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for those who only ever look."""
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: NOW - 30 * 86400)
    start(client, "Kept")
    monkeypatch.undo()
    assert "Set-Cookie" in client.get("/plans").headers
    assert "Set-Cookie" not in client.get("/plans").headers
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    _, signed_at = signer.loads(cookie_of(app, client), return_timestamp=True)
    assert datetime.now(UTC) - signed_at < timedelta(minutes=5)


@pytest.mark.parametrize("damage", [lambda value: value[:-2], lambda value: "x" + value, lambda _value: "nonsense"])
def test_a_cookie_that_cannot_be_read_is_kept_and_the_visitor_is_told(
    app: Flask, client: PageClient, damage: object
) -> None:
    """It is never replaced silently: the old cookie is kept beside the new one, and a note says what to do."""
    start(client, "Lost from sight")
    name = app.session_interface.get_cookie_name(app)
    broken = damage(cookie_of(app, client))  # type: ignore[operator]
    client.set_cookie(name, broken)
    assert listed(client) == []
    note = "This browser’s cookie can’t be read any more"
    assert note in client.page.root.first("main").text
    start(client, "New")
    kept = client.get_cookie(f"{name}-unread")
    assert kept is not None
    assert kept.value == broken
    assert kept.http_only
    client.get("/plans")
    assert note in client.page.root.first("main").text
    client.submit("/plans/recovery/read")
    assert note not in client.page.root.first("main").text
    assert listed(client) == ["New"]


def test_another_key_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A process with another key would know nobody, and replace everybody's cookie."""
    app_with(tmp_path, KEY)
    with pytest.raises(WrongKeyError) as refused:
        app_with(tmp_path, OTHER_KEY)
    message = str(refused.value)
    assert fingerprint(KEY) in message
    assert fingerprint(OTHER_KEY) in message
    assert "ADVISOR_SECRET_KEY" in message
    assert "advisor plans accept-key" in message
    assert KEY not in message
    app_with(tmp_path, KEY)


def test_a_written_code_opens_the_plans_in_another_browser(app: Flask, client: PageClient) -> None:
    """However it is typed. Both browsers have the plans then."""
    start(client, "Kept")
    code = shown_code(client)
    other = app.test_client()
    other.get("/plans/recovery")
    other.submit("/plans/recovery", code=f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ")
    assert "Your plans are here again" in other.page.root.first("main").text
    assert listed(other) == listed(client) == ["Kept"]
    assert shown_code(other) == code


def test_a_recovery_code_adds_to_the_plans_of_the_browser(app: Flask, client: PageClient) -> None:
    """The two owners become one, also for a browser that still has the earlier cookie, and for its code."""
    start(client, "From the laptop")
    code = shown_code(client)
    other = app.test_client()
    start(other, "From the desk")
    old_code, old_cookie = shown_code(other), cookie_of(app, other)
    other.get("/plans/recovery")
    other.submit("/plans/recovery", code=code)
    both = ["From the desk", "From the laptop"]
    assert sorted(listed(other)) == sorted(listed(client)) == both
    third, fourth = app.test_client(), app.test_client()
    third.set_cookie(app.session_interface.get_cookie_name(app), old_cookie)
    assert sorted(listed(third)) == both
    fourth.get("/plans/recovery")
    fourth.submit("/plans/recovery", code=old_code)
    assert sorted(listed(fourth)) == both


def test_opened_links_move_with_their_visitor(app: Flask, client: PageClient) -> None:
    """What others have shared with a browser is there after it became one with another."""
    host, guest = app.test_client(), app.test_client()
    plan_id = own(app, host, owner="the host")
    host.get(f"/plans/{plan_id}/share")
    host.submit("/share", may="edit", label="")
    (link,) = [each["href"] for each in host.page.root.all("a") if "data-copy-link" in each]
    guest.get(link, follow_redirects=True)
    start(client, "Mine")
    guest.get("/plans/recovery")
    guest.submit("/plans/recovery", code=shown_code(client))
    client.get("/plans")
    assert client.page.root.by_id("shared")
    client.get(f"/plans/{plan_id}")


@pytest.mark.parametrize(
    "typed", ["", "   ", "7K2QX", "U" * 20, "0" * 20, "é" * 20, "0" * 100_000, "'; DROP TABLE plan"]
)
def test_an_unknown_code_is_refused_at_its_field(client: PageClient, typed: str) -> None:
    """What was typed stays, and nothing changes."""
    client.get("/plans/recovery")
    client.submit("/plans/recovery", code=typed, status=200)
    assert client.page.root.first("title").text.startswith("Error: ")
    assert client.page.root.by_id("code-error").text
    assert client.page.root.by_id("code")["value"] == typed


def test_a_code_works_after_the_key_was_lost(tmp_path: Path) -> None:
    """A person who wrote it down can open their plans after another key was accepted."""
    app = app_with(tmp_path, KEY)
    client = app.test_client()
    start(client, "Kept")
    code = shown_code(client)
    the_store(app).owners.accept_key(fingerprint(OTHER_KEY))
    renewed = app_with(tmp_path, OTHER_KEY).test_client()
    assert listed(renewed) == []
    renewed.get("/plans/recovery")
    renewed.submit("/plans/recovery", code=code)
    assert listed(renewed) == ["Kept"]


def test_the_database_does_not_contain_the_codes(app: Flask, client: PageClient) -> None:
    """Only their hashes: a copy of it opens no plan of a running app."""
    start(client, "Kept")
    code = shown_code(client)
    with the_store(app)._database.reading() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM recovery").all())
    assert code not in rows
    assert code.replace("-", "") not in rows
    assert str(hash_of_code(code)) in rows


def test_a_visitor_without_plans_sees_no_code(client: PageClient) -> None:
    """There is nothing to keep yet, only a way to enter one."""
    client.get("/plans")
    assert not [each for each in client.page.root.all("code") if "recovery" in each["class"]]
    assert "/plans/recovery" in [link["href"] for link in client.page.root.first("main").all("a")]


def test_codes_belong_to_a_key_and_an_owner() -> None:
    """Another key or another owner has another code; the same have the same."""
    codes = {recovery_code(key, owner) for key in (KEY, OTHER_KEY) for owner in ("a", "b")}
    assert len(codes) == 4
    assert recovery_code(KEY, "a") in codes
    assert all(len(code) == 23 and code.count("-") == 3 for code in codes)


@pytest.fixture
def _nobody_else(app: Flask) -> Iterator[None]:
    """Keep the store open until the end of a test."""
    yield
    the_store(app).close()


@pytest.mark.usefixtures("_nobody_else")
def test_merged_owners_are_found_after_several_merges(app: Flask) -> None:
    """A became B, B became C: who was A is C."""
    owners = the_store(app).owners
    plan_id = the_store(app).create("a", SHOP)
    owners.join("a", into="b")
    owners.join("b", into="c")
    owners.join("c", into="c")
    assert [owners.current(each) for each in "abcd"] == ["c", "c", "c", "d"]
    assert [plan.id for plan in the_store(app).plans("c")] == [plan_id]
