"""Problems of a document for people: the place in words, with its names, and how to correct it. No pointer is shown."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from advisor.document.places import place_in_words
from importing import bring
from page_client import PageClient

DOCUMENT = {
    "format": "tracking-plan/1",
    "name": "Shop",
    "sources": {"client": ["analytics.js"], "server": "analytics-node"},
    "destinations": [{"key": "Mixpanel"}],
    "events": [
        {"name": "Page Viewed"},
        {
            "name": "Order Completed",
            "destinations": ["Mixpanel", "Amplitude"],
            "answers": {"payment": "ja"},
            "properties": [{"name": "cart", "properties": [{"name": "total/tax", "type": "money"}]}],
            "labels": {"L" * 201: "x"},
        },
    ],
}


def test_an_import_says_where_and_what_to_do_in_words(client: PageClient) -> None:
    """The import page names the event, and shows no pointer."""
    page = bring(client, json.dumps(DOCUMENT))
    said = page.by_id("refusals").text
    assert "Event 2 “Order Completed”, destination 2 “Amplitude”:" in said
    assert "Add it to the plan’s own list, or take it out of the event." in said
    assert "property 1 “cart”, property 1 “total/tax”, type:" in said
    assert "the answer to “" in said
    assert not re.search(r"/(events|destinations|properties|answers)\b", said)


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("", ""),
        ("/name", "Name"),
        ("/events", "Events"),
        ("/events/1", "Event 2 “Order Completed”"),
        ("/events/7/name", "Event 8"),
        ("/events/0/sources/0", "Event 1 “Page Viewed”, client library 1"),
        ("/destinations/0/web_mode", "Destination 1 “Mixpanel”, mode on the web"),
        ("/sources/server", "Libraries, server library"),
        ("/events/1/properties/0/values/3", "Event 2 “Order Completed”, property 1 “cart”, allowed value 4"),
        ("/events/1/labels/a~1b~0c", "Event 2 “Order Completed”, labels, “a/b~c”"),
    ],
)  # fmt: skip
def test_every_pointer_reads_as_words(pointer: str, words: str) -> None:
    """A pointer is put into words whether or not there is a value at its end."""
    assert place_in_words(DOCUMENT, pointer) == words


def test_input_that_is_not_a_document_gets_the_plain_message(client: PageClient) -> None:
    """Input that isn't JSON has no names to show."""
    assert bring(client, '{"format": 1, "events": [').by_id("text-error").text


def test_an_invalid_event_is_explained_in_words(app: Flask, client: PageClient) -> None:
    """On the page of the event itself, the message does not repeat the event's name."""
    from owned_plans import event_ids, own

    plan_id = own(app, client)
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    client.submit(path, **{"properties-0-name": "p" * 600})
    assert "/events" not in client.page.root.by_id("problems").text
