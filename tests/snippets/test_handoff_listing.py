"""The hand-off's code follows the list of values: it reads what is listed and nothing else, and puts it where the list says."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from advisor.advice import advise
from advisor.model import Destination, Event, HandoffValue, Plan, Sources
from advisor.snippets.content import content
from advisor.snippets.handoff_code import handoff_code
from advisor.snippets.values import Handed

from .vectors import PAGE, SERVERS

LANDING_WORDS = ("plan_landing", "utm_", "_ga", "clicks", "CLICKS", "PAGE", "PROXIES", "orwarded", "referrer", "DAY")


def _listing(*values: tuple[str, str], place: str = "Express", **event: Any) -> str:
    """The code of an event whose hand-off lists these values, each with the place where it goes."""
    plan = advise(Plan(sources=Sources(client=("analytics.js",), server=SERVERS.get(place)), events=(Event(name="E"),)))
    handoff = tuple(HandoffValue(source="web", value=value, from_="", to=to, why="") for value, to in values)
    advice = replace(plan.events[0].recommendation, handoff=handoff, **event)
    event = replace(plan.events[0], recommendation=advice)
    return next(file.code for file in handoff_code(plan, event) if file.title.endswith(place))


@pytest.mark.parametrize("place", [*SERVERS, PAGE])
def test_the_code_reads_only_what_the_hand_off_lists(place: str) -> None:
    """Nothing of landings, Google, addresses or pages where no value needs it, and of a page only the fields listed."""
    bare = _listing(("anonymousId", "anonymousId"), ("fbp", "properties.fbp"), place=place)
    assert "_fbp" in bare
    for word in LANDING_WORDS:
        assert word not in bare
    fields = _listing(("context.page.url", "context.page.url"), place=place)
    assert ('["url"]' if place in SERVERS else "location.href") in fields
    assert "document.title" not in fields


@pytest.mark.parametrize("place", SERVERS)
@pytest.mark.parametrize("to", ["properties.click_id", "traits.click", "integrations.Snap Conversions Api.click_id"])
def test_an_id_is_read_wherever_it_goes(place: str, to: str) -> None:
    """As a property, a trait or a setting of its destination; one that no reader knows comes from what was sent."""
    code = _listing(("ScCid", to), ("device_of_theirs", "integrations.AppsFlyer.id"), place=place)
    assert '["ScCid", "device_of_theirs"]' in code
    assert code.count('"ScCid"') + code.count("ScCid:") >= 2


def test_settings_of_one_destination_stand_side_by_side() -> None:
    """Two ids that go into one entry of the integrations object: neither takes the other's place."""
    key = "Snap Conversions Api"
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            destinations=(Destination(key=key),),
            events=(Event(name="E", answers={"payment": "yes"}),),
        )
    )
    values = (("ScCid", "click_id"), ("scid", "uuid_c1"))
    handoff = tuple(
        HandoffValue(source="web", value=name, from_="", to=f"integrations.{key}.{to}", why="") for name, to in values
    )
    event = replace(plan.events[0], recommendation=replace(plan.events[0].recommendation, handoff=handoff))
    (call,) = [each for each in event.recommendation.calls if each.side == "server"]
    assert content(event, call).integrations[key] == {
        "click_id": Handed("ids", "ScCid"),
        "uuid_c1": Handed("ids", "scid"),
    }
