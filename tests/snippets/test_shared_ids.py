"""Both halves carry the id by which a vendor matches the copies, and never the same messageId."""

from __future__ import annotations

import pytest

from advisor.advice import advise
from advisor.knowledge.vendors import SHARED_IDS
from advisor.model import Decision, Destination, Event, Plan, Property, SharedId, Sources
from advisor.snippets import snippet
from advisor.snippets.content import SETS_ID_BY_MESSAGE_ID
from advisor.snippets.files import snippets_of
from advisor.snippets.handoff_code import handoff_code

from .evaluation import evaluator, python_calls
from .promises import arrived
from .samples import shop


def _halves(pair: SharedId, *items: Property) -> tuple[dict, dict]:
    """Return the client and the server call of an event that both of the pair want, placed on both sides."""
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-python"),
            destinations=(Destination(key=pair.client), Destination(key=pair.server)),
            events=(Event(name="E", answers={"payment": "yes", "needs_cookies": "yes"}, properties=items),),
        )
    )
    (event,) = plan.events
    assert event.recommendation.shared_ids == (pair,)
    client, server = event.recommendation.calls
    with evaluator("javascript") as browser:
        told = arrived("analytics.js", browser.calls(snippet(plan, event, client).text))
    return told, arrived("analytics-python", python_calls(snippet(plan, event, server).text))


PAIRS = pytest.mark.parametrize("pair", SHARED_IDS, ids=lambda pair: f"{pair.client}-{pair.server}")


@PAIRS
def test_both_halves_carry_the_id(pair: SharedId) -> None:
    """The client makes the id and the server gets it; if the pixel sends the messageId, the messageId is set to the id."""
    client, server = _halves(pair)
    assert client["properties"][pair.property] == "shared-id"
    assert server["properties"][pair.property] == "handed-event"
    assert client.get("messageId") == ("shared-id" if pair.client in SETS_ID_BY_MESSAGE_ID else None)
    assert "messageId" not in server


@PAIRS
def test_an_id_of_the_event_is_used_as_it_is(pair: SharedId) -> None:
    """An order number in the plan is the id, except where the pixel sends the messageId: then the client makes the id."""
    client, server = _halves(pair, Property(name=pair.property, values=("order-1",)))
    if pair.client in SETS_ID_BY_MESSAGE_ID:
        assert client["properties"][pair.property] == client["messageId"] == "shared-id"
    else:
        assert client["properties"][pair.property] == server["properties"][pair.property] == "order-1"
        assert "messageId" not in client


@PAIRS
@pytest.mark.parametrize("item", [{"sensitive": True}, {"known_by": "server"}])
def test_an_id_that_the_client_must_not_carry_is_not_shared(pair: SharedId, item: dict) -> None:
    """A masked property stays masked, and no other id replaces it."""
    client, server = _halves(pair, Property(name=pair.property, values=("secret",), **item))
    assert pair.property not in client["properties"]
    assert "messageId" not in client
    assert server["properties"][pair.property] == "secret"


def test_the_function_of_a_file_returns_the_id_that_it_made() -> None:
    """Otherwise no one could hand the id to the server; a function that makes none returns nothing."""
    (page, *_) = snippets_of(shop("analytics-node"), ["analytics.js"])
    functions = page.text.split("export function ")[1:]
    makers = [code for code in functions if "const sharedId = " in code]
    assert makers
    assert [code for code in functions if "return sharedId;" in code] == makers


@pytest.mark.parametrize("pair", [pair for pair in SHARED_IDS if pair.client == "TikTok Pixel"], ids=str)
def test_an_alias_promises_no_shared_id(pair: SharedId) -> None:
    """An alias has no properties to carry an id in: its code neither makes one nor says that it does."""
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-python"),
            destinations=(Destination(key=pair.client), Destination(key=pair.server)),
            events=(Event(name="merge", call="alias", decision=Decision(placement="both")),),
        )
    )
    (event,) = plan.events
    assert event.recommendation.shared_ids == (pair,)
    for call in event.recommendation.calls:
        text = snippet(plan, event, call).text
        assert "messageId:" not in text
        assert "sharedId" not in text
        assert "pass the same value" not in text
        assert "the value that the client call has" not in text
    page, *_ = handoff_code(plan, event)
    assert "sharedId" not in page.code
