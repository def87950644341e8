"""What is lost, because of what, and what covers it: one table of refusals, trade-offs, shared ids and losses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.advice.losses import Loss
from advisor.knowledge.catalogue import destination_name
from advisor.knowledge.citations import CITATIONS
from advisor.model import Recommendation, SharedId, Side, Strength, Unreachable
from advisor.web.advice_panel.reasons import Argument, Cause

_ROWS_AT_ONCE = 3


@dataclass(frozen=True)
class LostRow:
    """One row. ``covered_by`` is empty if nothing covers it.

    ``side`` is None for a destination that no call reaches. ``strength`` is that of a trade-off.
    """

    side: Side | None
    what: str
    because: str
    covered_by: str
    strength: Strength | None = None
    causes: tuple[Cause, ...] = ()
    citation: str = ""
    source: str = ""


@dataclass(frozen=True)
class Lost:
    """The rows that are shown at once, and those in a fold."""

    shown: tuple[LostRow, ...]
    folded: tuple[LostRow, ...]

    @property
    def folded_note(self) -> str:
        """Return how many of the folded rows are covered, in words."""
        covered = sum(bool(row.covered_by) for row in self.folded)
        return "all covered" if covered == len(self.folded) else f"{covered} covered"


def lost_table(advice: Recommendation, tradeoffs: tuple[Argument, ...], losses: tuple[Loss, ...]) -> Lost:
    """Return the table. What nothing covers comes before what is covered, except that trade-offs come first.

    Of destinations that are not reached for the same reason, the first stands for all: the others are in the fold.
    """
    first, repeated = _by_reason(advice.unreachable)
    by_loss = [_of_loss(loss) for loss in losses]
    rows = (
        *map(_of_unreachable, first),
        *map(_of_tradeoff, tradeoffs),
        *map(_of_shared_id, advice.shared_ids),
        *(row for row in by_loss if not row.covered_by),
        *(row for row in by_loss if row.covered_by),
    )
    shown, others = rows[:_ROWS_AT_ONCE], (*map(_of_unreachable, repeated), *rows[_ROWS_AT_ONCE:])
    return Lost((*shown, *others), ()) if len(others) == 1 else Lost(shown, others)


def _by_reason(unreachable: Iterable[Unreachable]) -> tuple[list[Unreachable], list[Unreachable]]:
    """Return the first destination of each reason, and the others: their messages differ only in names."""
    first: dict[str, Unreachable] = {}
    repeated: list[Unreachable] = []
    for item in unreachable:
        reason = item.message.replace(destination_name(item.destination), "")
        if first.setdefault(reason, item) is not item:
            repeated.append(item)
    return list(first.values()), repeated


def loss_sources(losses: tuple[Loss, ...]) -> Iterator[tuple[str, str]]:
    """Yield the address and the title of the page that each loss cites."""
    yield from ((item.citation, CITATIONS[item.citation]) for item in losses)


def _of_unreachable(item: Unreachable) -> LostRow:
    other = f"Use instead: {destination_name(item.alternative)}." if item.alternative else ""
    return LostRow(None, destination_name(item.destination), item.message, other)


def _of_tradeoff(item: Argument) -> LostRow:
    return LostRow(item.side, item.text, "", item.remedy, item.strength, item.causes, item.citation, item.source)


def _of_shared_id(pair: SharedId) -> LostRow:
    client, server = destination_name(pair.client), destination_name(pair.server)
    return LostRow(
        "server",
        "One count",
        f"{client} and {server} both count this event.",
        f"The same id in {pair.property} of both calls. Leave the server call’s own messageId alone: Segment drops a "
        "repeated one.",
    )


def _of_loss(loss: Loss) -> LostRow:
    return LostRow(
        loss.side, loss.what, loss.cost, loss.answer, citation=loss.citation, source=CITATIONS[loss.citation]
    )
