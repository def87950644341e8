"""Names of events that suggest their answers: in any spelling, with a source, and never more than a suggestion.

``known_names.txt`` is a table of 100 names that we wrote for shops, software, media, finance and healthcare, with what is
suggested for each: y and n are suggested, y? and n? are hints. A change of the tables shows there line by line.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise
from advisor.knowledge.event_specs import event_specs, find_spec
from advisor.knowledge.known_names import GA4, SPEC, STARTER, KnownName, suggestions, with_known_answers
from advisor.knowledge.name_signs import answers_from_words
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.knowledge.starters import starter_plan, starters
from advisor.knowledge.tables import rows_of
from advisor.model import CALL_TYPES, Event, Plan

ASKED = QUESTION_KEYS[:-1]
"""Every question but the one that the destinations of a plan answer."""
TABLE = Path(__file__).with_name("known_names.txt")
GA4_ROWS = tuple(rows_of("ga4_events.csv"))
USUAL_ROWS = tuple(rows_of("usual_names.csv"))
SIGNS = tuple(rows_of("name_signs.csv"))
EVERY_WORD = sorted({word for row in SIGNS for name in ("words", "with") for word in row[name].split()})
EVERY_NAME = sorted({spec.name for spec in event_specs()} | {row["name"] for row in (*GA4_ROWS, *USUAL_ROWS)})


def known(name: str) -> KnownName:
    """Return what is known of a name that has suggestions."""
    found = suggestions(name)
    assert found is not None, name
    return found


def spellings(name: str) -> list[str]:
    """Return a name in the eight styles that a plan can choose."""
    words = name.replace("_", " ").lower().split()
    title = [word.capitalize() for word in words]
    return [
        *(" ".join(title), " ".join(words), " ".join(words).capitalize(), "_".join(words), "_".join(words).upper()),
        *("-".join(words), "".join(title), words[0] + "".join(title[1:])),
    ]


@pytest.mark.parametrize("spec", event_specs(), ids=lambda spec: spec.name)
def test_every_event_of_segments_specs_suggests_its_usual_answers(spec: object) -> None:
    """All answers are suggested, none is only a hint, and the source is Segment's spec."""
    found = known(spec.name)
    assert (found.answers, found.maybe, found.source) == (spec.answers, {}, SPEC)


@pytest.mark.parametrize("key", starters())
def test_every_event_of_a_starter_suggests_the_answers_of_the_starter(key: str) -> None:
    """A name suggests the same answers when it is typed as when it comes with the starter."""
    for event in starter_plan(key).events:
        found = suggestions(event.name, event.call)
        assert found is not None
        assert {item: answer for item, answer in event.answers.items() if item in ASKED} == found.answers
        assert found.source in (SPEC, STARTER)


@pytest.mark.parametrize("row", GA4_ROWS, ids=lambda row: row["name"])
def test_every_name_of_google_analytics_is_known(row: dict[str, str]) -> None:
    """Google's names are known as they are written there, and every one says whether it is a payment."""
    found = known(row["name"])
    assert found.source == GA4
    assert found.answers["payment"] == ("yes" if row["name"] in ("purchase", "refund", "in_app_purchase") else "no")


@pytest.mark.parametrize("row", USUAL_ROWS, ids=lambda row: row["name"])
def test_everyday_names_suggest_the_answers_of_the_event_that_they_mean(row: dict[str, str]) -> None:
    """The source names the event of the spec, so that a person can judge whether it is the same one."""
    spec = find_spec(row["event"])
    assert spec is not None
    assert known(row["name"]).answers == spec.answers


@given(st.sampled_from(EVERY_NAME) | st.lists(st.sampled_from(EVERY_WORD), min_size=2, max_size=4).map(" ".join))
def test_every_spelling_of_a_name_suggests_the_same(name: str) -> None:
    """Capitals, underscores, hyphens and humps make no difference: neither to answers, nor to sources."""
    first, *others = spellings(name)
    assert {suggestions(other) for other in others} == {suggestions(first)}


@given(st.text(alphabet="bcdfghjklmnpqrtvwxz _-", max_size=40) | st.sampled_from(["Foo Bar", "Xyzzy", "🛒", "事件"]))
def test_a_name_of_unknown_words_suggests_nothing(name: str) -> None:
    """Nothing is guessed where no list and no row of the table speaks about a word."""
    if not set(name.lower().replace("_", " ").replace("-", " ").split()) & set(EVERY_WORD):
        assert suggestions(name) is None


@given(st.text(max_size=600), st.sampled_from(CALL_TYPES))
def test_any_name_can_be_asked_about(name: str, call: str) -> None:
    """Nothing fails, every suggestion answers a question, and each question has one suggestion in its order."""
    found = suggestions(name, call)
    if found is not None:
        questions = [item.question for item in found.suggested]
        assert questions == [key for key in ASKED if key in questions] != []
        assert all(item.source for item in found.suggested)
        assert found.answers.keys().isdisjoint(found.maybe)


MAIL = {"email", "mail", "newsletter", "sms", "whatsapp"}
"""What is opened or clicked in a mail program is no event of a page."""


@given(
    st.lists(st.sampled_from(sorted(set(EVERY_WORD) - MAIL)), max_size=4),
    st.sampled_from(["Viewed", "Clicked", "Scrolled", "Hovered", "Tapped", "Seen"]),
)
def test_what_a_person_looks_at_or_clicks_is_only_hinted_at(nouns: list[str], verb: str) -> None:
    """A name of no list that ends so has no answer filled in, except that what it is about may be sensitive."""
    found = answers_from_words(" ".join([*nouns, verb]))
    assert found["browser_only"].answer == "yes"
    assert {key for key, item in found.items() if not item.maybe} <= {"sensitive"}


@pytest.mark.parametrize("word", ["Refunded", "Renewed", "Paid", "Charged", "Purchased"])
@pytest.mark.parametrize("thing", ["Thing", "Membership", "Booking", "Course"])
def test_words_for_money_suggest_a_payment(thing: str, word: str) -> None:
    """The word is the source."""
    (said,) = [item for item in known(f"{thing} {word}").suggested if item.question == "payment"]
    assert (said.answer, said.maybe, said.source) == ("yes", False, f"the word “{word}”")


@pytest.mark.parametrize(
    "name",
    [
        *("Diagnosis Recorded", "prescription_sent", "patientCreated", "Test Result Viewed", "Appointment Booked"),
        *("Lab Results Received", "Medication Taken", "Vaccine Scheduled"),
    ],
)
def test_words_of_healthcare_suggest_sensitive(name: str) -> None:
    """The word suggests it even if the rest of the name says little."""
    assert known(name).answers["sensitive"] == "yes"


@pytest.mark.parametrize(
    "name", ["Health Check Passed", "Job Posted", "Battery Charged", "Consent Renewed", "Care Plan Changed"]
)
def test_words_with_another_meaning_suggest_neither_money_nor_secrets(name: str) -> None:
    """The company of a word decides what it means."""
    found = suggestions(name)
    assert "yes" not in (found.answers.get(key) for key in ("payment", "sensitive")) if found else True


@given(st.sampled_from(EVERY_NAME), st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"])))
def test_filling_in_keeps_every_answer_that_is_there(name: str, answers: dict[str, str]) -> None:
    """Only open questions are filled in, each as a suggestion."""
    ordered = {key: answers[key] for key in QUESTION_KEYS if key in answers}
    filled = with_known_answers(Event(name=name, answers=ordered))
    assert filled.answers == {**known(name).answers, **ordered}
    assert set(filled.suggested) == set(known(name).answers) - set(ordered)


@given(st.sampled_from(EVERY_NAME))
def test_a_name_alone_never_changes_the_advice(name: str) -> None:
    """A known name without answers is advised like a name that nobody knows."""
    (one, other) = advise(Plan(events=(Event(name=name), Event(name="Qq Zz")))).events
    assert (one.recommendation.placement, one.recommendation.settled, one.recommendation.decisive) == (
        other.recommendation.placement,
        other.recommendation.settled,
        other.recommendation.decisive,
    )


def _line(industry: str, name: str) -> str:
    found = suggestions(name)
    said = {item.question: item.answer[0] + "?" * item.maybe for item in found.suggested} if found else {}
    cells = " ".join(f"{said.get(key, '.'):2}" for key in ASKED)
    return f"{industry:8} {name:30} {cells} {found.source if found else 'unknown'}"


def test_the_table_of_a_hundred_names_is_up_to_date() -> None:
    """The heading of the table says how many names have suggestions, how many only hints."""
    names = [(line[:8].strip(), line[9:39].strip()) for line in TABLE.read_text(encoding="utf-8").splitlines()[2:]]
    found = [suggestions(name) for _, name in names]
    filled = sum(1 for each in found if each and each.answers)
    hints = sum(1 for each in found if each and not each.answers)
    unknown = len(names) - filled - hints
    heading = f"{len(names)} names: {filled} with suggested answers, {hints} with hints only, {unknown} unknown"
    questions = "stored computed payment sensitive accuracy browser_only user_absent cookies context"
    table = [heading, questions, *(_line(*each) for each in names)]
    assert TABLE.read_text(encoding="utf-8").splitlines() == table
    assert filled >= 70


@pytest.mark.parametrize(
    "name",
    [
        *(
            "app_order_completed",
            "web_order_completed",
            "be_order_completed",
            "fe:OrderCompleted",
            "[Web] Order Completed",
        ),
        *("iOS - Order Completed", "Ecommerce: Order Completed", "checkout:order_completed", "order_completed_v2"),
        *("Order Completed (server)", "order_completed_server_side", "OrderCompletedEvent", "evt_order_completed"),
        *("web order completed v2.1", "track_order_completed", "android_order_completed_event"),
    ],
)
def test_what_a_name_says_of_its_source_or_version_changes_no_suggestion(name: str) -> None:
    """Teams write where a call is made, and its version, around the name; the event is the same one."""
    assert suggestions(name) == suggestions("Order Completed")


@pytest.mark.parametrize(
    "name", ["App Opened", "App Purchase", "Client Created", "Event Created", "Track Played", "App Rated"]
)
def test_a_word_that_may_be_what_the_name_is_about_stays(name: str) -> None:
    """One word alone is no name of an event in the lists: what was created decides."""
    inner = name.partition(" ")[2]
    found = suggestions(name)
    assert found is not None
    assert found.source != (suggestions(inner) or found).source or found.source.startswith("the word")


@pytest.mark.parametrize(
    ("name", "question", "sure"),
    [
        ("Checkout - Payment Submitted", "payment", "no"),
        ("Payment Intent Created", "payment", "yes"),
        ("Payment Session Created", "payment", "yes"),
        ("Charging Started", "payment", "yes"),
        ("Charging Session Completed", "payment", "yes"),
        ("Bill Split", "payment", "yes"),
        ("permission_denied", "browser_only", "no"),
        ("notification_permission_granted", "stored_in_database", "yes"),
        ("trial_converted", "payment", "no"),
    ],
)
def test_a_name_that_reads_like_another_event_gets_no_sure_wrong_answer(name: str, question: str, sure: str) -> None:
    """What looks like a payment and is none yet, or like a decision on the server and is a dialog, is at most a hint."""
    found = suggestions(name)
    assert found is None or found.answers.get(question) != sure
