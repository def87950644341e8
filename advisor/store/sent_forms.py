"""Forms that create something, each with a key: the same form, sent to any two processes, creates one thing.

A form is reserved before it creates its thing, and finished with the address that it led to. Other copies wait for
that. The form is marked in the transaction that creates the thing, so that it is not created twice even if the process
ends in between.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from advisor.store.databases.database import Database
from advisor.store.errors import UnavailableError
from advisor.store.statements import new_id, now
from advisor.store.tables import sent_forms

KEPT = timedelta(days=1)
"""How long a form is remembered. If it is sent again later, it creates a second thing."""
HELD = timedelta(seconds=60)
"""After this time, a copy that is not finished counts as lost: its process has ended."""
WAIT_SECONDS = 20
"""How long another copy waits for the one that is being processed."""
_LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class FormInHand:
    """A form that this request has reserved: its key, and the id of the copy that holds it."""

    key: str
    holder: str


@dataclass(frozen=True)
class EarlierResult:
    """What an earlier copy of a form created. ``address`` is empty if its process ended before it was stored."""

    plan_id: str
    address: str
    owner: str


class SentForms:
    """The forms that were sent within `KEPT`, stored for all processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, key: str) -> FormInHand | EarlierResult:
        """Reserve the form for this request, or return what an earlier copy of it created.

        Waits while an earlier copy is being processed. Raises `UnavailableError` if that takes too long.
        """
        in_hand = FormInHand(key, new_id())
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            if (found := self._find(key)) is not None:
                return found
            if self._reserve(in_hand):
                return in_hand
            time.sleep(_LOOK_SECONDS)
        raise UnavailableError("An earlier copy of this form is still being dealt with. Try again in a moment.", "busy")

    def finish(self, form: FormInHand, address: str, owner: str) -> None:
        """Store the address that the form led to, and the owner of what it created."""
        with self._database.writing() as connection:
            connection.execute(update(sent_forms).where(*_is(form)).values(address=address, owner=owner))

    def give_back(self, form: FormInHand) -> None:
        """Release the form for other copies, unless this one created something."""
        with self._database.writing() as connection:
            unmade = (sent_forms.c.plan_id.is_(None), sent_forms.c.address.is_(None))
            connection.execute(delete(sent_forms).where(*_is(form), *unmade))

    def _find(self, key: str) -> EarlierResult | None:
        with self._database.reading() as connection:
            row = connection.execute(select(sent_forms).where(sent_forms.c.key == key)).one_or_none()
        if row is None or row.taken_at < now() - KEPT:
            return None
        is_lost = row.plan_id is not None and row.taken_at < now() - HELD
        if row.address is None and not is_lost:
            return None
        return EarlierResult(row.plan_id or "", row.address or "", row.owner or "")

    def _reserve(self, form: FormInHand) -> bool:
        try:
            with self._database.writing() as connection:
                connection.execute(delete(sent_forms).where(sent_forms.c.taken_at < now() - KEPT))
                if _take_over(connection, form):
                    return True
                if connection.execute(select(sent_forms.c.key).where(sent_forms.c.key == form.key)).one_or_none():
                    return False
                row = {"key": form.key, "holder": form.holder, "taken_at": now()}
                connection.execute(insert(sent_forms), row)
        except IntegrityError:  # another copy was faster, in another transaction
            return False
        return True


def mark_made(connection: Connection, form: FormInHand | None, plan_id: str, owner: str | None = None) -> None:
    """Store, in the transaction that creates it, that a form created something in this plan.

    ``owner`` is given if it created the plan itself. Raises `UnavailableError` if another copy has taken the form over.
    """
    if form is None:
        return
    done = connection.execute(update(sent_forms).where(*_is(form)).values(plan_id=plan_id, owner=owner))
    if done.rowcount != 1:
        raise UnavailableError("Another copy of this form is being dealt with. Try again in a moment.", "busy")


def _take_over(connection: Connection, form: FormInHand) -> bool:
    """Take the form over if an earlier copy was lost before it created anything. Returns whether it did."""
    lost = (sent_forms.c.taken_at < now() - HELD, sent_forms.c.plan_id.is_(None), sent_forms.c.address.is_(None))
    values = {"holder": form.holder, "taken_at": now()}
    return (
        connection.execute(update(sent_forms).where(sent_forms.c.key == form.key, *lost).values(values)).rowcount == 1
    )


def _is(form: FormInHand) -> tuple[ColumnElement[bool], ...]:
    return sent_forms.c.key == form.key, sent_forms.c.holder == form.holder
