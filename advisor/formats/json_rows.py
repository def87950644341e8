"""Any list of objects in JSON or YAML, read as a table through column mapping: each object is an event, or a property of one.

`advisor.formats.json_lists` finds the lists. What their objects say of properties may be a list of names, a list of objects, or
an object by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.tables import Row, Table, checked_rows
from advisor.formats.columns import fields as f
from advisor.formats.columns.mapped import map_tables, read_tables, table_files
from advisor.formats.columns.mapping import Mapping
from advisor.formats.format import Confidence, Format, Recognition
from advisor.formats.json_lists import ObjectList, event_lists, other_lists, says_events
from advisor.formats.places import Path, Place, pointer, refusal
from advisor.formats.pointer_files import holds_no_events
from advisor.formats.reading import PlanReading
from advisor.text import quantity

KEY = "json"
_NAME_KEYS = ("name", "key", "property", "property_name", "param", "parameter", "field", "id")
_EVENTS = re.compile(r"[_ -]?events?$", re.IGNORECASE)
GROUP = "group"
"""The column that says which of several lists an event is in."""


def recognise(tree: FileTree) -> Recognition | None:
    """Return why a file holds a list of objects with a name; None if none does."""
    for file in table_files(tree):
        value = None if holds_no_events(file) else _peeked(file)
        if value is None or (file.peek_json() is None and not says_events(value)):
            continue  # many files in YAML are lists of something with a name
        mapped = map_tables([found]) if (found := _table(file, value)) else []
        if mapped and mapped[0].is_sure:
            known = [f"a member “{guess.key}”" for guess in mapped[0].guesses if guess.is_sure]
            return Recognition(Confidence.POSSIBLE, ("a list of objects", *known))
    return None


def read(tree: FileTree, mapping: Mapping = Mapping()) -> PlanReading:  # noqa: B008 - a frozen value
    """Return the plan in the lists of objects. Raises `FormatError`."""
    tables = json_tables(tree)
    if not tables:
        raise refusal(tree.place, "There is no list of objects in the file.")
    places = {file.path: _places(file) for file in table_files(tree)}

    def located(place: Place) -> Place:
        rows = places.get(place.file, [])
        index = (place.line or 0) - 1
        return rows[index] if 0 <= index < len(rows) else Place(place.file)

    reading = read_tables(tree, KEY, tables, mapping)
    reading.set_places(lambda places: list(map(located, places)))
    for event in reading.events:
        event.place = located(event.place)
    for file in table_files(tree):
        for other in other_lists(_value(file)):
            message = f"This list of {quantity(len(other.objects), 'object')} is not read; the events are read from another one."
            reading.warn(_place(file, other.path), message)
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


def _place(file: SourceFile, path: Path) -> Place:
    """Return where a value is: in YAML its line, in JSON its pointer, whose line is found later."""
    if file.peek_json() is None:
        return file.yaml.place(path)
    return Place(file.path, pointer=pointer(path))


def _table(file: SourceFile, value: Any) -> Table | None:
    """Return the events of a file as a table. A column says of which list they are if there are several."""
    lists = event_lists(value)
    if not lists:
        return None
    groups = _groups(lists)
    rows = [
        group | row for each, group in zip(lists, groups, strict=True) for one in each.objects for row in _rows(one)
    ]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    keys.sort(key=lambda key: key == GROUP)
    cells = [tuple(keys), *(tuple(row.get(key, "") for key in keys) for row in rows)]
    return Table(file.path, "json", checked_rows((Row(each, line) for line, each in enumerate(cells, 1)), file.path))


def _groups(lists: list[ObjectList]) -> list[dict[str, str]]:
    """Return what the column of groups says of each list: the last of its keys that the others have otherwise."""
    paths = [each.path for each in lists]
    names = []
    for each, path in zip(lists, paths, strict=True):
        own = [str(part) for part in path if not all(part in other for other in paths) and isinstance(part, str)]
        names.append(each.inside or (_EVENTS.sub("", own[-1]) or own[-1] if own else ""))
    named = [{GROUP: name} if name else {} for name in names]
    return named if len(lists) > 1 else [{} for _ in lists]


def _places(file: SourceFile) -> list[Place]:
    """Return for each row of the table of a file the place of its object."""
    lists = event_lists(_value(file))
    if not lists:
        return []
    named = [
        _place(file, (*each.path, key))
        for each in lists
        for key, one in zip(each.keys, each.objects, strict=True)
        for _ in _rows(one)
    ]
    return [_place(file, lists[0].path), *named]


def _rows(value: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the rows of an object: one of its own members, and one for each property that it describes with more than a name."""
    plain: dict[str, str] = {}
    inner: list[dict[str, str]] = []
    required = value.get("required")
    names = required if isinstance(required, list) and all(isinstance(each, str) for each in required) else None
    for key, member in value.items():
        described = None
        if f.field_of(key) in (f.PROPERTIES, f.PROPERTY):
            described = _described(member, f.is_required_list(key))
        if described is not None:
            known = {each["property"] for each in inner}
            inner += [each for each in described if each["property"] not in known]
        elif key != "required" or names is None:
            plain[key] = _text(member)
    if names is not None:
        inner = _with_required(inner, names)
    if not inner:
        yield plain
    for number, each in enumerate(inner):
        yield (plain if number == 0 else dict.fromkeys(plain, "")) | each


def _with_required(rows: list[dict[str, str]], names: list[str]) -> list[dict[str, str]]:
    """Return the rows of properties, of which a list beside them says which are required; it may name more."""
    known = {row["property"] for row in rows}
    found = [{"property required": "true" if row["property"] in names else "false"} | row for row in rows]
    return [*found, *({"property": name, "property required": "true"} for name in names if name not in known)]


def _described(member: Any, required: bool | None) -> list[dict[str, str]] | None:
    """Return the properties in a member that says more than their names; None for all else.

    ``required`` says whether the member is a list of those that are required, or of the others; None if it says nothing.
    """
    more = {} if required is None else {"property required": "true" if required else "false"}
    if isinstance(member, dict):
        return [more | _property(name, each) for name, each in member.items()]
    if isinstance(member, list) and member and all(isinstance(each, dict) for each in member):
        return [more | _property(_name_of(each), each) for each in member]
    if more and isinstance(member, list) and all(isinstance(each, str) for each in member):
        return [{"property": each} | more for each in member]
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
