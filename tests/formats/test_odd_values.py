"""JSON of other tools with values of the wrong kind anywhere: it is refused with a place, or it comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from brought import SAMPLES, read_plan, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError, formats, recognise

ODD: tuple[Any, ...] = (None, [[]], {"a": [1]}, 5, "x", True, 1.5)
JSON_SAMPLES = [
    pytest.param(folder.name, path, id=f"{folder.name}-{path.stem}")
    for folder in sorted(SAMPLES.iterdir())
    for path in sorted(folder.glob("*.json"))
    if formats()[folder.name].fidelity == "lossless"
]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield from _paths(each, (*path, key))


@pytest.mark.parametrize(("key", "path"), JSON_SAMPLES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_value_of_the_wrong_kind_is_refused_or_comes_back(key: str, path: Any, data: st.DataObject) -> None:
    """Whichever member of a sample has it."""
    form = formats()[key]
    value = json.loads(path.read_bytes())
    place = data.draw(st.sampled_from(list(_paths(value))[1:]))
    inner = value
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = data.draw(st.sampled_from(ODD))
    file = json.dumps(value).encode()
    tree = FileTree.of({"x.json": file})
    try:
        recognise(tree)
        assert form.read is not None
        plan = read_plan(tree, form)
    except FormatError:
        return
    assert list(written(plan, form).values()) == [file]
