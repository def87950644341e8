"""Ticket texts: everything there is to build for an event, and nothing that isn't for everyone."""

from __future__ import annotations

from hypothesis import given, settings
from msgspec.structs import replace

from advisor.advice import advise
from advisor.formats.ticket import joined_tickets, ticket
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.ruleset import RULESET
from advisor.model import Plan, Practice, recommendation_of
from owned_plans import HOSTILE, SHOP
from plan_documents import plans

TODAY = "2026-11-26"


@given(plans)
@settings(max_examples=40, deadline=None)
def test_a_ticket_has_every_call_value_and_setting_of_its_event(plan: Plan) -> None:
    """Each call is a section with its object, each delivery a proof, and the text ends with plan, rules and date."""
    plan = advise(plan)
    for index, event in enumerate(plan.events):
        advice, text = recommendation_of(event), ticket(plan, index, TODAY)
        assert text.count("### Client: ") == sum(call.side == "client" for call in advice.calls)
        assert text.count("### Server: ") == sum(call.side == "server" for call in advice.calls)
        assert text.count("Pass this `integrations` object") == len(advice.calls)
        assert text.count(" (by default ") == len(advice.setup)
        assert text.rstrip("\n").endswith(f"rules {RULESET}, {TODAY}")
        assert not any(line != line.rstrip() for line in text.split("\n"))


def test_a_ticket_says_what_changes_and_how_to_tell_that_it_works() -> None:
    """Today's side, the values to take over, what is left out, and the tools where the calls arrive."""
    event = replace(SHOP.events[1], practice=Practice(placement="client"), description="Paid\n# No heading")
    plan = advise(replace(SHOP, events=(event,)))
    text = ticket(plan, 0, TODAY, "https://example.com/plans/1")
    assert text.startswith("## Track Order Completed from both sides\n\n**What happens:** Paid\\\n\\# No heading\n")
    assert "**Today:** client only. **To build:** client and server, a `track` call." in text
    assert "- [ ] Leave out `margin` (sensitive)" in text
    assert "  - `anonymousId`: " in text
    for key in {item.destination for item in recommendation_of(plan.events[0]).deliveries}:
        assert destination_name(key) in text.partition("### Done when")[2]
    assert text.endswith(f"Shop, rules {RULESET}, {TODAY}, <https://example.com/plans/1>\n")


def test_names_never_become_structure() -> None:
    """A hostile name stays one line of text, so that the number of headings and tasks doesn't depend on names."""
    plain = [replace(SHOP.events[1], name="Plain") for _ in HOSTILE]
    hostile = [replace(event, name=name) for event, name in zip(plain, HOSTILE, strict=True)]
    texts = [
        [ticket(plan, index, TODAY) for index in range(len(HOSTILE))]
        for plan in (advise(replace(SHOP, events=tuple(events))) for events in (plain, hostile))
    ]
    for one, other in zip(*texts, strict=True):
        for mark in ("\n## ", "\n### ", "- [ ] ", "\n"):
            assert one.count(mark) == other.count(mark)
        assert "<b" not in other.replace("\\<b", "")
    assert joined_tickets(texts[0]).count("\n---\n") == len(HOSTILE) - 1
