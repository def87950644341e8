"""The words for yes, no and not sure mean the same in every place where an answer is typed or pasted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from advisor.knowledge.answer_words import SPELLINGS, answer_in
from advisor.model import Event, Plan
from grid_requests import Grid, cell
from owned_plans import event_ids, own, plan_of
from page_client import PageClient

WORDS = {word: answer for answer, words in SPELLINGS.items() for word in words}
TYPED = [typed for word in WORDS for typed in (word, f"  {word.upper()} ")]
MEANINGS = [WORDS[word] for word in WORDS for _ in range(2)]
# The opposite of each meaning, so that a place that ignores a word is noticed.
BEFORE = [Event(name=f"E{at}", answers={"payment": "no" if meaning == "yes" else "yes"}) for at, meaning in
          enumerate(MEANINGS)]  # fmt: skip


def _paste_into_grid(app: Flask, client: PageClient, plan_id: str) -> None:
    client.get(f"/plans/{plan_id}/grid/paste")
    rows = "\n".join(f"E{at}\t{typed}" for at, typed in enumerate(TYPED))
    client.submit("/grid/paste", text=f"Event\tPayment\n{rows}")
    (button,) = [one for one in client.page.root.all("button") if "btn--primary" in one["class"]]
    client.submit("/grid/paste", f"confirm={button['value']}")


def _type_into_grid(app: Flask, client: PageClient, plan_id: str) -> None:
    ids = event_ids(app, plan_id)
    Grid(client, plan_id).send(
        cells=[cell(event_id, "payment", None, typed) for event_id, typed in zip(ids, TYPED, strict=True)]
    )


def _save_plain_rows(app: Flask, client: PageClient, plan_id: str) -> None:
    client.get(f"/plans/{plan_id}/grid/plain")
    for at, event_id in enumerate(event_ids(app, plan_id)):
        fields = {"name": f"E{at}", "call": "track", "payment": TYPED[at], "revision": "1"}
        client.post(f"/plans/{plan_id}/grid/plain/{event_id}", data=fields, status=303)


@pytest.mark.parametrize("answer_all", [_paste_into_grid, _type_into_grid, _save_plain_rows])
def test_a_word_means_the_same_answer_in_every_place(
    app: Flask, client: PageClient, answer_all: Callable[[Flask, PageClient, str], None]
) -> None:
    """The word may be pasted into the grid, sent by its script, or sent by a row of the plain table, in any case."""
    plan_id = own(app, client, Plan(name="Words", events=tuple(BEFORE)))
    answer_all(app, client, plan_id)
    stored = [event.answers.get("payment", "unsure") for event in plan_of(app, plan_id).events]
    assert dict(zip(TYPED, stored, strict=True)) == dict(zip(TYPED, MEANINGS, strict=True))


def test_a_word_means_the_same_for_pasted_properties(app: Flask, client: PageClient) -> None:
    """A word for yes ticks, one for no doesn't, and one for not sure is marked, because a tick has no third state."""
    plan_id = own(app, client, Plan(name="Words", events=(Event(name="X"),)))
    path = f"/plans/{plan_id}/events/{event_ids(app, plan_id)[0]}"
    client.get(path)
    rows = "\n".join(f"p{at}\t{typed}\t{typed}" for at, typed in enumerate(TYPED))
    client.submit(path, button="paste=preview", pasted=f"Property\tRequired\tSensitive\n{rows}")
    client.submit(path, button="paste=add")
    stored = {item.name: (item.required, item.sensitive) for item in plan_of(app, plan_id).events[0].properties}
    expected = {f"p{at}": (meaning == "yes",) * 2 for at, meaning in enumerate(MEANINGS) if meaning != "unsure"}
    assert stored == expected


def test_no_word_has_two_meanings() -> None:
    """Each spelling belongs to one answer, and no other word is an answer."""
    assert len(WORDS) == sum(map(len, SPELLINGS.values()))
    assert {word: answer_in(word) for word in WORDS} == WORDS
    assert [answer_in(word) for word in ("", "maybe", "yes?", "yes no", "si\u0301", "✔️")] == [
        *(None, None, None, None),
        *("yes", "yes"),
    ]


def test_a_suggested_answer_ends_in_a_question_mark(app: Flask, client: PageClient) -> None:
    """In the requests of the grid's script, the mark belongs to the answer; alone it is a word for not sure."""
    plan_id = own(app, client, Plan(name="Words", events=tuple(BEFORE[:3])))
    ids = event_ids(app, plan_id)
    sent = zip(ids, ("yes?", "nein?", "?"), strict=True)
    Grid(client, plan_id).send(cells=[cell(event_id, "payment", None, value) for event_id, value in sent])
    found = [(event.answers.get("payment"), event.suggested) for event in plan_of(app, plan_id).events]
    assert found == [("yes", ("payment",)), ("no", ("payment",)), (None, ())]
