"""The matrix of a plan: filters in the address, alone and together, totals, reasons, and advice that is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise, advise_again
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.document import fitted
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import (
    Against,
    CustomReach,
    Decision,
    Destination,
    Dismissal,
    Event,
    Plan,
    Practice,
    Recommendation,
    Side,
)
from advisor.presentation.matrix import columns
from advisor.presentation.words import place
from advisor.web.plans.start.examples import example_plan
from markup import Element, Page, read_page
from owned_plans import BOTH_MODES, CLOUD, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient

DECIDED = replace(
    SHOP,
    events=(
        *SHOP.events,
        replace(
            SHOP.events[1],
            name="Kept",
            decision=Decision(placement="both", reason="Fine", author="Ana"),
            practice=Practice(placement="both"),
            owner="<b>Mara",
        ),
        replace(
            SHOP.events[1],
            name="Moved",
            labels={"team": "checkout", "<b>": "&amp;"},
            decision=Decision(placement="client", reason="No time", against=Against(placement="client")),
            practice=Practice(placement="server", evidence="labels.source = backend"),
        ),
        replace(SHOP.events[2], name="Agreed", practice=Practice(placement="client"), status="agreed"),
    ),
)
"""The shop with two decisions: one that the advice agrees or disagrees with, and one that is outdated; with practice."""


def _advice(event: Event) -> Recommendation:
    assert isinstance(event.recommendation, Recommendation)
    return event.recommendation


def _codes(plan: Plan, index: int) -> set[str]:
    return {item.finding.code for item in open_findings(plan) if item.event == index} - {"unsettled"}


def _decisions(event: Event) -> Iterator[str]:
    if event.decision:
        yield "yes"
        if event.decision.placement != _advice(event).placement:
            yield "otherwise"
        if event.decision.against and event.decision.against.placement != _advice(event).placement:
            yield "outdated"


def _is_settled(event: Event) -> bool:
    return event.decision is not None or _advice(event).settled


def _practice(event: Event) -> str:
    if event.practice is None:
        return "unknown"
    in_force = event.decision.placement if event.decision else _advice(event).placement
    if event.practice.placement == in_force:
        return "agrees"
    return "moving" if event.status == "agreed" else "differs"


def _placement(event: Event) -> str:
    if event.decision:
        return event.decision.placement
    return _advice(event).placement if _advice(event).settled else "open"


PREDICATES: dict[str, Callable[[Plan, int], set[str]]] = {
    "placement": lambda plan, index: {_placement(plan.events[index])},
    "to": lambda plan, index: (
        {item.key for item in plan.destinations}
        if plan.events[index].destinations == "all"
        else set(plan.events[index].destinations)
    ),
    "practice": lambda plan, index: {_practice(plan.events[index])},
    "status": lambda plan, index: {plan.events[index].status},
    "owner": lambda plan, index: {plan.events[index].owner} - {""},
    "owned": lambda plan, index: {"yes" if plan.events[index].owner else "no"},
    "state": lambda plan, index: {"settled" if _is_settled(plan.events[index]) else "unsettled"},
    "reach": lambda plan, index: (
        {"unreachable"} if _advice(plan.events[index]).unreachable and _is_settled(plan.events[index]) else set()
    ),
    "finding": _codes,
    "label": lambda plan, index: {f"{key}: {text}" for key, text in plan.events[index].labels.items()},
    "call": lambda plan, index: {plan.events[index].call},
    "decision": lambda plan, index: set(_decisions(plan.events[index])),
    "question": lambda plan, index: set() if plan.events[index].decision else set(_advice(plan.events[index]).decisive),
}
"""Parameter -> the values under which an event of an advised plan is found, said independently of the app."""


def _names(page: Page) -> list[str]:
    tables = page.root.by_class("matrix")
    return [row.all("th")[0].first("bdi").text for row in tables[0].first("tbody").all("tr")] if tables else []


def _columns(page: Page) -> dict[str, int]:
    """Return the place of each destination among the cells of a row, by its name."""
    heads = page.root.by_class("matrix__names")[0].all("th")[3:]
    return {head.text: place for place, head in enumerate(heads)}


def _cells(row: Element) -> list[Element]:
    """Return the cells of destinations, without the placement and the count for narrow windows."""
    return row.all("td")[2:]


def _filtered(client: PageClient, plan_id: str, query: dict[str, str]) -> Page:
    """Return the fragment that a page which filters by itself asks for."""
    return read_page(client.get(f"/plans/{plan_id}/matrix?{urlencode(query)}", lint=False).text)


def _expected(plan: Plan, query: dict[str, str]) -> list[str]:
    return [
        event.name
        for index, event in enumerate(plan.events)
        if all(value in PREDICATES[name](plan, index) for name, value in query.items())
    ]


def _values(plan: Plan) -> list[tuple[str, str]]:
    pairs = {
        (name, value)
        for name, values in PREDICATES.items()
        for index in range(len(plan.events))
        for value in values(plan, index)
    }
    return sorted(pairs)


@pytest.mark.parametrize("bare", [DECIDED, example_plan("shop")], ids=["decided", "shop"])
def test_every_filter_finds_the_matching_events(app: Flask, client: PageClient, bare: Plan) -> None:
    """Each value that some event has finds exactly those events, in their order, with their count in words."""
    plan_id, plan = own(app, client, bare), advise(bare)
    for name, value in _values(plan):
        page = _filtered(client, plan_id, {name: value})
        expected = _expected(plan, {name: value})
        found = sorted(_names(page)) if value == "differs" else _names(page)
        assert found == (sorted(expected) if value == "differs" else expected), (name, value)
        assert page.root.by_id("listing")["data-announce"] == f"{len(expected)} of {len(plan.events)} events."


def test_several_filters_are_combined(app: Flask, client: PageClient) -> None:
    """Two filters find the events that both find; each has a chip that removes it alone, and one link removes all."""
    plan_id, plan = own(app, client, DECIDED), advise(DECIDED)
    values = [(name, value) for name, value in _values(plan) if name != "finding"]
    for first in values[::3]:
        for second in values[1::4]:
            query = dict([first, second])
            if query.keys() == {"to", "reach"}:
                continue
            assert sorted(_names(_filtered(client, plan_id, query))) == sorted(_expected(plan, query)), query
    client.get(f"/plans/{plan_id}?{urlencode({'find': 'O', 'placement': 'both', 'call': 'track'})}")
    chips = client.page.root.by_class("chip--remove")
    assert [chip["data-remove"] for chip in chips] == ["find", "placement", "call"]
    assert chips[0]["href"] == f"/plans/{plan_id}?placement=both&call=track#matrix"
    clear = next(link for link in client.page.root.all("a") if link.text == "Clear the filters")
    assert clear["href"] == f"/plans/{plan_id}#matrix"


def test_unreachable_at_a_destination_means_that_destination(app: Flask, client: PageClient) -> None:
    """Together, *destination* and *unreachable* find the events that can't reach this destination."""
    plan_id, plan = own(app, client, DECIDED), advise(DECIDED)
    for key in (PIXEL, CLOUD, BOTH_MODES):
        client.get(f"/plans/{plan_id}?{urlencode({'to': key, 'reach': 'unreachable'})}")
        missed = [
            event.name
            for event in plan.events
            if _is_settled(event) and key in [item.destination for item in _advice(event).unreachable]
        ]
        assert _names(client.page) == missed


def test_filters_for_missing_parts_are_reported_and_ignored(app: Flask, client: PageClient) -> None:
    """For unknown and hostile values of every filter, the page says so and lists all events."""
    plan_id = own(app, client)
    for name in PREDICATES:
        for value in ("nonsense", *HOSTILE):
            client.get(f"/plans/{plan_id}?{urlencode({name: value})}", lint=value in HOSTILE[:2])
            assert _names(client.page) == [event.name for event in SHOP.events]
            assert "so that filter is left out" in client.page.root.by_class("chosen__ignored")[0].text
    client.get(f"/plans/{plan_id}?{urlencode(dict.fromkeys(PREDICATES, ' '))}")
    assert not client.page.root.by_class("chosen")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_can_be_filtered_for(app: Flask, client: PageClient, name: str) -> None:
    """The name of an event, of a label or of a destination and the search text may be hostile."""
    event = Event(name=name, labels={"team": name[:200]}, destinations=(PIXEL,))
    plan_id = own(app, client, replace(SHOP, events=(event, SHOP.events[3])))
    kept = plan_of(app, plan_id).events[0]
    label = next(f"{key}: {text}" for key, text in kept.labels.items())
    for query in ({"find": kept.name.upper()}, {"label": label}, {"find": kept.name, "label": label}):
        client.get(f"/plans/{plan_id}?{urlencode(query)}")
        if len(kept.name) <= 500:
            assert _names(client.page) == [" ".join(kept.name.split())]


def test_totals_add_up(app: Flask, client: PageClient) -> None:
    """A destination counts the settled events of each side and those that can't reach it, an event its destinations."""
    plan_id, plan = own(app, client, DECIDED), advise(DECIDED)
    for query in ({}, {"placement": "both"}, {"find": "Order"}, {"find": "no such event"}):
        client.get(f"/plans/{plan_id}?{urlencode(query)}")
        names = _names(client.page)
        shown = [event for event in plan.events if event.name in names]
        if not shown:
            assert "No events match" in client.page.root.by_id("listing").text
            continue
        sums = client.page.root.by_class("matrix__sums")[0].all("td")[2:]
        for item in plan.destinations:
            found = sums[_columns(client.page)[destination_name(item.key)]]
            assert found.text == _total(list(filter(_is_settled, shown)), item.key)
        for event, row in zip(shown, client.page.root.by_class("matrix")[0].first("tbody").all("tr"), strict=True):
            if _is_settled(event):
                assert row.by_class("matrix__sum")[0].text == _summary(event)


def _summary(event: Event) -> str:
    sides = {side: {item.destination for item in _advice(event).deliveries if item.side == side} for side in SIDES}
    counts = [(len(keys), f" from the {side}") for side, keys in sides.items()]
    counts += [(len(_advice(event).unreachable), " not reached")]
    return " ".join(f"{count}{words}" for count, words in counts if count) or "none"


SIDES: tuple[Side, ...] = ("client", "server")


def _total(events: list[Event], key: str) -> str:
    sides = [{item.side for item in _advice(event).deliveries if item.destination == key} for event in events]
    missed = sum(key in [item.destination for item in _advice(event).unreachable] for event in events)
    counts = [(sum(side in each for each in sides), f" from the {side}") for side in SIDES] + [(missed, " not reached")]
    words = " ".join(f"{count}{words}" for count, words in counts if count)
    return f"{sum(map(bool, sides))}: {words}" if words else "0"


def test_columns_are_grouped_by_what_reaches_them_and_sorted_by_use(app: Flask, client: PageClient) -> None:
    """Every wanted destination is in the group of what can reach it, those of most events first; the others are folded."""
    bare = example_plan("shop")
    unwanted = Destination(key="House tool", custom=CustomReach(server="cloud"))
    plan = replace(bare, destinations=(unwanted, *bare.destinations))
    plan_id, advised = own(app, client, plan), advise(plan)
    for query in ("", "?placement=server"):
        client.get(f"/plans/{plan_id}{query}")
        groups = client.page.root.by_class("matrix__groups")[0].all("th")
        names, place = list(_columns(client.page)), 0
        assert "House tool" not in names
        for group in groups:
            title, _, count = group.text.rpartition(" ")
            members = names[place : place + int(group["colspan"])]
            assert not count.isdecimal() or int(count) == len(members)
            accepted = {item.accepts for item in columns(plan) if item.name in members}
            assert {word.capitalize() for word in accepted} == {title if count.isdecimal() else group.text}
            uses = [_uses(advised, name) for name in members]
            assert uses == sorted(uses, reverse=True)
            place += len(members)
        assert place == len(names) == len(bare.destinations)
        assert (
            "1 of 9 destinations receives nothing yet House tool" in client.page.root.by_class("matrix__fold")[0].text
        )


def _uses(plan: Plan, name: str) -> int:
    settled = filter(_is_settled, plan.events)
    return sum(
        any(destination_name(item.destination) == name for item in _advice(event).deliveries) for event in settled
    )


def _reason(page: Page, cell: Element) -> str:
    reasons = list(page.root.by_id("reasons").all("li"))
    return reasons[int(cell["data-why"]) if "data-why" in cell else 0].text


def test_every_cell_has_its_reason(app: Flask, client: PageClient) -> None:
    """An unreached cell has the sentence, code and alternative of the advice, a sent one its side and mode; each has a link."""
    more = (*SHOP.destinations, Destination(key="Facebook Conversions API (Actions)"))
    bare = replace(DECIDED, destinations=more)
    plan_id, plan = own(app, client, bare), advise(bare)
    ids = event_ids(app, plan_id)
    client.get(f"/plans/{plan_id}")
    rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
    seen = set()
    for event, event_id, row in zip(plan.events, ids, rows, strict=True):
        if not _is_settled(event):
            (blank,) = _cells(row)
            question = _advice(event).decisive[0]
            assert blank.first("a")["href"] == f"/plans/{plan_id}/events/{event_id}#{question}-yes"
            continue
        missed = {item.destination: item for item in _advice(event).unreachable}
        for item in plan.destinations:
            if destination_name(item.key) not in _columns(client.page):
                continue
            cell = _cells(row)[_columns(client.page)[destination_name(item.key)]]
            why, links = _reason(client.page, cell), [link["href"] for link in cell.all("a")]
            if item.key in missed:
                assert missed[item.key].message in why
                assert missed[item.key].reason in why
                assert ("Use instead" in why) is bool(missed[item.key].alternative)
                assert links == [f"/plans/{plan_id}/events/{event_id}#missed"]
                seen.add("missed")
            elif cell.text == "not wanted":
                assert "doesn’t want it" in why
                assert links == []
                seen.add("off")
            else:
                for delivery in _advice(event).deliveries:
                    if delivery.destination == item.key:
                        assert f"The {delivery.side} call delivers it in {delivery.mode} mode" in why
                assert links == [f"/plans/{plan_id}/events/{event_id}#calls"]
                seen.add("sent")
    assert seen == {"missed", "off", "sent"}


def test_the_links_of_cells_lead_to_their_reason(app: Flask, client: PageClient) -> None:
    """Without a script, each link leads to a part of the event’s page that exists."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}")
    links = {link["href"] for cell in client.page.root.by_class("matrix")[0].all("td") for link in cell.all("a")}
    for link in sorted(links):
        address, _, anchor = link.partition("#")
        client.get(address, lint=False)
        assert client.page.root.by_id(anchor)


def test_decisions_show_and_explain_themselves(app: Flask, client: PageClient) -> None:
    """The page shows who decided what and why, what we advise, and whether the advice has changed since."""
    plan_id, plan = own(app, client, DECIDED), advise(DECIDED)
    client.get(f"/plans/{plan_id}?decision=yes")
    rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
    kept, moved = (row.all("td")[0] for row in rows)
    assert kept.text.startswith(place("both").word)
    assert "decided" in kept.text
    assert "Your team decided on both sides, Ana: “Fine”" in _reason(client.page, kept)
    assert "Differs from today: server" in moved.text
    assert "Today it is tracked from the server (labels.source = backend)." in _reason(client.page, moved)
    assert "“No time”" in _reason(client.page, moved)
    assert f"We advise {'the ' if _advice(plan.events[5]).placement != 'both' else ''}" in _reason(client.page, moved)
    assert "The advice has changed since" in _reason(client.page, moved)
    summary = client.page.root.by_class("audit__notes")[0]
    assert {link["href"].partition("?")[2] for link in summary.all("a")} >= {"decision=outdated#matrix"}


def test_viewers_can_filter(app: Flask, client: PageClient) -> None:
    """Only those who may see the page get the fragment with the filtered list."""
    plan_id = own(app, client)
    client.get(f"/plans/{plan_id}/matrix?placement=both")
    with client.session_transaction() as session:
        session["owner"] = "someone else"
    client.get(f"/plans/{plan_id}/matrix?placement=both", status=404)


def test_a_change_shows_at_once(app: Flask, client: PageClient) -> None:
    """The page shows the plan as it is after events were changed, added, deleted and moved, and after settings changed."""
    plan_id, store = own(app, client), the_store(app)

    def check() -> None:
        client.get(f"/plans/{plan_id}", lint=False)
        plan = advise(plan_of(app, plan_id))
        assert _names(client.page) == [event.name for event in plan.events]
        rows = client.page.root.by_class("matrix")[0].first("tbody").all("tr")
        for event, row in zip(plan.events, rows, strict=True):
            wanted = len(_advice(event).unreachable) + len({item.destination for item in _advice(event).deliveries})
            found = [cell for cell in _cells(row) if cell.text != "not wanted"]
            assert len(found) == (wanted if _advice(event).settled else 1)
            relay = _advice(event).relay
            assert row.all("td")[0].text.startswith(
                place(_advice(event).placement, relay=relay, settled=_advice(event).settled).word
            )

    check()
    kept = store.load("me", plan_id)
    store.save_event("me", plan_id, kept.event_ids[3], kept.event_revisions[3], replace(SHOP.events[2], name="New"))
    check()
    store.add_events("me", plan_id, (Event(name="Last"),))
    check()
    store.delete_event("me", plan_id, kept.event_ids[0])
    check()
    store.save_settings(
        "me",
        plan_id,
        store.load("me", plan_id).revision,
        without_the_first_destination,
    )
    check()


def without_the_first_destination(plan: Plan) -> Plan:
    """Return the plan without its first destination, also where events name it."""
    less = replace(plan, destinations=plan.destinations[1:])
    return replace(less, events=tuple(fitted(less, event) for event in less.events))


EVENTS = st.builds(
    Event,
    name=st.sampled_from(["A", "B", "Order 1 Paid"]),
    call=st.sampled_from(["track", "page", "identify"]),
    answers=st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]), max_size=4),
    destinations=st.sampled_from(["all", (), (PIXEL,), (CLOUD, PIXEL)]),
    dismissed=st.sampled_from([(), (Dismissal(code="unreachable"),)]),
)
PLANS = st.builds(
    replace,
    st.sampled_from([SHOP, replace(SHOP, destinations=SHOP.destinations[:1]), replace(SHOP, warehouse=True)]),
    events=st.lists(EVENTS, max_size=5).map(tuple),
    name=st.sampled_from(["One", "Two"]),
)


@given(plan=PLANS, before=PLANS)
def test_cached_advice_equals_fresh_advice(plan: Plan, before: Plan) -> None:
    """After any earlier advice, the result equals that of an empty cache."""
    assert advise_again(plan, advise(before)) == advise(plan)


@given(plan=PLANS, at=st.integers(0, 4))
def test_unchanged_events_are_not_advised_again(plan: Plan, at: int) -> None:
    """After a change of one event, all others keep the very same recommendation."""
    before = advise(plan)
    events = tuple(
        replace(event, description="changed") if index == at else event for index, event in enumerate(plan.events)
    )
    again = advise_again(replace(plan, events=events), before)
    for index, (event, earlier) in enumerate(zip(again.events, before.events, strict=True)):
        assert (event.recommendation is earlier.recommendation) is (index != at)
