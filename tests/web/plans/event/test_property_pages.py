"""The properties on the page of an event, without script: fields inside others, offers, and pasted rows."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.document import DocumentError, check
from advisor.knowledge.event_specs import find_spec
from advisor.model import Event, Plan, Property
from advisor.web.forms.property_rows import DEEPEST
from owned_plans import HOSTILE, SHOP, event_ids, own, plan_of
from page_client import PageClient

LIST = Property(
    name="products",
    type="array",
    values=("a", 1),
    properties=(Property(name="sku"), Property(name="price", type="number", properties=(Property(name="net"),))),
)


def _open(app: Flask, client: PageClient, event: Event) -> tuple[str, str]:
    plan_id = own(app, client, Plan(sources=SHOP.sources, destinations=SHOP.destinations, events=(event,)))
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    return plan_id, path


def _stored(app: Flask, plan_id: str) -> Event:
    return plan_of(app, plan_id).events[0]


def _names(client: PageClient) -> list[str]:
    inputs = client.page.root.by_id("properties").all("input")
    return [control["value"] for control in inputs if control["name"].endswith("-name")]


def test_fields_inside_others_are_rows_of_their_own(app: Flask, client: PageClient) -> None:
    """An inner field is a row below its parent and can be changed there; removing a row removes its inner fields."""
    event = Event(name="X", properties=(LIST, Property(name="total")))
    plan_id, path = _open(app, client, event)
    assert _names(client) == ["products", "sku", "price", "net", "total", ""]
    client.submit(
        path, **{"properties-1-sensitive": "yes", "properties-3-type": "number", "properties-1-values": "x, 2"}
    )
    inside = (
        Property(name="sku", sensitive=True, values=("x", 2)),
        replace(LIST.properties[1], properties=(Property(name="net", type="number"),)),
    )
    assert _stored(app, plan_id).properties == (replace(LIST, properties=inside), Property(name="total"))
    client.submit(path, **{"properties-2-remove": "yes"})
    assert _stored(app, plan_id).properties[0].properties == inside[:1]
    client.submit(path, **{"properties-0-remove": "yes"})
    assert _stored(app, plan_id).properties == (Property(name="total"),)


def test_a_field_can_be_added_inside_a_row(app: Flask, client: PageClient) -> None:
    """A blank row appears below the inner fields, and nothing is saved before the form is."""
    event = Event(name="X", properties=(LIST, Property(name="total")))
    plan_id, path = _open(app, client, event)
    client.submit(path, button="inside=0", team="kept")
    assert _names(client) == ["products", "sku", "price", "net", "", "total", ""]
    assert client.page.root.by_id("team")["value"] == "kept"
    assert _stored(app, plan_id) == event
    client.submit(path, **{"properties-4-name": "brand"})
    assert [item.name for item in _stored(app, plan_id).properties[0].properties] == ["sku", "price", "brand"]
    assert _stored(app, plan_id).labels == {"team": "kept"}
    client.submit(path, button="inside=99999")
    client.submit(path, button="inside=nonsense")


def test_wrong_values_are_reported_at_their_cell(app: Flask, client: PageClient) -> None:
    """Each error is at its cell, and nothing typed is lost."""
    event = Event(name="X", properties=(LIST,))
    plan_id, path = _open(app, client, event)
    client.submit(path, **{"properties-0-values": 'a, "b'})
    assert "never closed" in client.page.root.by_id("properties-0-values-error").text
    assert client.page.root.by_id("properties-0-values")["value"] == 'a, "b'
    assert _stored(app, plan_id) == event


def test_a_known_event_is_offered_what_it_lacks(app: Flask, client: PageClient) -> None:
    """Nothing is accepted silently: saving changes nothing, and a button accepts one offer or all of them."""
    spec = find_spec("Order Completed")
    assert spec is not None
    event = Event(name="order_completed", properties=(Property(name="orderId", type="string"), Property(name="mine")))
    plan_id, path = _open(app, client, event)
    client.submit(path)
    assert _stored(app, plan_id) == event
    client.submit(path, take=["property:total", "answer:payment"])
    taken = _stored(app, plan_id)
    assert [item.name for item in taken.properties] == ["orderId", "mine", "total"]
    assert (taken.answers, taken.suggested) == ({"payment": "yes"}, ())
    client.submit(path, button="take=properties")
    names = [item.name for item in _stored(app, plan_id).properties]
    assert names[:3] == ["orderId", "mine", "total"]
    assert {"orderId", "mine"} | {item.name for item in spec.properties} == {*names, "order_id"}
    client.submit(path, button="take=answers")
    assert _stored(app, plan_id).answers == spec.answers
    assert not client.page.root.by_id("known").text
    assert "Order Completed" not in client.page.root.by_id("offer").text


def test_an_answer_that_was_given_is_never_replaced(app: Flask, client: PageClient) -> None:
    """The usual answers fill only open questions, and a question that is not offered stays as it is."""
    event = Event(name="Order Completed", answers={"payment": "no"})
    plan_id, path = _open(app, client, event)
    client.submit(path, button="take=answers")
    assert _stored(app, plan_id).answers["payment"] == "no"
    before = _stored(app, plan_id)
    for nonsense in ("answer:payment", "property:nothing", "sensitive:[]", "sensitive:{", "x", ""):
        client.submit(path, button=f"take={nonsense}")
    assert _stored(app, plan_id) == before


def test_sensitive_names_are_offered_for_marking(app: Flask, client: PageClient) -> None:
    """Properties at every level are offered, one by one or all together, except fields inside a marked property."""
    inside = (Property(name="phone"), Property(name="note"))
    event = Event(name="X", properties=(Property(name="email"), Property(name="to", type="object", properties=inside)))
    plan_id, path = _open(app, client, event)
    shown = client.page.root.by_id("offer").text
    assert "email looks like an e-mail address" in shown
    assert "to › phone looks like a phone number" in shown
    client.submit(path, button='take=sensitive:["to","phone"]')
    assert [item.sensitive for item in _stored(app, plan_id).properties] == [False, False]
    assert _stored(app, plan_id).properties[1].properties[0].sensitive
    client.submit(path, button="take=sensitive")
    assert [item.sensitive for item in _stored(app, plan_id).properties] == [True, False]
    assert not client.page.root.by_id("offer").text


def test_pasted_rows_are_previewed_before_they_are_added(app: Flask, client: PageClient) -> None:
    """The preview changes nothing and keeps the form; a save without a decision asks for one; accepting adds the rows."""
    event = Event(name="X", properties=(Property(name="total"),))
    plan_id, path = _open(app, client, event)
    text = "Property\tType\ntotal\tnumber\nemail\tstring\nbad\tcolour"
    client.submit(path, button="paste=preview", pasted=text, team="kept")
    preview = client.page.root.by_id("pasting")
    assert "1 new, 1 changed, 1 with something wrong" in preview.text
    assert "“colour” is no type" in preview.by_class("pasting__bad")[0].text
    assert client.page.root.by_id("team")["value"] == "kept"
    assert _stored(app, plan_id) == event
    client.submit(path)
    assert "#properties" in {link["href"] for link in client.page.root.by_id("problems").all("a")}
    assert _stored(app, plan_id) == event
    client.submit(path, button="paste=add")
    assert _stored(app, plan_id).properties == (
        Property(name="total", type="number"),
        Property(name="email", type="string"),
    )
    assert _stored(app, plan_id).labels == {"team": "kept"}


def test_the_live_fragment_offers_without_changing_the_event(app: Flask, client: PageClient) -> None:
    """While one types a known name, ticks an offer or pastes, the parts of the page follow, and nothing is stored."""
    event = Event(name="X")
    plan_id, path = _open(app, client, event)
    sent = {
        "name": "Signed Up",
        "call": "track",
        "placement": "follow",
        "pasted": "a\tstring",
        "take": "property:email",
    }
    text = client.post(f"{path}/advice", data=sent).text
    assert "Signed Up, from Segment’s B2B SaaS spec" in text
    assert "1 new, 0 changed" in text
    assert 'value="property:email" checked' in text
    assert _stored(app, plan_id) == event


def test_a_new_event_accepts_offers_and_pasted_rows(app: Flask, client: PageClient) -> None:
    """Accepted offers and pasted rows are added in the same step as the event."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}/events/new")
    client.submit("/events/new", button="paste=preview", name="Signed Up", pasted="mine\tnumber")
    client.submit("/events/new", button="paste=add")
    event = plan_of(app, plan_id).events[0]
    assert (event.name, event.properties) == ("Signed Up", (Property(name="mine", type="number"),))


def test_hostile_nested_names_survive_a_save(app: Flask, client: PageClient) -> None:
    """Names, values and descriptions of any kind, at any depth, come back as they were."""
    leaves = tuple(Property(name=name, values=(name, 1, "1"), description=name) for name in HOSTILE)
    deep = Property(name="a", properties=(Property(name="b", properties=leaves),))
    event = Event(name="X", properties=(*leaves, deep))
    plan_id, path = _open(app, client, event)
    client.submit(path)
    assert _stored(app, plan_id) == event


def _nested(levels: int) -> Property:
    item = Property(name="leaf")
    for _ in range(levels):
        item = Property(name="p", type="object", properties=(item,))
    return item


def test_rows_may_be_nested_as_deep_as_a_document() -> None:
    """The deepest row that a form keeps is in a document that can be read again, and the next one would not be."""
    check(Plan(events=(Event(name="X", properties=(_nested(DEEPEST),)),)))
    with pytest.raises(DocumentError, match="too deep"):
        check(Plan(events=(Event(name="X", properties=(_nested(DEEPEST + 1),)),)))
