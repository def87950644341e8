"""Plans and events to store."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec import UNSET

from advisor.model import Decision, Destination, Dismissal, Event, Naming, Plan, Practice, Property, Sources

ALICE, BOB = "alice", "bob"

SHOP = Plan(
    name="Shop 2026",
    description="Zürich",
    sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
    destinations=(
        Destination(key="Facebook Pixel"),
        Destination(key="Mixpanel", web_mode="cloud", consent="analytics", contract="DPA of 2025"),
    ),
    warehouse=True,
    naming=Naming(),
    dismissed=(Dismissal(code="unsettled", reason="known"),),
    common=(Property(name="app_version"), Property(name="")),
    events=(
        Event(
            name="Order Completed",
            labels={"platform": ("web", "iOS"), "team": "checkout"},
            version=2,
            practice=Practice(placement="client", evidence="labels.source = web"),
            status="agreed",
            owner="Ada",
            answers={"payment": "yes", "sensitive": "no"},
            destinations=("Mixpanel",),
            properties=(
                Property(name="total", type="number|null", known_by="server", values=(1, 1.5, True, None, "x")),
                Property(name=" ", personal="contact"),
            ),
            decision=Decision(placement="both", reason="agreed", date="2026-11-24"),
        ),
        Event(name="Page Viewed", call="page"),
        Event(
            name="Signed Up", suggested=("accuracy",), answers={"accuracy": "yes"}, extra={"ticket": [1, {"a": "b"}]}
        ),
    ),
    extra={"owner": "growth"},
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = texts.filter(lambda text: bool(text.strip())) | st.sampled_from(
    ["</script>", "a\0b", "\u202e", "🛒" * 250, "'"]
)
events = st.builds(
    Event,
    name=names,
    call=st.sampled_from(["track", "identify"]),
    description=texts,
    labels=st.dictionaries(texts.filter(bool), texts | st.lists(texts, max_size=3).map(tuple), max_size=3),
    properties=st.lists(st.builds(Property, name=names | st.just("")), max_size=3).map(tuple),
    extra=st.just(UNSET)
    | st.dictionaries(texts, st.recursive(st.none() | texts | st.integers(), st.lists), min_size=1),
)
plans = st.builds(Plan, name=names, description=texts, events=st.lists(events, max_size=4).map(tuple))


def named(name: str) -> Event:
    """Return an event that has only a name."""
    return Event(name=name)
