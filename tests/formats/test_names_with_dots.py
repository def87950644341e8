"""Properties inside others are names with dots in a table: they are read back where they were, or the report names them."""

from __future__ import annotations

import pytest
from brought import again
from hypothesis import given
from hypothesis import strategies as st

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import WriteOptions, format_named, read_files, to_plan
from advisor.model import Event, Plan, Property

KEYS = ("csv", "xlsx", "markdown", "segment-csv")
NAMES = st.sampled_from(("a", "b", "a.b", "a[].b", "b.a.b", "a."))
TYPES = st.sampled_from(("any", "string", "object", "array", "object|null"))
PROPERTIES = st.recursive(
    st.builds(Property, name=NAMES, type=TYPES),
    lambda inner: st.builds(
        Property,
        name=NAMES,
        type=TYPES,
        properties=st.lists(inner, max_size=2, unique_by=lambda one: one.name).map(tuple),
    ),
    max_leaves=6,
)


def _shape(properties: tuple[Property, ...]) -> list[object]:
    return [(prop.name, _shape(prop.properties)) for prop in properties]


@pytest.mark.parametrize("key", KEYS)
@given(properties=st.lists(PROPERTIES, min_size=1, max_size=3, unique_by=lambda one: one.name).map(tuple))
def test_a_property_inside_another_is_read_back_there_or_reported(key: str, properties: tuple[Property, ...]) -> None:
    """Whatever names with dots are beside it, and whatever the type of what it is inside of."""
    form = format_named(key)
    assert form.write is not None
    plan = Plan(events=(Event(name="E", properties=properties),))
    done = form.write(plan, WriteOptions())
    found = again(done.files, form).events[0].properties
    said = [loss for loss in done.losses if "inside" in loss.what]
    assert _shape(found) == _shape(properties) or said


@pytest.mark.parametrize("key", ["csv", "markdown", "xlsx"])
def test_an_object_with_properties_needs_no_report(key: str) -> None:
    """As long as what they are inside of is an object or a list."""
    form = format_named(key)
    assert form.write is not None
    inner = (Property(name="sku", type="string", required=True), Property(name="size"))
    lines, cart = Property(name="lines", type="array", properties=inner), Property(name="cart", type="object")
    done = form.write(Plan(events=(Event(name="E", properties=(lines, cart)),)), WriteOptions())
    assert [loss for loss in done.losses if loss.event] == []
    assert again(done.files, form).events[0].properties == (lines, cart)


def test_what_a_list_of_names_cannot_hold_is_reported() -> None:
    """A table with the names of properties in one cell has no place for those inside them."""
    tree = FileTree.of({"a.csv": b"event,properties\nPaid,cart\n"})
    plan = to_plan(read_files(tree), tree).plan
    (event,) = plan.events
    (cart,) = event.properties
    form = format_named("csv")
    assert form.write is not None
    inside = Property(name="cart", extra=cart.extra, properties=(Property(name="size"),))
    done = form.write(
        Plan(events=(Event(name="Paid", extra=event.extra, properties=(inside,)),), extra=plan.extra), WriteOptions()
    )
    assert [loss.what for loss in done.losses] == ["property “cart.size”, which is inside another one"]
