"""What has to be set in the destinations themselves (law, part 2.6), over every destination and circumstance."""

import re

import pytest

from advisor.advice import advise
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_fields import match_field
from advisor.knowledge.destination_presets import presets
from advisor.knowledge.handed_values import VALUES
from advisor.knowledge.vendors import SHARED_IDS
from advisor.model import Destination, Event, Plan, Property, Recommendation, SetupStep, Sources

from .handoff_model import by_server
from .routed import Case, systematic_cases
from .test_handoff_laws import catalogue_cases
from .test_routing_laws import Law, broken

ADDRESS = re.compile(r"https://[\w.-]+(/[\w.()-]+)+", re.ASCII)


def only_what_is_delivered_has_steps(case: Case) -> bool:
    """In the order of the deliveries, each setting of a destination once."""
    delivered = list(dict.fromkeys(each.destination for each in case.advice.deliveries))
    named = list(dict.fromkeys(step.destination for step in case.advice.setup))
    settings = [(step.destination, step.setting) for step in case.advice.setup]
    return named == [key for key in delivered if key in named] and len(settings) == len(set(settings))


def every_step_is_whole(case: Case) -> bool:
    """What to set, to what, what it is by default, why, and where that is written: an address."""
    return all(
        step.setting and step.value and step.default and step.why.endswith(".") and ADDRESS.fullmatch(step.citation)
        for step in case.advice.setup
    )


def defaults_that_fit_are_not_listed(case: Case) -> bool:
    """A step changes something."""
    return all(step.value != step.default for step in case.advice.setup)


def what_no_field_reads_is_a_step(case: Case) -> bool:
    """Exactly where a value that is handed over for a destination goes to a place that its field does not read."""
    handed = {item.value: item.to for item in case.advice.handoff}
    listed = {(step.destination, step.setting, step.value) for step in case.advice.setup}
    for value in VALUES:
        for key in set(by_server(case)) & value.fields.keys():
            if value.value in handed and value.fields[key]:
                field, to = match_field(key, value.fields[key]), handed[value.value]
                if ((key, field.label, f"$.{to}") in listed) == (to in field.reads):
                    return False
    return True


def without_a_preset_a_mapping_comes_first(case: Case) -> bool:
    """Nothing is sent until there is one, from either side."""
    for key in {each.destination for each in case.advice.deliveries}:
        known = presets(key)
        steps = [step.setting for step in case.advice.setup if step.destination == key]
        if known is not None and not any(each.type == "automatic" for each in known) and steps[:1] != ["mapping"]:
            return False
    return True


def a_pair_maps_its_id(case: Case) -> bool:
    """Where two calls of one vendor share an id that the server's half does not read by default, the step names it."""
    mapped = {(step.destination, step.value) for step in case.advice.setup}
    fields = "traits" if case.event.call in ("identify", "group") else "properties"
    return all(
        (pair.server, f"$.{fields}.event_id") in mapped
        for pair in case.advice.shared_ids
        if pair.property == "event_id" and pair.server != "Facebook Pixel Server Side"
    )


LAWS: tuple[Law, ...] = (
    only_what_is_delivered_has_steps,
    every_step_is_whole,
    defaults_that_fit_are_not_listed,
    what_no_field_reads_is_a_step,
    without_a_preset_a_mapping_comes_first,
    a_pair_maps_its_id,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_setup_steps_of_every_destination_obey_the_law(law: Law) -> None:
    """Alone and all at once, and in the systematic plans."""
    found = broken(law, (*catalogue_cases(), *systematic_cases()))
    assert not found, f"{law.__doc__}\n{len(found)} cases, for example:\n" + "\n".join(
        each[:1500] for each in found[:3]
    )


def test_every_cited_catalogue_page_belongs_to_the_catalogue() -> None:
    """The addresses are those of pages that the catalogue knows."""
    pages = {row.docs_path.rsplit("/", 1)[-1] for row in CATALOGUE.values()}
    cited = {step.citation for case in catalogue_cases() for step in case.advice.setup}
    named = {address.rsplit("/", 1)[-1] for address in cited if "/catalog/" in address}
    assert named
    assert named <= pages


def steps(*keys: str, client: str = "analytics.js", answers: str = "payment", **event: object) -> list[SetupStep]:
    """The steps of an event with these destinations."""
    plan = Plan(
        sources=Sources(client=tuple(client.split()), server="analytics-node"),
        destinations=tuple(Destination(key=key) for key in keys),
        events=(Event(name="Order Completed", answers=dict.fromkeys(answers.split(), "yes"), **event),),
    )
    advice = advise(plan).events[0].recommendation
    assert isinstance(advice, Recommendation)
    return list(advice.setup)


def said(found: list[SetupStep]) -> set[tuple[str, str, str]]:
    """Setting, value and default of each."""
    return {(step.setting, step.value, step.default) for step in found}


@pytest.mark.parametrize(
    ("pair", "setting"),
    [
        (("Facebook Pixel", "Facebook Conversions API (Actions)"), "Event ID"),
        (("TikTok Pixel", "Tiktok Conversions"), "Event ID"),
        (("Pinterest Tag", "Pinterest Conversions API"), "Event ID"),
        (("Reddit Pixel", "Reddit Conversions Api"), "Conversion ID"),
    ],
)
def test_a_pair_of_one_vendor_maps_the_shared_id(pair: tuple[str, str], setting: str) -> None:
    """By default the server's call sends its own messageId, and the two copies never match."""
    assert (setting, "$.properties.event_id", "$.messageId") in said(steps(*pair))
    assert (setting, "$.properties.event_id", "$.messageId") not in said(steps(pair[1]))


def test_the_order_id_of_google_needs_no_mapping() -> None:
    """The two halves of Google Ads join by the order's own number."""
    assert any(pair.property == "order_id" for pair in SHARED_IDS)
    found = steps("Google AdWords New", "Actions Google Enhanced Conversions", properties=(Property(name="order_id"),))
    assert not [step for step in found if "order" in step.setting.casefold()]


def test_google_analytics_needs_mappings_for_the_ids_of_the_browser() -> None:
    """The default of Client ID makes new users, and the session has no field of its own."""
    found = said(steps("Actions Google Analytic 4"))
    assert found >= {
        ("Client ID", "$.properties.client_id", "$.userId ?? $.anonymousId"),
        ("Event Parameters: session_id", "$.properties.session_id", "none"),
        ("Event Parameters: session_number", "$.properties.session_number", "none"),
    }
    absent = said(steps("Actions Google Analytic 4", answers="payment user_absent"))
    assert not [setting for setting, _, _ in absent if "session" in setting]


def test_steps_for_apps_need_an_app() -> None:
    """A website alone has no app events to switch on."""
    of_app = {("Send App Events?", "on", "off")}
    assert said(steps("Facebook Conversions API (Actions)", client="swift")) >= of_app
    assert not said(steps("Facebook Conversions API (Actions)")) & of_app
    of_app_only = steps("Facebook Conversions API (Actions)", client="analytics.js swift", sources=("analytics.js",))
    assert not said(of_app_only) & of_app


def test_snapchat_and_reddit_need_no_step_for_their_ids() -> None:
    """They read them where the hand-off puts them."""
    found = steps("Snap Conversions Api", "Reddit Conversions Api", answers="payment needs_cookies")
    assert not [step for step in found if step.setting in ("Click ID", "uuid_c1 Cookie", "UUID")]


def test_a_required_field_without_a_default_is_a_step() -> None:
    """Where no preset fills it, by whichever call it is delivered."""
    assert ("URL", "a value of your own", "none") in said(steps("Webhook"))
    assert not [step for step in steps("Tiktok Conversions") if step.setting == "Event Name"]


def test_loads_only_and_settings_free_destinations_have_no_steps() -> None:
    """Nothing is to be set where the defaults fit."""
    assert steps("Mixpanel", "Facebook Pixel") == []
    assert steps("Mixpanel", answers="") == []
