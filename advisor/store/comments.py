"""Comments on events. They are no part of the document and of the history, and follow their event.

Nobody sees the comments of a deleted event or plan; they are back when it is restored.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from advisor.document_limits import MAX_COMMENTS
from advisor.store import queries
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError, TooManyError
from advisor.store.records import Comment
from advisor.store.sent_forms import FormInHand, mark_made
from advisor.store.statements import new_id, now, plain
from advisor.store.tables import comments, events


class Comments:
    """The comments in everyone's plans. Methods raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, author: str, form: FormInHand | None = None) -> None:
        self._database = database
        self._author = author
        self._form = form

    def of(self, owner: str, plan_id: str, event_id: str) -> list[Comment]:
        """Return the comments on an event that is not deleted, oldest first."""
        with self._database.reading() as connection:
            queries.find_living_plan(connection, owner, plan_id)
            event = _find_living_event(connection, plan_id, event_id)
            query = _living().where(comments.c.event_id == event.id).order_by(comments.c.created_at, comments.c.id)
            return [_read_comment(row) for row in connection.execute(query)]

    def of_plan(self, owner: str, plan_id: str) -> list[Comment]:
        """Return the comments on all events of the plan that are not deleted, oldest first."""
        with self._database.reading() as connection:
            queries.find_living_plan(connection, owner, plan_id)
            query = _living().join(events, events.c.id == comments.c.event_id).where(events.c.deleted_at.is_(None))
            query = query.where(comments.c.plan_id == plan_id).order_by(comments.c.created_at, comments.c.id)
            return [_read_comment(row) for row in connection.execute(query)]

    def counts(self, owner: str, plan_id: str) -> dict[str, int]:
        """Return the number of comments of each event that has any, by event id. Deleted events are left out."""
        with self._database.reading() as connection:
            queries.find_living_plan(connection, owner, plan_id)
            query = select(comments.c.event_id, func.count().label("comments")).join(
                events, events.c.id == comments.c.event_id
            )
            query = query.where(comments.c.plan_id == plan_id, comments.c.deleted_at.is_(None))
            rows = connection.execute(query.where(events.c.deleted_at.is_(None)).group_by(comments.c.event_id))
            return {row.event_id: row.comments for row in rows}

    def add(self, owner: str, plan_id: str, event_id: str, writer: str, text: str) -> str:
        """Add a comment of this visitor, under the name that the store records, and return its id. Raises `TooManyError`."""
        with self._database.writing() as connection:
            writer = queries.current_owner(connection, writer, lock=True)
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            event = _find_living_event(connection, plan_id, event_id)
            _check_room(connection, event.id)
            row = {"id": new_id(), "plan_id": plan.id, "event_id": event.id, "writer": writer, "created_at": now()}
            mark_made(connection, self._form, plan.id)
            connection.execute(insert(comments), {**row, "author": plain(self._author), "text": plain(text)})
            return str(row["id"])

    def delete(self, owner: str, plan_id: str, event_id: str, comment_id: str, writer: str) -> None:
        """Delete a comment of this visitor on the event, until `restore`."""
        self._mark(owner, plan_id, event_id, comment_id, writer, deleted=True)

    def restore(self, owner: str, plan_id: str, event_id: str, comment_id: str, writer: str) -> None:
        """Restore a deleted comment of this visitor on the event. Raises `TooManyError`."""
        self._mark(owner, plan_id, event_id, comment_id, writer, deleted=False)

    def _mark(self, owner: str, plan_id: str, event_id: str, comment_id: str, writer: str, *, deleted: bool) -> None:
        with self._database.writing() as connection:
            queries.find_living_plan(connection, owner, plan_id, lock=True)
            event = _find_living_event(connection, plan_id, event_id)
            query = select(comments).where(comments.c.id == comment_id, comments.c.event_id == event.id)
            row = connection.execute(query).one_or_none() if queries.is_id(comment_id) else None
            if row is None or not writer or row.writer != writer:
                raise NotFoundError("There is no such comment of yours.")
            if deleted != (row.deleted_at is not None):
                if not deleted:
                    _check_room(connection, row.event_id)
                moment = now() if deleted else None
                connection.execute(update(comments).where(comments.c.id == row.id).values(deleted_at=moment))


def _find_living_event(connection: Connection, plan_id: str, event_id: str) -> Row[Any]:
    row = queries.find_event(connection, plan_id, event_id)
    if row.deleted_at is not None:
        raise NotFoundError("This event was deleted. It can be restored.")
    return row


def _living() -> Select[Any]:
    return select(comments).where(comments.c.deleted_at.is_(None))


def _check_room(connection: Connection, event_id: str) -> None:
    query = select(func.count()).where(comments.c.event_id == event_id, comments.c.deleted_at.is_(None))
    if connection.execute(query).scalar_one() >= MAX_COMMENTS:
        raise TooManyError(f"An event has at most {MAX_COMMENTS} comments.")


def _read_comment(row: Row[Any]) -> Comment:
    return Comment(
        id=row.id,
        event_id=row.event_id,
        writer=row.writer,
        author=row.author,
        created_at=row.created_at,
        text=cast(str, row.text),
    )
