"""The valid parts of what a form sends, for pages that save every change at once. The other parts stay as they are stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Generic

from wtforms import Form

from advisor.document import Problem as DocumentProblem
from advisor.event_fields import Fields, T
from advisor.web.forms.event_form import Problem, problems
from advisor.web.plans.conflict.merge import merge_fields


@dataclass(frozen=True)
class ValidParts(Generic[T]):
    """A version without the parts that were refused, and the problems of these parts."""

    version: T
    problems: tuple[Problem, ...]


def valid_parts(
    parts: Fields[T],
    mine: T,
    stored: T,
    form: Form,
    part_of: Mapping[str, str],
    check: Callable[[T], tuple[DocumentProblem, ...]],
) -> ValidParts[T]:
    """Return ``mine`` with the stored value for every invalid part, and the problems.

    ``part_of`` maps fields of the form to parts with another name. ``check`` returns what a plan document would refuse.
    """
    wrong = {part_of.get(name, name) for name in form.errors}
    found = list(problems(form))
    version = _without(parts, mine, stored, wrong)
    if refused := check(version):
        wrong |= {part_of.get(place, place) for place in map(_place, refused)}
        found += [Problem(anchor=_place(item), message=item.message) for item in refused]
        version = _without(parts, mine, stored, wrong)
    return ValidParts(stored if check(version) else version, tuple(found))


def _without(parts: Fields[T], mine: T, stored: T, wrong: Collection[str]) -> T:
    return merge_fields(parts, mine, stored, {part.key: "mine" for part in parts if part.key not in wrong})


def _place(problem: DocumentProblem) -> str:
    """Return the key of the part that a problem points into: ``/events/0/properties/2`` → ``properties``."""
    words = [word for word in problem.pointer.split("/") if word and word != "events" and not word.isdecimal()]
    return words[1] if words[:1] == ["answers"] and len(words) > 1 else words[0] if words else ""
