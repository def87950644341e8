"""Sheets, pages and lists as teams keep them: what is an event, what belongs to one, and what is neither."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from brought import again, read_plan, written
from msgspec.structs import replace
from openpyxl import Workbook

from advisor.formats.carriers.file_tree import FileTree
from advisor.formats.exchange import FormatError, WriteOptions, format_named, read_files, recognise
from advisor.formats.reading import PlanReading
from advisor.model import Plan, Property


def _workbook(**sheets: list[list[object]]) -> FileTree:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = BytesIO()
    book.save(data)
    return FileTree.of({"plan.xlsx": data.getvalue()})


def _csv(text: str) -> FileTree:
    return FileTree.of({"plan.csv": text.encode()})


def _names(reading: PlanReading) -> list[str]:
    return [event.name for event in reading.events]


def _properties(reading: PlanReading) -> list[list[tuple[str, tuple[str, ...], bool]]]:
    return [[(each.name, each.types, each.required) for each in event.properties] for event in reading.events]


EVENTS: list[list[object]] = [
    ["Event name", "Description", "Platform"],
    ["form_opened", "The form is there", "Web"],
    ["account_made", "A row was written", "Server"],
]
FIELDS: list[list[object]] = [
    ["Event name", "Property", "Type", "Required"],
    ["form_opened", "method", "string", "Y"],
    ["account_made", "plan", "string", "N"],
]


@pytest.mark.parametrize(
    "tree",
    [
        _workbook(Plan=[["Events"], *EVENTS, [], ["Properties"], *FIELDS]),
        _workbook(Plan=[*FIELDS, [], [], *EVENTS]),
        _workbook(Events=EVENTS, Properties=FIELDS),
        _workbook(Properties=FIELDS, Events=EVENTS),
    ],
)
def test_two_tables_of_the_same_events_are_one_plan(tree: FileTree) -> None:
    """Below each other in a sheet or in two sheets, in either order: nothing is lost, and no event is there twice."""
    reading = read_files(tree)
    assert _names(reading) == ["form_opened", "account_made"]
    assert [event.description for event in reading.events] == ["The form is there", "A row was written"]
    assert [event.practice and event.practice.placement for event in reading.events] == ["client", "server"]
    assert _properties(reading) == [[("method", ("string",), True)], [("plan", ("string",), False)]]
    assert reading.warnings == []


def test_a_row_that_only_names_an_area_is_no_event() -> None:
    """It is left out with its reason, and a delimited file gets it back; an event without more than a name stays one."""
    rows = "Signing up,,\nform_opened,There,a\naccount_made,Made,b\nBuying,,\npaid,Paid,c\nlone_one,,\n"
    text = f"Event,Description,Properties\n{rows}"
    reading = read_files(_csv(text))
    assert _names(reading) == ["form_opened", "account_made", "paid", "lone_one"]
    assert [each.what for each in reading.left_out] == ["row 2", "row 5"]
    form = format_named("csv")
    assert [*written(read_plan(_csv(text), form), form).values()] == [text.encode()]
    shouting = read_files(
        _csv("Event,Description,Owner\nCHECKOUT,,\nCart Opened,a,b\nOrder Paid,c,d\nOrder Sent,e,f\n")
    )
    assert _names(shouting) == ["Cart Opened", "Order Paid", "Order Sent"]
    few = read_files(_csv("Event,Description,Owner\nCHECKOUT,,\nCart Opened,a,b\n"))
    assert _names(few) == ["CHECKOUT", "Cart Opened"]


def test_a_row_over_the_rows_of_an_event_describes_it() -> None:
    """It repeats the name with a sign before it, and would be counted twice."""
    rows: list[list[object]] = [
        ["Event", "Property", "Type"],
        ["▶ Paid", "The charge went through"],
        ["Paid", "total", "number"],
        ["Paid", "coupon", "string"],
    ]
    (event,) = read_files(_workbook(Plan=rows)).events
    assert (event.name, event.description, len(event.properties)) == ("Paid", "The charge went through", 2)


def test_ticks_under_platforms_are_the_practice() -> None:
    """And an export of the unchanged file has nothing to report."""
    tree = _csv("Event,Web,iOS,Server\npaid,,,✓\nopened,x,x,\nsigned_up,да,,да\n")
    reading = read_files(tree)
    said = [(event.practice.placement, event.practice.evidence) for event in reading.events if event.practice]
    assert said == [
        ("server", "labels.Server = ✓"),
        ("client", "labels.Web = x, labels.iOS = x"),
        ("both", "labels.Web = да, labels.Server = да"),
    ]
    form = format_named("csv")
    assert form.write is not None
    assert form.write(read_plan(tree, form), WriteOptions()).losses == ()


@pytest.mark.parametrize("platform", ["сервер", "Сервер", "サーバー", "服务端", "servidor"])
def test_sides_are_known_in_other_languages(platform: str) -> None:
    """As the word of a column for platforms."""
    (event,) = read_files(_csv(f"Event,Platform\na,{platform}\n")).events
    assert event.practice is not None
    assert event.practice.placement == "server"


def test_what_describes_an_event_is_chosen_before_what_triggers_it() -> None:
    """The other one is a label, so that nothing of it is lost."""
    (event,) = read_files(_csv("Event,Trigger,Description\nPaid,Webhook,Money came\n")).events
    assert (event.description, event.labels) == ("Money came", {"Trigger": "Webhook"})
    (alone,) = read_files(_csv("Event,When to fire,Owner\nPaid,Webhook,Ana\n")).events
    assert (alone.description, alone.labels) == ("Webhook", {})


def test_the_words_of_a_status_come_back() -> None:
    """Also those for the status that every event begins with; an edit changes its own cell."""
    text = "Event,Status\na,To do\nb,In review\nc,Done\n"
    form = format_named("csv")
    plan = read_plan(_csv(text), form)
    assert [*written(plan, form).values()] == [text.encode()]
    edited = replace(plan, events=(replace(plan.events[0], status="agreed"), *plan.events[1:]))
    assert [*written(edited, form).values()] == [text.replace("To do", "agreed").encode()]


def test_a_status_in_other_words_is_a_label() -> None:
    """States of work are only read where most cells are some."""
    reading = read_files(_csv("Event,Status\na,hook is there\nb,to configure\nc,live\n"))
    assert [(event.status, event.labels.get("Status")) for event in reading.events] == [
        ("", "hook is there"),
        ("", "to configure"),
        ("", "live"),
    ]
    known = read_files(_csv("Event,Status\na,🟢 Live\nb,Not started\nc,In progress\n"))
    assert [event.status for event in known.events] == ["implemented", "proposed", "agreed"]


@pytest.mark.parametrize(
    ("cell", "required"),
    [
        ("✅", True),
        ("❌", False),
        ("Yes, if signed in", True),
        ("Required (web only)", True),
        ("No – later", False),
        ("R", True),
        ("O", False),
        ("if available", False),
        ("Recommended", False),
        ("да", True),
        ("нет", False),
        ("必填", True),
        ("○", True),
    ],
)
def test_what_is_required_is_read_in_many_words(cell: str, required: bool) -> None:
    """Without a warning."""
    reading = read_files(_csv(f'Event,Property,Type,Req/Opt\nPaid,total,number,"{cell}"\n'))
    assert _properties(reading) == [[("total", ("number",), required)]]
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("cell", "types", "values"),
    [
        ("string[]", ("array",), ()),
        ("array<item>", ("array",), ()),
        ("List of strings", ("array",), ()),
        ("string (ISO date)", ("string",), ()),
        ("int64", ("integer",), ()),
        ("строка", ("string",), ()),
        ("email | google | oauth", ("string",), ("email", "google", "oauth")),
        ("'a' | 'b'", ("string",), ("a", "b")),
        ("string | null", ("string", "null"), ()),
        ("string|number", ("string", "number"), ()),
    ],
)
def test_types_are_read_in_many_spellings(cell: str, types: tuple[str, ...], values: tuple[str, ...]) -> None:
    """Words that are no types are the values, if there are several."""
    (event,) = read_files(_csv(f"Event;Property;Type\nPaid;total;{cell}\n")).events
    (prop,) = event.properties
    assert (prop.types, prop.values) == (types, values)


def test_the_same_problem_in_many_rows_is_one_warning() -> None:
    """It leads to the first of them, and says how many more there are."""
    again = "The same in 2 more rows."
    reading = read_files(_csv("Event,Property,Type,Required\n" + "Paid,a,strnig,perhaps\n" * 3))
    assert [str(each) for each in reading.warnings] == [
        "plan.csv, line 2, column 3: “strnig” is no type; the property may have any. " + again,
        "plan.csv, line 2, column 4: “perhaps” is neither yes nor no; the property is read as not required. " + again,
    ]


@pytest.mark.parametrize("nothing", ["—", "-", "n/a", "None"])
def test_a_cell_that_lists_nothing_names_no_property(nothing: str) -> None:
    """A dash is no property."""
    reading = read_files(_csv(f"Event,Properties\na,{nothing}\nb,total\n"))
    assert [len(event.properties) for event in reading.events] == [0, 1]


def test_brackets_keep_an_entry_of_a_list_together() -> None:
    """What is between them belongs to the entry."""
    (event,) = read_files(_csv('Event,Properties\na,"provider (google | email), plan [a, b]"\n')).events
    assert [each.name for each in event.properties] == ["provider (google | email)", "plan [a, b]"]


def test_lists_of_required_and_of_optional_properties() -> None:
    """A flipped property moves to the other list; the report names what has no list."""
    text = 'Event,Required properties,Optional properties\nPaid,"total, id",coupon\n'
    plan = read_plan(_csv(text), format_named("csv"))
    (event,) = plan.events
    assert [(each.name, each.required) for each in event.properties] == [
        ("total", True),
        ("id", True),
        ("coupon", False),
    ]
    form = format_named("csv")
    assert form.write is not None
    assert form.write(plan, WriteOptions()).losses == ()
    flipped = tuple(replace(each, required=not each.required) for each in event.properties)
    done = form.write(replace(plan, events=(replace(event, properties=flipped),)), WriteOptions())
    assert done.losses == ()
    assert [*done.files.values()] == [b'Event,Required properties,Optional properties\nPaid,coupon,"total, id"\n']
    only = read_plan(_csv("Event,Required properties\nPaid,total\n"), form)
    (paid,) = only.events
    (total,) = paid.properties
    lost = form.write(
        replace(only, events=(replace(paid, properties=(replace(total, required=False),)),)), WriteOptions()
    ).losses
    assert [loss.what for loss in lost] == ["property “total”: property required"]


def _json(value: Any) -> PlanReading:
    return read_files(FileTree.of({"plan.json": json.dumps(value).encode()}))


def test_every_list_of_events_in_a_json_file_is_read() -> None:
    """Those of all channels, of all plans of a list, and those that say which side they are of."""
    channels = _json(
        {"channels": {"SHOP": {"events": [{"name": "a"}, {"name": "b"}]}, "APP": {"events": [{"name": "c"}]}}}
    )
    assert [(event.name, event.labels) for event in channels.events] == [
        ("a", {"group": "SHOP"}),
        ("b", {"group": "SHOP"}),
        ("c", {"group": "APP"}),
    ]
    plans = _json([{"name": "One", "events": [{"name": "a"}]}, {"name": "Two", "events": [{"name": "a"}]}])
    assert [(event.name, event.labels["group"]) for event in plans.events] == [("a", "One"), ("a", "Two")]
    sides = _json({"client_events": [{"event": "a"}], "server_events": [{"event": "b"}, {"event": "c"}]})
    assert [(event.name, event.practice and event.practice.placement) for event in sides.events] == [
        ("a", "client"),
        ("b", "server"),
        ("c", "server"),
    ]


def test_events_by_their_names_are_read() -> None:
    """As the keys of an object that is called “events”."""
    by_name = _json({"events": {"a": {"description": "A", "properties": {"x": "string"}}, "b": {"description": "B"}}})
    assert [(event.name, event.description) for event in by_name.events] == [("a", "A"), ("b", "B")]
    assert _properties(by_name)[0] == [("x", ("string",), False)]


def test_each_object_of_a_json_file_is_an_event_of_its_own() -> None:
    """Two of the same name are two, and a list beside the properties says which are required."""
    found = _json(
        {
            "events": [
                {"name": "a", "required": ["x"], "properties": {"x": {"type": "string"}, "y": {"type": "integer"}}},
                {"name": "a", "required_parameters": ["z"], "optional_parameters": [{"name": "w", "type": "number"}]},
            ]
        }
    )
    assert _properties(found) == [
        [("x", ("string",), True), ("y", ("integer",), False)],
        [("z", (), True), ("w", ("number",), False)],
    ]


def test_a_list_that_is_not_read_is_named() -> None:
    """With its place."""
    found = _json({"plan": [{"event": "a"}, {"event": "b"}], "old": [{"event": "c"}]})
    assert _names(found) == ["a", "b"]
    assert [(notice.pointer, notice.message) for notice in found.warnings] == [
        ("/old", "This list of 1 object is not read; the events are read from another one.")
    ]


PAGE = """---
title: Plan
tags: [a, b]
---
# Shop

## Common properties

| Property | Type | Required |
| --- | --- | --- |
| version | string | yes |

## "Paid" clicked

<!-- tabs -->
### **Details**
#### Description

Money&nbsp;came
#### **Properties**

| **Name** | `Type` | Required? |
| :--- | :--- | :--- |
| **total** | `number` | ✅ |

```js
track("x | y")
```

## Nothing sent

### Properties

| Name | Type | Required? |
| :--- | :--- | :--- |
"""


def test_parts_of_a_page_are_no_events() -> None:
    """A heading such as Properties is of the event above it; a table without rows is of an event without properties."""
    reading = read_files(FileTree.of({"plan.md": PAGE.encode()}))
    assert reading.format == "markdown"
    assert [(event.name, event.description.replace("\xa0", " ")) for event in reading.events] == [
        ('"Paid" clicked', "Money came"),
        ("Nothing sent", ""),
    ]
    assert _properties(reading) == [[("total", ("number",), True)], []]
    assert [(each.name, each.required) for each in reading.common] == [("version", True)]


def test_a_page_with_settings_at_its_top_is_no_broken_yaml() -> None:
    """What it is not is said without a line of YAML."""
    with pytest.raises(FormatError) as raised:
        recognise(FileTree.of({"a.md": b"---\ntitle: x\n---\n\n# Events\n\nNone yet: soon `a: b: c`\n"}))
    assert "YAML" not in raised.value.problems[0].message.split("Looked for")[0]


def test_a_container_of_tags_is_answered_with_what_to_bring() -> None:
    """Its variables are no events."""
    with pytest.raises(FormatError, match="Google Tag Manager"):
        recognise(
            FileTree.of(
                {
                    "c.json": json.dumps(
                        {"exportFormatVersion": 2, "containerVersion": {"variable": [{"name": "a", "type": "v"}] * 3}}
                    ).encode()
                }
            )
        )


def test_parameters_that_are_names_in_a_ga4_plan_are_properties() -> None:
    """They come back as names, until one of them says more."""
    text = json.dumps(
        {
            "schema_version": "1",
            "document": {},
            "events": [{"event_name": "a", "trigger": "t", "parameters": ["x", "y"]}],
        },
        indent=2,
    )
    form = format_named("ga4-plan")
    plan = read_plan(FileTree.of({"p.json": text.encode()}), form)
    (event,) = plan.events
    assert [each.name for each in event.properties] == ["x", "y"]
    assert json.loads(*written(plan, form).values()) == json.loads(text)
    edited = replace(event, properties=(*event.properties, Property(name="z", type="number", required=True)))
    assert again(written(Plan(events=(edited,), extra=plan.extra), form), form).events[0].properties[2].required


def test_a_list_type_of_a_telemetry_plan_is_spelled_as_before() -> None:
    """Also once something else of the property was edited."""
    text = (
        "meta:\n  product: Shop\nentities: {}\nevents:\n"
        "  - name: paid\n    properties:\n      - name: tags\n        type: string[]\n        required: true\n"
    )
    form = format_named("telemetry-yaml")
    plan = read_plan(FileTree.of({"plan.yaml": text.encode()}), form)
    assert [*written(plan, form).values()] == [text.encode()]
    (event,) = plan.events
    edited = replace(event, properties=(replace(event.properties[0], required=False),))
    assert b"type: string[]" in next(iter(written(replace(plan, events=(edited,)), form).values()))


TYPED = (
    'Event,Properties\nPaid,"total (number), id: string, coupon"\n',
    "Event,prop1,type1,prop2,type2,prop3,type3\nPaid,total,number,id,string,coupon,\n",
)


@pytest.mark.parametrize("text", TYPED)
def test_types_beside_the_names_of_properties_are_read(text: str) -> None:
    """In the entry of a list or in the column behind it; what is unchanged comes back, and a changed type is reported."""
    form = format_named("csv")
    assert form.write is not None
    plan = read_plan(_csv(text), form)
    (event,) = plan.events
    assert [(each.name, each.type) for each in event.properties] == [
        ("total", "number"),
        ("id", "string"),
        ("coupon", "any"),
    ]
    assert event.labels == {}
    done = form.write(plan, WriteOptions())
    assert (done.losses, [*done.files.values()]) == ((), [text.encode()])
    edited = (replace(event.properties[0], type="integer"), *event.properties[1:])
    after = form.write(replace(plan, events=(replace(event, properties=edited),)), WriteOptions())
    assert [loss.what for loss in after.losses] == ["property “total”: property type"]
    assert b"id: string" in next(iter(after.files.values())) or b"id,string" in next(iter(after.files.values()))


PLAN_IN_YAML = """\
# Ours
version: 3
tracking:
  web_events:
    - event: form_opened
      description: The form is there
      properties:
        method: string
        step:
          type: integer
          required: true
  server_events:
    - event: account_made
      properties: [plan]
      when: yes
"""


def test_a_list_of_events_in_yaml_is_read_as_one_in_json() -> None:
    """With lines; a list of other things with names is no plan."""
    reading = read_files(FileTree.of({"plan.yaml": PLAN_IN_YAML.encode()}))
    assert reading.format == "json"
    assert [
        (event.name, event.place.line, event.practice and event.practice.placement) for event in reading.events
    ] == [
        ("form_opened", 5, "client"),
        ("account_made", 13, "server"),
    ]
    assert _properties(reading) == [
        [("method", ("string",), False), ("step", ("integer",), True)],
        [("plan", (), False)],
    ]
    steps = (
        b"jobs:\n  build:\n    steps:\n      - name: Check out\n        uses: x\n      - name: Test\n        run: y\n"
    )
    with pytest.raises(FormatError):
        recognise(FileTree.of({"ci.yaml": steps}))
