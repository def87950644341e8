"""JSON Schemas are read as properties and written again: nothing is lost, and an edit changes itself alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from advisor.formats.json_schema import SchemaReader, field_schema, object_schema, undefined_names
from advisor.formats.limits import MAX_REFERENCES
from advisor.formats.reading import PropertyReading
from advisor.model import Property

names = st.sampled_from(["a", "b", "", "has space", "properties", "$ref", "items", "type"])
words = st.sampled_from(["string", "integer", "number", "boolean", "object", "array", "null", "any", "odd"])
plain_values = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from([1.0, "x", "y"])


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members: dict[str, st.SearchStrategy[Any]] = {
        "type": words | st.lists(words, max_size=3),
        "description": st.sampled_from(["", "text"]) | st.none(),
        "properties": st.dictionaries(names, inner, max_size=3) | st.none(),
        "required": st.lists(names, max_size=3) | st.just("a"),
        "items": inner | st.lists(inner, max_size=2),
        "enum": st.lists(plain_values | st.just([1]), max_size=3),
        "const": plain_values,
        "format": st.sampled_from(["date-time", "date", "email"]),
        "pattern": st.just("^a$"),
        "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two", "#/nowhere", "http://example.com/x"]),
        "x-own": st.just({"any": ["thing"]}),
    }
    return st.fixed_dictionaries({}, optional=members).flatmap(
        lambda found: st.permutations(list(found)).map(lambda order: {key: found[key] for key in order})
    )


schemas = st.recursive(st.booleans() | st.just({}), _objects, max_leaves=12)


def as_property(found: PropertyReading) -> Property:
    """The property of the plan that a reading becomes."""
    children = tuple(map(as_property, found.properties))
    return Property(
        name=found.name,
        type="|".join(found.types) or "any",
        required=found.required,
        values=found.values,
        description=found.description,
        properties=children,
        extra=found.extra or UNSET,
    )


@given(schemas, schemas, schemas)
def test_any_schema_comes_back(schema: Any, one: Any, two: Any) -> None:
    """With the order of its keys, references included, however they lead to each other."""
    reader = SchemaReader({"$defs": {"one": one, "two": two}})
    prop = as_property(reader.field("x", schema, required=False))
    before = msgspec.json.encode(prop)
    assert msgspec.json.encode(field_schema(prop)) == msgspec.json.encode(schema)
    assert msgspec.json.encode(prop) == before, "writing changed the plan"


@given(schemas)
def test_any_object_of_fields_comes_back(schema: Any) -> None:
    """Also where the fields of an event are read from a schema of their own."""
    if isinstance(schema, dict):
        found = SchemaReader(schema).read_object(schema)
        properties = tuple(map(as_property, found.properties))
        assert msgspec.json.encode(object_schema(properties, found.kept)) == msgspec.json.encode(schema)


@pytest.mark.parametrize(
    ("schema", "type_", "values"),
    [
        ({"type": ["string"]}, "string", ()),
        ({"type": "string", "format": "date-time"}, "datetime", ()),
        ({"type": ["string", "null"]}, "string|null", ()),
        ({"type": ["any"]}, "any", ()),
        ({}, "any", ()),
        ({"enum": ["a", 1, None]}, "any", ("a", 1, None)),
        ({"const": "a"}, "any", ("a",)),
        ({"enum": [["a"]]}, "any", ()),
    ],
)
def test_types_and_values_are_understood(schema: dict[str, Any], type_: str, values: tuple[Any, ...]) -> None:
    """In the words of the plan document."""
    prop = as_property(SchemaReader().field("x", schema, required=False))
    assert (prop.type, prop.values) == (type_, values)


def test_a_const_stays_a_const_when_its_value_changes() -> None:
    """And becomes a list of values when there are two."""
    prop = as_property(SchemaReader().field("x", {"const": "a", "title": "X"}, required=False))
    assert field_schema(msgspec.structs.replace(prop, values=("b",))) == {"const": "b", "title": "X"}
    assert field_schema(msgspec.structs.replace(prop, values=("b", "c"))) == {"enum": ["b", "c"], "title": "X"}


def test_required_names_without_a_definition_stay_when_another_is_flipped() -> None:
    """The last one that is defined, and the first one."""
    schema = {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["gone", "b"]}
    assert undefined_names(schema) == ["gone"]
    found = SchemaReader().read_object(schema)
    a, b = map(as_property, found.properties)
    now_a = msgspec.structs.replace(a, required=True)
    not_b = msgspec.structs.replace(b, required=False)
    assert object_schema((a, not_b), found.kept) == schema | {"required": ["gone"]}
    assert set(object_schema((now_a, b), found.kept)["required"]) == {"gone", "a", "b"}


def test_a_reference_whose_content_was_edited_is_written_out() -> None:
    """Another description for one field must not change all fields that refer to the same definition."""
    root = {"$defs": {"money": {"type": "number", "minimum": 0}}}
    prop = as_property(SchemaReader(root).field("price", {"$ref": "#/$defs/money"}, required=False))
    assert prop.type == "number"
    assert field_schema(prop) == {"$ref": "#/$defs/money"}
    edited = msgspec.structs.replace(prop, description="In cents")
    assert field_schema(edited) == {"type": "number", "description": "In cents", "minimum": 0}


def test_references_in_a_circle_end() -> None:
    """And a reference that leads nowhere is reported."""
    node = {"type": "object", "properties": {"left": {"$ref": "#/$defs/node"}, "right": {"$ref": "#/$defs/node"}}}
    reader = SchemaReader({"$defs": {"node": node}})
    found = reader.field("tree", {"$ref": "#/$defs/node"}, required=False, path=("tree",))
    assert [child.name for child in found.properties] == ["left", "right"]
    assert [path[-1] for path, _ in reader.unresolved] == ["left", "right"]


def test_references_that_multiply_end() -> None:
    """Each level refers twice to the next: without a limit, these are 2^40 fields."""
    levels = {
        f"l{number}": {"properties": {side: {"$ref": f"#/$defs/l{number + 1}"} for side in ("a", "b")}}
        for number in range(40)
    }
    reader = SchemaReader({"$defs": levels})
    reader.field("x", {"$ref": "#/$defs/l0"}, required=False)
    assert 0 < len(reader.unresolved) <= 2 * MAX_REFERENCES


def test_another_format_gets_the_constraints_and_nothing_else() -> None:
    """Spellings and unknown keywords belong to the file that they came from."""
    schema = {"$id": "/x", "type": "string", "pattern": "^a", "x-own": 1}
    prop = as_property(SchemaReader().field("x", schema, required=False))
    assert field_schema(prop, ours=False) == {"type": ["string"], "pattern": "^a"}
