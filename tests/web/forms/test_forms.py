"""Forms: an event survives a round trip through its form, and no typed text is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form

from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.model import CALL_TYPES, PROPERTY_TYPES, Decision, Destination, Event, Plan, Practice, Property, Sources
from advisor.web.advise.form import AdviseForm
from advisor.web.app.body_limits import MAX_QUERY
from advisor.web.forms.event_form import problems
from advisor.web.plans.event.form import PlanEventForm
from serving import ROOT

TODAY = "2026-11-24"
PLAN = Plan(
    sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
    destinations=tuple(Destination(key=key) for key in ("Facebook Pixel", "Mixpanel", "Hotjar")),
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = texts.filter(str.strip)
unions = st.lists(st.sampled_from(PROPERTY_TYPES), min_size=2, max_size=3, unique=True).map("|".join)
blank_names = st.sampled_from(["", " ", "\t", "\n", "\0 "])
properties = st.builds(
    Property,
    name=names | blank_names,
    personal=st.sampled_from(["", "contact", "free-text"]),
    type=st.sampled_from(PROPERTY_TYPES) | unions,
    required=st.booleans(),
    sensitive=st.booleans(),
    known_by=st.sampled_from(["either", "client", "server"]),
    values=st.lists(st.integers() | texts, max_size=2).map(tuple),
    description=texts,
    properties=st.lists(st.builds(Property, name=names | blank_names), max_size=2).map(tuple),
)
answers = st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"])).map(
    lambda given: {key: given[key] for key in QUESTION_KEYS if key in given}
)


def subset(items: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw some of the items, in their order."""
    return st.sets(st.sampled_from(items)).map(lambda chosen: tuple(item for item in items if item in chosen))


decisions = st.builds(
    Decision,
    placement=st.sampled_from(["client", "server", "both"]),
    reason=names,
    author=texts,
    date=st.just("2026-01-02"),
)
events = st.builds(
    Event,
    name=names,
    call=st.sampled_from(CALL_TYPES),
    description=texts,
    labels=st.dictionaries(
        st.sampled_from(["team", "squad", "owner"]), texts | st.lists(texts, max_size=3).map(tuple)
    ).map(lambda labels: dict(sorted(labels.items()))),
    version=st.none() | st.integers() | texts,
    practice=st.none() | st.builds(Practice, placement=st.sampled_from(["client", "server", "both"]), evidence=texts),
    status=st.sampled_from(["proposed", "agreed", "implemented"]),
    owner=texts,
    answers=answers,
    destinations=st.just("all") | subset(("Facebook Pixel", "Mixpanel", "Hotjar")),
    sources=st.just("all") | subset(("analytics.js", "swift")),
    properties=st.lists(properties, max_size=3).map(tuple),
    decision=st.none() | decisions,
)
without_a_browser = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def sent_by_a_browser(form: Form) -> MultiDict[str, str]:
    """Return what a browser sends for a form that nobody touched. One-line inputs lose line breaks, others send CR LF,
    and U+0000 becomes U+FFFD.
    """
    sent: list[tuple[str, str]] = []
    for field in form:
        shown = field.data.replace("\0", "\ufffd") if isinstance(field.data, str) else ""
        if isinstance(field, FieldList):
            for row in field:
                sent += sent_by_a_browser(row.form).items(multi=True)
        elif field.type == "BooleanField":
            sent += [(field.name, "yes")] if field.data else []
        elif field.type == "KeysField":
            sent += [(field.name, key) for key in field.data]
        elif field.type == "LinesField":
            sent.append((field.name, re.sub(r"\r\n|\r|\n", "\r\n", shown)))
        elif field.type == "CSRFTokenField":
            continue
        else:
            sent.append((field.name, re.sub(r"[\r\n]", "", shown)))
    return MultiDict(sent)


@pytest.mark.usefixtures("in_a_request")
class TestPlanEventForm:
    """The form of an event of a plan."""

    @without_a_browser
    @given(events)
    def test_an_event_survives_a_round_trip_through_its_form(self, event: Event) -> None:
        """Opening the form of any event and saving it unchanged changes nothing."""
        shown = PlanEventForm.of(PLAN, event)
        read = PlanEventForm(formdata=sent_by_a_browser(shown), plan=PLAN, original=event, meta={"csrf": False})
        assert read.validate(), read.errors
        assert read.event(event, today=TODAY) == event

    @without_a_browser
    @given(events, st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"]))
    def test_one_answer_changes_only_that_answer(self, event: Event, key: str, answer: str) -> None:
        """What was not touched stays as it was."""
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, event))
        sent[key] = answer
        form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
        changed = form.event(event, today=TODAY)
        expected = {known: answer if known == key else event.answers.get(known) for known in QUESTION_KEYS}
        assert changed.answers == {known: value for known, value in expected.items() if value}
        assert msgspec.structs.replace(changed, answers=event.answers) == event

    def test_a_list_of_teams_is_edited_as_one_text(self) -> None:
        """Separated by commas; it stays a list, and each team has the length of a label."""
        event = Event(name="X", labels={"team": ("checkout", "data, web")})
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, event))
        assert sent["team"] == "checkout, data, web"
        for typed, teams in (("checkout,billing ", ("checkout", "billing")), ("a" * 200 + ",b", ("a" * 200, "b"))):
            sent["team"] = typed
            form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
            assert form.validate(), form.errors
            assert form.event(event, today=TODAY).labels == {"team": teams}
        for typed in ("a" * 201 + ",b", ",".join(["a"] * 201)):
            sent["team"] = typed
            form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
            assert not form.validate()
            assert [problem.anchor for problem in problems(form)] == ["team"]
        sent["team"] = ""
        form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
        assert form.event(event, today=TODAY).labels == {}

    def test_only_a_property_that_has_no_name_may_do_without(self) -> None:
        """A property that lost its name in the form is refused; one that a document brought is kept until it gets one."""
        event = Event(name="X", properties=(Property(name="total"), Property(name=" ", type="number")))
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, event))
        form = PlanEventForm.of(PLAN, event)
        assert len(form.properties) == 3
        sent["properties-0-name"] = ""
        sent["properties-0-required"] = "yes"
        form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
        assert not form.validate()
        assert [problem.anchor for problem in problems(form)] == ["properties-0-name"]
        sent["properties-0-name"] = "total"
        sent["properties-1-name"] = "count"
        form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
        assert [item.name for item in form.event(event, today=TODAY).properties] == ["total", "count"]
        sent["properties-1-remove"] = "yes"
        form = PlanEventForm(formdata=sent, plan=PLAN, original=event, meta={"csrf": False})
        assert [item.name for item in form.event(event, today=TODAY).properties] == ["total"]

    def test_a_suggestion_stays_one_until_it_is_accepted_or_changed(self) -> None:
        """Saving an event accepts nothing by itself."""
        event = Event(name="X", answers={"payment": "yes", "sensitive": "no"}, suggested=("payment", "sensitive"))
        form = PlanEventForm.of(PLAN, event)
        assert [field.question.key for field in form.answers if field.suggested] == ["payment", "sensitive"]
        sent = sent_by_a_browser(form)
        for change, left in (
            ({}, ("payment", "sensitive")),
            ({"accepted": "payment"}, ("sensitive",)),
            ({"sensitive": "yes"}, ("payment",)),
        ):
            data = sent.copy()
            data.update(change) if "accepted" in change else [data.__setitem__(*pair) for pair in change.items()]
            read = PlanEventForm(formdata=data, plan=PLAN, meta={"csrf": False})
            assert read.event(event, today=TODAY).suggested == left

    def test_a_decision_says_when_and_against_what(self) -> None:
        """The date is the day on which the placement was decided, not the day of a later correction."""
        event = Event(name="X", decision=Decision(placement="client", reason="No hook", date="2026-01-02"))
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, event))
        for field, value, date in (("decision_reason", "A better reason", "2026-01-02"), ("placement", "both", TODAY)):
            sent[field] = value
            decision = PlanEventForm(formdata=sent, plan=PLAN, meta={"csrf": False}).event(event, today=TODAY).decision
            assert decision is not None
            assert decision.date == date

    def test_a_decision_needs_a_reason(self) -> None:
        """Without a reason, nobody could say later whether the decision is still right."""
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, Event(name="X")))
        sent["placement"] = "client"
        form = PlanEventForm(formdata=sent, plan=PLAN, meta={"csrf": False})
        assert not form.validate()
        assert [problem.anchor for problem in problems(form)] == ["decision_reason"]

    def test_limits_are_those_of_the_document(self) -> None:
        """A text that is too long, a blank name and an unknown choice are refused at their field, and kept as typed."""
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, Event(name="X", properties=(Property(name="total"),))))
        wrong = {
            "name": " ",
            "description": "d" * 10_001,
            "team": "t" * 201,
            "call": "shout",
            "payment": "maybe",
            "wanted_scope": "few",
            "properties-0-name": "p" * 501,
            "properties-1-description": "of nothing",
        }
        for field, value in wrong.items():
            sent[field] = value
        form = PlanEventForm(formdata=sent, plan=PLAN, meta={"csrf": False})
        assert not form.validate()
        places = {problem.anchor for problem in problems(form)}
        assert places == {
            *("name", "description", "team", "call", "payment-yes", "wanted_scope"),
            *("properties-0-name", "properties-1-name"),
        }
        assert form.description.data == wrong["description"]
        assert form.properties[0].form.name.data == wrong["properties-0-name"]

    @pytest.mark.parametrize(("rows", "is_valid"), [(500, True), (501, False), (2000, False)])
    def test_an_event_has_at_most_500_properties(self, rows: int, is_valid: bool) -> None:
        """The limit is that of a document, and the message leads to the table."""
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, Event(name="X")))
        for row in range(rows):
            sent[f"properties-{row}-name"] = f"p{row}"
        form = PlanEventForm(formdata=sent, plan=PLAN, meta={"csrf": False})
        assert form.validate() is is_valid
        assert [problem.anchor for problem in problems(form)] == ([] if is_valid else ["properties"])

    def test_a_row_ticked_for_removal_is_removed(self) -> None:
        """A row without a name is not a property and needs no removal."""
        event = Event(name="X", properties=(Property(name="a"), Property(name="b", values=(1, 2)), Property(name="c")))
        sent = sent_by_a_browser(PlanEventForm.of(PLAN, event))
        sent["properties-0-remove"] = "yes"
        read = PlanEventForm(formdata=sent, plan=PLAN, meta={"csrf": False}).event(event, today=TODAY)
        assert read.properties == event.properties[1:]

    def test_every_question_has_a_field(self) -> None:
        """The form is generated from the questions, in their order."""
        assert [field.question for field in PlanEventForm.of(PLAN, Event(name="X")).answers] == list(QUESTIONS)


client_keys = tuple(key for key, library in LIBRARIES.items() if library.side == "client")
server_keys = ("", *(key for key, library in LIBRARIES.items() if library.side == "server"))


@st.composite
def states(draw: st.DrawFn) -> MultiDict[str, str]:
    """Draw what a form without a plan may send."""
    destinations = draw(st.lists(st.sampled_from(list(CATALOGUE)), max_size=5, unique=True))
    state = [("name", draw(texts)), ("call", draw(st.sampled_from(CALL_TYPES)))]
    state += [(key, draw(st.sampled_from(["yes", "no", "unsure"]))) for key in QUESTION_KEYS]
    state += [("client", key) for key in draw(subset(client_keys))]
    state += [("server", draw(st.sampled_from(server_keys))), ("wanted", "")]
    state += [("destination", key) for key in destinations]
    state += [("wanted", key) for key in destinations if draw(st.booleans())]
    state += [("warehouse", "yes")] if draw(st.booleans()) else []
    if draw(st.booleans()):
        state += [("properties-3-name", draw(names)), ("properties-3-known_by", "server")]
    return MultiDict(state)


@pytest.mark.usefixtures("in_a_request")
class TestAdviseForm:
    """The form of an event without a plan."""

    @without_a_browser
    @given(states())
    def test_an_address_has_the_whole_state(self, state: MultiDict[str, str]) -> None:
        """The shortest form of a state leads to the same plan, and cannot be shortened again."""
        form = AdviseForm(state)
        assert form.validate(), form.errors
        again = AdviseForm(MultiDict(form.state()))
        assert again.plan() == form.plan()
        assert again.state() == form.state()

    @without_a_browser
    @given(states(), st.dictionaries(names, texts, max_size=3))
    def test_unknown_keys_are_dropped(self, state: MultiDict[str, str], others: dict[str, str]) -> None:
        """Unknown keys change nothing, and are gone from the state."""
        known = set(AdviseForm(state).state())
        for key, value in others.items():
            state.setdefault(f"x-{key}", value)
        assert set(AdviseForm(state).state()) == known

    def test_a_bare_address_means_a_web_page_and_a_server(self) -> None:
        """Without sources in the address, the most common ones are chosen; an address that names none has none."""
        assert AdviseForm(MultiDict()).plan().sources == Sources(client=("analytics.js",), server="analytics-node")
        assert AdviseForm(MultiDict({"server": ""})).plan().sources == Sources(client=(), server=None)
        assert AdviseForm(MultiDict({"server": "node"})).plan().sources.server == "analytics-node"

    @pytest.mark.parametrize("name", ["Facebook Pixel", "facebook  pixel", "Mixpanel (Legacy)"])
    def test_destinations_are_found_by_any_name(self, name: str) -> None:
        """A key, a display name or a former name finds the destination, in any case and with any blanks."""
        form = AdviseForm(MultiDict({"add": name, "wanted": ""}))
        assert form.validate()
        assert form.destination.data == form.wanted.data == [form.plan().destinations[0].key]
        assert form.add.data == ""

    @pytest.mark.parametrize(
        ("typed", "keys"),
        [
            ("meta pixel", ["Facebook Pixel"]),
            ("gtm", ["Google Tag Manager"]),
            ("Klaviyo", ["Klaviyo"]),
            ("Actions Slack", ["Actions Slack"]),
        ],
    )
    def test_a_typed_name_of_one_tool_adds_it(self, typed: str, keys: list[str]) -> None:
        """Everyday names, exact names and keys are added; a name in small letters that several have is not."""
        form = AdviseForm(MultiDict([("add", typed)]))
        assert (form.validate(), form.destination.data, form.add.data) == (True, keys, "")

    @pytest.mark.parametrize("typed", ["ga4", "klaviyo", "facebok pixel"])
    def test_a_typed_name_of_several_offers_each(self, typed: str) -> None:
        """None is chosen; each is offered with what sets it apart, and the choice is added."""
        form = AdviseForm(MultiDict([("add", typed)]))
        assert (form.validate(), form.destination.data, form.add.data) == (False, [], typed)
        assert form.choices
        key = form.choices[-1][0]
        chosen = AdviseForm(MultiDict([("add", typed), ("pick", key)]))
        assert (chosen.validate(), chosen.destination.data) == (True, [key])

    def test_a_typed_warehouse_says_what_to_turn_on(self) -> None:
        """A warehouse is no destination of its own."""
        form = AdviseForm(MultiDict([("add", "bigquery")]))
        assert not form.validate()
        assert "Turn on the warehouse" in form.add.errors[0]

    def test_an_unknown_destination_is_kept_as_typed_with_the_nearest_names(self) -> None:
        """An unknown destination does not change the rest of the state."""
        form = AdviseForm(MultiDict([("destination", "Mixpanel"), ("add", "Facebok Pixel")]))
        assert not form.validate()
        (problem,) = problems(form)
        assert problem.anchor == "add"
        assert "“Facebok Pixel” isn’t a destination. Did you mean Facebook Pixel" in problem.message
        assert form.add.data == "Facebok Pixel"
        assert [item.key for item in form.plan().destinations] == ["Mixpanel"]

    def test_an_unticked_row_is_not_removed(self) -> None:
        """An unticked destination stays among the plan's: the integrations object has to leave it out."""
        form = AdviseForm(MultiDict([("destination", "Mixpanel"), ("destination", "Hotjar"), ("wanted", "Mixpanel")]))
        plan = form.plan()
        assert [item.key for item in plan.destinations] == ["Mixpanel", "Hotjar"]
        assert plan.events[0].destinations == ("Mixpanel",)
        removed = AdviseForm(MultiDict([("destination", "Mixpanel"), ("destination", "Hotjar"), ("remove", "Hotjar")]))
        assert [item.key for item in removed.plan().destinations] == ["Mixpanel"]

    def test_a_state_of_six_kilobytes_fits_an_address(self) -> None:
        """A state of one byte more does not fit."""
        form = AdviseForm(MultiDict({"name": "X", "properties-0-name": "p"}))
        left = MAX_QUERY - len(form.query()) - len("&properties-0-description=")
        for length, fits in ((left, True), (left + 1, False)):
            longer = {"name": "X", "properties-0-name": "p", "properties-0-description": "d" * length}
            assert AdviseForm(MultiDict(longer)).fits_address is fits


@pytest.fixture
def in_a_request() -> Iterator[None]:
    """Run each test in a request: forms ask the current request whether they were sent, and need nothing else of the app."""
    app = Flask(__name__)
    app.secret_key = "known-to-every-test"
    with app.test_request_context():
        yield


def test_a_form_is_defined_in_the_form_module_of_its_feature() -> None:
    """No view defines a form: a feature has its forms in `form.py`, and shared ones are in `advisor.web.forms`."""
    web = ROOT / "advisor" / "web"
    paths = [path for path in web.rglob("*.py") if path.name != "form.py" and path.parent != web / "forms"]
    is_form = re.compile(r"^class \w+\((Flask)?Form\)", re.MULTILINE)
    assert [path for path in paths if is_form.search(path.read_text(encoding="utf-8"))] == []
