"""The search for destinations: what people say finds what they mean, and nothing is chosen for them silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.aliases import ALIASES, EVERYDAY, FORMER, MAKERS, NEWER, OWN_KEYS, alias_kind
from advisor.knowledge.catalogue import CATALOGUE, STORAGE, Row, find_destination, fold, storage_names
from advisor.knowledge.destination_search import MAX_NAMES, Hit, named, read_name, search, split_names
from advisor.presentation.destination_words import what_sets_apart, why_found

GA4 = {"Actions Google Analytic 4", "Google Analytics 4 Web"}
ROWS: tuple[Row, ...] = (*CATALOGUE.values(), *STORAGE)
FLOORS = {
    "its name": 0,
    "former name": 1,
    "everyday name": 1,
    "newer name": 1,
    "maker": 1,
    "part of the name": 2,
    "similar": 3,
}


def _keys(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.row.key for hit in hits]


def test_every_row_is_found_first_by_its_name_and_its_key() -> None:
    """An exact name comes before everything else, also where another one differs in capitals only."""
    for row in ROWS:
        for name in {row.name, row.key} & {row.name, *CATALOGUE}:
            assert search(name)[0].row == row
            assert row in [hit.row for hit in search(f"  {name.upper()} ")]


def test_every_alias_finds_its_destinations_before_parts_of_names() -> None:
    """All destinations that an alias may mean come first, in the order of the table unless their name is exactly that."""
    for alias, keys in ALIASES.items():
        first = _keys(named(alias))
        assert set(keys) <= set(first)
        assert _keys(search(alias))[: len(first)] == first
        exact = [hit.row.key for hit in named(alias) if hit.why in ("its name", "former name")]
        assert [key for key in first if key in keys and key not in exact] == [key for key in keys if key not in exact]


def test_an_alias_is_in_one_table_and_means_no_storage() -> None:
    """Each alias has one reason, and none is a name of a warehouse."""
    tables = (EVERYDAY, FORMER, NEWER, MAKERS)
    assert len(ALIASES) == sum(map(len, tables))
    assert {alias_kind(alias) for alias in ALIASES} == {"everyday name", "former name", "newer name", "maker"}
    assert not ALIASES.keys() & (storage_names() | OWN_KEYS.keys())
    with pytest.raises(KeyError):
        alias_kind("no alias")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("gtm", "Google Tag Manager"),
        ("meta pixel", "Facebook Pixel"),
        ("Meta  PIXEL", "Facebook Pixel"),
        ("x ads", "Twitter Ads"),
        ("twitter", "Twitter Ads"),
        ("fb capi", "Facebook Conversions API (Actions)"),
        ("Universal Analytics", "Google Analytics"),
        ("omniture", "Adobe Analytics"),
        ("helpscout", "Help Scout"),
        ("matomo", "Piwik"),
        ("insight tag", "LinkedIn Insight Tag"),
        ("Facebook Pixel", "Facebook Pixel"),
        ("InsideVault", "QuanticMind"),
    ],
)
def test_a_name_of_one_tool_is_found(said: str, key: str) -> None:
    """Everyday, former and newer names of one tool lead to it."""
    read = read_name(said)
    assert (read.status, _keys(read.hits)) == ("found", [key])


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("ga4", GA4),
        ("Google Analytics 4", GA4),
        ("fb", {"Facebook Pixel", "Facebook Conversions API (Actions)", "Facebook App Events"}),
        ("klaviyo", {"Klaviyo", "Klaviyo (Actions)"}),
        ("MIXPANEL", {"Mixpanel", "Mixpanel (Actions)"}),
        ("amplitude", {"Amplitude", "Actions Amplitude"}),
        ("braze", {"Appboy", "Braze Cloud Mode (Actions)", "Braze Web Mode (Actions)"}),
    ],
)
def test_two_products_behind_one_word_are_both_shown(said: str, keys: set[str]) -> None:
    """All of them are shown, with what sets them apart, and none is chosen."""
    read = read_name(said)
    assert (read.status, set(_keys(read.hits))) == ("several", keys)
    assert len({what_sets_apart(hit.row) for hit in read.hits}) == len(keys)


@pytest.mark.parametrize(
    "said", ["bigquery", "BigQuery", "bq", "snowflake", "redshift", "postgresql", "data warehouse"]
)
def test_a_warehouse_is_a_setting(said: str) -> None:
    """A warehouse is storage, and none of the destinations to add."""
    read = read_name(said)
    assert read.status == "storage"
    assert all(hit.is_warehouse and not hit.is_destination for hit in read.hits)


@pytest.mark.parametrize(
    ("said", "status", "key"),
    [
        ("Facebok Pixel", "near", "Facebook Pixel"),
        ("Bloomreach Engage", "near", "Exponea"),
        ("Loyalty service", "unknown", None),
    ],
)
def test_a_name_that_nothing_has_is_near_or_unknown(said: str, status: str, key: str | None) -> None:
    """A misspelt or unfinished name suggests the nearest, and a name of nothing suggests nothing."""
    read = read_name(said)
    assert (read.status, next(iter(_keys(read.hits)), None)) == (status, key)


@given(
    st.sampled_from([*ALIASES, *(name for row in ROWS for name in row.names), *"abxyz", "google", "capi", "zzz"]),
    st.data(),
)
def test_the_order_is_names_then_parts_then_similar_ones(name: str, data: st.DataObject) -> None:
    """For any beginning of any name: no destination twice, the reasons in their order, and similar names only alone."""
    text = name[: data.draw(st.integers(1, len(name) or 1))]
    hits = search(text)
    floors = [FLOORS[hit.why] for hit in hits]
    named_ones = len(named(text))
    assert max(floors[named_ones:], default=2) == min(floors[named_ones:], default=2)
    assert len({hit.row.slug for hit in hits}) == len(hits)
    for hit in hits:
        is_shown = fold(text) in (fold(hit.row.name), fold(hit.row.key))
        assert why_found(hit) or is_shown or hit.why in ("its name", "part of the name")


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    """Nothing fails, and one destination is found only if exactly one fits."""
    read = read_name(text)
    assert (read.status == "found") <= (len(read.hits) == 1)
    assert (read.status == "several") <= (len(read.hits) > 1)
    assert (read.status == "unknown") == (not read.hits)
    assert bool(search(text)) >= bool(read.hits)


@given(
    st.lists(st.sampled_from([row.name for row in CATALOGUE.values()]), max_size=20),
    st.sampled_from(["\n", "\r\n", ", ", ";", "\t"]),
)
def test_pasted_names_are_read_one_by_one(names: list[str], between: str) -> None:
    """Each name once, in the order in which they are written, whatever stands between them."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    assert split_names(between.join(names)) == tuple(once.values())


def test_bullets_and_numbers_of_a_list_are_left_out() -> None:
    """A list copied from a document is a list of names."""
    assert split_names("- GA4\n * meta pixel \n2. Slack\n\n“x”,ga4") == ("GA4", "meta pixel", "Slack", "“x”")
    assert split_names(" \n ") == ()
    assert MAX_NAMES == 100


def test_documents_do_not_follow_the_search() -> None:
    """A document still needs a name that is right but for case and blanks: what people say is only suggested."""
    unresolved = [alias for alias in ALIASES if find_destination(alias).key is None]
    assert len(unresolved) > 150
    assert all(find_destination(said).key is None for said in ("ga4", "fb", "meta pixel", "helpscout"))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("tik tok", "TikTok Pixel"),
        ("pub/sub", "Google Cloud PubSub"),
        ("cm 360", "DoubleClick Floodlight"),
        ("content square", "Hotjar"),
    ],
)
def test_other_blanks_and_marks_between_the_letters_find_the_same(said: str, key: str) -> None:
    """What finds nothing as it is written is looked for by its letters alone, before names that are only similar."""
    assert search(said)[0].row.key == key
    assert search(said)[0].why != "similar"
