"""Turns a reviewed import into the one batch that writes it to a plan, and says which plan it was reviewed with."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec.structs import replace

from advisor.formats.import_review import ImportReview
from advisor.store import Batch, StoredPlan


def import_batch(review: ImportReview, stored: StoredPlan, seed: str) -> Batch:
    """Return the batch of an import that was reviewed with this plan. ``seed`` decides the ids of new events."""
    ids = {id(event): event_id for event, event_id in zip(stored.plan.events, stored.event_ids, strict=True)}
    merge = review.merge
    return Batch(
        saved={ids[id(each.before)]: each.after for each in merge.changed},
        added={_new_id(seed, number): event for number, event in enumerate(merge.added)},
        removed=tuple(ids[id(event)] for event in merge.removed),
        settings=replace(review.outcome, events=()),
    )


def digest_of(review: ImportReview) -> str:
    """Return a hash of all that an import would do. A confirmation sends it, so that nothing else is done."""
    before = msgspec.json.encode(review.plan)
    return sha256(before + msgspec.json.encode(review.outcome)).hexdigest()[:16]


def _new_id(seed: str, number: int) -> str:
    return sha256(f"{seed}/{number}".encode()).hexdigest()[:32]
