"""Corrected objects: they have no problems left, and checking them again changes nothing."""

from __future__ import annotations

from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.explain import DELIVERY_RULES, PROBLEMS, Explanation, Inquiry, InquiryError, explain, schema
from advisor.explain.report.sources import SOURCES
from advisor.knowledge.catalogue import CATALOGUE
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import CALL_TYPES, Destination

NAMES = [name for row in CATALOGUE.values() for name in row.names]
KEYS = (
    st.sampled_from(["All", "all", "ALL", "Segment.io", "Warehouses", "Personas", "BigQuery", "Acme (Works)"])
    | st.sampled_from(["Actions Amplitude", "Appboy", "Ms Bing Capi", "Salesforce", "AWS S3", "FullStory", "Fullstory"])
    | st.sampled_from(NAMES)
    | st.sampled_from(NAMES).map(str.upper)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    st.booleans() | st.none() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["true", "false"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["all", "All", "x"]), inner, max_size=2)
    ),
    max_leaves=3,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)
OTHERS = VALUES.filter(lambda value: not isinstance(value, str))
ENVELOPES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("integrations", "context", "properties", "options"), OBJECTS)
)
NOT_MENDED = {"unknown-key", "wrong-case", "no-object", "batch"}
"""What a correction can't guess: a key that is like none or several. Where the object stands isn't in the object."""


@st.composite
def inquiries(draw: st.DrawFn, objects: st.SearchStrategy[Any]) -> Inquiry:
    """Any object, for any library and destinations, with or without a load-time object."""
    library = draw(st.sampled_from(list(LIBRARIES)))
    keys = draw(st.lists(st.sampled_from(list(CATALOGUE)), max_size=4, unique=True))
    modes = st.sampled_from([None, "device", "cloud"])
    return Inquiry(
        object=draw(objects),
        library=library,
        load=draw(st.none() | OBJECTS) if library == "analytics.js" else None,
        destinations=tuple(Destination(key=key, web_mode=draw(modes), mobile_mode=draw(modes)) for key in keys),
        call=draw(st.none() | st.sampled_from(CALL_TYPES)),
        warehouse=draw(st.booleans()),
    )


def _again(inquiry: Inquiry, explanation: Explanation) -> Explanation:
    """The same question about what was offered."""
    given = inquiry.object if explanation.corrected is None else explanation.corrected
    load = inquiry.load if explanation.corrected_load is None else explanation.corrected_load
    named = tuple(Destination(key=each.key) for each in explanation.destinations if each.key in CATALOGUE)
    changed = {"object": given, "load": load, "destinations": inquiry.destinations or named}
    return explain(msgspec.structs.replace(inquiry, **changed))


BOTH_NAMES = {"Actions Google Enhanced Conversions": True, "Google Ads Conversions": True}
ITS_TWIN = (Destination(key="Google AdWords New"),)


@given(inquiries(OBJECTS))
@example(Inquiry(object={}, library="analytics.js", load={"All": False, "Google Ads Conversions": {}}))
@example(Inquiry(object=BOTH_NAMES, library="swift", destinations=ITS_TWIN))
def test_a_corrected_object_has_no_problems(inquiry: Inquiry) -> None:
    """It has no error or warning, except for keys that cannot be guessed."""
    again = _again(inquiry, explain(inquiry))
    left = {each.code for each in again.problems if each.severity != "info"}
    assert left <= NOT_MENDED, (again.problems, again.effective)


@given(inquiries(OBJECTS))
@example(Inquiry(object=BOTH_NAMES, library="analytics.js", destinations=ITS_TWIN))
def test_correcting_a_corrected_object_changes_nothing(inquiry: Inquiry) -> None:
    """One correction is enough."""
    again = _again(inquiry, explain(inquiry))
    assert (again.corrected, again.corrected_load) == (None, None), (inquiry, again)


@given(inquiries(OBJECTS | ENVELOPES | OTHERS))
def test_every_answer_follows_its_schema_and_its_tables(inquiry: Inquiry) -> None:
    """It is JSON by the published schema, and every code, rule and address in it is known."""
    explanation = explain(inquiry)
    answer = msgspec.json.decode(msgspec.json.encode(explanation))
    jsonschema.Draft202012Validator(schema()).validate(answer)
    assert {each.code for each in explanation.problems} <= PROBLEMS.keys()
    receivers = (explanation.segment, *explanation.destinations, *filter(None, [explanation.warehouse]))
    assert {each.rule for each in receivers} <= DELIVERY_RULES.keys()
    assert {each.citation for each in (*receivers, *explanation.problems)} <= SOURCES.keys()
    assert all(each.text and each.name for each in receivers)


@given(inquiries(OBJECTS | ENVELOPES | OTHERS))
def test_the_same_question_has_the_same_answer(inquiry: Inquiry) -> None:
    """The answers are equal byte for byte."""
    assert msgspec.json.encode(explain(inquiry)) == msgspec.json.encode(explain(inquiry))


@given(inquiries(st.text("{}()[]:,'\"=ATraluefs.io \n", max_size=40) | st.text(max_size=40)))
def test_any_text_is_explained_or_refused(inquiry: Inquiry) -> None:
    """A text that can't be read gives an error with a pointer, never a crash."""
    try:
        explain(inquiry)
    except InquiryError as error:
        assert all(fault.pointer in ("/object", "/load") for fault in error.faults)  # noqa: PT017 - both ends are fine


@pytest.mark.parametrize("setting", ["foo", "{ a: foo }", "{ a: [1, { b: foo }] }", "{ ...foo }", "{ a: f(x) }"])
@pytest.mark.parametrize("text", ["{ all: false, Mixpanel: %s }", "{ All: 'false', Mixpanel: %s }"])
def test_a_correction_never_turns_a_name_into_a_text(text: str, setting: str) -> None:
    """JSON cannot express a name of the code, so there is no corrected object."""
    answer = explain(Inquiry(object=text % setting, library="analytics-node"))
    assert answer.problems
    assert answer.corrected is None
