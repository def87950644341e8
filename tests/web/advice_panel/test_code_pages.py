"""Code in the advice panel, on the page of a plan, and from the API. Without JavaScript."""

from __future__ import annotations

import io
import json
import re
import zipfile
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.advice import advise, advise_event
from advisor.advice.losses import losses
from advisor.document import write
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import Destination, Event, Plan, Property, Sources
from advisor.settings import Settings
from advisor.snippets import setup, snippet
from advisor.snippets.files import snippets_of
from advisor.web import create_app
from advisor.web.advice_panel.code import TRIED
from advisor.web.advice_panel.handoff_code import PLACES
from advisor.web.advice_panel.highlight import highlight
from advisor.web.app.downloads import zip_files
from markup import Element
from owned_plans import HOSTILE, SHOP, event_ids, own
from page_client import PageClient

BOTH = (
    "/advise?name=Order+Completed&payment=yes&destination=Facebook+Pixel&destination=Facebook+Conversions+API+(Actions)"
)
RELAY = "/advise?name=Card+Added&browser_only=yes&sensitive=yes&properties-0-name=card&properties-0-sensitive=yes"


def code(client: PageClient, what: str) -> str:
    """Return the code with this name on the page, as it would be copied."""
    found = [block for block in client.page.root.all("pre") if block["aria-label"] == what]
    assert len(found) == 1, f"{what} is there {len(found)} times"
    return "".join(found[0].first("code")._texts())


def names(client: PageClient) -> list[str]:
    """Return the names of the code on the page."""
    return [block["aria-label"] for block in client.page.root.all("pre")]


def tabs(client: PageClient, inside: str) -> dict[str, Element]:
    """Return the tabs in this part of the page, by what they choose."""
    part = client.page.root.by_id(inside)
    return {link["data-key"]: link for link in part.all("a") if "data-choose" in link}


def follow(client: PageClient, link: Element) -> None:
    """Follow a link, and check that it leads to a place that exists on that page."""
    address, _, anchor = link["href"].partition("#")
    client.get(address)
    assert not anchor or client.page.root.by_id(anchor)


# The calls


def test_each_call_has_its_code(client: PageClient) -> None:
    """The code is word for word the snippet of the plan's own library, with its object, under the mark of its side."""
    client.get(BOTH)
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            destinations=(Destination(key="Facebook Pixel"), Destination(key="Facebook Conversions API (Actions)")),
            events=(Event(name="Order Completed", answers={"payment": "yes"}),),
        )
    )
    event = plan.events[0]
    assert not isinstance(event.recommendation, msgspec.UnsetType)
    assert [call.side for call in event.recommendation.calls] == ["client", "server"]
    for call in event.recommendation.calls:
        named = f"code of the {call.side} call, {LIBRARIES[call.library or ''].name}"
        assert code(client, named) == snippet(plan, event, call).text.strip("\n")


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=lambda library: library.key)
def test_every_library_can_be_chosen(client: PageClient, library: Any) -> None:
    """A link without script chooses the library: its code or a note in its place, its setup, its test level and its runtime."""
    client.get(BOTH)
    if library.key not in tabs(client, "code"):  # the plan's own: shown already, and a way back from another
        follow(client, next(iter(tabs(client, f"code-{library.side}").values())))
    follow(client, tabs(client, "code")[library.key])
    part = client.page.root.by_id(f"code-{library.side}")
    shown = f"code of the {library.side} call, {library.name}"
    assert shown in names(client) or f"With {library.name}, this event would have no call" in part.text
    near = (tab for tab in tabs(client, f"code-{library.side}").values() if tab["data-choose"] == "library")
    current = [tab["data-key"] for tab in near if "aria-current" in tab]
    assert current in ([library.key], [])
    made = setup(library.key)
    assert code(client, f"install line of {library.name}") == made.install
    assert code(client, f"initialisation of {library.name}") == made.code
    assert made.status in part.text or made.status == "current"
    assert made.verified in {chip.text for chip in part.by_class("chip")}
    assert TRIED[made.verified] in part.text
    assert f"Needs {made.runtime}." in part.text
    assert made.docs in {link["href"] for link in part.all("a")}
    assert made.trap in part.text or shown not in names(client)


def test_another_library_is_shown_as_if_the_plan_used_it(client: PageClient) -> None:
    """The object is that of a plan with this library: for an app it names the destinations that All would not stop."""
    client.get(
        "/advise?name=Opened&browser_only=yes&destination=Mixpanel&destination=AppsFlyer&wanted=Mixpanel&library=swift"
    )
    plan = Plan(
        sources=Sources(client=("swift",), server="analytics-node"),
        destinations=(Destination(key="Mixpanel"), Destination(key="AppsFlyer")),
        events=(Event(name="Opened", answers={"browser_only": "yes"}, destinations=("Mixpanel",)),),
    )
    event = advise_event(plan, 0)
    assert not isinstance(event.recommendation, msgspec.UnsetType)
    call = next(call for call in event.recommendation.calls if call.library == "swift")
    assert code(client, "code of the client call, Swift") == snippet(plan, event, call).text.strip("\n")
    assert call.integrations["AppsFlyer"] is False
    assert "Swift, not in the plan" in client.page.root.by_id("code").text


def test_a_choice_for_one_side_keeps_the_others(client: PageClient) -> None:
    """The choices for server, client and hand-off do not change each other or the answers."""
    client.get(BOTH)
    follow(client, tabs(client, "code-server")["analytics-ruby"])
    follow(client, tabs(client, "handoff")["django"])
    follow(client, tabs(client, "code-client")["kotlin"])
    assert "code of the server call, Ruby" in names(client)
    assert "code of the hand-off, Django" in names(client)
    assert "checked" in client.page.root.by_id("payment-yes")
    follow(client, tabs(client, "code-server")["analytics-node"])
    assert "code of the server call, Node.js" in names(client)


def test_the_choice_is_part_of_the_state(client: PageClient) -> None:
    """The link to the advice and the form have the choice, so that it stays when more questions are answered."""
    client.get(BOTH + "&library=analytics-python&handoff=flask")
    link = next(link for link in client.page.root.all("a") if "data-copy-link" in link)
    asked = parse_qs(urlsplit(link["href"]).query)
    assert (asked["library"], asked["handoff"]) == (["analytics-python"], ["flask"])
    client.submit("/advise", payment="no", accuracy="yes")
    assert "code of the server call, Python" in names(client)


def test_the_address_says_which_call_is_in_view(client: PageClient) -> None:
    """The first call is in view, or that of the address; a side without a call is ignored; both calls are on the page."""
    for query, side in (
        ("", "client"),
        ("&side=server", "server"),
        ("&side=client", "client"),
        ("&side=%3Cb%3E", "client"),
    ):
        client.get(BOTH + query)
        radios = {
            radio["value"]: "checked" in radio
            for radio in client.page.root.by_id("calls").all("input")
            if radio["type"] == "radio"
        }
        assert radios == {"client": side == "client", "server": side == "server"}
    client.get("/advise?name=Paid&payment=yes&side=client")
    assert [pane["id"] for pane in client.page.root.by_class("dev__pane")] == ["code-server"]


def test_an_unknown_library_is_ignored(client: PageClient) -> None:
    """Short forms of a library are understood, and any other text shows the plan's own library."""
    client.get(BOTH + "&library=python&library=cobol&handoff=cgi&library=%3Cb%3E")
    assert "code of the server call, Python" in names(client)
    assert "code of the client call, Analytics.js" in names(client)
    assert "code of the hand-off, In the page" in names(client)


def test_a_state_too_long_for_an_address_uses_buttons_as_tabs(client: PageClient) -> None:
    """If the state is too long for an address, the tabs are buttons that send the form with everything in it."""
    client.get(f"{BOTH}&properties-0-name=p&properties-0-description={'d' * 7000}")
    assert not tabs(client, "code")
    client.submit("/advise", "library=analytics-go")
    assert "code of the server call, Go" in names(client)
    assert len(client.page.root.by_id("properties-0-description")["value"]) == 7000


def test_without_a_library_the_page_offers_a_choice(client: PageClient) -> None:
    """The plan stays as it is, and the code of a chosen library is shown."""
    client.get(
        "/advise?name=Paid&payment=yes&client=analytics.js&server=&properties-0-name=p&properties-0-sensitive=yes"
    )
    assert "There is no server library yet" in client.page.root.by_id("code-server").text
    follow(client, tabs(client, "code-server")["analytics-php"])
    assert "code of the server call, PHP" in names(client)


def test_notes_below_the_code_explain_what_it_leaves_out(client: PageClient) -> None:
    """The notes say what is withheld and why, which id both halves share, and what an empty object means."""
    client.get(BOTH + "&properties-0-name=margin&properties-0-sensitive=yes")
    assert "Withheld from the Analytics.js call: margin (sensitive)." in client.page.root.by_id("code-client").text
    for side in ("client", "server"):
        assert "“event_id”: pass the same value in both calls." in client.page.root.by_id(f"code-{side}").text
    assert "Empty: every destination" not in client.page.root.by_id("code-client").text
    client.get("/advise?name=Seen&browser_only=yes")
    assert "Empty: every destination that is enabled" in client.page.root.by_id("code").text


@pytest.mark.parametrize("public_url", [None, "https://advisor.example.com/tracking"])
def test_the_code_links_back_only_where_the_address_is_known(tmp_path: Any, public_url: str | None) -> None:
    """The comment has the address of this advice if the setting says under which address people reach the app."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'advisor.sqlite'}",
        secret_key="known",
        data_dir=tmp_path,
        public_url=public_url,
    )
    app = create_app(settings)
    app.test_client_class = PageClient
    client = app.test_client()
    client.get(BOTH + "&library=analytics-python")
    lines = code(client, "code of the server call, Python").splitlines()
    links = [line.removeprefix("# ") for line in lines if line.startswith("# http")]
    if public_url is None:
        assert links == []
        return
    (link,) = links
    assert link.startswith(f"{public_url}/advise?")
    client.get(link.removeprefix(public_url))
    assert client.page.root.first("h1").text == "Order Completed"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(client: PageClient, app: Flask, name: str) -> None:
    """On every page with code, hostile names are shown as text, and the code is that of the snippets."""
    event = Event(
        name=name,
        answers={"payment": "yes", "browser_only": "yes"},
        properties=(Property(name=name, sensitive=True), Property(name="a", values=(name,))),
    )
    plan = replace(SHOP, name=name, events=(event,))
    plan_id = own(app, client, plan)
    (event_id,) = event_ids(app, plan_id)
    for address in (f"/plans/{plan_id}/events/{event_id}?library=ruby&handoff=flask", f"/plans/{plan_id}/code/files"):
        client.get(address)
        assert not client.page.root.all("img", "iframe")
        assert all(script["src"].startswith("/static/") for script in client.page.root.all("script"))
        assert all("onclick" not in element for element in client.page.root)
    response = client.get(f"/plans/{plan_id}/code/download", status=200)
    header = response.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[\w-]+\.zip"(; filename\*=UTF-8\'\'[\w.%~-]+)?', header, re.ASCII)


def test_the_event_of_a_plan_has_code(client: PageClient, app: Flask) -> None:
    """Its tabs lead back to the event; the fragment has the code that was chosen; looking at it saves nothing."""
    plan_id = own(app, client)
    event_id = event_ids(app, plan_id)[1]
    address = f"/plans/{plan_id}/events/{event_id}"
    client.get(address)
    link = tabs(client, "code-server")["analytics-go"]
    assert link["href"] == f"{address}?library=analytics-go&side=server#code-server"
    follow(client, link)
    assert "code of the server call, Go" in names(client)
    hidden = client.page.root.by_id("code").all("input")
    assert [(each["name"], each["value"], each["form"]) for each in hidden] == [
        ("library", "analytics-go", "event"),
        ("side", "server", "event"),
    ]
    response = client.post(
        f"{address}/advice", data={"name": "Order Completed", "library": "analytics-rust"}, status=200
    )
    assert "code of the server call, Rust" in response.text
    client.get(f"/plans/{plan_id}/events/new")
    follow(client, next(iter(tabs(client, "code").values())))


def test_each_client_library_of_a_plan_has_a_tab(client: PageClient, app: Flask) -> None:
    """The plan's own libraries come first, and each shows its own call."""
    event = Event(name="Seen", answers={"browser_only": "yes"})
    plan = Plan(name="Shop", sources=Sources(client=("analytics.js", "kotlin")), events=(event,))
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}")
    first = client.page.root.by_id("code-client").by_class("pills")[0].all("a")
    assert [(tab.text, tab["aria-current"]) for tab in first] == [("Analytics.js", "true"), ("Kotlin", "")]
    follow(client, first[1])
    assert code(client, "code of the client call, Kotlin")
    assert "not in the plan" not in client.page.root.by_id("code-client").text


def test_an_example_of_the_first_page_has_code_too(client: PageClient) -> None:
    """Its page shows the code, and a tab leads to the same page with other code."""
    client.get("/advise?name=Promotion+Clicked&stored_in_database=no&browser_only=yes&needs_client_context=yes")
    assert "code of the client call, Analytics.js" in names(client)
    follow(client, tabs(client, "code-client")["react-native"])
    assert client.page.root.first("h1").text == "Promotion Clicked"
    assert "code of the client call, React Native" in names(client)


# The check of an object


def test_each_object_can_be_checked(client: PageClient) -> None:
    """The link fills in object, library, call and destinations, and the check says what the advice promised."""
    client.get(BOTH + "&warehouse=yes")
    links = [link for link in client.page.root.by_id("calls").all("a") if link["href"].startswith("/integrations?")]
    assert len(links) == 2
    for link, library, receiver, other in zip(
        links,
        ("analytics.js", "analytics-node"),
        ("Facebook Pixel", "Facebook Conversions API (Actions)"),
        ("Facebook Conversions API (Actions)", "Facebook Pixel"),
        strict=True,
    ):
        asked = parse_qs(urlsplit(link["href"]).query)
        assert (asked["library"], asked["call"], asked["warehouse"]) == ([library], ["track"], ["yes"])
        client.get(link["href"])
        said = {
            row.first("th").text.partition("key ")[0]: row.by_class("chip")[0].text
            for body in client.page.root.all("tbody")
            for row in body.all("tr")
        }
        assert said[receiver] == "receives"
        assert said[other] != "receives"
        assert not client.page.root.by_class("finding--error")


def test_custom_destinations_are_left_out_of_the_check(client: PageClient, app: Flask) -> None:
    """Only the plan knows a custom destination, and the page of the check would refuse it."""
    plan_id = own(
        app,
        client,
        msgspec.convert(
            msgspec.to_builtins(SHOP)
            | {
                "destinations": [
                    {"key": "Our Own Tool", "custom": {"web": "cloud", "server": "cloud"}},
                    {"key": "Mixpanel", "web_mode": "cloud"},
                ],
                "events": [{"name": "X", "answers": {"browser_only": "yes"}}],
            },
            Plan,
        ),
    )
    client.get(f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}")
    (link,) = [link for link in client.page.root.by_id("calls").all("a") if link["href"].startswith("/integrations?")]
    asked = parse_qs(urlsplit(link["href"]).query)
    assert (asked["destination"], asked["mode"]) == (["Mixpanel"], ["Mixpanel=cloud"])
    client.get(link["href"])
    assert client.page.root.by_id("answer")


# The hand-off


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
@pytest.mark.parametrize(
    "state", [RELAY, BOTH, BOTH + "&library=ruby", "/advise?name=R&payment=yes&user_absent=yes&needs_cookies=yes"]
)
def test_every_server_of_the_hand_off_has_code(client: PageClient, state: str, place: Any) -> None:
    """The code of the page and of each framework is shown for any server library; the shown tab is marked."""
    client.get(state)
    follow(client, tabs(client, "handoff")[place.key])
    text = code(client, f"code of the hand-off, {place.name}")
    assert "collectHandoff" not in text
    assert "collectHandoff" in code(client, "code of the hand-off, In the page")
    assert tabs(client, "handoff")[place.key]["aria-current"] == "true"


def test_the_hand_off_has_its_warnings(client: PageClient) -> None:
    """The warnings about relay, storing, identity and consent are shown where they apply."""
    client.get(RELAY)
    said = {each.text for each in client.page.root.by_id("handoff").all("dt")}
    assert said == {"Relay", "Identity", "Consent"}
    assert "tellServer" in code(client, "code of the hand-off, In the page")
    client.get("/advise?name=Renewed&payment=yes&user_absent=yes&needs_cookies=yes&handoff=flask")
    assert {each.text for each in client.page.root.by_id("handoff").all("dt")} == {"Store it", "Identity", "Consent"}
    assert "def to_store" in code(client, "code of the hand-off, Flask")


def test_the_page_says_what_to_set_in_the_destinations(client: PageClient) -> None:
    """The setting is shown beside the calls, with its default and its source, and in the comment of the call that needs it."""
    client.get(BOTH)
    shown = client.page.root.by_id("setup-server")
    assert "Event ID" in shown.text
    assert "$.properties.event_id" in shown.text
    assert "default: $.messageId" in " ".join(shown.text.split())
    assert all(link["href"].startswith("https://") for link in shown.all("a"))
    comment = " ".join(code(client, "code of the server call, Node.js").replace("\n// ", " ").split())
    assert "Event ID: $.properties.event_id (default $.messageId)" in comment
    client.get("/advise?name=Order+Completed&payment=yes&destination=Mixpanel")
    assert "Set up in Segment" not in client.page.root.text


def test_the_hand_off_names_the_settings_that_read_it(client: PageClient) -> None:
    """The setting is named where a value goes to a place that its destination does not read by default."""
    client.get("/advise?name=Order+Completed&payment=yes&destination=Actions+Google+Analytic+4")
    assert "Map Client ID of Google Analytics 4 Cloud to it." in " ".join(
        client.page.root.by_id("handoff").text.split()
    )


def test_a_server_without_ready_code_gets_a_note(client: PageClient) -> None:
    """Ruby has the table and examples in other languages; Python has its own first."""
    client.get(BOTH + "&library=ruby")
    assert "There is no ready server code for Ruby" in client.page.root.by_id("handoff").text
    client.get(BOTH + "&library=python")
    assert "no ready server code" not in client.page.root.by_id("handoff").text
    assert list(tabs(client, "handoff")) == ["flask", "django", "express"]


# What is lost


@pytest.mark.parametrize("state", [BOTH, RELAY, "/advise?name=Seen&browser_only=yes", "/advise?name=A&user_absent=yes"])
def test_the_page_lists_every_loss(client: PageClient, state: str) -> None:
    """Each side that makes a call lists its losses with their cost, what the code does about them, and a source."""
    client.get(state)
    part = client.page.root.by_id("losses")
    sides = {row.by_class("vh")[0].text.partition(":")[0].lower() for row in part.all("tr") if row.all("td")}
    panes = [pane["id"].removeprefix("code-") for pane in client.page.root.by_class("dev__pane")]
    assert set() != set(panes) <= sides
    assert all(cite.all("a")[-1]["href"].startswith("https://") for cite in part.by_class("cite"))


def test_the_sources_on_paper_are_those_on_the_screen(client: PageClient) -> None:
    """A printed page has no links: every cited page is listed at the end with its address."""
    client.get(BOTH)
    cited = {link["href"] for cite in client.page.root.by_class("cite") for link in cite.all("a")}
    listed = {link["href"] for link in client.page.root.by_class("sources")[0].all("a")}
    assert {address for address in cited if address.startswith("https:")} == listed


def test_the_losses_are_those_of_the_advice(client: PageClient, app: Flask) -> None:
    """The page has each loss of the advice in a row of its own, with what it costs and what covers it."""
    plan_id = own(app, client)
    for index, event_id in enumerate(event_ids(app, plan_id)):
        client.get(f"/plans/{plan_id}/events/{event_id}")
        rows = [row.text for row in client.page.root.by_id("losses").all("tr")]
        for loss in losses(SHOP, advise_event(SHOP, index)):
            assert any(all(part in row for part in (loss.what, loss.cost, loss.answer)) for row in rows)


# The whole plan


def test_a_plan_has_a_file_per_library(client: PageClient, app: Flask) -> None:
    """The page lists what the zip holds, and shows each file as it is there."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}")
    (tab,) = [link for link in client.page.root.by_class("tabs")[0].all("a") if link.text == "Developers"]
    client.get(tab["href"])
    (files,) = [link for link in client.page.root.all("a") if link.text == "Library files"]
    client.get(files["href"])
    expected = {file.name: file.text for file in snippets_of(advise(SHOP))}
    links = [link for link in client.page.root.all("a") if "fmt" in link["class"].split()]
    assert [link.first("b").text for link in links] == list(expected)
    for link in links:
        client.get(link["href"])
        name = link.first("b").text
        assert client.page.root.first("h2").text == name
        assert code(client, name) == expected[name]
    body = client.get(f"/plans/{plan_id}/code/download", status=200).data
    assert (
        body
        == zip_files({name: text.encode() for name, text in expected.items()})
        == client.get(f"/plans/{plan_id}/code/download", status=200).data
    )


def test_the_files_of_some_libraries_can_be_chosen(client: PageClient, app: Flask) -> None:
    """The chosen libraries count for the list, the zip and the command."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/code/files")
    client.submit("/code/files", library=["analytics-node"])
    assert [link.first("b").text for link in client.page.root.all("a") if "fmt" in link["class"].split()] == [
        "analytics-node.mjs"
    ]
    assert code(client, "command") == "advisor snippets plan.json --library analytics-node -o code/"
    (button,) = [link for link in client.page.root.all("a") if "download" in link]
    response = client.get(button["href"], status=200)
    assert zipfile.ZipFile(io.BytesIO(response.data)).namelist() == ["analytics-node.mjs"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="shop.zip"'
    client.get(f"/plans/{plan_id}/code/files?library=cobol&file=../../etc/passwd")
    assert client.page.root.first("h2").text == "analytics.js"


def test_a_large_plan_shows_the_beginning_and_downloads_everything(client: PageClient, app: Flask) -> None:
    """The page says that it shows only the beginning, and the zip has every call."""
    events = tuple(Event(name=f"E{number}", answers={"payment": "yes"}) for number in range(150))
    plan = replace(SHOP, destinations=(), events=events)
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/code/files")
    assert code(client, "the beginning of analytics-node.mjs").count('"E') == 100
    assert "the zip has all" in client.page.root.first("main").text
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/plans/{plan_id}/code/download", status=200).data))
    assert archive.read("analytics-node.mjs").decode().count('"E') == 150


def test_a_plan_without_a_call_says_what_is_missing(client: PageClient, app: Flask) -> None:
    """Without a library or an event, the page offers a way on, and the zip is empty."""
    plan_id = own(app, client, Plan(name="Empty"))
    client.get(f"/plans/{plan_id}/code/files")
    assert "No code yet" in client.page.root.first("main").text
    assert zipfile.ZipFile(io.BytesIO(client.get(f"/plans/{plan_id}/code/download", status=200).data)).namelist() == []


def test_the_code_of_another_owners_plan_is_not_found(client: PageClient, other_client: PageClient, app: Flask) -> None:
    """The answer is that of any page of another owner's plan: not found."""
    plan_id = own(app, client)
    for address in (f"/plans/{plan_id}/code/files", f"/plans/{plan_id}/code/download"):
        other_client.get(address, status=404)


# The API


def test_the_api_gives_the_same_files(client: PageClient) -> None:
    """The API gives the files of all the plan's libraries or of some, by any of their names, and sets no cookie."""
    for query, keys in (("", ()), ("?library=node", ("analytics-node",)), ("?library=analytics.js&library=node", ())):
        response = client.post(
            f"/api/v1/snippets{query}", data=write(SHOP), content_type="application/json", csrf=False, status=200
        )
        expected = snippets_of(advise(SHOP), keys)
        assert response.get_json() == {"files": [{"name": file.name, "text": file.text} for file in expected]}
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("query", "body", "status", "message"),
    [
        ("?library=cobol", write(SHOP), 400, "“cobol” is no library"),
        ("?library=swift", write(SHOP), 400, "does not use swift"),
        ("", b"{", 400, ""),
        ("", json.dumps({"format": "tracking-plan/1", "events": [{"call": "trak"}]}).encode(), 422, ""),
    ],
)
def test_the_api_refuses_with_the_usual_body(
    client: PageClient, query: str, body: bytes, status: int, message: str
) -> None:
    """The error body says what is wrong and where."""
    response = client.post(
        f"/api/v1/snippets{query}", data=body, content_type="application/json", csrf=False, status=status
    )
    error = response.get_json()["error"]
    assert message in error["message"]
    assert error["details"][0] == {key: error[key] for key in ("code", "message", "pointer")}


# The tint


@pytest.mark.parametrize("library", LIBRARIES)
def test_highlighting_does_not_change_the_code(library: str) -> None:
    """In every language the parts together are the text, and text between quotes has no colour."""
    event = Event(
        name='say "true" // and # <!-- false',
        answers={"browser_only": "yes", "payment": "yes"},
        properties=(Property(name="a", values=("x true \\", "y")), Property(name="b", type="boolean")),
    )
    known = LIBRARIES[library]
    sources = Sources(client=(library,)) if known.side == "client" else Sources(server=library)
    (file, *_) = snippets_of(advise(Plan(sources=sources, events=(event,))), [library])
    tokens = highlight(file.text, known.code.language)
    assert "".join(token.text for token in tokens) == file.text
    assert all(token.text for token in tokens)
    assert all(before.css or after.css for before, after in pairwise(tokens))
    assert any(token.css == "k-c" for token in tokens)
    assert not [token for token in tokens if token.css == "k-t" and '"' in token.text]
