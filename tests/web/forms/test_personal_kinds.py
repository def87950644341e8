"""The kind of personal data of a property: a guess from the name is shown, and counts only when somebody chooses it."""

from __future__ import annotations

from typing import get_args

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.knowledge import sensitive_names
from advisor.model import Event, Personal, Property
from advisor.web.forms.personal_guess import guess_personal
from advisor.web.forms.property_form import PERSONAL
from owned_plans import SHOP, event_ids, own, plan_of
from page_client import PageClient


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("email", "contact"),
        ("shippingAddress", "contact"),
        ("iban", "finance"),
        ("passport_number", "identity"),
        ("gps", "location"),
        ("api_key", "credential"),
        ("diagnosis", "health"),
        ("email_id", ""),
        ("order_id", ""),
        ("", ""),
    ],
)
def test_a_name_suggests_a_kind(name: str, kind: str) -> None:
    """Ordinary names suggest none."""
    assert guess_personal(name) == kind


def test_every_sensitive_name_has_a_kind() -> None:
    """What is recognised as sensitive is recognised as personal, and the form offers each kind of the document."""
    assert all(guess_personal(phrase) for phrase in sensitive_names._PHRASES)
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
