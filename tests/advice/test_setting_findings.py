"""What destinations with default settings do with an event: which act on it, and what they read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_presets import is_subscribed, presets, usable_presets
from advisor.knowledge.preset_triggers import sets_off
from advisor.model import CALL_TYPES, CallType, Destination, Event, Plan, Property, Recommendation, Sources

META, GA4, TIKTOK = "Facebook Conversions API (Actions)", "Actions Google Analytic 4", "Tiktok Conversions"


@pytest.mark.parametrize(
    ("trigger", "call", "name", "does"),
    [
        ('type = "track"', "track", "Anything", True),
        ('type="page"', "page", "Home", True),
        ('type = "track" and event = "Order Completed"', "track", "Order Completed", True),
        ('type = "track" AND event = "Order Completed"', "track", "Order Completed", True),
        ('type = "track" and event = "Order Completed"', "track", "order completed", False),
        ('type = "track" and event = "Order Completed"', "track", "Order Completed ", False),
        ('event = "Order Completed"', "page", "Order Completed", False),
        ('type = "track" and event != "Order Completed"', "track", "Order Completed", False),
        ('type = "track" and event != "Order Completed"', "track", "Anything", True),
        ('type = "identify" or type = "track" and event = "A"', "identify", "B", True),
        ('type = "identify" or type = "track" and event = "A"', "track", "B", False),
        ('(type = "identify" or type = "track") and event = "A"', "identify", "A", False),
        ('type = "page" and properties.name = "Home"', "page", "Home", True),
        ('type = "page" and properties.name != "Home"', "page", "Home", False),
        ("type = track or type = page", "page", "Home", True),
        ("type = 'page'", "page", "Home", False),
        ('type = "track" and event == "A"', "track", "A", False),
        ('type = "Identify"', "identify", "A", False),
        ('type = "track", event = "A"', "track", "A", False),
        ('type = "track" and', "track", "A", False),
        ('(type = "track"', "track", "A", False),
        ('userId = "u"', "track", "A", False),
        ("", "track", "A", False),
    ],
)
def test_triggers_match_as_the_trigger_language_defines(trigger: str, call: CallType, name: str, does: bool) -> None:
    """Names exactly, words in any case, and nothing where the language itself matches nothing."""
    assert sets_off(trigger, call, name) == does


@given(st.text(max_size=40), st.sampled_from(CALL_TYPES), st.text(max_size=8))
def test_any_text_is_parsed_as_a_trigger_or_rejected(trigger: str, call: CallType, name: str) -> None:
    """An unreadable trigger matches nothing and raises no error."""
    assert sets_off(trigger, call, name) in (True, False)


@given(
    st.sampled_from([key for key in CATALOGUE if presets(key)]),
    st.sampled_from(CALL_TYPES),
    st.text(min_size=1, max_size=8),
)
def test_a_trigger_that_matches_a_call_matches_some_name(key: str, call: CallType, name: str) -> None:
    """A destination that acts on this call acts on one of some name."""
    assert is_subscribed(key, call, None) or not is_subscribed(key, call, name)


def test_every_preset_belongs_to_a_destination_of_the_catalogue() -> None:
    """133 destinations: 47 do nothing untouched, 64 act on every track call, and 17 on a closed list of names."""
    known = [key for key in CATALOGUE if presets(key)]
    idle = [key for key in known if not any(each.type == "automatic" for each in presets(key) or ())]
    every = [key for key in known if is_subscribed(key, "track", "No Such Name")]
    closed = [key for key in known if is_subscribed(key, "track", None) and key not in every]
    assert (len(known), len(idle), len(every), len(closed)) == (133, 47, 64, 17)


def findings(
    code: str, *keys: str, name: str = "Order Completed", answers: str = "payment", **event: object
) -> list[str]:
    """The messages with this code."""
    plan = Plan(
        sources=Sources(client=("analytics.js",), server="analytics-node"),
        destinations=tuple(Destination(key=key) for key in keys),
        events=(Event(name=name, answers=dict.fromkeys(answers.split(), "yes"), **event),),
    )
    advice = advise(plan).events[0].recommendation
    assert isinstance(advice, Recommendation)
    return [item.message for item in advice.findings if item.code == code]


def test_one_finding_names_every_inactive_destination_and_its_presets() -> None:
    """Meta and Google Analytics have no preset; TikTok acts on a closed list without this name."""
    (message,) = findings("not-subscribed", META, GA4, TIKTOK, "Mixpanel (Actions)", name="Invoice Paid")
    assert all(CATALOGUE[key].name in message for key in (META, GA4, TIKTOK))
    assert CATALOGUE["Mixpanel (Actions)"].name not in message
    assert "Complete Payment (on Order Completed)" in message
    (message,) = findings("not-subscribed", META, GA4, TIKTOK)
    assert CATALOGUE[TIKTOK].name not in message
    assert "Purchase (on Order Completed)" in message


@pytest.mark.parametrize(
    "key", ["Tiktok Conversions", "Snap Conversions Api", "Reddit Conversions Api", "Pinterest Conversions API"]
)
def test_closed_lists_act_on_their_names_only(key: str) -> None:
    """Case and blanks count."""
    assert not findings("not-subscribed", key)
    for name in ("order completed", "Order Completed ", "Invoice Paid"):
        (message,) = findings("not-subscribed", key, name=name)
        assert "(on Order Completed)" in message


def test_destinations_that_the_client_delivers_are_named_too() -> None:
    """Google Analytics 4 Web has a preset for pages only."""
    assert findings("not-subscribed", "Google Analytics 4 Web", answers="browser_only")
    assert not findings("not-subscribed", "Google Analytics 4 Web", answers="browser_only", call="page")


def test_destinations_without_mappings_have_no_finding() -> None:
    """Classic ones have none."""
    assert not findings("not-subscribed", "Mixpanel", "Facebook Pixel")


def test_the_offered_presets_belong_to_the_destination() -> None:
    """Of this call type, or one that waits for no call yet."""
    for key in CATALOGUE:
        for each in usable_presets(key, "track", "Order Completed"):
            assert each in (presets(key) or ())
            assert not each.trigger or each.matches("track", None)


@pytest.mark.parametrize(
    ("key", "read", "unread"),
    [
        (META, "revenue", "total"),
        (GA4, "total", "revenue"),
        (TIKTOK, "value", "total"),
        (TIKTOK, "revenue", "price"),
        ("Snap Conversions Api", "total", "value"),
        ("Pinterest Conversions API", "price", "revenue"),
        ("Ms Bing Capi", "value", "revenue"),
        ("AppsFlyer", "total", "value"),
    ],
)
def test_an_amount_in_another_property_is_not_read(key: str, read: str, unread: str) -> None:
    """For an event with money and any name."""
    for name in ("Order Completed", "Invoice Paid"):
        assert not findings("value-not-read", key, name=name, properties=(Property(name=read),))
        (message,) = findings("value-not-read", key, name=name, properties=(Property(name=unread),))
        assert f"“{read}”" in message


def test_events_without_money_get_no_finding_about_the_amount() -> None:
    """Nor in a call that is no track call, nor by a destination that takes no amount."""
    assert not findings("value-not-read", META, answers="stored_in_database")
    assert not findings("value-not-read", META, call="page")
    assert not findings("value-not-read", "Mixpanel")
