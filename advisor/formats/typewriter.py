"""Typewriter's ``plan.json``: rules of Segment's Public API whose schemas are flat, with ``typewriter.yml`` beside it.

Typewriter 8 and later unwraps each schema and adds ``eventMetadata`` with the real name of the event. The configuration says
which client to generate; it holds nothing of the plan, and is kept as it is. A plan from elsewhere gets both files, so that
Typewriter builds from them without a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.formats.carriers.file_tree import FileTree, SourceFile
from advisor.formats.carriers.text import encode
from advisor.formats.carriers.yaml_scalars import plain_or_quoted
from advisor.formats.extra import format_extra
from advisor.formats.format import Confidence, Format, Recognition, WriteOptions
from advisor.formats.losses import Loss, Written
from advisor.formats.own_slot import fill_from_beside, is_beside
from advisor.formats.reading import PlanReading
from advisor.formats.segment_public_api import FILE, read_rules, rules_of, write_rules
from advisor.formats.segment_rules import FLAT_KEY, NAMESPACE, RuleText, write_schema
from advisor.formats.segment_writing import is_flat
from advisor.formats.typewriter_names import uncompilable
from advisor.model import Event, Plan

KEY = "typewriter"
CONFIG_FILE = "typewriter.yml"
_CONFIG = """\
client:
  language: typescript
  sdk: analytics-node
  languageOptions: {{}}
trackingPlans:
  - id: {plan_id}
    path: .
"""


def recognise(tree: FileTree) -> Recognition | None:
    """Return why the files are Typewriter's; None if they are not."""
    marks: set[str] = set()
    for _, value in tree.json_values():
        schemas = [rule.get("jsonSchema") for rule in rules_of(value) if isinstance(rule, dict) and "type" in rule]
        if any(isinstance(schema, dict) and FLAT_KEY in schema for schema in schemas):
            # The Public API's marks hold of these files, too, and “eventMetadata” has to outrank them all.
            marks |= {
                "a list “rules” of objects with “type” and “jsonSchema”",
                "rules of Segment’s types, such as TRACK",
            }
            marks |= {"schemas with “eventMetadata”", "schemas whose fields are not wrapped"}
    if marks and any(_is_config(file) for file in tree.files):
        marks.add("a typewriter.yml beside it")
    return Recognition(Confidence.CERTAIN, tuple(sorted(marks))) if marks else None


def read(tree: FileTree) -> PlanReading:
    """Return the plan in a ``plan.json``. Raises `FormatError`."""
    reading = PlanReading(KEY)
    configs = [file for file in tree.files if _is_config(file)]
    plans = [file for file in tree.files if file not in configs and (len(tree.files) == 1 or not is_beside(file))]
    read_rules(reading, plans)
    for event in reading.events:
        kept = event.extra.get(NAMESPACE, {})
        if "flat" not in kept:
            event.extra = {NAMESPACE: kept | {"wrapped": True}}
    about: dict[str, Any] = {"path": plans[0].path if len(plans) == 1 else FILE}
    if configs:
        config = configs[0]
        about["config"] = {"path": config.path, "text": config.text.text}
        about["config"] |= {"marked": True} if config.text.marked else {}
    for file in configs[1:]:
        reading.leave_out(file.place, f"the configuration {file.path}", "There is another one before it.")
    reading.extra[NAMESPACE]["typewriter"] = about
    fill_from_beside(reading, tree)
    return reading


def write(plan: Plan, options: WriteOptions) -> Written:
    """Return ``plan.json``, and the configuration unless the plan came without one."""
    done = write_rules(plan, options, flat=True)
    kept = format_extra(plan, NAMESPACE)
    about = kept.get("typewriter")
    data = done.files[FILE]
    losses = (*done.losses, *_flattened(plan), *uncompilable(plan))
    if about is None:
        # A plan from Segment knows its id; Typewriter needs one, even where it never asks Segment.
        plan_id = kept.get("kept", {}).get("rest", {}).get("id")
        named = plan_id if isinstance(plan_id, str) else "tp_local"
        config = _CONFIG.format(plan_id=plain_or_quoted(named)).encode()
        return Written({FILE: data, CONFIG_FILE: config}, losses)
    files = {about.get("path", FILE): data}
    if config := about.get("config"):
        files[config["path"]] = encode(config["text"], "utf-8", marked="marked" in config)
    return Written(files, losses)


def _is_config(file: SourceFile) -> bool:
    value = file.peek_yaml()
    return isinstance(value, dict) and {"client", "trackingPlans"} <= value.keys()


def _flattened(plan: Plan) -> Iterator[Loss]:
    """Yield what is lost where a wrapped schema becomes flat: what it says of the context, and of the other section."""
    for event in plan.events:
        kept = format_extra(event, NAMESPACE)
        if kept and "flat" not in kept and is_flat(kept, flat=True):
            for section in _other_sections(event, kept):
                yield Loss(event.name, f"the fields of “{section}” in the schema", "left out")


def _other_sections(event: Event, kept: Mapping[str, Any]) -> list[str]:
    own = RuleText(event.call.upper()).section
    members = write_schema((), RuleText(event.call.upper()), kept, ours=True).get("properties", {})
    return [
        name
        for name, member in members.items()
        if name != own and isinstance(member, dict) and (member.get("properties") or member.get("required"))
    ]


FORMAT = Format(
    key=KEY,
    title="Typewriter, plan.json",
    fidelity="lossless",
    looked_for="an object with a list “rules” whose schemas have “eventMetadata”",
    recognise=recognise,
    read=read,
    write=write,
    namespace=NAMESPACE,
    takes=_is_config,
)
