"""Formats are recognised by content; what can't be read is answered with what to bring instead."""

from __future__ import annotations

import pytest

from advisor.formats import registry
from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import Format, FormatError, Recognition, read_files, recognise
from advisor.formats.format import Confidence
from advisor.formats.practice import practice_of_labels, practice_of_paths, practice_of_word, side_of_path

RULES = b'{"rules": [{"type": "TRACK", "key": "a", "version": 1, "jsonSchema": {}}]}'


def _refusal(files: dict[str, bytes], key: str | None = None) -> str:
    with pytest.raises(FormatError) as refused:
        read_files(FileTree.of(files), key)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "bring"),
    [
        (b'{"ProjectId": "1", "Branch": "main", "Version": "2", "Runtime": "node", "Path": "x"}', "Bring the CSV"),
        (b'{"avo": {"version": 1}, "schema": {"id": "x"}, "branch": {}, "sources": []}', "Bring the JSON or CSV"),
        (b"client:\n  language: typescript\ntrackingPlans:\n  - id: tp_1\n    path: ./x\n", "Bring plan.json"),
        (b"version: 1\ntrackingPlan:\n  id: x\n", "Bring plan.json"),
        (b'{"language": "typescript", "dataProductIds": []}', "snowplow-cli dp download"),
        (b'{"languages": ["typescript"]}', "event_definitions"),
    ],
)
def test_a_file_that_only_points_to_a_plan_says_which_one_to_bring(content: bytes, bring: str) -> None:
    """Under any name; beside the plan that it points to, the plan is read."""
    assert bring in _refusal({"something": content})
    assert recognise(FileTree.of({"plan": RULES, "typewriter.yml": content})).format.key == "segment-public-api"


def test_what_is_no_format_says_what_was_looked_for() -> None:
    """Every format that is read has its part in the message."""
    said = _refusal({"a.txt": b"Just text"})
    for form in registry.formats().values():
        assert form.recognise is None or form.looked_for in said


def test_broken_json_says_where_it_is_broken() -> None:
    """And not that it is no format."""
    assert _refusal({"plan.json": RULES[:-3]}).startswith("plan.json, line 1, column ")


def test_the_person_can_overrule() -> None:
    """A format that does not fit says so; one that there is not names the nearest."""
    assert "tracking-plan" in _refusal({"x": RULES}, "traking-plan")
    assert "There is no list “rules”" in _refusal({"x": b'{"format": "tracking-plan/1"}'}, "segment-public-api")


def _format(key: str, confidence: Confidence, marks: int) -> Format:
    return Format(key, key, "lossy", key, recognise=lambda _: Recognition(confidence, ("x",) * marks))


def test_the_most_specific_format_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """First by confidence, then by the number of marks, then by the order of the registry."""
    forms = [
        _format("few", Confidence.CERTAIN, 1),
        _format("likely", Confidence.LIKELY, 9),
        _format("many", Confidence.CERTAIN, 2),
        _format("as many", Confidence.CERTAIN, 2),
    ]
    monkeypatch.setattr(registry, "formats", lambda: {form.key: form for form in forms})
    found = registry.recognise(FileTree.of({"x": b""}))
    assert [found.format.key, *(form.key for form in found.others)] == ["many", "as many", "few", "likely"]


@pytest.mark.parametrize(
    ("labels", "placement", "evidence"),
    [
        ({"source": "backend"}, "server", "labels.source = backend"),
        ({"Platforms": ["iOS", "Web"]}, "client", "labels.Platforms = iOS, Web"),
        ({"tracked on": "Client-side & server"}, "both", "labels.tracked on = Client-side & server"),
        ({"team": "backend"}, None, ""),
        ({"source": "newsletter"}, None, ""),
    ],
)
def test_labels_say_where_an_event_is_tracked(
    labels: dict[str, str | list[str]], placement: str | None, evidence: str
) -> None:
    """Only those whose name is about that; the label is the evidence."""
    found = practice_of_labels(labels)
    assert (found and found.placement, found.evidence if found else "") == (placement, evidence)


@pytest.mark.parametrize(
    ("path", "side"),
    [
        ("app/api/checkout/route.ts", "server"),
        ("/somewhere/app/actions.ts", "server"),
        ("app/router/users.py", "server"),
        ("src\\components\\Cart.tsx", "client"),
        ("ios/Shop/Cart.swift", "client"),
        ("app/page.tsx", "client"),
        ("lib/posthog.ts", None),
        ("README.md", None),
    ],
)
def test_the_path_of_code_says_where_it_runs(path: str, side: str | None) -> None:
    """Or nothing, where it could run on either side."""
    assert side_of_path(path) == side


def test_words_and_several_paths_are_put_together() -> None:
    """Both sides are both."""
    both = practice_of_paths(["app/api/x/route.ts", "components/x.tsx", "lib/x.ts"])
    assert both is not None
    assert (both.placement, both.evidence) == ("both", "app/api/x/route.ts, components/x.tsx")
    word = practice_of_word("source", "frontend")
    assert word is not None
    assert (word.placement, word.evidence) == ("client", "source = frontend")
    assert practice_of_word("source", "") is None
