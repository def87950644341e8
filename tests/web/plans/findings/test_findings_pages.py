"""The pages of findings: what they list, what their buttons do, how that is undone, and dismissing with a reason."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.advice import advise
from advisor.advice.plan_findings.dismissals import open_findings
from advisor.advice.plan_findings.fixes import fixes
from advisor.knowledge.findings import FINDINGS
from advisor.model import Destination, Dismissal, Event, Naming, Plan, Property
from advisor.store.history.history import History
from advisor.web.app.current import today
from advisor.web.plans.findings.changes import MovedError, save
from advisor.web.plans.summary.findings_board import board
from markup import Element
from owned_plans import BOTH_MODES, HOSTILE, PIXEL, SHOP, event_ids, own, plan_of, the_store
from page_client import PageClient
from plan_examples import EXAMPLES

MESSY = replace(
    SHOP,
    events=(
        Event(
            name="order_shipped",
            answers={"payment": "yes"},
            suggested=("payment",),
            properties=(Property(name="orderTotal"),),
        ),
        Event(name="Order Paid 2024-05-01", answers={"payment": "yes"}, properties=(Property(name="email"),)),
        Event(name="Friend Count"),
        Event(name="Friend Count"),
    ),
)


def _address(plan_id: str) -> str:
    return f"/plans/{plan_id}/findings"


def _lines(client: PageClient) -> list[Element]:
    return client.page.root.by_class("findings__line")


def _count(line: Element) -> int:
    """Return the number of findings of a line: those of events with one message share a line."""
    folds = line.by_class("findings__events")
    return int(folds[0].first("summary").text.split(" ")[0]) if folds else 1


def _press(client: PageClient, label: str, *, after: int = 0) -> None:
    """Press the button with this name, skipping as many others with the name as the number says."""
    forms = [form for form in client.page.root.all("form") if form.all("button") and form.first("button").text == label]
    data = {control["name"]: control["value"] for control in forms[after].all("input")}
    client.post(forms[after]["action"], data=data, follow_redirects=True)


def test_every_open_finding_is_listed_with_its_field(app: Flask, client: PageClient) -> None:
    """Findings are sorted by severity, with counts that add up, and each has a link to the field of the event."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    plan = advise(MESSY)
    expected = [item for item in open_findings(plan) if item.finding.code != "unsettled"]
    assert sum(_count(line) for line in _lines(client)) == len(expected)
    assert {line.first("p").text.rpartition(": ")[2] for line in _lines(client)} <= {
        item.finding.message.rpartition(": ")[2] for item in expected
    }
    ids = event_ids(app, plan_id)
    links = {link["href"] for line in _lines(client) for link in line.all("a")}
    assert {f"/plans/{plan_id}/events/{ids[0]}#name", f"/plans/{plan_id}/events/{ids[1]}#properties"} <= links
    chips = [chip.text for chip in client.page.root.by_id("findings").by_class("chip")]
    counted = {
        severity: sum(item.finding.severity == severity for item in expected) for severity in ("warning", "info")
    }
    assert [int(text.split()[0]) for text in chips] == list(counted.values())


def test_the_fields_that_are_linked_exist(app: Flask, client: PageClient) -> None:
    """The link of every finding leads to something on the page of the event."""
    plan_id = own(app, client, replace(MESSY, events=(*MESSY.events, *SHOP.events)))
    client.get(_address(plan_id))
    links = {link["href"] for line in _lines(client) for link in line.all("a") if "#" in link["href"]}
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        client.get(path)
        assert client.page.root.by_id(anchor), link


def test_a_fix_does_what_its_button_says_and_can_be_undone(app: Flask, client: PageClient) -> None:
    """The button renames the event, and undoing renames it back; nothing else changes."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    _press(client, "Rename to “Order Shipped”")
    assert plan_of(app, plan_id) == replace(
        MESSY, events=(replace(MESSY.events[0], name="Order Shipped"), *MESSY.events[1:])
    )
    _press(client, "Undo")
    assert plan_of(app, plan_id) == MESSY
    assert "Undone" in client.page.root.first("main").text


@pytest.mark.parametrize(
    "label",
    [
        "Rename to “Order Paid”", "Rename to “order_total” everywhere", "Accept the suggested answers", "Mark as sensitive",
        "Remove this copy",
    ],
)  # fmt: skip
def test_every_kind_of_fix_is_saved_and_undone(app: Flask, client: PageClient, label: str) -> None:
    """Fixes of an event, of a property in all events, of the plan, and the removal of an event are saved and undone."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    _press(client, label)
    changed = plan_of(app, plan_id)
    assert changed != MESSY
    advised = advise(MESSY)
    offers = [fix for item in open_findings(advised) for fix in fixes(advised, item.finding, item.event)]
    assert changed in [fix.change(MESSY) for fix in offers if fix.label == label]
    _press(client, "Undo")
    assert plan_of(app, plan_id) == MESSY


def test_an_outdated_fix_changes_nothing(app: Flask, client: PageClient) -> None:
    """If someone renamed or deleted the event after the page was shown, the fix does nothing."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    form = next(form for form in client.page.root.all("form") if "Order Shipped" in form.text)
    data = {control["name"]: control["value"] for control in form.all("input")}
    store, (first, *_) = the_store(app), event_ids(app, plan_id)
    store.save_event("me", plan_id, first, 1, replace(MESSY.events[0], name="Order Sent"))
    client.post(form["action"], data=data, follow_redirects=True)
    assert "changed meanwhile" in client.page.root.first("main").text
    assert plan_of(app, plan_id).events[0].name == "Order Sent"
    store.delete_event("me", plan_id, first)
    client.post(form["action"], data=data, status=404)


def test_undoing_a_fix_keeps_later_changes(app: Flask, client: PageClient) -> None:
    """A change that someone made after the fix is kept."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    _press(client, "Rename to “Order Shipped”")
    the_store(app).add_event("me", plan_id, Event(name="Later"))
    _press(client, "Undo")
    assert "changes since" in client.page.root.first("main").text
    assert [event.name for event in plan_of(app, plan_id).events][::4] == ["Order Shipped", "Later"]
    client.get(f"{_address(plan_id)}?done=2")
    assert "Undo" not in client.page.root.first("main").text


def test_a_finding_is_dismissed_with_a_reason_and_restored(app: Flask, client: PageClient) -> None:
    """A finding is dismissed in its event, with author and date; dismissed findings are listed and can be restored."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    link = next(
        link for line in _lines(client) if "order_shipped” is not" in line.text for link in line.all("a")
        if link["href"].startswith(f"{_address(plan_id)}/dismiss")
    )  # fmt: skip
    client.get(link["href"])
    assert "order_shipped" in client.page.root.first("main").text
    client.submit("/dismiss", reason="  ")
    assert client.page.root.by_id("reason-error")
    client.submit("/dismiss", reason="An old name\r\nthat stays", author="Ann")
    kept = Dismissal(code="event-name-style", reason="An old name\r\nthat stays", author="Ann", date=today())
    assert plan_of(app, plan_id).events[0].dismissed == (kept,)
    assert plan_of(app, plan_id).dismissed == ()
    assert "is not in Title Case" not in client.page.root.by_id("findings").text
    shown = client.page.root.by_id("dismissed").text
    assert "An old name" in shown
    assert f"Ann, {today()}" in shown
    assert "Hides 1 finding." in shown
    client.submit("/restore")
    assert plan_of(app, plan_id) == MESSY
    assert "is not in Title Case" in client.page.root.by_id("findings").text


def test_all_findings_of_one_kind_can_be_dismissed_at_once(app: Flask, client: PageClient) -> None:
    """Findings of the plan are dismissed in the plan, those of events in each event; then none of the kind is left."""
    plan_id = own(app, client, MESSY)
    for code in ("event-name-action", "sensitive-unanswered", "suggested-answers", "idle-destination"):
        client.get(f"{_address(plan_id)}/dismiss?code={code}")
        client.submit("/dismiss", reason="Known")
        plan = advise(plan_of(app, plan_id))
        assert code not in {item.finding.code for item in open_findings(plan)}
    assert {item.code for item in plan_of(app, plan_id).dismissed} <= {"event-name-action", "idle-destination"}


def test_the_naming_convention_is_chosen_on_the_findings_page(app: Flask, client: PageClient) -> None:
    """Names that follow the chosen convention have no finding."""
    plan_id = own(app, client, MESSY)
    client.get(_address(plan_id))
    client.submit("/naming", events="snake_case", properties="any")
    assert plan_of(app, plan_id).naming == Naming(events="snake_case", properties="any")
    assert "order_shipped” is not" not in client.page.root.by_id("findings").text
    client.post(f"{_address(plan_id)}/naming", data={"events": "x", "properties": "any"}, status=400)


def test_a_plan_without_findings_says_so(app: Flask, client: PageClient) -> None:
    """The page says that there is nothing to fix."""
    client.get(_address(own(app, client, replace(SHOP, events=(), destinations=()))))
    assert "nothing to fix" in client.page.root.by_id("findings").text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_exactly(app: Flask, client: PageClient, name: str) -> None:
    """Hostile names are shown as text on the board, in a dismissal, and on the page that asks for one."""
    hostile = Event(
        name=name, dismissed=(Dismissal(code=name[:200], reason=name, author=name),), properties=(Property(name=name),)
    )
    plan_id = own(app, client, replace(SHOP, events=(hostile, hostile)))
    client.get(_address(plan_id))
    client.get(f"{_address(plan_id)}/dismiss?code=duplicate-event&event={event_ids(app, plan_id)[1]}")


def test_every_example_plan_has_a_findings_page(app: Flask, client: PageClient) -> None:
    """Every code is shown with its title."""
    for example in EXAMPLES:
        client.get(_address(own(app, client, example.having)))
        assert FINDINGS[example.code].title in client.page.root.by_id("findings").text


def test_strangers_cannot_see_or_change_findings(app: Flask, client: PageClient) -> None:
    """Every request for another owner's plan gets the same answer as for a missing plan."""
    plan_id = own(app, client, MESSY, owner="someone else")
    client.get(_address(own(app, client)))
    for there in (plan_id, "0" * 32):
        client.get(_address(there), status=404)
        client.get(f"{_address(there)}/dismiss?code=unreachable", status=404)
        for action in ("fix", "undo", "dismiss", "restore", "naming"):
            client.post(f"{_address(there)}/{action}", data={"code": "unreachable"}, status=404)
    assert plan_of(app, plan_id, "someone else") == MESSY


def test_invalid_requests_are_refused(app: Flask, client: PageClient) -> None:
    """Unknown codes, events and numbers are refused."""
    plan_id = own(app, client)
    client.get(_address(plan_id))
    client.get(f"{_address(plan_id)}/dismiss?code=nothing", status=404)
    client.get(f"{_address(plan_id)}/dismiss?code=unreachable&event=nobody", status=404)
    client.post(f"{_address(plan_id)}/undo", data={"number": "x"}, status=400)
    client.post(f"{_address(plan_id)}/fix", data={"code": "x", "label": "y"}, follow_redirects=True)
    assert plan_of(app, plan_id) == SHOP


def test_findings_with_one_message_are_one_line_with_one_fix(app: Flask, client: PageClient) -> None:
    """Thirty events that miss a destination for one reason are one line, and one fix resolves all of them, in one step."""
    away = {"payment": "yes", "user_absent": "yes", "sensitive": "no"}
    plan = replace(
        SHOP,
        events=tuple(
            Event(name=f"Plan Renewed {chr(65 + n)}", answers=away, destinations=(PIXEL, BOTH_MODES)) for n in range(30)
        ),
    )
    plan_id = own(app, client, plan)
    client.get(_address(plan_id))
    lines = [line for line in _lines(client) if "Facebook Pixel is reached" in line.text]
    assert [_count(line) for line in lines] == [30]
    label = "Leave Facebook Pixel out of these events"
    assert lines[0].text.count("Leave Facebook Pixel out") == 1
    store = the_store(app)
    before = store.history.latest("me", plan_id)
    _press(client, label)
    assert {event.destinations for event in plan_of(app, plan_id).events} == {(BOTH_MODES,)}
    assert store.history.latest("me", plan_id) == before + 1
    _press(client, "Undo")
    assert plan_of(app, plan_id) == plan


def test_exact_copies_are_removed_at_once_and_that_is_undone(app: Flask, client: PageClient) -> None:
    """One button removes every exact copy as one step of the history; copies that differ stay."""
    different = replace(SHOP.events[2], description="Another")
    plan = replace(SHOP, events=(*SHOP.events, *SHOP.events, different))
    plan_id = own(app, client, plan)
    for address in (f"/plans/{plan_id}", _address(plan_id)):
        client.get(address)
        assert client.page.root.by_id("findings").text.count("Remove 4 exact copies") == 1
    _press(client, "Remove 4 exact copies")
    assert plan_of(app, plan_id).events == (*SHOP.events, different)
    _press(client, "Undo")
    assert plan_of(app, plan_id) == plan


def test_copies_that_someone_changed_meanwhile_are_not_removed(app: Flask, client: PageClient) -> None:
    """If a copy is another event by the time the form arrives, nothing is removed."""
    plan = replace(SHOP, events=(*SHOP.events, *SHOP.events))
    plan_id = own(app, client, plan)
    stored = the_store(app).load("me", plan_id)
    the_store(app).save_event("me", plan_id, stored.event_ids[5], 1, replace(SHOP.events[1], description="Mine"))
    with pytest.raises(MovedError):
        save(the_store(app), "me", stored, SHOP)
    assert len(plan_of(app, plan_id).events) == 8


@pytest.mark.parametrize(
    "changed",
    [
        replace(SHOP, events=(replace(SHOP.events[0], description="New"), *SHOP.events[1:])),
        replace(SHOP, events=tuple(replace(each, description="New") for each in SHOP.events)),
        replace(SHOP, events=SHOP.events[:2]),
        replace(SHOP, naming=Naming(events="snake_case")),
    ],
    ids=["one event", "every event", "fewer events", "settings"],
)
def test_the_number_to_undo_is_never_that_of_a_change_which_came_right_after(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, changed: Plan
) -> None:
    """Somebody else may save before the number is looked up."""
    plan_id = own(app, client, SHOP)
    store = the_store(app)
    look_up = History.first_after

    def late(history: History, owner: str, plan_id: str, seen: int, event_id: str | None = None) -> int | None:
        store.add_event("me", plan_id, Event(name="Theirs"))
        return look_up(history, owner, plan_id, seen, event_id)

    monkeypatch.setattr(History, "first_after", late)
    number = save(store, "me", store.load("me", plan_id), changed)
    assert number == store.history.latest("me", plan_id) - 1
    store.history.undo("me", plan_id, number)
    assert plan_of(app, plan_id).events == (*SHOP.events, Event(name="Theirs"))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_lines_keep_every_finding(picks: list[int]) -> None:
    """For any events, the lines of each kind together count all of its findings, and no message is on two lines."""
    pool = (*MESSY.events, SHOP.events[2], SHOP.events[3])
    plan = advise(replace(SHOP, events=tuple(pool[pick] for pick in picks)))
    ids = tuple(f"{number:032x}" for number in range(len(picks)))
    messages = Counter((item.finding.code, item.finding.message) for item in open_findings(plan))
    counts = Counter(item.finding.code for item in open_findings(plan) if item.finding.code != "unsettled")
    shown = Counter[str]()
    for kind in board(plan, ids, 1_000).kinds:
        assert kind.unlisted == 0
        assert sum(line.count for line in kind.lines) == kind.count
        shown[kind.code] += kind.count
        joined = [line.message for line in kind.lines if line.event_id or line.events]
        assert len(joined) == len(set(joined))
        for line in kind.lines:
            assert sum(part.count for part in line.parts) in (0, line.count)
            for part in line.parts:
                assert messages[kind.code, f"{line.message} {part.message}".strip()] == part.count
    assert shown == counts


def test_messages_that_begin_alike_are_one_line(app: Flask, client: PageClient) -> None:
    """The sentence is there once, and below it each event with the rest of its message and its own way to dismiss it."""
    names = ("Order Completed", "Product Added", "Cart Viewed", "Products Searched", "Checkout Started")
    plan = replace(
        SHOP,
        destinations=(Destination(key="Google Analytics 4 Web"),),
        events=tuple(Event(name=name, answers={"browser_only": "yes"}) for name in names),
    )
    plan_id = own(app, client, plan)
    sentence = "Nothing of this event reaches Google Analytics 4 Web until a mapping takes it."
    client.get(_address(plan_id))
    (near,) = [line for line in client.page.root.by_class("findings__near") if sentence in line.text]
    assert near.first("summary").text.startswith("5 events, one by one")
    parts = near.by_class("findings__line")
    assert [part.first("a").text for part in parts] == list(names)
    assert all("Presets to start from" in part.text and "Dismiss" in part.text for part in parts)
    client.get(f"/plans/{plan_id}")
    (near,) = [line for line in client.page.root.by_class("findings__near") if sentence in line.text]
    assert "and 2 more" in near.text
