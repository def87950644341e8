"""The privacy page: what it shows in each state, the filter, notes, confirmations, the CSV, and who may do what."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.model import CustomReach, Destination, Event, Plan, Property, Sources
from advisor.store import Store
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

CLINIC = Plan(
    name="Clinic",
    sources=Sources(client=("analytics.js",), server="analytics-node"),
    destinations=(
        Destination(key="Facebook Pixel"),
        Destination(key="Mixpanel", consent="Analytics", contract="DPA of March"),
        Destination(key="AWS S3"),
    ),
    warehouse=True,
    events=(
        Event(
            name="Injury Reported",
            answers={"sensitive": "yes", "stored_in_database": "yes"},
            properties=(Property(name="injury", personal="health"),),
        ),
        Event(
            name="Signed Up",
            answers={"sensitive": "no", "browser_only": "yes"},
            properties=(Property(name="email"), Property(name="phone", sensitive=True), Property(name="plan")),
        ),
        Event(name="Signed In", answers={"sensitive": "no"}, properties=(Property(name="email"),)),
    ),
    common=(Property(name="user_id"),),
)
"""Sensitive and not, guessed and said, with and without notes."""
_CLOUD = CustomReach(server="cloud")


def path_of(app: Flask, client: PageClient, plan: Plan = CLINIC) -> str:
    """Store a plan and return the path of its privacy page."""
    return f"/plans/{own(app, client, plan)}/privacy"


def stored(app: Flask, path: str) -> Plan:
    """Return the plan of a privacy page as it is stored now."""
    return plan_of(app, path.split("/")[2])


def notes_of(app: Flask, path: str) -> tuple[str, str]:
    """Return the notes on Mixpanel."""
    item = stored(app, path).destinations[1]
    return item.consent, item.contract


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_says_who_receives_what_and_what_is_refused(app: Flask, client: PageClient) -> None:
    """The sentence counts, the open points name, and the refusal says why."""
    text = client.get(path_of(app, client)).text
    assert "3 of 3 events carry personal data or are sensitive" in text
    assert "no advertising tool and no tag manager receives it" in text
    assert "no contract noted" in text
    assert "guessed from the name" in text
    assert "It isn’t a legal opinion" in text
    for name in ("Facebook Pixel", "Mixpanel", "AWS S3", "Warehouse", "Segment"):
        assert name in text


HELD = Event(
    name="Played", answers={"sensitive": "no", "browser_only": "yes"}, properties=(Property(name="x", sensitive=True),)
)
UNASKED = Event(name="Renewed", answers={"payment": "yes", "user_absent": "yes"}, destinations=("Mixpanel",))


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(name="Empty"), "this plan has no events yet"),
        (replace(SHOP, events=(Event(name="A", answers={"sensitive": "no"}),)), "No call carries personal data"),
        (
            replace(CLINIC, destinations=(), warehouse=False),
            "There are no destinations yet, so calls reach Segment alone",
        ),
        (replace(CLINIC, sources=Sources()), "No call carries personal data, and no sensitive event is sent."),
        (replace(CLINIC, events=(HELD,), common=()), "is sent. <b>1 property stays</b> out of client calls."),
        (
            replace(CLINIC, events=(UNASKED,), common=()),
            "wherever it matters, somebody said whether the event is sensitive",
        ),
    ],
    ids=["no events", "nothing personal", "no destinations", "no libraries", "all held", "nothing open"],
)
def test_a_plan_that_says_little_says_so(app: Flask, client: PageClient, plan: Plan, says: str) -> None:
    """Each empty state has its own sentence."""
    assert says in client.get(path_of(app, client, plan)).text


def test_hostile_names_are_shown_as_they_are(app: Flask, client: PageClient) -> None:
    """Names of events, properties, destinations and notes; the linter reads every page."""
    plan = replace(
        CLINIC,
        destinations=(*CLINIC.destinations, Destination(key="Slack", consent=HOSTILE[0], contract="".join(HOSTILE))),
        events=tuple(
            Event(name=name, answers={"sensitive": "no"}, properties=(Property(name=name, personal="contact"),))
            for name in HOSTILE
        ),
    )
    path = path_of(app, client, plan)
    assert "<b onclick" not in client.get(path).text
    assert client.get(f"{path}?receiver=Slack").status_code == 200
    assert all("\n=" not in line for line in client.get(f"{path}/csv").text.splitlines())


def test_the_filter_narrows_table_details_and_csv(app: Flask, client: PageClient) -> None:
    """By kind and by side, in the address; unknown values are left out."""
    path = path_of(app, client)
    health = rows_of(client.get(f"{path}/csv?kind=health").text)
    assert {row["Property"] for row in health} == {"injury"}
    assert {row["Side"] for row in rows_of(client.get(f"{path}/csv?by=client").text)} == {"client"}
    page = client.get(f"{path}?kind=health&by=server").text
    details = page.partition('id="each"')[2]
    assert "injury" in details
    assert "email" not in details
    everything = client.get(f"{path}/csv").text
    assert client.get(f"{path}/csv?kind=bogus&by=nobody").text == everything


def test_the_csv_has_what_is_sent_what_stays_and_what_is_refused(app: Flask, client: PageClient) -> None:
    """One row for each property of each call, and no cell that a spreadsheet runs."""
    plan = replace(
        CLINIC, events=(*CLINIC.events, Event(name="=cmd|' /C calc'!A0", properties=(Property(name="email"),)))
    )
    rows = rows_of(client.get(f"{path_of(app, client, plan)}/csv").text)
    assert {row["What"] for row in rows} == {"sent", "left out of the client call", "refused"}
    assert {row["Event"] for row in rows if "cmd" in row["Event"]} == {"'=cmd|' /C calc'!A0"}
    assert {row["Property"] for row in rows if row["What"].startswith("left out")} == {"phone"}
    assert {(row["Receiver"], row["Event"]) for row in rows if row["What"] == "refused"} == {
        ("Facebook Pixel", "Injury Reported")
    }


def test_notes_are_saved_as_one_step_that_can_be_undone(app: Flask, client: PageClient) -> None:
    """The page says so, offers to undo it, and keeps the filter."""
    path = path_of(app, client)
    seen = _seen(client, path)
    answer = client.post(
        f"{path}/notes?kind=contact",
        data={"destination": "Mixpanel", "seen": seen, "consent": "Statistics", "contract": "DPA\r\nof May"},
        follow_redirects=True,
    )
    assert notes_of(app, path) == ("Statistics", "DPA\nof May")
    assert "Saved." in answer.text
    assert "kind=contact" in answer.request.query_string.decode()
    client.post(f"{path.removesuffix('/privacy')}/undo", data={"number": _latest(app, path), "page": "privacy"})
    assert notes_of(app, path) == ("Analytics", "DPA of March")


def test_notes_that_someone_else_changed_are_not_overwritten(app: Flask, client: PageClient) -> None:
    """The typed text stays in the form, beside what it says now; sent again, it is saved."""
    path = path_of(app, client)
    data = {"destination": "Mixpanel", "seen": _seen(client, path), "consent": "Mine", "contract": "mine"}
    client.post(f"{path}/notes", data=data | {"consent": "Theirs", "contract": "theirs"})
    answer = client.post(f"{path}/notes", data=data, status=409)
    assert "Now it says: Theirs" in answer.text
    assert "mine</textarea>" in answer.text
    assert notes_of(app, path) == ("Theirs", "theirs")
    client.post(f"{path}/notes", data=data | {"seen": _seen(client, path, answer.text)})
    assert notes_of(app, path) == ("Mine", "mine")


@pytest.mark.parametrize(("field", "text"), [("consent", "x" * 201), ("contract", "x" * 10_001)])
def test_notes_that_are_too_long_are_refused_at_their_field(
    app: Flask, client: PageClient, field: str, text: str
) -> None:
    """Nothing is saved, and the page says which field to shorten."""
    path = path_of(app, client)
    data = {"destination": "Mixpanel", "seen": _seen(client, path), "consent": "", "contract": ""}
    assert "Shorten the con" in client.post(f"{path}/notes", data=data | {field: text}).text
    assert notes_of(app, path) == ("Analytics", "DPA of March")


def test_notes_on_a_destination_that_is_gone_answer_404(app: Flask, client: PageClient) -> None:
    """So do notes on Segment and the warehouse, which are no destinations of the plan."""
    path = path_of(app, client)
    client.get(path)
    for key in ("Drift", "Segment.io", "Warehouses", ""):
        client.post(f"{path}/notes", data={"destination": key, "seen": "", "consent": "", "contract": ""}, status=404)


def test_one_guess_is_confirmed_wherever_the_plan_has_it(app: Flask, client: PageClient) -> None:
    """As the kind that was guessed or as another one; other guesses of the kind stay guesses."""
    path = path_of(app, client)
    client.get(path)
    client.post(
        f"{path}/confirm", data={"guess": "contact", "kind": "identity", "one": "yes", "path": "email"}, status=303
    )
    kinds = {item.name: item.personal for event in stored(app, path).events for item in event.properties}
    assert kinds == {"injury": "health", "email": "identity", "phone": "", "plan": ""}


def test_all_guesses_of_a_kind_are_confirmed_in_one_step(app: Flask, client: PageClient) -> None:
    """Common properties and several events together; undone together."""
    path = path_of(app, client)
    client.get(path)
    before, point = stored(app, path), _latest(app, path)
    client.post(f"{path}/confirm", data={"guess": "contact", "kind": "contact", "one": "", "path": ""})
    client.post(f"{path}/confirm", data={"guess": "identity", "kind": "identity", "one": "", "path": ""})
    after = stored(app, path)
    assert after.common[0].personal == "identity"
    assert [item.personal for item in after.events[1].properties] == ["contact", "contact", ""]
    assert _latest(app, path) == point + 2
    assert "guessed from the name" not in client.get(path).text
    for number in (point + 2, point + 1):
        client.post(f"{path.removesuffix('/privacy')}/undo", data={"number": number, "page": "privacy"})
    assert stored(app, path) == before


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("notes", {"destination": "Mixpanel", "consent": "", "contract": ""}),
        ("confirm", {"guess": "contact", "kind": "contact", "one": "", "path": ""}),
        ("confirm", {"guess": "identity", "kind": "identity", "one": "", "path": ""}),
    ],
    ids=["notes", "kinds in events", "kind of a common property"],
)
def test_undo_offers_this_change_and_not_the_next_one(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, address: str, data: dict[str, str]
) -> None:
    """Somebody saves an event at the same moment, and keeps it."""
    path = path_of(app, client)
    seen, before = _seen(client, path), stored(app, path)
    save = Store.save_settings

    def save_and_more(store: Store, owner: str, plan_id: str, *change: Any) -> int:
        revision = save(store, owner, plan_id, *change)
        now = store.load(owner, plan_id)
        event = replace(now.plan.events[0], owner="Kim")
        store.save_event(owner, plan_id, now.event_ids[0], now.event_revisions[0], event)
        return revision

    monkeypatch.setattr(Store, "save_settings", save_and_more)
    answer = client.post(f"{path}/{address}", data=data | {"seen": seen}, status=303)
    number = parse_qs(urlsplit(answer.location).query)["saved"][0]
    client.post(f"{path.removesuffix('/privacy')}/undo", data={"number": number, "page": "privacy"})
    assert stored(app, path) == replace(before, events=(replace(before.events[0], owner="Kim"), *before.events[1:]))


@pytest.mark.parametrize("address", ["notes", "confirm"])
def test_what_changes_nothing_has_no_undo(app: Flask, client: PageClient, address: str) -> None:
    """The notes as they were, and a kind that nothing is guessed to be."""
    path = path_of(app, client)
    data = {"destination": "Mixpanel", "seen": _seen(client, path), "consent": "Analytics", "contract": "DPA of March"}
    data |= {"guess": "location", "kind": "location", "one": "", "path": ""}
    assert "saved=" not in client.post(f"{path}/{address}", data=data, status=303).location


def test_an_unknown_kind_is_refused(app: Flask, client: PageClient) -> None:
    """Nothing is saved."""
    path = path_of(app, client)
    client.get(path)
    client.post(f"{path}/confirm", data={"guess": "contact", "kind": "pii", "one": "", "path": ""}, status=400)
    assert stored(app, path) == CLINIC


def test_viewers_see_the_page_without_controls(app: Flask, client: PageClient) -> None:
    """They read and download everything, and a form that is sent in spite of that is refused."""
    path = path_of(app, client)
    share_id = "a" * 32
    the_store(app).shares.create("me", path.split("/")[2], share_id, share_id * 2, "view", "")
    visitor = app.test_client()
    visitor.get("/plans")
    with visitor.session_transaction() as session:
        session["owner"] = "guest"
    the_store(app).shares.open(share_id * 2, "guest")
    text = visitor.get(path).text
    assert "Mixpanel" in text
    for control in ("Confirm", "Save the notes", "Note consent", "<textarea"):
        assert control not in text
    assert visitor.get(f"{path}/csv").status_code == 200
    for address in ("notes", "confirm"):
        visitor.post(f"{path}/{address}", data={}, status=403)


def test_a_large_plan_stays_a_small_page(app: Flask, client: PageClient) -> None:
    """A thousand events with different properties and thirty destinations: what is left out has a page of its own."""
    keys = ("Mixpanel", "Slack", "AWS S3")
    own_keys = tuple(f"Own {number}" for number in range(27))
    plan = replace(
        CLINIC,
        destinations=(
            *(Destination(key=key) for key in keys),
            *(Destination(key=key, custom=_CLOUD) for key in own_keys),
        ),
        events=tuple(
            Event(
                name=f"Event {number}",
                answers={"sensitive": "no", "stored_in_database": "yes"},
                properties=(Property(name=f"email_{number}"),),
            )
            for number in range(1_000)
        ),
    )
    path = path_of(app, client, plan)
    assert len(gzip.compress(client.get(path).data)) < 60_000
    alone = client.get(f"{path}?receiver=Mixpanel&page=2").text
    assert "Event 200" in alone
    assert "Event 199<" not in alone
    assert f"events/{event_ids(app, path.split('/')[2])[200]}" in alone


def _latest(app: Flask, path: str) -> int:
    return the_store(app).history.latest("me", path.split("/")[2])


def _seen(client: PageClient, path: str, text: str = "") -> str:
    """Return what identifies the notes on Mixpanel that the page shows."""
    after = (text or client.get(path).text).partition('name="destination" value="Mixpanel"')[2]
    return after.partition('name="seen" value="')[2].partition('"')[0]
