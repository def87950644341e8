"""Where events are tracked today, as people write it in sheets, tags and code: read where it is sure, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import read_files
from advisor.formats.practice import names_side, practice_of_labels, practice_of_word, side_of_phrase


@pytest.mark.parametrize(
    ("text", "side"),
    [
        *(("Website (JS)", "client"), ("iOS App", "client"), ("web-prod", "client"), ("GTM web container", "client")),
        *(("frontend only", "client"), ("React app", "client"), ("analytics.js", "client"), ("Web squad", "client")),
        *(("FE", "client"), ("fe", "client"), ("FE team", "client"), ("React Native app", "client")),
        *(("Node.js API", "server"), ("Rails", "server"), ("Stripe webhook", "server"), ("sGTM", "server")),
        *(("GTM server container", "server"), ("Server side (Node)", "server"), ("Production Backend", "server")),
        *(("BE", "server"), ("BE team", "server"), ("backend service", "server"), ("web server", "server")),
        *(("mobile API", "server"), ("analytics-node", "server"), ("Segment server (Python)", "server")),
        *(("Web/iOS/Backend", "both"), ("FE, BE", "both"), ("Client + Server", "both"), ("Server & Client", "both")),
        *(("Web and backend", "both"), ("app/api/orders/route.ts", "server"), ("src/components/Cart.tsx:12", "client")),
    ],
)
def test_a_few_words_that_name_a_source_say_its_side(text: str, side: str) -> None:
    """What people write in a column of sources or platforms, in capitals or small."""
    found = practice_of_word("Source", text)
    assert found is not None
    assert (found.placement, found.evidence) == (side, f"Source = {text}")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N/A",
            "TBD",
            "all",
            "to be decided",
            "Will be done",
            "not server",
            "server (not client)",
            "server or client",
        ),
        *("Data warehouse", "Marketing", "Backend for Android", "Google Tag Manager", "Phase 2", "client server mix"),
        "Sent when the user has paid and the page of the backend shows the receipt",
    ],
)
def test_what_may_mean_either_side_says_none(text: str) -> None:
    """A denial, a choice, a sentence and a contradiction are no facts."""
    assert practice_of_word("Source", text) is None


def test_columns_named_like_sides_are_read_where_they_are_ticked() -> None:
    """Ticks under *Web*, *iOS* and *Backend* say together where the event is tracked; the columns stay labels."""
    sheet = b"Event,Web,iOS,Backend\nA,x,x,\nB,,,x\nC,yes,no,yes\nD,,,\n"
    events = read_files(FileTree.of({"a.csv": sheet})).events
    assert [each.practice and each.practice.placement for each in events] == ["client", "server", "both", None]
    assert events[1].labels["Backend"] == "x"
    assert events[1].practice is not None
    assert events[1].practice.evidence == "labels.Backend = x"


def test_tags_say_it_only_with_words_that_mean_nothing_else() -> None:
    """A tag is no source: *Web squad* is a team there."""
    assert practice_of_labels({"Tags": "server, billing"}) is not None
    assert practice_of_labels({"Tags": "Web squad"}) is None
    assert practice_of_labels({"Notes": "server"}) is None


def test_a_second_column_of_sources_is_kept_as_a_label_and_says_what_the_first_does_not() -> None:
    """No column is dropped because another one says the same kind of thing."""
    sheet = b"Event,Source,Platform\nA,backend,web\nB,,iOS\n"
    first, second = read_files(FileTree.of({"a.csv": sheet})).events
    assert first.practice is not None
    assert second.practice is not None
    assert (first.practice.placement, first.labels) == ("server", {"Platform": "web"})
    assert (second.practice.placement, second.practice.evidence) == ("client", "labels.Platform = iOS")


def test_a_column_of_code_paths_is_found_by_its_cells() -> None:
    """Whatever its heading is."""
    sheet = b"Event,Defined at\nA,app/api/orders/route.ts\nB,src/components/Cart.tsx\n"
    events = read_files(FileTree.of({"a.csv": sheet})).events
    assert [each.practice and each.practice.placement for each in events] == ["server", "client"]


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error_and_like_itself_with_blanks_around(text: str) -> None:
    """No text raises, and blanks around it change nothing."""
    assert side_of_phrase(text) == side_of_phrase(f"  {text} ")
    assert names_side(text) in (True, False)
