"""What is kept of a file under ``extra`` may be edited by anybody: an export works, or says what is wrong in the plan."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from brought import SAMPLES, brought, samples, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor import document
from advisor.document.parse import as_parsed
from advisor.document.problems import DocumentError
from advisor.document.read import read_tree
from advisor.formats.exchange import FormatError, WriteOptions, format_named
from advisor.model import Event, Plan
from running import run

PUT: list[Any] = [
    None,
    True,
    0,
    -3,
    1.5,
    10**12,
    "",
    "x",
    "../x",
    [],
    ["x"],
    [1],
    [[]],
    [{}],
    {},
    {"x": 1},
    {"kept": 5},
]
OPTIONS = st.builds(WriteOptions, verdict=st.booleans(), advisor_data=st.booleans())


def _paths(value: Any, path: tuple[str | int, ...], *, inside: bool) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of all that is in an ``extra``."""
    if inside:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        if inside or key != "extra" or not isinstance(each, dict):
            yield from _paths(each, (*path, key), inside=inside)
        else:
            for name, kept in each.items():
                yield from _paths(kept, (*path, key, name), inside=True)


WRITABLE = [(key, path) for key, path in samples() if format_named(key).writes]


@pytest.mark.parametrize(("key", "path"), WRITABLE, ids=lambda value: getattr(value, "name", value))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data(), options=OPTIONS)
def test_a_value_of_another_kind_under_extra_is_named_or_written(
    key: str, path: Path, data: st.DataObject, options: WriteOptions
) -> None:
    """In each sample, and anywhere: never a traceback, and every file has a path inside of the export."""
    form = format_named(key)
    value = copy.deepcopy(msgspec.to_builtins(brought(path, form)[0]))
    places = list(_paths(value, (), inside=False))
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    around = value
    for step in place[:-1]:
        around = around[step]
    around[place[-1]] = data.draw(st.sampled_from(PUT))
    assert form.write is not None
    named, files = "extra", {}
    try:
        files = form.write(read_tree(as_parsed(value)).plan, options).files
    except DocumentError:
        return
    except FormatError as error:
        named = error.problems[0].pointer.split("/")[1]
    assert named in ("extra", "common", "events")
    assert not any(".." in name.split("/") or name.startswith("/") for name in files)


def test_the_event_whose_extra_is_wrong_is_named() -> None:
    """By its place in the plan."""
    form = format_named("segment-public-api")
    plan, _ = brought(SAMPLES / "segment-public-api" / "plan.json", form)
    events = list(plan.events)
    events[1] = msgspec.structs.replace(events[1], extra={"segment": {"schema": {"rest": 5}}})
    with pytest.raises(FormatError) as refused:
        written(msgspec.structs.replace(plan, events=tuple(events)), form)
    (problem,) = refused.value.problems
    assert problem.pointer == "/events/1"
    assert "was changed" in problem.message


OUTSIDE = ["../out.json", "a/../../out.json", "/tmp/out.json", "c:/out.json", "..\\out.json", "a//b.json", ""]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_in_a_plan_leads_out_of_the_folder_of_an_export(tmp_path: Path, path: str) -> None:
    """A plan comes from anybody, and names the files that it was read from."""
    kept = {"reflekt": {"others": [{"path": path, "text": "x"}]}}
    (tmp_path / "plan.json").write_bytes(document.write(Plan(events=(Event(name="Paid"),), extra=kept)))
    result = run("export", tmp_path / "plan.json", "--to", "reflekt", "-o", f"{tmp_path / 'in'}/")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("/extra: The plan says")
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]
