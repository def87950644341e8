"""The message of the grid about a change, in one line. Screen readers announce it, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import Event
from advisor.presentation.states import place_of
from advisor.presentation.words import counted, listed
from advisor.web.plans.grid.cells import CALL, NAME, WANTED, phrase, title, words
from advisor.web.plans.grid.changes import Cell, Draft
from advisor.web.plans.grid.rows import Derivations, announced

_TO = {"Client": "the client", "Server": "the server", "Both": "both sides"}


def says(draft: Draft, before: Mapping[str, Event], after: Mapping[str, Event], *, undoes: bool) -> str:
    """Return the message about a batch. ``before`` and ``after`` are the affected events with their advice."""
    parts = ["Undone."] if undoes else []
    parts += _cells(draft, before, after)
    parts += _events(draft, after)
    if count := len(draft.conflicts):
        parts.append(f"{counted(count, 'cell')} changed by someone else meanwhile. Choose what to keep.")
    parts += [trouble.message for trouble in draft.refused[:1]]
    return " ".join(parts)


def _cells(draft: Draft, before: Mapping[str, Event], after: Mapping[str, Event]) -> Iterator[str]:
    changed = draft.changed
    if not changed:
        return
    if len(changed) == 1 and changed[0].id in after:
        yield _one(draft, changed[0], after[changed[0].id])
        return
    done = {(cell.field, str(cell.value)) for cell in changed}
    events = {cell.id for cell in changed}
    if len(done) == 1:
        cell = changed[0]
        yield f"{title(cell.field)} set to {phrase(cell.field, cell.value)} for {counted(len(events), 'event')}."
    else:
        yield f"{counted(len(changed), 'cell')} changed in {counted(len(events), 'event')}."
    yield from _moved(before, after)


def _one(draft: Draft, cell: Cell, event: Event) -> str:
    said = {NAME: "Renamed"}.get(cell.field) or words(cell.field, cell.value)
    if cell.field not in (*QUESTION_KEYS, NAME, CALL, WANTED):
        said = f"{title(cell.field)}: {said}"
    facts = Derivations(draft.settings).of(event)
    counts = "".join(f" {fact.text} That counts as {fact.answer}." for fact in facts if fact.question == cell.field)
    return f"{said}. {announced(event)}{counts}"


def _moved(before: Mapping[str, Event], after: Mapping[str, Event]) -> Iterator[str]:
    """Yield a sentence about changed placements, such as ``1 moved to the server, 2 to both sides``."""
    ends = Counter(
        place_of(event).word.removesuffix("?")
        for key, event in after.items()
        if key in before and place_of(event).word.removesuffix("?") != place_of(before[key]).word.removesuffix("?")
    )
    if ends:
        first, *others = [f"{count:,} moved to {_TO[word]}" for word, count in ends.items()]
        yield listed([first, *(text.replace("moved ", "") for text in others)]) + "."


def _events(draft: Draft, after: Mapping[str, Event]) -> Iterator[str]:
    batch = draft.batch
    # The same batch can bring back or copy an event and then delete it.
    added, returned = ([after[key] for key in keys if key in after] for keys in (batch.added, batch.returned))
    if len(batch.added) == len(added) == 1:
        yield f"Added {announced(added[0])}"
    elif batch.added:
        yield f"{counted(len(batch.added), 'event')} added."
    if len(batch.returned) == len(returned) == 1:
        yield f"Back: {announced(returned[0])}"
    elif batch.returned:
        yield f"{counted(len(batch.returned), 'event')} brought back."
    if batch.removed:
        yield f"{counted(len(batch.removed), 'event')} deleted."
    if draft.changes.move:
        yield f"{counted(len(draft.changes.move), 'event')} moved to another row."
