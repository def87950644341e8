"""Any list of objects in JSON or YAML, read as a table through column mapping: each object is an event, or a property of one.

The objects may lie in a list at the top, or in a member of an object. What they say of properties may be a list of names, a
list of objects, or an object by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.tables import Row, Table, checked_rows
from advisor.formats.columns import fields as f
from advisor.formats.columns.mapped import map_tables, read_tables, table_files
from advisor.formats.columns.mapping import Mapping
from advisor.formats.format import Confidence, Format, Recognition
from advisor.formats.places import Path, Place, pointer, refusal
from advisor.formats.reading import PlanReading

KEY = "json"
_NAME_KEYS = ("name", "key", "property", "property_name", "param", "parameter", "field", "id")
_LOOKED_AT_DEPTH = 3


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file holds a list of objects with a name; None if none does."""
    for file in table_files(tree):
        value = _peeked(file)
        mapped = map_tables([found]) if value is not None and (found := _table(file, value)) else []
        if mapped and mapped[0].is_sure:
            known = [f"a member “{guess.key}”" for guess in mapped[0].guesses if guess.is_sure]
            return Recognition(Confidence.POSSIBLE, ("a list of objects", *known))
    return None


def read(tree: FileTree, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    """Return the plan in the lists of objects. Raises `FormatError`."""
    tables = json_tables(tree)
    if not tables:
        raise refusal(tree.place, "There is no list of objects in the file.")
    pointers = {file.path: _pointers(file) for file in table_files(tree)}

    def located(place: Place) -> Place:
        rows = pointers.get(place.file, [])
        index = (place.line or 0) - 1
        return Place(place.file, pointer=rows[index] if 0 <= index < len(rows) else "")

    reading = read_tables(tree, KEY, tables, mapping)
    reading.set_places(lambda places: list(map(located, places)))
    for event in reading.events:
        event.place = located(event.place)
    return reading


def json_tables(tree: FileTree) -> list[Table]:
    """Return the lists of objects in files as tables: a heading of their keys, and a row for each object or property."""
    return [table for file in table_files(tree) if (table := _table(file, _value(file)))]


def _peeked(file: SourceFile) -> Any:
    """Return the value of a file that is JSON, or YAML and no table; None for all others."""
    value = file.peek_json()
    return value if value is not None or file.peek_tables() else file.peek_yaml()


def _value(file: SourceFile) -> Any:
    """Return the value of a file as JSON, or as YAML if it is that. Raises `FormatError`."""
    value = _peeked(file)
    return file.json.value if value is None else value


def _table(file: SourceFile, value: Any) -> Table | None:
    found = _objects(value, (), 0)
    if found is None:
        return None
    _, objects = found
    rows = [row for each in objects for row in _rows(each)]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    cells = [tuple(keys), *(tuple(row.get(key, "") for key in keys) for row in rows)]
    return Table(file.path, "json", checked_rows((Row(each, line) for line, each in enumerate(cells, 1)), file.path))


def _pointers(file: SourceFile) -> list[str]:
    """Return for each row of the table of a file the pointer to its object."""
    found = _objects(_value(file), (), 0)
    if found is None:
        return []
    path, objects = found
    named = [pointer((*path, index)) for index, each in enumerate(objects) for _ in _rows(each)]
    return [pointer(path), *named]


def _objects(value: Any, path: Path, depth: int) -> tuple[Path, list[dict[str, Any]]] | None:
    """Return the longest list of objects in a value, and where it is."""
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        return (path, objects) if objects and len(objects) == len(value) else None
    if not isinstance(value, dict) or depth >= _LOOKED_AT_DEPTH:
        return None
    found = [inner for key, each in value.items() if (inner := _objects(each, (*path, key), depth + 1))]
    return max(found, key=lambda pair: len(pair[1]), default=None)


def _rows(value: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the rows of an object: one of its own members, and one for each property that it describes with more than a name."""
    plain: dict[str, str] = {}
    inner: list[dict[str, str]] = []
    for key, member in value.items():
        described = _described(member) if f.field_of(key) in (f.PROPERTIES, f.PROPERTY) else None
        if described is None:
            plain[key] = _text(member)
        else:
            inner += described
    if not inner:
        yield plain
    for number, each in enumerate(inner):
        yield (plain if number == 0 else dict.fromkeys(plain, "")) | each


def _described(member: Any) -> list[dict[str, str]] | None:
    """Return the properties in a member that says more than their names; None for all else."""
    if isinstance(member, dict):
        return [_property(name, each) for name, each in member.items()]
    if isinstance(member, list) and member and all(isinstance(each, dict) for each in member):
        return [_property(_name_of(each), each) for each in member]
    return None


def _name_of(value: dict[str, Any]) -> str:
    return next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), "")


def _property(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"property": name, "property type": _text(value)}
    others = {key: each for key, each in value.items() if each != name or key not in _NAME_KEYS}
    return {"property": name} | {f"property {key}": _text(each) for key, each in others.items()}


def _text(value: Any) -> str:
    """Return a member as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return str(value)


FORMAT = Format(
    key=KEY,
    title="JSON or YAML, any list of objects",
    fidelity="lossy",
    looked_for="a list of objects with a member for the name of the event",
    recognise=recognise,
    read=read,
)
