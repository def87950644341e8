"""The settings of a plan: names, libraries, destinations, the warehouse."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from advisor.document import check
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.destination_search import LONGEST_SEARCH, search
from advisor.model import CustomReach, Destination, Event, Sources
from owned_plans import BOTH_MODES, CLOUD, HOSTILE, PIXEL, SHOP, own, plan_of, the_store
from page_client import PageClient


def _keys(client: PageClient) -> list[str]:
    return [button["value"] for button in client.page.root.by_id("found").all("button") if button["name"] == "add"]


def test_settings_are_saved_and_shown_again(app: Flask, client: PageClient) -> None:
    """Every field is saved in one request, and the events stay as they are."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    client.submit(
        f"/plans/{plan_id}/settings",
        name="New name",
        description="A\r\nB",
        client=["kotlin", "analytics.js"],
        server="",
        warehouse="yes",
    )
    plan = plan_of(app, plan_id)
    assert (plan.name, plan.description, plan.warehouse) == ("New name", "A\nB", True)
    assert plan.sources == Sources(client=("analytics.js", "kotlin"), server=None)
    assert plan.events == SHOP.events
    assert client.page.root.by_id("name")["value"] == "New name"


def test_saving_an_unchanged_page_changes_nothing(app: Flask, client: PageClient) -> None:
    """With any content, no name is trimmed, no mode added, no extra lost, and the revision stays."""
    odd = [replace(SHOP, name=name, description=f"{name}\n") for name in HOSTILE]
    odd += [
        replace(SHOP, destinations=(Destination(key=name, custom=CustomReach(server="cloud")),), events=())
        for name in HOSTILE
    ]
    for plan in odd:
        plan_id = own(app, client, plan)
        client.get(f"/plans/{plan_id}/settings")
        client.submit(f"/plans/{plan_id}/settings")
        assert plan_of(app, plan_id) == check(plan)[0]
        assert the_store(app).load_settings("me", plan_id).revision == 1


def test_a_search_finds_names_former_names_and_keys(app: Flask, client: PageClient) -> None:
    """From two letters on, the catalogue's own search finds destinations with their reach and a button that adds each."""
    plan_id = own(app, client, replace(SHOP, destinations=(), events=()))
    for text in ("google", "FACEBOOK pix", "actions amp", "clicky"):
        client.get(f"/plans/{plan_id}/settings?q={text}")
        assert _keys(client) == [hit.row.key for hit in search(text)[:12] if hit.is_destination]
    client.get(f"/plans/{plan_id}/settings?q=g")
    assert _keys(client) == []
    client.get(f"/plans/{plan_id}/settings?q=facebok+pixel")
    assert PIXEL in _keys(client)
    client.get(f"/plans/{plan_id}/settings?q=snowflake")
    assert "turn on the warehouse" in client.page.root.by_id("found").text


def test_the_live_search_equals_the_search_on_the_page(app: Flask, client: PageClient) -> None:
    """The fragment that a script asks for is what the page itself shows."""
    plan_id = own(app, client)
    page = client.get(f"/plans/{plan_id}/settings?q=google").text
    fragment = client.get(f"/plans/{plan_id}/settings/found?q=google").text
    assert fragment.strip() in page


def test_a_destination_is_added_from_the_search(app: Flask, client: PageClient) -> None:
    """Without script, the button saves the page as well, and the search stays for the next one."""
    plan_id = own(app, client, replace(SHOP, destinations=(), events=()))
    client.get(f"/plans/{plan_id}/settings?q=facebook")
    client.submit(f"/plans/{plan_id}/settings", button=f"add={PIXEL}", name="Also renamed")
    client.submit(f"/plans/{plan_id}/settings", button="add=Facebook App Events")
    plan = plan_of(app, plan_id)
    assert [item.key for item in plan.destinations] == [PIXEL, "Facebook App Events"]
    assert plan.name == "Also renamed"
    assert client.page.root.by_id("q").text == "facebook"
    assert "In the plan" in client.page.root.by_id("found").text
    client.post(
        f"/plans/{plan_id}/settings", data={"add": PIXEL, "name": "x", "server": "", "revision": "3"}, status=303
    )
    assert len(plan_of(app, plan_id).destinations) == 2


def test_an_unknown_destination_is_refused_with_the_nearest_names(app: Flask, client: PageClient) -> None:
    """The error at the search field names similar destinations, and nothing is stored."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    data = {"name": "Kept", "server": "analytics-node", "client": "analytics.js", "revision": "1"}
    client.post(f"/plans/{plan_id}/settings", data=data | {"add": "Facebok Pixel"})
    assert "Facebook Pixel" in client.page.root.by_id("q-error").text
    assert client.page.root.by_id("name")["value"] == "Kept"
    assert plan_of(app, plan_id) == SHOP


def test_a_mode_can_be_chosen_only_where_there_are_two(app: Flask, client: PageClient) -> None:
    """The choice is stored; a destination with one mode has no radio, and a mode that is sent anyway is ignored."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    modes = [field["name"] for field in client.page.root.by_id("planned").all("input") if field["type"] == "radio"]
    assert set(modes) == {"destinations-2-web_mode", "destinations-2-mobile_mode"}
    client.submit(f"/plans/{plan_id}/settings", **{"destinations-2-web_mode": "cloud"})
    assert plan_of(app, plan_id).destinations[2] == Destination(key=BOTH_MODES, web_mode="cloud")
    forged = {
        "destinations-0-key": PIXEL,
        "destinations-0-web_mode": "cloud",
        "name": "x",
        "server": "",
        "revision": "2",
    }
    client.post(f"/plans/{plan_id}/settings", data=forged, status=303)
    assert plan_of(app, plan_id).destinations[0] == Destination(key=PIXEL)


def test_removing_a_wanted_destination_asks_first_with_the_number_of_events(app: Flask, client: PageClient) -> None:
    """The question counts them; yes takes it from the plan and from the events that name it."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    client.submit(f"/plans/{plan_id}/settings", button=f"remove={CLOUD}", description="Saved with it")
    assert plan_of(app, plan_id).description == "Saved with it"
    assert [item.key for item in plan_of(app, plan_id).destinations] == [PIXEL, CLOUD, BOTH_MODES]
    assert "4 events want" in client.page.root.first("main").text
    client.submit("/settings/remove")
    plan = plan_of(app, plan_id)
    assert [item.key for item in plan.destinations] == [PIXEL, BOTH_MODES]
    assert [event.destinations for event in plan.events] == ["all", "all", (PIXEL,), ()]
    client.get(f"/plans/{plan_id}/settings/remove?destination={CLOUD}", follow_redirects=True)


def test_removing_an_unwanted_destination_needs_no_confirmation(app: Flask, client: PageClient) -> None:
    """No event names the destination, so there is nothing to ask."""
    plan_id = own(app, client, replace(SHOP, events=(Event(name="A", destinations=(PIXEL,)),)))
    client.get(f"/plans/{plan_id}/settings")
    client.submit(f"/plans/{plan_id}/settings", button=f"remove={CLOUD}")
    assert [item.key for item in plan_of(app, plan_id).destinations] == [PIXEL, BOTH_MODES]


def test_removing_a_library_removes_it_from_events(app: Flask, client: PageClient) -> None:
    """An event never names a library that its plan doesn't have."""
    plan = replace(
        SHOP, sources=Sources(client=("analytics.js", "swift")), events=(Event(name="A", sources=("swift",)),)
    )
    plan_id = own(app, client, plan)
    client.get(f"/plans/{plan_id}/settings")
    client.submit(f"/plans/{plan_id}/settings", client="analytics.js")
    assert plan_of(app, plan_id).events[0].sources == ()
    client.get(f"/plans/{plan_id}")


@pytest.mark.parametrize("name", [name for name in HOSTILE if name == name.replace("\n", "").replace("\r", "")])
def test_a_custom_destination_is_added_with_its_reach(app: Flask, client: PageClient, name: str) -> None:
    """Any key is kept exactly, with the chosen ways to reach the destination."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}/settings")
    client.submit(f"/plans/{plan_id}/settings", custom_name=name, custom_web="device", custom_server="cloud")
    assert plan_of(app, plan_id).destinations[-1] == Destination(
        key=name, custom=CustomReach(web="device", server="cloud")
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"custom_name": "Ours"}, "custom_server"),
        ({"custom_name": "Warehouses", "custom_web": "cloud"}, "custom_name"),
        ({"custom_name": "All", "custom_web": "cloud"}, "custom_name"),
        ({"custom_name": "x" * 501, "custom_web": "cloud"}, "custom_name"),
        ({"name": " "}, "name"),
        ({"description": "x" * 10_001}, "description"),
    ],
)
def test_errors_are_shown_at_their_field_and_input_is_kept(
    app: Flask, client: PageClient, typed: dict[str, str], field: str
) -> None:
    """Entries of other fields stay too, and nothing is stored."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    client.submit(f"/plans/{plan_id}/settings", **({"name": "Typed", "client": ["swift"]} | typed))
    assert client.page.root.by_id(f"{field}-error").text
    assert f"#{field}" in [link["href"] for link in client.page.root.by_id("problems").all("a")]
    for name, value in typed.items():
        control = client.page.root.by_id(name)
        shown = control.children[0].removeprefix("\n") if control.tag == "textarea" else control["value"]
        assert control.tag == "select" or shown == value
    assert [box["value"] for box in client.page.root.all("input") if box["name"] == "client" and "checked" in box] == [
        "swift"
    ]
    assert plan_of(app, plan_id) == SHOP


def test_a_destination_over_the_limit_is_refused(app: Flask, client: PageClient) -> None:
    """A plan has at most 200; the 201st is an error at the field, not a plan that nobody can export."""
    full = tuple(Destination(key=key) for key in list(CATALOGUE)[:200])
    plan_id = own(app, client, replace(SHOP, destinations=full, events=()))
    client.get(f"/plans/{plan_id}/settings?q=google")
    client.submit(f"/plans/{plan_id}/settings", button=f"add={list(CATALOGUE)[300]}")
    assert client.page.root.by_id("q-error").text
    assert len(plan_of(app, plan_id).destinations) == 200


def test_two_people_who_save_settings_lose_nothing(app: Flask, client: PageClient) -> None:
    """The second person sees both versions, with the changed one suggested, and the choice is stored."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    mine = client.page
    client.submit(f"/plans/{plan_id}/settings", name="Theirs", button=f"add={next(iter(CATALOGUE))}")
    client.page = mine
    client.submit(f"/plans/{plan_id}/settings", description="Mine", status=409)
    text = client.page.root.first("main").text
    assert "Theirs" in text
    assert "Mine" in text
    client.submit("/settings/merge")
    plan = plan_of(app, plan_id)
    assert (plan.name, plan.description) == ("Theirs", "Mine")
    assert len(plan.destinations) == 4


PASTED = "GA4\nmeta pixel\nX Ads\nFacebok Pixel\nLoyalty service\nsnowflake\n"


def _rows(client: PageClient) -> dict[str, str]:
    rows = client.page.root.by_id("found").first("tbody").all("tr")
    return {row.all("th")[0].text: row.text for row in rows if "several__more" not in row["class"]}


def _searched(client: PageClient) -> list[str]:
    return client.page.root.by_id("q").children[0].strip().split("\n")


def test_pasted_names_give_a_table_with_one_button(app: Flask, client: PageClient) -> None:
    """One button adds all that are found in one step; what is left stays, and nothing ambiguous is chosen."""
    plan_id = own(app, client, replace(SHOP, destinations=(), events=(), warehouse=False))
    client.get(f"/plans/{plan_id}/settings", query_string={"q": PASTED})
    rows = _rows(client)
    assert "2 fit: choose" in rows["GA4 2 fit: choose"]
    assert "Did you mean Facebook Pixel?" in rows["Facebok Pixel near"]
    assert "Add as your own" in rows["Loyalty service unknown"]
    assert "Turn on the warehouse" in rows["snowflake"]
    client.submit(f"/plans/{plan_id}/settings", button="several=found")
    assert [item.key for item in plan_of(app, plan_id).destinations] == [PIXEL, "Twitter Ads"]
    assert the_store(app).load_settings("me", plan_id).revision == 2
    assert _searched(client) == ["GA4", "Facebok Pixel", "Loyalty service", "snowflake"]
    client.submit(f"/plans/{plan_id}/settings", button="add=Google Analytics 4 Web")
    assert plan_of(app, plan_id).destinations[-1].key == "Google Analytics 4 Web"


def test_the_found_ones_can_be_added_by_one_undoable_step(app: Flask, client: PageClient) -> None:
    """Undo takes all of them out again."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}/settings", query_string={"q": "x ads\nslack (actions)\nhotjar\nquora"})
    client.submit(f"/plans/{plan_id}/settings", button="several=found")
    assert len(plan_of(app, plan_id).destinations) > len(SHOP.destinations) + 2
    client.submit("/undo")
    assert plan_of(app, plan_id).destinations == SHOP.destinations


def test_a_warehouse_is_turned_on_from_the_search(app: Flask, client: PageClient) -> None:
    """The button sets the plan's warehouse and adds no destination."""
    plan_id = own(app, client, replace(SHOP, warehouse=False))
    client.get(f"/plans/{plan_id}/settings?q=bigquery")
    assert _keys(client) == []
    client.submit(f"/plans/{plan_id}/settings", button="turn_on=warehouse")
    plan = plan_of(app, plan_id)
    assert (plan.warehouse, plan.destinations) == (True, SHOP.destinations)
    assert "Turned on" in client.page.root.by_id("found").text


def test_a_name_that_nothing_has_can_be_added_as_ones_own(app: Flask, client: PageClient) -> None:
    """The button opens the fields with the name in them, and how it is reached is asked, not guessed."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}/settings?q=Loyalty+service")
    assert "hidden" in client.page.root.by_id("own")
    client.submit(f"/plans/{plan_id}/settings", button="own=Loyalty service")
    assert "hidden" not in client.page.root.by_id("own")
    client.submit(f"/plans/{plan_id}/settings", custom_name="Loyalty service")
    assert client.page.root.by_id("custom_server-error").text
    client.submit(f"/plans/{plan_id}/settings", custom_server="cloud")
    assert plan_of(app, plan_id).destinations[-1] == Destination(
        key="Loyalty service", custom=CustomReach(server="cloud")
    )


def test_ones_own_is_offered_only_where_nothing_fits(app: Flask, client: PageClient) -> None:
    """A search that finds something by its name offers the catalogue's tools only."""
    plan_id = own(app, client)
    for text, is_offered in (
        ("ga4", False),
        ("google", False),
        ("bigquery", False),
        ("facebok pixel", True),
        ("qqqqq", True),
    ):
        client.get(f"/plans/{plan_id}/settings?q={text}")
        assert ("Add as your own" in client.page.root.by_id("found").text) is is_offered


def test_too_much_text_is_answered_with_the_limit(app: Flask, client: PageClient) -> None:
    """A text that is no list of names is not looked up. The script knows the limit from the page."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/settings")
    assert client.page.root.by_id("q")["data-longest"] == str(LONGEST_SEARCH) == "2000"
    response = client.get(f"/plans/{plan_id}/settings/found", query_string={"q": "a\n" * 1001})
    assert "at most 2,000 characters" in response.text


def test_events_come_after_the_destinations(app: Flask, client: PageClient) -> None:
    """One primary button leads on to the names of events; who may only view has none."""
    plan_id = own(app, client, replace(SHOP, events=()))
    client.get(f"/plans/{plan_id}/settings")
    primary = [
        each.text for each in client.page.root.first("main").all("a", "button") if "btn--primary" in each["class"]
    ]
    assert primary == ["Paste event names"]
    assert "Now add your events" in client.page.root.by_id("onward").text


def test_a_new_plan_takes_names_as_people_write_them(app: Flask, client: PageClient) -> None:
    """What is found is in the new plan, a warehouse is turned on, and the settings ask about the rest."""
    own(app, client)
    client.get("/plans/new")
    client.submit("/plans/new", name="New", tools=PASTED)
    plan_id = client.address.split("/")[2]
    plan = plan_of(app, plan_id)
    assert ([item.key for item in plan.destinations], plan.warehouse) == ([PIXEL, "Twitter Ads"], True)
    assert _searched(client) == ["GA4", "Facebok Pixel", "Loyalty service"]


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 500, "".join(f"tool {number}\n" for number in range(150))])
def test_any_text_can_be_searched_and_pasted(app: Flask, client: PageClient, text: str) -> None:
    """Hostile names, one or several, are shown as they are; names beyond the limit stay in the field."""
    plan_id = own(app, client)
    for searched in (text, f"{text}\nhotjar\nmeta pixel"):
        client.get(f"/plans/{plan_id}/settings", query_string={"q": searched})
        client.get("/destinations", query_string={"q": searched})
    client.get(f"/plans/{plan_id}/settings", query_string={"q": f"x ads\nquora\n{text}"})
    client.submit(f"/plans/{plan_id}/settings", button="several=found")
    assert "Twitter Ads" in [item.key for item in plan_of(app, plan_id).destinations]
    if text.startswith("tool"):
        assert _searched(client)[-1] == "tool 149"


def test_a_plan_with_events_goes_on_to_its_questions(app: Flask, client: PageClient) -> None:
    """After the destinations, the main button leads to the questions; more names can still be pasted."""
    client.get(f"/plans/{own(app, client)}/settings")
    first, second = client.page.root.by_id("onward").all("a")
    assert first["href"].endswith("/questions")
    assert "btn--primary" in first["class"]
    assert second["href"].endswith("/grid/paste")


def test_pasted_names_count_as_chosen_once_the_plan_has_one_of_them(app: Flask, client: PageClient) -> None:
    """A name that fits several tools is to choose until one of them is in the plan; the sentence counts each result."""
    plan_id = own(app, client, replace(SHOP, destinations=(), events=()))
    address = f"/plans/{plan_id}/settings?q=mixpanel%0Aslack%0Abigquery%0Abraze+cloud%0AQqqq+tool"
    client.get(address)
    assert (
        "5 names, 1 for the warehouse, 2 to choose, 1 perhaps misspelt, 1 unknown."
        in client.page.root.by_id("several").text
    )
    client.submit(f"/plans/{plan_id}/settings", "add=Mixpanel (Actions)")
    client.get(address)
    assert (
        "5 names, 1 chosen, 1 for the warehouse, 1 to choose, 1 perhaps misspelt, 1 unknown." in client.page.root.text
    )
