"""The report of an export is true: it names nothing that comes back, and everything that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from brought import brought, read_plan, samples
from msgspec.structs import replace

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named
from advisor.model import Plan, Property

LOSSLESS = [(key, path) for key, path in samples() if format_named(key).fidelity == "lossless"]


@pytest.mark.parametrize(("key", "path"), LOSSLESS, ids=lambda value: getattr(value, "name", value))
@pytest.mark.parametrize("options", [WriteOptions(), WriteOptions(advisor_data=True)], ids=["plain", "with our data"])
def test_a_lossless_file_that_was_not_edited_is_exported_without_a_loss(
    key: str, path: Path, options: WriteOptions
) -> None:
    """For every sample of every such format: what comes back is not reported as left out."""
    form = format_named(key)
    assert form.write is not None
    assert form.write(brought(path, form)[0], options).losses == ()


def _listed(text: str) -> Plan:
    return read_plan(FileTree.of({"x": text.encode()}), format_named("posthog-events"))


@pytest.mark.parametrize(
    ("properties", "is_held"),
    [
        ('["zoom"]', False),
        ('[{"name": "zoom"}]', True),
        ('{"zoom": "How near"}', True),
        ('{"zoom": {"type": "number"}}', False),
        ('["other", {"name": "zoom"}]', True),
    ],
)
def test_a_description_in_a_list_of_events_is_reported_only_if_it_has_no_place(properties: str, is_held: bool) -> None:
    """A name alone has no place for one, nor has a member that is no text."""
    form = format_named("posthog-events")
    plan = _listed(f'[{{"event": "map_opened", "properties": {properties}}}]')
    event = plan.events[0]
    edited = tuple(replace(each, description="New") if each.name == "zoom" else each for each in event.properties)
    assert form.write is not None
    done = form.write(replace(plan, events=(replace(event, properties=edited),)), WriteOptions())
    found = next(each for each in _listed(done.files[".posthog-events.json"].decode()).events[0].properties[-1:])
    assert (found.description == "New") == is_held
    assert [loss.what for loss in done.losses] == ([] if is_held else ["property “zoom”: description"])


def test_a_description_of_a_member_behind_a_new_property_is_reported() -> None:
    """Names and texts become a list of names then, as the first property decides."""
    form = format_named("posthog-events")
    plan = _listed('[{"event": "map_opened", "properties": {"zoom": "How near"}}]')
    event = plan.events[0]
    assert form.write is not None
    added = replace(event, properties=(Property(name="a"), *event.properties))
    losses = form.write(replace(plan, events=(added,)), WriteOptions()).losses
    assert [loss.what for loss in losses] == ["property “zoom”: description"]
