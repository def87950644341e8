"""Plans that once got wrong advice, with the right advice."""

from msgspec.structs import replace

from advisor.advice import advise
from advisor.model import (
    CustomReach,
    Decision,
    Destination,
    Event,
    Finding,
    Plan,
    Recommendation,
    Sources,
)

NOT_STORED = {"stored_in_database": "no"}
STORED = {"stored_in_database": "yes"}
PAYMENT = {"stored_in_database": "yes", "payment": "yes", "sensitive": "no"}
WEB, BOTH_CLIENTS, NODE = ("analytics.js",), ("analytics.js", "swift"), "analytics-node"
EVERY_WAREHOUSE, NO_WAREHOUSE = {"all": True}, {"all": False}


def advised(
    answers: dict[str, str],
    *destinations: str | Destination,
    client: tuple[str, ...] = WEB,
    server: str | None = NODE,
    warehouse: bool = False,
    **event: object,
) -> Recommendation:
    """The advice for one event of a plan with these destinations."""
    plan = Plan(
        sources=Sources(client=client, server=server),
        destinations=tuple(Destination(key=item) if isinstance(item, str) else item for item in destinations),
        warehouse=warehouse,
        events=(Event(name="Anything", answers=answers, **event),),
    )
    recommendation = advise(plan).events[0].recommendation
    assert isinstance(recommendation, Recommendation)
    return recommendation


def delivered(advice: Recommendation) -> list[tuple[str, str]]:
    """Who gets it, from which library."""
    return [(item.destination, item.library) for item in advice.deliveries]


def missed(advice: Recommendation) -> dict[str, tuple[str, str | None]]:
    """Reason and alternative of what is not reached."""
    return {item.destination: (item.reason, item.alternative) for item in advice.unreachable}


def objects(advice: Recommendation) -> list[tuple[str | None, dict[str, object]]]:
    """Library and object of each call."""
    return [(call.library, dict(call.integrations)) for call in advice.calls]


def said(findings: tuple[Finding, ...], code: str) -> list[str]:
    """The messages of the findings with this code."""
    return [item.message for item in findings if item.code == code]


def test_the_server_sends_a_diagnosis_to_no_advertising_tool() -> None:
    """The analytics tool that gets it is named, because a contract must allow it."""
    ads = (
        "Facebook Pixel",
        "Facebook Conversions API (Actions)",
        "Tiktok Conversions",
        "Actions Google Enhanced Conversions",
    )
    advice = advised({**STORED, "sensitive": "yes"}, *ads, "Mixpanel (Actions)")
    assert advice.placement == "server"
    assert delivered(advice) == [("Mixpanel (Actions)", NODE)]
    assert missed(advice) == dict.fromkeys(ads, ("sensitive", None))
    assert all("mark that property sensitive and answer no" in item.message for item in advice.unreachable)
    assert objects(advice) == [(NODE, {"All": False, "Mixpanel (Actions)": True})]
    assert advice.handoff == ()
    assert len(said(advice.findings, "sensitive-to-third-party")) == 1


def test_refused_destinations_are_no_reason_for_a_call() -> None:
    """Two advertising tools, one for each side: a sensitive event has neither a client-only nor a server-only reason."""
    advice = advised({"sensitive": "yes", "browser_only": "yes"}, "Facebook Pixel", "Facebook Offline Conversions")
    assert advice.placement == "server"
    rules = {item.rule for item in (*advice.reasons, *advice.tradeoffs)}
    assert rules.isdisjoint({"client-only-destination", "server-only-destination"})


def test_a_client_that_leads_stores_every_occurrence() -> None:
    """The app has nothing to deliver, but its occurrences are stored."""
    page_tool = Destination(key="Page Tool", custom=CustomReach(web="device"))
    server_tool = Destination(key="Server Tool", custom=CustomReach(server="cloud"))
    answers = {**NOT_STORED, "browser_only": "yes"}
    advice = advised(answers, page_tool, server_tool, client=BOTH_CLIENTS, warehouse=True)
    assert advice.placement == "both"
    assert objects(advice) == [
        ("analytics.js", {"All": False, "Page Tool": True, "Warehouses": EVERY_WAREHOUSE}),
        ("swift", {"All": False, "Warehouses": EVERY_WAREHOUSE}),
        (NODE, {"All": False, "Server Tool": True, "Warehouses": NO_WAREHOUSE}),
    ]
    without = advised(answers, page_tool, server_tool, client=BOTH_CLIENTS)
    assert [call.library for call in without.calls] == ["analytics.js", NODE]


def test_without_a_server_library_the_client_takes_all_it_reaches_and_is_stored() -> None:
    """Both sides are advised; no library can make the server's call yet, and no occurrence is lost."""
    advice = advised(PAYMENT, "Facebook Pixel", "Mixpanel (Actions)", server=None, warehouse=True)
    assert advice.placement == "both"
    closed = {"All": False, "Facebook Pixel": True, "Mixpanel (Actions)": True, "Warehouses": EVERY_WAREHOUSE}
    assert dict(objects(advice))["analytics.js"] == closed


def test_without_a_server_library_a_source_with_nothing_to_deliver_is_stored_too() -> None:
    """The app reaches neither of the two destinations, and nothing else would store its occurrences."""
    page_tool = Destination(key="Page Tool", custom=CustomReach(web="device"))
    advice = advised(PAYMENT, page_tool, client=BOTH_CLIENTS, server=None, warehouse=True)
    assert ("swift", {"All": False, "Warehouses": EVERY_WAREHOUSE}) in objects(advice)


def test_an_uncertain_destination_adds_no_half() -> None:
    """Zopim's code takes identify only: no client call is made for it alone, but a call that is made anyway
    delivers it.
    """
    advice = advised(PAYMENT, "Zopim", "Mixpanel (Actions)")
    assert advice.placement == "server"
    assert missed(advice) == {"Zopim": ("call-type", "Zendesk")}
    anyway = advised(PAYMENT, "Zopim", "Mixpanel (Actions)", "Hotjar")
    assert delivered(anyway) == [("Zopim", "analytics.js"), ("Hotjar", "analytics.js"), ("Mixpanel (Actions)", NODE)]
    assert len(said(anyway.findings, "call-type-uncertain")) == 1


def test_an_uncertain_destination_that_the_server_reaches_is_the_servers() -> None:
    """Madkudu's code for websites takes no track calls, its server does: so only the server surely reaches it."""
    advice = advised(NOT_STORED, "Madkudu", "Hotjar")
    assert advice.placement == "both"
    assert delivered(advice) == [("Hotjar", "analytics.js"), ("Madkudu", NODE)]


def test_a_loads_only_tool_is_neither_unreachable_nor_idle() -> None:
    """LinkedIn's tag takes no call: the page view is placed as if the tag were not in the plan."""
    answers = {**NOT_STORED, "needs_cookies": "yes", "needs_client_context": "yes"}
    advice = advised(answers, "LinkedIn Insight Tag", "Mixpanel (Actions)", call="page")
    alone = advised(answers, "Mixpanel (Actions)", call="page")
    assert (advice.placement, advice.unreachable, objects(advice)) == (alone.placement, (), objects(alone))
    assert len(said(advice.findings, "loads-only")) == 1
    plan = Plan(
        sources=Sources(client=WEB, server=NODE),
        destinations=(Destination(key="LinkedIn Insight Tag"), Destination(key="Mixpanel")),
        events=(Event(name="Seen", answers=answers, call="page"),),
    )
    assert not said(advise(plan).findings or (), "idle-destination")


def test_an_unwanted_store_is_not_idle() -> None:
    """It gets every call, so no finding asks to want or remove it; without a call it is idle."""
    plan = Plan(
        sources=Sources(client=WEB, server=NODE),
        destinations=(Destination(key="AWS S3"), Destination(key="Mixpanel")),
        events=(Event(name="Seen", answers=NOT_STORED, destinations=("Mixpanel",)),),
    )
    assert not said(advise(plan).findings or (), "idle-destination")
    without_library = advise(replace(plan, sources=Sources()))
    assert len(said(without_library.findings or (), "idle-destination")) == 2


def test_a_client_that_is_never_told_the_user_is_reported() -> None:
    """The identify is the server's alone, and two events come from the client."""
    clicked = Event(name="Button Clicked", answers={**NOT_STORED, "browser_only": "yes"})
    identify = Event(name="identify", call="identify", answers={**STORED, "accuracy": "yes", "needs_cookies": "yes"})
    plan = Plan(
        sources=Sources(client=WEB, server=NODE),
        destinations=(Destination(key="Actions Amplitude"), Destination(key="Actions Customerio")),
        events=(identify, clicked, replace(clicked, name="Page Scrolled")),
    )
    assert [item.pointer for item in advise(plan).findings or () if item.code == "client-stays-anonymous"] == [
        "/events/0"
    ]
    assert not said(advise(replace(plan, events=(identify,))).findings or (), "client-stays-anonymous")


def test_a_pixel_does_not_move_the_other_tools_to_the_server() -> None:
    """A lean is not worth a second call: the event stays on the client, as without the pixel."""
    answers = {**STORED, "needs_cookies": "yes", "needs_client_context": "yes"}
    analytics = ("Mixpanel (Actions)", "Klaviyo (Actions)")
    with_pixel = advised(answers, *analytics, "Facebook Pixel")
    without = advised(answers, *analytics)
    assert (with_pixel.placement, without.placement) == ("client", "client")
    assert [call.library for call in with_pixel.calls] == ["analytics.js"]
    assert {item.rule for item in with_pixel.reasons} == {"cookies", "client-context", "client-only-destination"}
    exact = advised({**answers, "accuracy": "yes"}, *analytics, "Facebook Pixel")
    assert exact.placement == "both"


def test_what_a_finding_asks_for_raises_no_other_finding() -> None:
    """With an identify call on the client too, by decision or as a separate event, no further finding is given."""
    clicked = Event(name="Button Clicked", answers={**NOT_STORED, "browser_only": "yes"})
    identify = Event(name="identify", call="identify", answers={**STORED, "accuracy": "yes"})
    on_client = Event(name="On the page", call="identify", answers=NOT_STORED, destinations=())
    for events in ((replace(identify, decision=Decision(placement="both")), clicked), (identify, on_client, clicked)):
        plan = advise(
            Plan(sources=Sources(client=WEB, server=NODE), destinations=(Destination(key="Mixpanel"),), events=events)
        )
        codes = {item.code for item in plan.findings or ()}
        for event in plan.events:
            assert isinstance(event.recommendation, Recommendation)
            codes |= {item.code for item in event.recommendation.findings}
        assert codes.isdisjoint({"client-stays-anonymous", "profiles-from-client", "decision-idle-half"})


def test_no_finding_asks_to_want_a_destination_that_is_wanted() -> None:
    """A sensitive event is refused to the pixel that it wants; the finding about an unwanted tool says to want or
    remove it.
    """

    def said_of(wanted: tuple[str, ...]) -> str:
        event = Event(name="Diagnosis Viewed", answers={"sensitive": "yes"}, destinations=wanted)
        keys = (Destination(key="Facebook Pixel"), Destination(key="Mixpanel"))
        plan = advise(Plan(sources=Sources(client=WEB, server=NODE), destinations=keys, events=(event,)))
        return " ".join(said(plan.findings or (), "idle-destination"))

    assert "Want it somewhere" not in said_of(("Facebook Pixel", "Mixpanel"))
    assert "Want it somewhere" in said_of(("Mixpanel",))
