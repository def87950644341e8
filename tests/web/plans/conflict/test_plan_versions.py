"""Two versions of one thing: the differences, the suggestion, and the result of a choice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from advisor.event_fields import EVENT_FORM_FIELDS, SETTINGS_FORM_FIELDS
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Decision, Destination, Event, Plan, Property, Sources
from advisor.web.plans.conflict.merge import differences, fingerprints, merge_fields

_TEXT = st.sampled_from(["", "a", "b"])
_KEYS = st.just("all") | st.sampled_from([(), ("Drift",), ("Drift", "Hotjar")])


@st.composite
def _events(draw: st.DrawFn) -> Event:
    given_answers = draw(st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]), max_size=4))
    return Event(
        name=draw(st.sampled_from(["A", "B"])),
        call=draw(st.sampled_from(["track", "page"])),
        description=draw(_TEXT),
        labels=draw(st.sampled_from([{}, {"team": "x"}])),
        answers={key: given_answers[key] for key in QUESTION_KEYS if key in given_answers},
        destinations=draw(_KEYS),
        sources=draw(st.sampled_from(["all", ("swift",)])),
        properties=draw(st.sampled_from([(), (Property(name="total"),), (Property(name="total", sensitive=True),)])),
        decision=draw(st.sampled_from([None, Decision(placement="client", reason="x")])),
    )


@given(_events(), _events(), _events())
def test_choosing_all_of_one_side_gives_that_version(before: Event, mine: Event, theirs: Event) -> None:
    """Choosing every part of one side gives that side; equal versions have no differences."""
    keys = [part.key for part in EVENT_FORM_FIELDS]
    assert merge_fields(EVENT_FORM_FIELDS, mine, theirs, dict.fromkeys(keys, "mine")) == mine
    assert merge_fields(EVENT_FORM_FIELDS, mine, theirs, dict.fromkeys(keys, "theirs")) == theirs
    assert merge_fields(EVENT_FORM_FIELDS, mine, theirs, {}) == theirs
    assert differences(EVENT_FORM_FIELDS, mine, mine, fingerprints(EVENT_FORM_FIELDS, before)) == ()


@given(_events(), _events(), _events())
def test_the_suggestion_keeps_every_change_that_only_one_side_made(before: Event, mine: Event, theirs: Event) -> None:
    """Part by part: who changed it is suggested; where both did, it says so and suggests mine."""
    found = differences(EVENT_FORM_FIELDS, mine, theirs, fingerprints(EVENT_FORM_FIELDS, before))
    result = merge_fields(EVENT_FORM_FIELDS, mine, theirs, {item.key: item.suggested for item in found})
    for part in EVENT_FORM_FIELDS:
        was, my, their = part.get(before), part.get(mine), part.get(theirs)
        assert part.get(result) == (their if my == was else my)
        shown = {item.key: item for item in found}.get(part.key)
        assert (shown is not None) == (my != their)
        if shown:
            assert shown.both_changed == (was not in (my, their))


@given(_events(), _events())
def test_without_a_common_start_every_difference_is_shown(mine: Event, theirs: Event) -> None:
    """A page that lost its fingerprint still shows every difference."""
    parts = [part.key for part in EVENT_FORM_FIELDS if part.get(mine) != part.get(theirs)]
    assert [item.key for item in differences(EVENT_FORM_FIELDS, mine, theirs, "")] == parts


def test_every_difference_of_settings_is_shown_in_words() -> None:
    """No part is shown as nothing, and each looks different where it is different."""
    mine = Plan(name="A", sources=Sources(client=("swift",)), destinations=(Destination(key="Drift"),), warehouse=True)
    theirs = Plan(name="B", description="x", sources=Sources(server="http-api"))
    found = differences(SETTINGS_FORM_FIELDS, mine, theirs, "")
    assert [item.key for item in found] == [part.key for part in SETTINGS_FORM_FIELDS]
    for item in found:
        assert all(item.mine)
        assert all(item.theirs)
        assert item.mine != item.theirs
    assert merge_fields(SETTINGS_FORM_FIELDS, mine, theirs, {item.key: "mine" for item in found}) == mine
