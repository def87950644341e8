"""Suggestions for a wrong key: one table of aliases, and no far-fetched guesses."""

from __future__ import annotations

import json

import pytest
from checks import check, codes, verdicts
from hypothesis import given
from hypothesis import strategies as st

from advisor.document import DocumentError, read
from advisor.knowledge.aliases import ALIASES, GENERIC_WORDS, OWN_KEYS
from advisor.knowledge.catalogue import CATALOGUE, find_destination, fold, misspelt, nearest


def test_every_alias_leads_to_keys_and_is_not_a_key() -> None:
    """An alias is written in folded form, is no key itself, and leads to destinations that exist."""
    for alias, keys in ALIASES.items():
        assert fold(alias) == alias
        assert keys
        assert set(keys) <= CATALOGUE.keys()
    assert not ALIASES.keys() & OWN_KEYS.keys()


@pytest.mark.parametrize("alias", [alias for alias in ALIASES if find_destination(alias).key is None])
def test_an_alias_is_only_suggested(alias: str) -> None:
    """An alias in an object is an unknown key, and in a document an error, with the same suggestion; neither is replaced."""
    found = check({"All": False, alias.upper(): True}, "analytics-node")
    (problem,) = found.problems
    assert problem.code == "unknown-key"
    assert f"“{ALIASES[alias][0]}”" in problem.fix
    assert (found.destinations, found.corrected) == ((), None)
    assert find_destination(alias).key is None
    assert nearest(alias)[0] == ALIASES[alias][0]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("GA4", "Actions Google Analytic 4"),
        ("GTM", "Google Tag Manager"),
        ("CAPI", "Facebook Conversions API (Actions)"),
        ("FB CAPI", "Facebook Conversions API (Actions)"),
        ("SFMC", "Salesforce Marketing Cloud (Actions)"),
        ("Meta", "Facebook Pixel"),
        ("X", "Twitter Ads"),
        ("UA", "Google Analytics"),
        ("AW", "Google AdWords New"),
        ("LI", "LinkedIn Insight Tag"),
        ("TT", "TikTok Pixel"),
        ("SC", "Snap Conversions Api"),
        ("Hub Spot", "HubSpot"),
        ("Facebok Pixel", "Facebook Pixel"),
        ("GoogleAnalytics", "Google Analytics"),
        ("Meta Pixel Destination", "Facebook Pixel"),
        ("TikTok CAPI Event", "Tiktok Conversions"),
        ("Mixpanle", "Mixpanel"),
    ],
)
def test_common_spellings_find_the_right_destination(written: str, key: str) -> None:
    """Abbreviations, brands, typing errors, and names with an extra word lead to the right destination."""
    assert nearest(written)[0] == key


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("Engage", "MoEngage"),
        ("Universal Analytics", "Accoil Analytics"),
        ("Universal Analytics", "interana"),
        ("FB CAPI", "Ms Bing Capi"),
        ("Marketing Cloud", "Selligent Marketing Cloud"),
        ("Pixel", "Facebook Pixel"),
        ("Google Analytics 5", "AdWords"),
    ],
)
def test_dissimilar_names_get_no_suggestion(written: str, never: str) -> None:
    """Letters inside a word, or a word that many names share, lead to no suggestion."""
    assert never not in nearest(written)
    assert never not in {each.key for each in check({written: False}, "analytics.js").destinations}


def test_an_engage_space_has_its_own_key() -> None:
    """Engage is not a destination; the key of a space is Personas."""
    found = check('{"Engage": false}', "analytics.js")
    (problem,) = found.problems
    assert (found.destinations, found.corrected, problem.code) == ((), None, "unknown-key")
    assert "Personas" in problem.fix


@pytest.mark.parametrize("word", sorted(GENERIC_WORDS))
def test_a_word_that_many_names_share_suggests_nothing(word: str) -> None:
    """The word suggests a destination only if it is the whole name of one."""
    assert set(nearest(word)) <= {
        key for key in CATALOGUE if any(fold(name) == word for name in CATALOGUE[key].names)
    } | set(misspelt(word))


@given(st.sampled_from(list(CATALOGUE)), st.data())
def test_typing_errors_are_found(key: str, data: st.DataObject) -> None:
    """If one letter of a long name is missing, the destination is among the suggestions."""
    places = [place for place, char in enumerate(key) if char.isalpha()]
    if len("".join(filter(str.isalnum, key))) < 8 or not places:
        return
    place = data.draw(st.sampled_from(places))
    assert key in misspelt(key[:place] + key[place + 1 :])


@pytest.mark.parametrize("addition", [" - EU", " (staging)", " 2", ": EU", "/Prod", " #2"])
def test_instances_cannot_be_addressed_singly(addition: str) -> None:
    """The key addresses all instances, so there is no corrected object: it would switch the others on, too."""
    found = check({"All": False, f"Mixpanel{addition}": True}, "analytics-node", "Mixpanel")
    assert (codes(found), verdicts(found), found.corrected) == ({"one-instance"}, {"Mixpanel": "does-not"}, None)


def test_a_function_needs_its_workspace() -> None:
    """An unknown key may be a function's, but its name alone is not enough."""
    (problem,) = check({"All": False, "Send to ERP": True}, "analytics-node").problems
    assert "“Send to ERP (Workspace)”" in problem.fix
    assert codes(check({"All": False, "Send to ERP (Acme)": True}, "analytics-node")) == {"destination-function"}


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("GA4", "Did you mean “Actions Google Analytic 4”"),
        ("FB CAPI", "Did you mean “Facebook Conversions API (Actions)”"),
        ("BQ", '"warehouse": true'),
        ("Engage", "Personas"),
        ("Universal Analytics", "Did you mean “Google Analytics”?"),
    ],
)
def test_documents_use_the_same_suggestions(written: str, says: str) -> None:
    """The name is refused in any case; only the suggestion comes from the table."""
    plan = {"format": "tracking-plan/1", "name": "P", "destinations": [{"key": written}]}
    with pytest.raises(DocumentError) as refused:
        read(json.dumps(plan).encode())
    assert any(says in each.message for each in refused.value.errors)
