"""Plans from public bug reports in which a setup step was missing, with the right steps."""

from advisor.advice import advise
from advisor.model import Destination, Event, Plan, Property, Recommendation, Sources

NEITHER = {"needs_cookies": "no", "needs_client_context": "no"}
ACCURATE = {
    "stored_in_database": "yes",
    "computed_from_database": "no",
    "payment": "yes",
    "sensitive": "no",
    "accuracy": "yes",
    "browser_only": "no",
    "user_absent": "no",
    **NEITHER,
}
PAID = {"payment": "yes", "stored_in_database": "yes"}


def advice(
    *keys: str, client: tuple[str, ...] = ("analytics.js",), server: str = "analytics-node", **event: object
) -> Recommendation:
    """What is recommended for one event."""
    plan = Plan(
        sources=Sources(client=client, server=server),
        destinations=tuple(Destination(key=key) for key in keys),
        events=(Event(name="Order Completed", **{"answers": PAID} | event),),
    )
    found = advise(plan).events[0].recommendation
    assert isinstance(found, Recommendation)
    return found


def places(found: Recommendation) -> list[tuple[str, str]]:
    """Source and place of everything that is handed over."""
    return [(item.source, item.to) for item in found.handoff]


def test_meta_gets_its_context_and_the_consent() -> None:
    """The event does not need cookies, but Meta matches on them and on the request."""
    assert [to for _, to in places(advice("Facebook Conversions API (Actions)", answers=ACCURATE))] == [
        "anonymousId",
        "userId",
        "context.ip",
        "context.userAgent",
        "context.page.url",
        "properties.fbp",
        "properties.fbc",
        "context.consent.categoryPreferences",
    ]


def test_app_vendors_get_the_device_from_the_app() -> None:
    """AppsFlyer, Adjust and Kochava take no event that names no device; Kochava spells one of the ids otherwise."""
    found = advice("AppsFlyer", "Adjust", "Kochava", client=("swift", "kotlin"), answers=ACCURATE)
    assert set(places(found)) == {
        ("mobile", to)
        for to in (
            "anonymousId",
            "userId",
            "context.ip",
            "context.device.type",
            "context.device.id",
            "context.device.advertisingId",
            "context.device.advertising_id",
            "context.app.namespace",
            'integrations["AppsFlyer"].appsFlyerId',
            "context.consent.categoryPreferences",
        )
    }
    assert ("Adjust", "event token") in {(step.destination, step.setting) for step in found.setup}


def test_the_pixel_and_the_conversions_api_join_by_a_mapped_id() -> None:
    """The finding, the step and the shared id name the same id."""
    found = advice("Facebook Pixel", "Facebook Conversions API (Actions)", properties=(Property(name="order_id"),))
    (message,) = [item.message for item in found.findings if item.code == "shared-event-id"]
    assert "map Event ID to properties.event_id (default: messageId)" in message
    assert [pair.property for pair in found.shared_ids] == ["event_id"]
    assert ("Event ID", "$.properties.event_id", "$.messageId") in {
        (step.setting, step.value, step.default) for step in found.setup
    }


def test_google_analytics_also_gets_the_session_number() -> None:
    """And each of its three ids is mapped."""
    found = advice("Actions Google Analytic 4")
    values = {item.value: item.to for item in found.handoff}
    assert values["ga_session_number"] == "properties.session_number"
    mapped = {step.value for step in found.setup}
    assert {f"$.properties.{name}" for name in ("client_id", "session_id", "session_number")} <= mapped


def test_appsflyer_alone_gets_a_hand_off() -> None:
    """The server call adds to the app's SDK and does not replace it."""
    found = advice("AppsFlyer", client=("swift", "kotlin"), server="analytics-go")
    assert {"context.device.type", "context.device.advertisingId", "context.app.namespace", "context.ip", "userId"} <= {
        to for _, to in places(found)
    }
    assert any("does not replace it" in item.why for item in found.handoff)


def test_three_click_ids_have_three_places() -> None:
    """Reddit's and Snapchat's among the integrations, Pinterest's among the properties and mapped."""
    found = advice(
        "Reddit Conversions Api",
        "Snap Conversions Api",
        "Pinterest Conversions API",
        server="analytics-go",
        answers={"payment": "yes", "needs_cookies": "yes"},
    )
    clicks = {item.value: item.to for item in found.handoff if item.value in ("rdt_cid", "ScCid", "epik")}
    assert clicks == {
        "rdt_cid": 'integrations["Reddit Conversions Api"].click_id',
        "ScCid": 'integrations["Snap Conversions Api"].click_id',
        "epik": "properties.epik",
    }
    assert {(step.destination, step.value) for step in found.setup if step.setting == "Click ID"} == {
        ("Pinterest Conversions API", "$.properties.epik")
    }
