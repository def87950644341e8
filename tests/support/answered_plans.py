"""Plans whose events have any answers: given or suggested, of decided events or not, with and without destinations."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Decision, Event, Plan, Property
from owned_plans import CLOUD, PIXEL, SHOP

NAMES = ("Order Completed", "Page Scrolled", "Qq Zz", "Patient Created", "Invoice Paid", "signed_up")
ANSWERS = st.sampled_from(["yes", "no"])


@st.composite
def some_events(draw: st.DrawFn) -> Event:
    """Draw an event with any answers, some of them suggested, that wants any destinations, perhaps decided."""
    answers = draw(st.dictionaries(st.sampled_from(QUESTION_KEYS), ANSWERS, max_size=7))
    ordered = {key: answers[key] for key in QUESTION_KEYS if key in answers}
    return Event(
        name=draw(st.sampled_from(NAMES)),
        call=draw(st.sampled_from(["track", "identify", "page"])),
        answers=ordered,
        suggested=tuple(key for key in ordered if draw(st.booleans())),
        destinations=draw(st.sampled_from(["all", (), (PIXEL,), (CLOUD,)])),
        decision=draw(st.sampled_from([None, None, None, Decision(placement="client")])),
        properties=draw(
            st.sampled_from(
                [(), (Property(name="total", required=True, known_by="server"),), (Property(name="revenue"),)]
            )
        ),
    )


@st.composite
def some_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of such events, with or without destinations."""
    events = tuple(draw(st.lists(some_events(), min_size=1, max_size=6)))
    chosen = draw(st.sampled_from([SHOP.destinations, SHOP.destinations, SHOP.destinations[1:2]]))
    keys = {item.key for item in chosen}
    events = tuple(
        event if event.destinations == "all" else replace(event, destinations=tuple(keys & {*event.destinations}))
        for event in events
    )
    return replace(SHOP, destinations=chosen, events=events)
