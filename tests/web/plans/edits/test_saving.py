"""Pages that save themselves, with the requests of their script, and undoing one change."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.model import Event, Property
from markup import filled_in
from owned_plans import CLOUD, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

JSON = {"Accept": "application/json"}


class SavingPage:
    """The form of a page, sent whole after each change as ``static/plans/edits/form-saving.js`` does."""

    def __init__(self, client: PageClient, path: str) -> None:
        self.client, self.path = client, path
        client.get(path)
        self.state: dict[str, Any] = {}
        for name, value in filled_in(client.page.form(path)):
            self.state.setdefault(name, []).append(value)

    def save(self, **changes: Any) -> dict[str, Any]:
        """Change fields and save; the next save is based on the answer."""
        self.state |= {key.replace("__", "-"): value for key, value in changes.items()}
        sent = {key: value for key, value in self.state.items() if value is not None}
        answer: dict[str, Any] = self.client.post(self.path, data=sent, headers=JSON).get_json()
        if "revision" in answer:
            self.state |= {"revision": str(answer["revision"]), "seen": answer["seen"]}
        return answer

    def undo(self, number: int) -> dict[str, Any]:
        """Take a change back."""
        plan = self.path.split("/")[2]
        answer: dict[str, Any] = self.client.post(
            f"/plans/{plan}/undo", data={"number": number}, headers=JSON
        ).get_json()
        return answer


def _event(app: Flask, client: PageClient, index: int = 1) -> tuple[str, SavingPage]:
    plan_id = own(app, client)
    return plan_id, SavingPage(client, f"/plans/{plan_id}/events/{event_ids(app, plan_id)[index]}")


def test_saving_an_unchanged_form_changes_nothing(app: Flask, client: PageClient) -> None:
    """The save changes nothing, and there is nothing to undo."""
    plan_id, page = _event(app, client)
    answer = page.save()
    assert (answer["revision"], answer["undo"], answer["problems"]) == (1, None, [])
    assert plan_of(app, plan_id) == SHOP


def test_changes_follow_each_other_and_each_is_undone_by_its_number(app: Flask, client: PageClient) -> None:
    """Changes can be undone in any order that the later ones allow, and undoing an undo makes the change again."""
    plan_id, page = _event(app, client)
    first = page.save(accuracy="yes")
    second = page.save(description="Later")
    assert plan_of(app, plan_id).events[1].answers["accuracy"] == "yes"
    assert page.undo(first["undo"])["message"], "a later change rests on it"
    back = page.undo(second["undo"])
    assert plan_of(app, plan_id).events[1].description == "Paid"
    page.undo(first["undo"])
    assert plan_of(app, plan_id) == SHOP
    assert page.undo(back["undo"])["message"], "what it did is not what is there any more"


def test_an_undo_leaves_later_changes_of_other_things_alone(app: Flask, client: PageClient) -> None:
    """An undo changes neither someone else's event nor the settings."""
    plan_id, page = _event(app, client)
    number = page.save(accuracy="yes")["undo"]
    SavingPage(client, f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}").save(description="Theirs")
    SavingPage(client, f"/plans/{plan_id}/settings").save(description="New")
    assert page.undo(number)["message"] == ""
    plan = plan_of(app, plan_id)
    assert "accuracy" not in plan.events[1].answers
    assert (plan.events[0].description, plan.description) == ("Theirs", "New")


def test_an_outdated_page_conflicts_unless_its_content_is_equal(app: Flask, client: PageClient) -> None:
    """A page that sends its content twice is no conflict, and what someone else changed is not overwritten."""
    plan_id, page = _event(app, client)
    other = SavingPage(client, page.path)
    saved = page.save(accuracy="yes")
    assert other.save(accuracy="yes")["revision"] == saved["revision"]
    page.save(accuracy="no")
    assert other.save(accuracy="unsure") == {"conflict": True}
    assert plan_of(app, plan_id).events[1].answers["accuracy"] == "no"


def test_a_refused_part_does_not_stop_other_parts(app: Flask, client: PageClient) -> None:
    """A blank name, a decision without a reason and a row without a name get a message each, and the rest is stored."""
    plan_id, page = _event(app, client)
    answer = page.save(name=" ", placement="client", accuracy="yes", properties__2__description="nameless")
    assert {item["anchor"] for item in answer["problems"]} == {"name", "decision_reason", "properties-2-name"}
    event = plan_of(app, plan_id).events[1]
    assert event == replace(SHOP.events[1], answers=event.answers)
    assert event.answers["accuracy"] == "yes"


def test_rows_learn_the_current_place_of_their_properties(app: Flask, client: PageClient) -> None:
    """After a row was removed, the next save still keeps the values that no cell shows."""
    kept = Property(name="b", extra={"x": 1}, properties=(Property(name="c", extra={"y": 2}),), type="object")
    plan = replace(SHOP, events=(Event(name="E", properties=(Property(name="a"), kept)),))
    plan_id = own(app, client, plan)
    page = SavingPage(client, f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}")
    answer = page.save(properties__0__remove="yes")
    assert answer["origins"] == ["", "0", "0.0", ""]
    page.state |= {f"properties-{place}-origin": way for place, way in enumerate(answer["origins"])}
    page.save(properties__1__required="yes")
    assert plan_of(app, plan_id).events[0].properties == (replace(kept, required=True),)


def test_undoing_settings_restores_the_affected_events(app: Flask, client: PageClient) -> None:
    """Removing a destination takes it out of the events that name it, and the undo brings it back to them, in its place."""
    plan_id = own(app, client)
    path = f"/plans/{plan_id}/settings"
    page = SavingPage(client, path)
    assert page.save(remove=CLOUD)["go"].startswith(f"{path}/remove")
    client.get(f"{path}/remove?destination={CLOUD}")
    client.submit(f"{path}/remove")
    assert all(item.key != CLOUD for item in plan_of(app, plan_id).destinations)
    client.submit("/undo")
    assert plan_of(app, plan_id) == SHOP


def test_undoing_a_new_destination_removes_it_from_events(app: Flask, client: PageClient) -> None:
    """The plan remains valid as a document."""
    plan_id = own(app, client)
    added = SavingPage(client, f"/plans/{plan_id}/settings").save(add="Slack")
    page = SavingPage(client, f"/plans/{plan_id}/events/{event_ids(app, plan_id)[3]}")
    page.save(wanted_scope="some", wanted="Slack")
    assert plan_of(app, plan_id).events[3].destinations == ("Slack",)
    assert page.undo(added["undo"])["message"] == ""
    assert plan_of(app, plan_id).events[3].destinations == ()
    assert plan_of(app, plan_id).destinations == SHOP.destinations


def test_a_custom_destination_without_reach_is_not_added(app: Flask, client: PageClient) -> None:
    """The other settings are saved."""
    plan_id = own(app, client)
    answer = SavingPage(client, f"/plans/{plan_id}/settings").save(
        name="Renamed", custom_name="Mine", custom_web="none"
    )
    assert [item["anchor"] for item in answer["problems"]] == ["custom_server"]
    assert plan_of(app, plan_id) == replace(SHOP, name="Renamed")


@pytest.mark.parametrize("number", ["", "0", "1", "99", "x", "-1", "1" * 30])
def test_an_unknown_change_cannot_be_undone(app: Flask, client: PageClient, number: str) -> None:
    """An unknown change cannot be undone, and neither can the creation of a plan."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    answer = client.post(f"/plans/{plan_id}/undo", data={"number": number}, headers=JSON).get_json()
    assert answer["message"]
    assert answer["undo"] is None
    assert plan_of(app, plan_id) == SHOP


def test_viewers_cannot_undo(app: Flask, client: PageClient, other_client: PageClient) -> None:
    """A visitor without a right to the plan gets 404, and nothing is undone."""
    plan_id, page = _event(app, client)
    number = page.save(accuracy="yes")["undo"]
    other_client.get("/plans/new")
    other_client.post(f"/plans/{plan_id}/undo", data={"number": number}, status=404)
    assert plan_of(app, plan_id).events[1].answers["accuracy"] == "yes"


def test_the_store_knows_the_first_change_of_each_thing(app: Flask, client: PageClient) -> None:
    """Changes of other things are skipped."""
    plan_id, page = _event(app, client)
    history = the_store(app).history
    SavingPage(client, f"/plans/{plan_id}/settings").save(destination=PIXEL, name="Other")
    page.save(accuracy="yes")
    assert history.first_after("me", plan_id, 1) == 2
    assert history.first_after("me", plan_id, 1, page.path.rpartition("/")[2]) == 3
    assert history.first_after("me", plan_id, 3) is None
