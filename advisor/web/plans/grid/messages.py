"""The message of the grid about a change, in one line. Screen readers announce it, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from advisor.knowledge.known_names import suggestions
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event
from advisor.presentation.states import place_of
from advisor.text import join_names, quantity
from advisor.web.plans.grid.cells import CALL, NAME, WANTED, phrase, title, words
from advisor.web.plans.grid.changes import Cell, Draft
from advisor.web.plans.grid.rows import Derivations, announcement

_TO = {"Client": "the client", "Server": "the server", "Both": "both sides"}


def describe_changes(draft: Draft, before: Mapping[str, Event], after: Mapping[str, Event], *, undoes: bool) -> str:
    """Return the message about a batch. ``before`` and ``after`` are the affected events with their advice."""
    parts = ["Undone."] if undoes else []
    parts += _describe_cells(draft, before, after, undoes=undoes)
    parts += _describe_events(draft, after)
    if count := len(draft.conflicts):
        parts.append(f"{quantity(count, 'cell')} changed by someone else meanwhile. Choose what to keep.")
    parts += [rejected.message for rejected in draft.refused[:1]]
    return " ".join(parts)


def _describe_cells(
    draft: Draft, before: Mapping[str, Event], after: Mapping[str, Event], *, undoes: bool
) -> Iterator[str]:
    changed = draft.changed
    if not changed:
        return
    if len(changed) == 1 and changed[0].id in after:
        yield _describe_cell(draft, changed[0], after[changed[0].id])
        return
    done = {(cell.field, str(cell.value)) for cell in changed}
    events = {cell.id for cell in changed}
    if len(done) == 1:
        cell = changed[0]
        if cell.field in QUESTION_KEYS and not undoes:
            yield f"{words(cell.field, cell.value)} for {quantity(len(events), 'event')}."
        else:
            yield f"{title(cell.field)} set to {phrase(cell.field, cell.value)} for {quantity(len(events), 'event')}."
    else:
        yield f"{quantity(len(changed), 'cell')} changed in {quantity(len(events), 'event')}."
    yield from _describe_moves(before, after)


def _describe_cell(draft: Draft, cell: Cell, event: Event) -> str:
    said = {NAME: "Renamed"}.get(cell.field) or words(cell.field, cell.value)
    if cell.field not in (*QUESTION_KEYS, NAME, CALL, WANTED):
        said = f"{title(cell.field)}: {said}"
    facts = Derivations(draft.settings).of(event)
    counts = "".join(f" {fact.text} That counts as {fact.answer}." for fact in facts if fact.question == cell.field)
    return f"{said}. {announcement(event)}{counts}"


def _describe_moves(before: Mapping[str, Event], after: Mapping[str, Event]) -> Iterator[str]:
    """Yield a sentence about changed placements, such as ``1 moved to the server, 2 to both sides``."""
    ends = Counter(
        place_of(event).word.removesuffix("?")
        for key, event in after.items()
        if key in before and place_of(event).word.removesuffix("?") != place_of(before[key]).word.removesuffix("?")
    )
    if ends:
        first, *others = [f"{count:,} moved to {_TO[word]}" for word, count in ends.items()]
        yield join_names([first, *(text.replace("moved ", "") for text in others)]) + "."


def _describe_suggestions(event: Event) -> Iterator[str]:
    """Yield a sentence about the answers that the name of a new event suggests, unless it has answers already."""
    known = suggestions(event.name, event.call)
    if known and known.answers and not event.answers:
        source = known.source[:1].upper() + known.source[1:]
        yield f"{source} suggests {quantity(len(known.answers), 'answer')}: Questions and the event’s page have them."


def _describe_events(draft: Draft, after: Mapping[str, Event]) -> Iterator[str]:
    batch = draft.batch
    # The same batch can bring back or copy an event and then delete it.
    added, returned = ([after[key] for key in keys if key in after] for keys in (batch.added, batch.returned))
    if len(batch.added) == len(added) == 1:
        yield f"Added {announcement(added[0])}"
        yield from _describe_suggestions(added[0])
    elif batch.added:
        yield f"{quantity(len(batch.added), 'event')} added."
    if len(batch.returned) == len(returned) == 1:
        yield f"Back: {announcement(returned[0])}"
    elif batch.returned:
        yield f"{quantity(len(batch.returned), 'event')} brought back."
    if batch.removed:
        yield f"{quantity(len(batch.removed), 'event')} deleted."
    if draft.changes.move:
        yield f"{quantity(len(draft.changes.move), 'event')} moved to another row."
