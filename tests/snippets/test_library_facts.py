"""Facts from the sources of the real libraries, checked in the code that is generated for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES, Language
from advisor.model import Decision, Destination, Event, Plan, Property, Sources
from advisor.snippets import setup
from advisor.snippets.files import File, snippets_of
from advisor.snippets.literals import literal

from .compilers import CHECKERS
from .samples import advised, calls_of, handed_plan, shop

ONLY_MIXPANEL = Destination(key="Mixpanel")
ON_CLIENT = Decision(placement="client")


def _file(library: str, *events: Event, destinations: tuple[Destination, ...] = (ONLY_MIXPANEL,)) -> File:
    client = LIBRARIES[library].side == "client"
    sources = Sources(client=(library,)) if client else Sources(server=library)
    return snippets_of(advise(Plan(sources=sources, destinations=destinations, events=events)), [library])[0]


def test_android_identify_has_options_with_its_user_and_traits() -> None:
    """The library has ``(String)``, ``(Traits)`` and ``(String, Traits, Options)``, and no other overload between them."""
    text = _file(
        "android", Event(name="profile", call="identify", properties=(Property(name="plan"),), decision=ON_CLIENT)
    ).text
    call = text[text.index(".identify(") :]
    assert re.match(r'\.identify\(\s*"user-id",\s*new Traits\(\)\s*\.putValue\("plan", "text"\),\s*null\s*\);', call)


def test_rust_sends_a_borrowed_message_and_waits() -> None:
    """``send(&self, write_key: &str, msg: &Message)`` is synchronous, and a `Message` is made of its variant."""
    decision = Decision(placement="server")
    text = _file("analytics-rust", Event(name="Order Completed", answers={"payment": "yes"}, decision=decision)).text
    assert 'client.send("YOUR_WRITE_KEY", &message)?;' in text
    assert "Message::Track(Track {" in text
    assert not {"async", "await", "into()"} & set(re.findall(r"async fn|await|into\(\)", text))


WRONG = {
    "android": ("android.java", r",\s*null\s*\);", ");"),
    "analytics-rust": ("analytics-rust.rs", '"YOUR_WRITE_KEY", &message', '"YOUR_WRITE_KEY".to_owned(), message'),
}
"""Library -> a file, what is right in it, and what was written before its stub had the library's signatures."""


@pytest.mark.slow
@pytest.mark.parametrize("library", WRONG)
def test_a_call_that_the_library_does_not_have_fails_to_compile(library: str, tmp_path: Path) -> None:
    """The compiler with our stubs refuses what the real libraries would refuse."""
    name, right, wrong = WRONG[library]
    file = _file(library, Event(name="profile", call="identify", decision=Decision(placement=LIBRARIES[library].side)))
    mended, changes = re.subn(right, wrong, file.text)
    assert changes
    (tmp_path / name).write_text(mended)
    with pytest.raises(AssertionError):
        CHECKERS[LIBRARIES[library].code.language]([File(name, mended)], tmp_path)


@pytest.mark.parametrize("library", ["analytics-csharp", "kotlin-server"])
def test_a_server_call_names_both_ids(library: str) -> None:
    """Both libraries keep one anonymous id, which the calls of all users would share."""
    events = [Event(name="Order Completed", call=call, answers={"payment": "yes"}) for call in calls_of(library)]
    made = [event for event in events if event.call in LIBRARIES[library].code.calls]
    text = _file(library, *made).text.lower()
    assert text.count('anonymousid = "server:') == len(made)


def test_kotlin_on_a_server_keeps_no_user() -> None:
    """``identify`` and ``alias`` write the user into the library's store; ``process`` writes nothing."""
    text = _file("kotlin-server", *(Event(name="E", call=call) for call in calls_of("kotlin-server"))).text
    assert text.count("analytics.process(") == 5
    assert not re.search(r"analytics\.(track|identify|group|screen|alias)\(", text)


def test_each_flutter_call_queues_its_own_integrations() -> None:
    """Plugins run on every event: two that set an object for one call type would leave the last one's on all of them."""
    plan = advise(
        Plan(
            sources=Sources(client=("flutter",)),
            destinations=(Destination(key="Mixpanel"), Destination(key="Amplitude")),
            events=(
                Event(name="visitor", call="identify", decision=ON_CLIENT),
                Event(name="patient", call="identify", answers={"sensitive": "yes"}, destinations=("Mixpanel",),
                      decision=ON_CLIENT),
                Event(name="Opened", decision=ON_CLIENT),
                Event(name="Opened", destinations=("Amplitude",), decision=ON_CLIENT),
            ),
        )
    )  # fmt: skip
    text = snippets_of(plan, ["flutter"])[0].text
    assert text.count("extends EventPlugin") == text.count("addPlugin(") == 1
    queued = re.findall(
        r"PlannedIntegrations\.next\(EventType\.(\w+), (.+?), (null|\{.*?\})\);\n  analytics\.(\w+)\(", text, re.DOTALL
    )
    assert [(kind, name, made) for kind, name, _, made in queued] == [
        ("identify", "null", "identify"),
        ("identify", "null", "identify"),
        ("track", "'Opened'", "track"),
        ("track", "'Opened'", "track"),
    ]
    assert [re.findall(r"'(\w+)': (true|false)", each) for _, _, each, _ in queued] == [
        [],
        [("All", "false"), ("Mixpanel", "true")],
        [],
        [("Mixpanel", "false")],
    ]
    assert "event.integrations = queue.removeAt(at).value" in text


@pytest.mark.parametrize(
    ("library", "needs"),
    [
        ("swift", "analytics-swift 1.5.12"),
        ("analytics-php", "mbstring"),
        ("analytics-php", "curl"),
        ("analytics-java", "analytics-java 3.5.5"),
        ("kotlin-server", "analytics-kotlin 1.16.3"),
    ],
)
def test_a_file_names_what_its_code_needs(library: str, needs: str) -> None:
    """The page and the head of the file name the first version of the library that has what the code calls."""
    assert needs in LIBRARIES[library].code.runtime
    head = " ".join(
        line.strip("/# ") for line in _file(library, Event(name="A", destinations=())).text.splitlines()[:12]
    )
    assert needs in head


@pytest.mark.parametrize(
    ("library", "waits", "starts"),
    [
        ("kotlin-server", "finish(analytics)", "analytics.flush()"),
        ("analytics-csharp", "Sending.Finish(analytics)", "analytics.Flush()"),
        ("analytics-java", "analytics.shutdown()", "analytics.flush()"),
        ("analytics-clojure", "(segment/shutdown analytics)", "(segment/flush analytics)"),
    ],
)
def test_the_setup_names_what_to_wait_for_before_the_process_ends(library: str, waits: str, starts: str) -> None:
    """If flush only starts to send, the setup names the call that waits."""
    (line,) = [line for line in setup(library).code.splitlines() if "Before the process ends" in line]
    assert waits in line
    assert starts not in line
    assert waits.removeprefix("Sending.").partition("(")[0].strip("(") in setup(library).needs + setup(library).code


def test_go_comments_on_campaign_tags_without_a_field() -> None:
    """`CampaignInfo` has five fields; another tag goes into Extra with the campaign as a whole."""
    needs = setup("analytics-go").needs.replace("\n//", "")
    assert "CampaignInfo has Name, Source, Medium, Term and Content" in needs


NUMBERS = (
    2**31 - 1,
    2**31,
    -(2**31),
    2**32,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    2**63,
    2**64,
    -(2**64),
    2**80,
    10**300,
    1e22,
    1e-7,
)


@pytest.mark.slow
@pytest.mark.parametrize("language", CHECKERS)
def test_the_compiler_takes_numbers_of_any_size(language: str, tmp_path: Path) -> None:
    """Integers just inside and outside the range of 32 and 64 bits compile."""
    libraries = [key for key, library in LIBRARIES.items() if library.code.language == language]
    items = tuple(Property(name=f"n{number}", values=(value,)) for number, value in enumerate(NUMBERS))
    files = []
    for library in libraries:
        plan = advised(library, Event(name="Numbers", properties=items), warehouse=False)
        files += [File(f"n-{file.name}", file.text) for file in snippets_of(plan, [library])]
    for file in files:
        (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    CHECKERS[language](files, tmp_path)


@pytest.mark.parametrize("language", get_args(Language))
def test_no_integer_literal_exceeds_64_bits(language: Language) -> None:
    """A larger integer is written as the nearest decimal, which every language reads."""
    for number in NUMBERS:
        digits = re.sub(r"^@|i64$|LL$|L$", "", literal(number, language))
        assert float(digits) == float(number)
        assert -(2**63) <= number < 2**63 or not digits.lstrip("-").isdigit()


def test_ruby_code_runs_on_the_version_that_it_names() -> None:
    """The gem takes Ruby 2.0, but `then` came with 2.6 (and `compact` for hashes with 2.4); nothing newer is used."""
    plans = (handed_plan("analytics-ruby"), shop("analytics-ruby"))
    text = "".join(snippets_of(plan, ["analytics-ruby"])[0].text for plan in plans)
    assert ".compact.then {" in text
    assert LIBRARIES["analytics-ruby"].code.runtime == "Ruby 2.6"
    assert not re.search(r"\.(filter_map|tally|each_with_object|to_set)\b", text)
