"""The hand-off's code follows the list of values: it reads what is listed and nothing else, and puts it where the list says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace as replace_wanted
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from advisor.advice import advise
from advisor.model import Destination, Event, HandoffValue, Plan, Property, Sources
from advisor.snippets import snippet
from advisor.snippets.content import content_of
from advisor.snippets.handoff_code import Wanted, files_for, handoff_code
from advisor.snippets.values import Handed, Settings

from .tools import run, tool
from .vectors import EVERYTHING, PAGE, PARTS, SERVERS

LANDING_WORDS = ("plan_landing", "utm_", "_ga", "clicks", "CLICKS", "PAGE", "PROXIES", "orwarded", "referrer", "DAY")


def _listing(*values: tuple[str, str], place: str = "Express", **event: Any) -> str:
    """Return the code of an event whose hand-off lists these values, each with the place where it goes."""
    plan = advise(Plan(sources=Sources(client=("analytics.js",), server=SERVERS.get(place)), events=(Event(name="E"),)))
    handoff = tuple(HandoffValue(source="web", value=value, from_="", to=to, why="") for value, to in values)
    advice = replace(plan.events[0].recommendation, handoff=handoff, **event)
    event = replace(plan.events[0], recommendation=advice)
    return next(file.code for file in handoff_code(plan, event) if file.title.endswith(place))


@pytest.mark.parametrize("place", [*SERVERS, PAGE])
def test_the_code_reads_only_what_the_hand_off_lists(place: str) -> None:
    """The code reads the landing, Google's cookie or a field of the page only if the hand-off lists a value of it."""
    bare = _listing(("anonymousId", "anonymousId"), ("fbp", "properties.fbp"), place=place)
    assert "_fbp" in bare
    for word in LANDING_WORDS:
        assert word not in bare
    fields = _listing(("context.page.url", "context.page.url"), place=place)
    assert ('["url"]' if place in SERVERS else "location.href") in fields
    assert "document.title" not in fields


@pytest.mark.parametrize("place", SERVERS)
@pytest.mark.parametrize("to", ["properties.click_id", "traits.click", 'integrations["Snap Conversions Api"].click_id'])
def test_an_id_is_read_for_every_place_it_goes_to(place: str, to: str) -> None:
    """An id goes to a property, a trait or a setting of its destination; one without a reader comes from the request body."""
    code = _listing(("ScCid", to), ("device_of_theirs", 'integrations["AppsFlyer"].id'), place=place)
    assert '["ScCid", "device_of_theirs"]' in code
    assert code.count('"ScCid"') + code.count("ScCid:") >= 2


def test_several_ids_of_one_destination_share_an_object() -> None:
    """Two ids for one entry of the integrations object are both in it."""
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
        HandoffValue(source="web", value=name, from_="", to=f'integrations["{key}"].{to}', why="")
        for name, to in values
    )
    event = replace(plan.events[0], recommendation=replace(plan.events[0].recommendation, handoff=handoff))
    (call,) = [each for each in event.recommendation.calls if each.side == "server"]
    options = {"click_id": Handed("ids", "ScCid"), "uuid_c1": Handed("ids", "scid")}
    assert content_of(event, call).integrations[key] == Settings(options)


@pytest.mark.parametrize(
    ("item", "is_replaced"),
    [
        (Property(name="client_id"), True),
        (Property(name="client_id", known_by="client"), False),
        (Property(name="fbp"), False),
        (Property(name="customer"), False),
    ],
)
def test_a_property_that_an_id_replaces_is_named(item: Property, *, is_replaced: bool) -> None:
    """Google Analytics reads its client id where the plan has a property of its own: the comment says which one is sent."""
    keys = ("Actions Google Analytic 4", "Facebook Conversions API (Actions)")
    answers = {"payment": "yes", "needs_cookies": "yes"}
    plan = advise(
        Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            destinations=tuple(Destination(key=key) for key in keys),
            events=(Event(name="E", answers=answers, properties=(item,)),),
        )
    )
    (event,) = plan.events
    (call,) = [each for each in event.recommendation.calls if each.side == "server"]
    notes = " ".join(snippet(plan, event, call).notes)
    assert ("client_id is the hand-off’s ga_client_id here" in notes) == is_replaced
    assert ("the plan’s own property" in notes) == is_replaced


def _lists() -> Iterator[Wanted]:
    """Yield lists of no value, of every value alone, and of all of them; with a relay and without."""
    nothing = replace_wanted(EVERYTHING, vendor_ids=(), shared_ids=(), parts=(), page=())
    ids = [replace_wanted(nothing, vendor_ids=(name,)) for name in EVERYTHING.vendor_ids]
    parts = [replace_wanted(nothing, parts=(part,), page=EVERYTHING.page if part == "page" else ()) for part in PARTS]
    for wanted in (nothing, *ids, *parts, EVERYTHING):
        yield wanted
        yield replace_wanted(wanted, relay=True, user_absent=True, properties={"n": "integer"})


def _codes(place: str) -> list[str]:
    return [
        next(file.code for file in files_for(wanted, SERVERS.get(place)) if file.title.endswith(place))
        for wanted in _lists()
    ]


@pytest.mark.parametrize("place", [*SERVERS, PAGE])
def test_the_code_has_no_unused_parts(place: str) -> None:
    """Functions and constants of the code are used by it, or are for its user to call."""
    for code in _codes(place):
        names = re.findall(r"^(?:function|def|const|let) (\w+)|^([A-Z_]+) = ", code, re.MULTILINE)
        idle = [name for pair in names for name in pair if name and len(re.findall(rf"\b{name}\b", code)) < 2]
        assert set(idle) <= {"handoff_of", "remember", "add_relay", "to_store", "from_stored", "track_order_relay"}


@pytest.mark.parametrize("place", [*SERVERS, PAGE])
@pytest.mark.parametrize("source", ["web", "mobile"])
def test_the_code_has_no_gaps(place: str, source: str) -> None:
    """Parts have as many empty lines between them as the language's style wants, for a page and for an app."""
    most = "\n\n\n" if place in ("Flask", "Django") else "\n\n"
    for wanted in _lists():
        files = files_for(replace_wanted(wanted, sources=(source,)), SERVERS.get(place))
        for code in (file.code for file in files if file.title.endswith(place)):
            assert most + "\n" not in code
            assert not re.search(r"[ \t]\n", code)


@pytest.mark.parametrize("place", ["Flask", "Django"])
def test_every_hand_off_makes_valid_python(place: str, tmp_path: Path) -> None:
    """No name is missing or unused in any hand-off; the snippet of the call is beside it."""
    for number, code in enumerate(_codes(place)):
        (tmp_path / f"handoff_{number}.py").write_text(f"def track_order(handoff): ...\n\n\n{code}", encoding="utf-8")
    run(sys.executable, "-m", "ruff", "check", "--isolated", "--select=F,E9", tmp_path)


RUN = """
  const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  const document = { cookie: "_fbp=1; _ga_A=GS1.1.1.2; plan_landing=%7B%7D", referrer: "", title: "T" };
  const location = new URL("https://shop.example/?gclid=1&utm_source=2&fbclid=3");
  Object.assign(globalThis, { document, location, sessionStorage: nowhere, localStorage: nowhere });
  Object.defineProperty(globalThis, "navigator", { value: { language: "de" }, configurable: true });
  const headers = {
    cookie: document.cookie, referer: location.href, "content-type": "application/json", "x-forwarded-for": "::1" };
  const body = { page: { url: "x" }, ids: { a: 1 }, properties: { n: 1 }, consent: { A: true }, locale: "de" };
  for (const file of process.argv.slice(1)) {
    const { collectHandoff, readHandoff } = await import(file);
    const made = collectHandoff?.({ consent: {} }) ?? readHandoff({ headers, body, ip: "::ffff:192.0.2.7" }, 5);
    console.log(Object.keys(made.ids ?? {}).length);
  }
"""


@pytest.mark.parametrize("place", ["Express", PAGE])
def test_every_hand_off_makes_javascript_that_runs(place: str, tmp_path: Path) -> None:
    """Any list of values gives a hand-off with exactly these values."""
    files = [tmp_path / f"handoff_{number}.mjs" for number in range(len(list(_lists())))]
    for file, code in zip(files, _codes(place), strict=True):
        file.write_text(code, encoding="utf-8")
    told = run(tool("node"), "--input-type=module", "-e", RUN, *files, cwd=tmp_path).split()
    listed = [len(wanted.vendor_ids) + len(wanted.shared_ids) for wanted in _lists()]
    assert len(told) == len(listed)
    assert all(int(made) <= most for made, most in zip(told, listed, strict=True))
