"""The kind of personal data of a property: a guess from the name is shown, and counts only when somebody chooses it."""

from __future__ import annotations

from typing import get_args

from flask import Flask
from msgspec.structs import replace

from advisor.model import Event, Personal, Property
from advisor.web.forms.property_form import PERSONAL
from owned_plans import SHOP, event_ids, own, plan_of
from page_client import PageClient


def test_the_form_offers_every_kind() -> None:
    """Each kind of the document can be chosen, and none."""
    assert {choice.value for choice in PERSONAL} == {*get_args(Personal)}


def test_a_guess_is_confirmed_by_choosing_it(app: Flask, client: PageClient) -> None:
    """Saving the page leaves the guess a guess; choosing the kind stores it, and taking it back makes it a guess again."""
    event = Event(name="Signed Up", properties=(Property(name="email", type="string"),))
    plan_id = own(app, client, replace(SHOP, events=(event,)))
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    assert client.page.root.by_id("properties-0-personal-guess").text == "guess: contact"
    client.submit(path)
    assert plan_of(app, plan_id).events == (event,)
    client.submit(path, **{"properties-0-personal": "contact"})
    assert plan_of(app, plan_id).events[0].properties[0].personal == "contact"
    assert client.page.root.by_id("properties-0-personal-guess").text == "–"
    client.submit(path, **{"properties-0-personal": ""})
    assert plan_of(app, plan_id).events[0].properties[0].personal == ""


def test_the_address_of_one_event_has_the_kind(client: PageClient) -> None:
    """The page without a plan keeps it, too, and an unknown kind is an error at its cell."""
    client.get("/advise?name=A&properties-0-name=email&properties-0-personal=contact")
    (link,) = [each for each in client.page.root.all("a") if "data-copy-link" in each]
    assert "properties-0-personal=contact" in link["href"]
    client.get("/advise?name=A&properties-0-name=email&properties-0-personal=secret")
    assert [each["href"] for each in client.page.root.by_id("problems").all("a")] == ["#properties-0-personal"]
