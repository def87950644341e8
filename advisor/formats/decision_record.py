"""The decision record of a plan: questions and answers, verdict, reasons, alternatives and decision of each event.

The text is CommonMark with GitHub's tables. The same plan always gives the same text, on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.advice.losses import Loss
from advisor.formats.advised import advised
from advisor.formats.markdown import block, code, inline, link, paragraphs, table
from advisor.formats.privacy_section import privacy_section
from advisor.formats.shape import Export
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.citations import CITATIONS
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.ruleset import RULESET
from advisor.model import Finding, HandoffValue, Plan, recommendation_of
from advisor.presentation.calls import CallSheet
from advisor.presentation.record import Argued, EventRecord, event_record, plan_size
from advisor.text import join_names

_MARKS = {"yes": "**yes**", "no": "no", "unsure": "not sure"}


def write(plan: Plan) -> bytes:
    """Return the decision record of all events of a plan."""
    plan = advised(plan)
    records = [event_record(plan, index) for index in range(len(plan.events))]
    parts = [*_head(plan), *_contents(records)]
    for record in records:
        parts += _event(record, "##")
    parts += privacy_section(plan)
    if plan.findings:
        parts += ["## The plan as a whole", _findings(plan.findings)]
    return _joined(parts)


def write_event(plan: Plan, index: int) -> bytes:
    """Return the decision record of one event. Raises `IndexError` if the plan has no event at this index."""
    plan = advised(plan)
    record = event_record(plan, index)
    return _joined([*_event(record, "#"), f"Plan: {inline(plan.name)}. {_ruleset(plan)}"])


def _joined(parts: Iterable[str]) -> bytes:
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _head(plan: Plan) -> Iterator[str]:
    yield f"# {inline(plan.name)}: decision record"
    yield paragraphs(plan.description)
    libraries = [LIBRARIES[key].name for key in (*plan.sources.client, *filter(None, [plan.sources.server]))]
    destinations = [inline(destination_name(item.key)) for item in plan.destinations]
    yield table(
        ("", ""),
        (
            ("Size", plan_size(plan)),
            ("Libraries", inline(join_names(libraries)) or "none yet"),
            ("Destinations", join_names(destinations) or "none yet"),
            ("Warehouse", "yes" if plan.warehouse else "no"),
            ("Rules", f"`{_rules(plan)}`"),
        ),
    )


def _contents(records: list[EventRecord]) -> Iterator[str]:
    if records:
        yield "## Overview"
        yield table(
            ("", "Event", "Call", "Placement", "Status"),
            (
                (str(record.number), inline(record.event.name), f"`{record.event.call}`", _place(record), record.status)
                for record in records
            ),
        )


def _event(record: EventRecord, level: str) -> Iterator[str]:
    number = f"{record.number}. " if level == "##" else ""
    yield f"{level} {number}{inline(record.event.name)} (`{record.event.call}`)"
    yield f"**{inline(record.verdict_text)}**"
    yield inline(record.verdict.second)
    yield paragraphs(record.event.description)
    if record.about:
        yield table(("", ""), ((label, inline(value)) for label, value in record.about))
    yield f"{level}# Decision"
    yield from _decision(record)
    yield f"{level}# Questions and answers"
    rows = ((inline(item.asks), _MARKS[item.answer], inline(item.note)) for item in record.answers)
    yield table(("Question", "Answer", "Why so"), rows)
    yield f"{level}# Why"
    yield "\n".join(map(_argument, record.reasons))
    if record.tradeoffs:
        yield f"{level}# What it costs"
        yield "\n".join(map(_argument, record.tradeoffs))
    yield f"{level}# Alternatives"
    yield "\n".join(f"- **From {item.placement}.** {inline(item.text)}" for item in record.alternatives)
    yield from _sending(record, level)
    yield f"{level}# What {'each call gives up' if len(record.calls) > 1 else 'the call gives up'}"
    yield "\n".join(map(_loss, record.losses))
    if record.findings:
        yield f"{level}# Findings"
        yield _findings(record.findings)


def _decision(record: EventRecord) -> Iterator[str]:
    yield inline(record.status)
    decision = record.decision
    if decision is None:
        return
    against = decision.against
    yield table(
        ("", ""),
        (
            ("Placement", decision.placement),
            ("Reason", inline(decision.reason)),
            ("Decided by", inline(decision.author)),
            ("Date", inline(decision.date or "")),
            (
                "The advice then",
                f"{against.placement}, rules {inline(against.ruleset or 'unknown')}" if against else "",
            ),
            ("The advice now", record.advised),
        ),
    )


def _sending(record: EventRecord, level: str) -> Iterator[str]:
    yield f"{level}# Calls"
    for sheet in record.calls:
        yield from _call(sheet)
    if record.delivered or record.missed:
        rows = [(inline(name), way) for name, way in record.delivered]
        rows += [
            (inline(destination_name(item.destination)), f"unreachable: {inline(item.message)}")
            for item in record.missed
        ]
        yield table(("Destination", "Receives it"), rows)
    if record.properties:
        yield f"{level}# Properties"
        yield table(
            ("Property", "Type", "Required", "Sensitive", "Personal data", "Known by", "Description"),
            (
                (
                    f"{inline(path)} {code(item.name)}".strip(),
                    inline(item.type),
                    "yes" if item.required else "",
                    "yes" if item.sensitive else "",
                    item.personal,
                    "" if item.known_by == "either" else item.known_by,
                    inline(item.description),
                )
                for path, item in record.properties
            ),
        )
    if record.handoff:
        yield f"{level}# Hand-off: what the server needs from the client"
        values = [
            (code(item.value), str(item.source), inline(item.from_), _target(item, record), inline(item.why))
            for item in record.handoff
        ]
        yield table(("Value", "Source", "Where it is", "In the server call", "Why"), values)
    if record.setup:
        yield f"{level}# To be set in the destinations, in your Segment workspace"
        steps = [
            (
                inline(destination_name(step.destination)),
                inline(step.setting),
                code(step.value),
                code(step.default),
                f"{inline(step.why)} ({link('source', step.citation)})",
            )
            for step in record.setup
        ]
        yield table(("Destination", "Setting", "Set it to", "Default", "Why"), steps)


def _target(item: HandoffValue, record: EventRecord) -> str:
    """Return the place of a value in the server call, with the destination settings that read it there."""
    readers = [step for step in record.setup if step.value == f"$.{item.to}"]
    said = [f"map {inline(step.setting)} of {inline(destination_name(step.destination))} to it" for step in readers]
    return "; ".join((code(item.to), *said))


def _call(sheet: CallSheet) -> Iterator[str]:
    yield f"The {sheet.side} call, {inline(sheet.library or 'no library yet')}:"
    yield block("".join(token.text for token in sheet.code), "json")
    if sheet.withheld:
        yield "Withheld: " + ", ".join(f"{code(item.name)} ({item.why})" for item in sheet.withheld) + "."


def _argument(item: Argued) -> str:
    remedy = f" **Do this:** {inline(item.remedy)}" if item.remedy else ""
    return f"- **{item.strength}, {item.side}:** {inline(item.text)}{remedy} ({link(item.source, item.citation)})"


def _loss(item: Loss) -> str:
    answer = f" **In the code:** {inline(item.answer)}" if item.answer else ""
    source = link(CITATIONS[item.citation], item.citation)
    return f"- **{item.side}:** {inline(f'{item.what} {item.cost}')}{answer} ({source})"


def _findings(findings: Iterable[Finding]) -> str:
    return "\n".join(f"- **{item.severity}** {code(item.code)}: {inline(item.message)}" for item in findings)


def _place(record: EventRecord) -> str:
    return f"{record.place.word} {record.place.more}".strip()


def _rules(plan: Plan) -> str:
    return recommendation_of(plan.events[0]).ruleset if plan.events else RULESET


def _ruleset(plan: Plan) -> str:
    return f"Rules `{_rules(plan)}`."


EXPORT = Export(
    key="markdown",
    name="Decision record, Markdown",
    extension="md",
    media_type="text/markdown; charset=utf-8",
    keeps="to read",
    summary="For a wiki or a repository: questions and answers, the verdict and why, alternatives and decision of each event.",
    write=write,
    needs_advice=True,
)
