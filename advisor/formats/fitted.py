"""Prepares plans for the writers of formats: what only another format understands is taken out and reported, and references
that an edit made a writer write out are reported, too.

What is kept under ``extra`` gives a file back to its own format as it was. Some of it also goes to others, such as the limits of
a schema; `fitted` sees to it that they get no expression of Terraform and no keyword that is not valid. The registry puts it
around every writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from msgspec.structs import replace

from advisor.formats.extra import format_extra
from advisor.formats.format import Format, Write, WriteOptions
from advisor.formats.json_schema import CONSTRAINTS, NAMESPACE, edited_references
from advisor.formats.losses import Loss, Written
from advisor.formats.places import shown
from advisor.formats.schema_keywords import invalid_keywords, with_number_limits
from advisor.formats.terraform_expressions import unknown_texts, without_expressions
from advisor.model import Plan, Property

HOLDS_EVERYTHING = "tracking-plan"
TERRAFORM = "segment-terraform"
_WRITTEN_OUT = "written out here with the edit; what it led to, and all else that refers to it, stays as it was"
_NO_VALUE = "left out: only Terraform can evaluate it"


def fitted(form: Format, write: Write) -> Write:
    """Return a writer that leaves out what of other formats has no meaning in this one, and reports it."""
    if form.key == HOLDS_EVERYTHING:
        return write

    @wraps(write)
    def fitting(plan: Plan, options: WriteOptions) -> Written:
        fit, losses = _fit(plan, form)
        written = write(fit, options)
        losses += _references(plan, form)
        return Written(written.files, (*losses, *written.losses)) if losses else written

    return fitting


def _references(plan: Plan, form: Format) -> Iterator[Loss]:
    """Yield each reference of a schema that is written out, because what it led to was edited in one place."""
    of_events = ((event.name, event.properties) for event in plan.events if format_extra(event, form.extra_key))
    of_all = [("", plan.common)] if format_extra(plan, form.extra_key) else []
    for event, properties in (*of_events, *of_all):
        for prop, reference in edited_references(properties):
            what = f"property {shown(prop.name)}: the reference {shown(reference)}"
            yield Loss(event, what, _WRITTEN_OUT)


def _fit(plan: Plan, form: Format) -> tuple[Plan, list[Loss]]:
    losses: list[Loss] = []
    if form.key != TERRAFORM:
        losses += [Loss("", f"{what}: an expression of Terraform", _NO_VALUE) for what in unknown_texts(plan)]
        plan, expressions = without_expressions(plan)
        losses += [Loss(each.event, f"{each.what}: an expression of Terraform", _NO_VALUE) for each in expressions]
    checking = _Checking()
    events = tuple(
        event
        if format_extra(event, form.extra_key)
        else replace(event, properties=checking.of(event.properties, event.name))
        for event in plan.events
    )
    common = plan.common if format_extra(plan, form.extra_key) else checking.of(plan.common, "")
    if not checking.has_changed:
        return plan, losses
    return replace(plan, events=events, common=common), [*losses, *checking.losses]


@dataclass(slots=True)
class _Checking:
    """Takes keywords that are not valid out of properties that came from another format."""

    losses: list[Loss] = field(default_factory=list)
    has_changed: bool = False

    def of(self, properties: tuple[Property, ...], event: str) -> tuple[Property, ...]:
        """Return properties with valid keywords; the same ones if nothing had to be changed."""
        checked = tuple(self._property(each, event) for each in properties)
        return checked if any(new is not old for new, old in zip(checked, properties, strict=True)) else properties

    def _property(self, prop: Property, event: str) -> Property:
        inner = self.of(prop.properties, event)
        kept = format_extra(prop, NAMESPACE)
        rest = kept.get("rest")
        said = self._keywords(rest, event, prop) if isinstance(rest, dict) else rest
        if inner is prop.properties and said == rest:
            return prop
        self.has_changed = True
        return replace(prop, properties=inner, extra={**(prop.extra or {}), NAMESPACE: {**kept, "rest": said}})

    def _keywords(self, rest: Mapping[str, Any], event: str, prop: Property) -> Mapping[str, Any]:
        taken = {key: rest[key] for key in CONSTRAINTS if key in rest}
        if not taken:
            return rest
        valid = with_number_limits(taken)
        for key, allowed in list(invalid_keywords(valid)):
            what = f"property {shown(prop.name)}: {key} {shown(str(valid.pop(key)))}"
            self.losses.append(Loss(event, what, f"left out: it has to be {allowed}"))
        # All else is of its own format, and is never taken over.
        return rest if valid == taken else {key: each for key, each in rest.items() if key not in taken} | valid
