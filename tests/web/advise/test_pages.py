"""The pages that need no plan: the first page, one event, the rules, the catalogue."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from advisor.advice import advise_event
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.questions import QUESTION_KEYS, QUESTIONS
from advisor.knowledge.rules import RULES
from advisor.web.advise.form import AdviseForm
from advisor.web.app.body_limits import MAX_QUERY
from markup import Element, read_page
from page_client import PageClient

HOSTILE = [
    "<b>bold</b>",
    "</script><script>alert(1)</script>",
    "\"quotes\" 'and' `ticks`",
    "{{ 7 * 7 }} {% raw %}",
    "مرحبا \u202eright to left\u202c",
    "👩‍👩‍👧 注文が完了しました",
    "&amp; &lt; %3Cb%3E \\u003c",
    "a" * 500,
]


def objects(client: PageClient) -> list[Element]:
    """Return the integrations objects on the page."""
    blocks = client.page.root.by_id("calls").all("pre")
    return [block for block in blocks if block["aria-label"].startswith("integrations object")]


def verdict(client: PageClient, /, **state: Any) -> str:
    """Return the first sentence of the advice."""
    client.get("/advise", query_string=MultiDict(state))
    return client.page.root.by_class("verdict__line")[0].text


def state_of(app: Flask, state: dict[str, Any]) -> AdviseForm:
    """Return the state that the form has."""
    with app.test_request_context():
        return AdviseForm(MultiDict(state))


@pytest.mark.parametrize("path", ["/", "/advise", "/advise/fragment", "/rules", "/destinations"])
def test_every_page_passes_the_linter(client: PageClient, path: str) -> None:
    """Every page without a plan passes the linter, also with an empty address."""
    client.get(path)


class TestVerdict:
    """The sentence that comes first, in every state there is."""

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ({}, "Nothing points either way yet. If in doubt, your server."),
            (
                {
                    **dict.fromkeys(("sensitive", "payment", "computed_from_database", "user_absent"), "no"),
                    "browser_only": "yes", "client": "analytics.js", "server": "", "destination": "Mixpanel",
                },
                "Send X from your client.",
            ),
            ({"payment": "yes", "destination": "Mixpanel"}, "Send X from your server."),
            (
                {"payment": "yes", "sensitive": "no", "user_absent": "no", "destination": ["Hotjar", "Mixpanel"]},
                "Send X from both sides: your server for the figures, the client for Hotjar.",
            ),
            (
                {"browser_only": "yes", "sensitive": "yes", "user_absent": "no", "destination": "Hotjar"},
                (
                    "Send X from both sides: your server for what nobody else may read, the client for Hotjar. "
                    "The page tells the server."
                ),
            ),
            (
                {"accuracy": "yes", "destination": ["Hotjar", "Mixpanel"]},
                "For now, send X from both sides: your server for the figures, the client for Hotjar.",
            ),
            ({"stored_in_database": "yes", "destination": ["Hotjar", "Mixpanel"]}, "For now, send X from your client."),
            ({"stored_in_database": "no"}, "For now, send X from your client."),
            (
                {"browser_only": "yes", "payment": "yes", "destination": "Mixpanel"},
                "Send X from your server. The page tells it.",
            ),
            (
                {"browser_only": "yes", "payment": "yes", "client": "swift", "server": "node", "destination": "Mixpanel"},
                "Send X from your server. The app tells it.",
            ),
            (
                {"user_absent": "yes", "destination": ["Hotjar", "Mixpanel"]},
                "Send X from your server. Hotjar can’t receive it.",
            ),
            (
                {"user_absent": "yes", "destination": ["Hotjar", "Facebook Pixel", "Mixpanel"]},
                "Send X from your server. Two destinations can’t receive it.",
            ),
        ],
    )  # fmt: skip
    def test_the_verdict_says_what_to_do(self, client: PageClient, state: dict[str, Any], sentence: str) -> None:
        """The sentence says which side to use, for whom, and what can't be done."""
        assert verdict(client, name="X", **state) == sentence

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ({}, "Segment prefers the server. Begin with this question:"),
            ({"payment": "yes"}, "It records money."),
            ({"browser_only": "yes", "payment": "yes"}, "Only the page sees it, but it records money. Have the page call"),
            ({"browser_only": "yes", "user_absent": "yes"}, "Check these two answers."),
            (
                {"stored_in_database": "yes", "needs_cookies": "yes", "accuracy": "yes"},
                "as strong a case; Segment prefers the server",
            ),
            ({"stored_in_database": "no"}, "You keep no record of it. Seven open questions could move it to the server."),
        ],
    )  # fmt: skip
    def test_the_verdict_says_why(self, client: PageClient, state: dict[str, Any], words: str) -> None:
        """The reason is in the words of the answers that decided it."""
        verdict(client, name="X", **state)
        assert words in client.page.root.by_class("verdict")[0].text

    def test_the_verdict_is_announced_in_one_line(self, client: PageClient) -> None:
        """A screen reader hears the outcome, not the whole panel."""
        verdict(client, payment="yes", destination="Mixpanel")
        said = client.page.root.by_id("advice")["data-announce"]
        assert said == "Server, must, settled. 1 reason, 0 trade-offs."


class TestOneEvent:
    """``/advise``: the form, and the advice beside it."""

    STATE: ClassVar[dict[str, Any]] = {
        "name": "Order Completed",
        "payment": "yes",
        "sensitive": "no",
        "user_absent": "no",
        "needs_cookies": "yes",
        "destination": ["Facebook Pixel", "Mixpanel", "Actions Amplitude", "Hotjar"],
        "wanted": ["Facebook Pixel", "Mixpanel"],
        "warehouse": "yes",
        "properties-0-name": "total",
        "properties-0-known_by": "server",
    }

    def test_the_page_shows_what_the_live_fragment_shows(self, client: PageClient) -> None:
        """Both use the same template."""
        query = urlencode(self.STATE, doseq=True)
        fragment = client.get(f"/advise/fragment?{query}").text
        page = client.get(f"/advise?{query}").text
        panel = fragment[fragment.index('<div class="advice') : fragment.index('<a class="peek"')].strip()
        assert panel in page

    def test_every_part_of_the_fragment_has_its_place_on_the_page(self, client: PageClient) -> None:
        """The script could not replace a part that has no place on the page."""
        query = urlencode(self.STATE, doseq=True)
        parts = read_page(client.get(f"/advise/fragment?{query}").text).root.children
        client.get(f"/advise?{query}")
        for part in parts:
            if isinstance(part, Element):
                assert client.page.root.by_id(part["id"]).tag == part.tag

    def test_objects_are_shown_exactly(self, app: Flask, client: PageClient) -> None:
        """The text that is copied is the JSON of the integrations object, key order included."""
        form = state_of(app, self.STATE)
        client.get("/advise", query_string=form.query())
        shown = [json.loads(code.text, object_pairs_hook=list) for code in objects(client)]
        calls = advise_event(form.plan(), 0).recommendation.calls
        assert shown == [json.loads(json.dumps(call.integrations), object_pairs_hook=list) for call in calls]
        assert len(shown) == 2

    def test_answers_are_checked_and_open_questions_lead_to_their_radios(self, client: PageClient) -> None:
        """The form shows the state that the address holds."""
        client.get("/advise", query_string=MultiDict(self.STATE))
        root = client.page.root
        for question in QUESTIONS:
            answer = self.STATE.get(question.key, "unsure")
            assert "checked" in root.by_id(f"{question.key}-{answer}")
        folded = {question["data-question"] for question in root.by_id("others").by_class("q")}
        mattering = {question["data-question"] for question in root.by_id("mattering").by_class("q")}
        assert "stored_in_database" in folded
        assert (folded | mattering, folded & mattering) == (set(QUESTION_KEYS), set())

    def test_reasons_lead_to_the_answers_that_caused_them(self, client: PageClient) -> None:
        """A reason without an answer says that properties or destinations caused it."""
        client.get("/advise", query_string=MultiDict(self.STATE | {"properties-0-required": "yes"}))
        why = client.page.root.by_id("reasons")
        links = [link["href"] for link in why.all("a") if link["href"].startswith("#")]
        assert links == ["#payment-yes", "#properties-0-name"]
        assert "From this event’s destinations" in why.text

    def test_withheld_properties_are_listed_with_the_reason(self, client: PageClient) -> None:
        """The reason tells a reader why a property is missing from the call."""
        client.get("/advise", query_string=MultiDict(self.STATE))
        assert (
            "Withheld from the Analytics.js call: total (only the server knows it)."
            in client.page.root.by_id("code").text
        )

    def test_a_refused_destination_names_its_alternative(self, client: PageClient) -> None:
        """The alternative has the name that people know."""
        client.get("/advise?user_absent=yes&destination=Google+Analytics+4+Web")
        assert "Use instead: Google Analytics 4 Cloud." in client.page.root.by_id("losses").text

    def test_the_form_works_without_javascript(self, client: PageClient) -> None:
        """From the first page one can name an event, answer, add a tool by name, leave it out, and remove it."""
        client.get("/")
        client.submit("/advise", name="Order Completed")
        client.submit("/advise", payment="yes")
        assert client.page.root.first("h1").text == "Order Completed"
        client.submit("/advise", add="mixpanel")
        assert "“mixpanel” may mean Mixpanel (Legacy) or Mixpanel (Actions). Choose one." in client.page.root.text
        client.submit("/advise", button="pick=Mixpanel")
        assert client.page.root.by_id("destinations").all("label")[0].text == "Mixpanel (Legacy)"
        client.submit("/advise", wanted=[""])
        assert "Left out on purpose: Mixpanel (Legacy)" in client.page.root.by_id("picture").text
        client.submit("/advise", "remove=Mixpanel")
        assert not client.page.root.by_id("destinations").all("label")
        assert "checked" in client.page.root.by_id("payment-yes")

    def test_enter_never_presses_a_remove_button(self, client: PageClient) -> None:
        """Enter presses the first button of a form, which never removes anything."""
        client.get("/advise?destination=Mixpanel")
        first = client.page.form("/advise").all("button")[0]
        assert (first["type"], first["name"]) == ("submit", "")

    def test_errors_are_shown_in_summary_and_field_and_input_is_kept(self, client: PageClient) -> None:
        """Each error is in a summary that leads to the field, and at the field, in the same words."""
        typed = {"name": "n" * 501, "payment": "maybe", "add": "Facebok", "properties-0-description": "of nothing"}
        client.get("/advise", query_string=typed)
        root = client.page.root
        assert root.first("title").text.startswith("Error: ")
        links = root.by_id("problems").all("a")
        assert [link["href"] for link in links] == ["#name", "#properties-0-name", "#payment-yes", "#add"]
        at_fields = [error.text.removeprefix("Error: ") for error in root.by_class("error")]
        for link in links:
            assert link.text.partition("Row 1: ")[2] or link.text in at_fields
            assert any(link.text.endswith(said) for said in at_fields)
        assert root.by_id("name")["value"] == typed["name"]
        assert root.by_id("add")["value"] == "Facebok"
        assert root.by_id("properties-0-description")["value"] == "of nothing"

    def test_a_state_too_long_for_an_address_is_posted_and_can_be_saved(self, client: PageClient) -> None:
        """Above six kilobytes the form posts, and the advice is the same."""
        state = {"name": "X", "payment": "yes", "destination": "Mixpanel", "properties-0-name": "p"}
        client.get("/advise", query_string=state | {"properties-0-description": "d" * MAX_QUERY})
        form = client.page.form("/advise")
        assert form["method"] == "post"
        before = client.page.root.by_class("verdict__line")[0].text
        client.submit("/advise")
        assert client.page.root.by_class("verdict__line")[0].text == before
        assert len(client.page.root.by_id("properties-0-description")["value"]) == MAX_QUERY
        assert any(button["formaction"] == "/plans/add" for button in client.page.root.all("button"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_names_are_shown_exactly(self, client: PageClient, text: str) -> None:
        """Any name is shown as text: on the page, in the form and in the diagram."""
        state = {"name": text, "properties-0-name": text, "properties-0-sensitive": "yes", "browser_only": "yes"}
        client.get("/advise", query_string=state)
        root = client.page.root
        assert root.by_id("name")["value"] == text
        assert root.by_id("properties-0-name")["value"] == text
        assert all(script["src"].startswith("/static/") for script in root.all("script"))
        client.get("/advise/fragment", query_string=state)

    def test_questions_answered_by_destinations_are_marked(self, client: PageClient) -> None:
        """The radio stays where the person left it."""
        client.get("/advise?destination=Hotjar&client_only_destination=no")
        line = client.page.root.by_id("client_only_destination-derived")
        assert "hidden" not in line
        assert "Treated as yes" in line.text
        assert "checked" in client.page.root.by_id("client_only_destination-no")
        assert client.page.root.by_id("questions-tally").text == "1 of 10 answered"


class TestReference:
    """The pages of questions, rules and the catalogue, on which the advice is based."""

    def test_every_rule_and_question_is_explained_with_its_source(self, client: PageClient) -> None:
        """The page has the complete decision table."""
        client.get("/rules")
        root = client.page.root
        for rule in RULES:
            row = root.by_id(f"rule-{rule.key}")
            assert rule.text in row.text
            assert rule.strength in row.text
            assert rule.side.capitalize() in row.text
            assert CITATIONS[rule.citation] in row.text
        assert all(question.why in root.text for question in QUESTIONS)

    def test_every_destination_is_on_exactly_one_page(self, client: PageClient) -> None:
        """Following "Next" shows the catalogue, each entry once."""
        keys: list[str] = []
        address = "/destinations"
        while address:
            client.get(address)
            rows = client.page.root.first("tbody").all("tr")
            keys += [row.all("code")[0].text for row in rows if row.all("code")]  # storage has no key
            address = next((link["href"] for link in client.page.root.all("a") if link["rel"] == "next"), "")
        assert len(keys) == len(CATALOGUE)
        assert set(keys) == {" ".join(key.split()) for key in CATALOGUE}

    @pytest.mark.parametrize(
        "text", ["Actions Google Analytic 4", "google  ANALYTICS 4 cloud", "Actions Google Analytics 4"]
    )
    def test_a_destination_is_found_by_key_name_and_former_name(self, client: PageClient, text: str) -> None:
        """A key, a name or a former name finds the destination in any case."""
        client.get("/destinations", query_string={"q": text})
        assert "Actions Google Analytic 4" in [code.text for code in client.page.root.first("tbody").all("code")]

    @pytest.mark.parametrize(
        ("reached", "client_side", "server_side"), [("client-only", True, False), ("server-only", False, True)]
    )
    def test_the_filter_finds_destinations_that_only_one_side_reaches(
        self, client: PageClient, reached: str, client_side: bool, server_side: bool
    ) -> None:
        """The filter finds exactly the destinations that one side alone reaches."""
        client.get("/destinations", query_string={"from": reached})
        for row in client.page.root.first("tbody").all("tr"):
            found = CATALOGUE[row.all("code")[0].text]
            assert bool(found.reaches("web") or found.reaches("mobile")) is client_side
            assert bool(found.reaches("server")) is server_side

    def test_an_empty_search_says_what_to_try(self, client: PageClient) -> None:
        """The page suggests what to search for."""
        client.get("/destinations?q=zzzz")
        assert client.page.root.by_id("found").text == "No destination fits"

    @pytest.mark.parametrize("page", ["0", "-1", "999", "x"])
    def test_a_page_number_out_of_range_shows_the_nearest_page(self, client: PageClient, page: str) -> None:
        """An address that was cut or typed wrong still shows a page of the list."""
        client.get("/destinations", query_string={"page": page})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/plans/no-such-plan", 404),
        ("DELETE", "/rules", 405),
        ("GET", "/static/no.css", 404),
    ],
)
def test_errors_look_like_the_app(client: PageClient, method: str, path: str, status: int) -> None:
    """An error page has the layout of the app, and says what is wrong and where to go."""
    client.open(path, method=method, status=status)
    assert client.page.root.first("h1").text
    assert any(link["href"] == "/" for link in client.page.root.first("main").all("a"))


def test_a_wrong_method_says_which_are_right(client: PageClient) -> None:
    """The error page keeps the headers of the error."""
    assert "GET" in client.delete("/rules", status=405).headers["Allow"]


def test_healthz_reports_that_the_app_is_running(client: PageClient) -> None:
    """The address answers a monitoring program."""
    assert client.get("/healthz").text == "ok\n"
