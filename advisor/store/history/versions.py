"""Named versions: points of a plan's history that have a name, such as "v1, sent to the agency"."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from advisor.store import queries
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError, TooManyError
from advisor.store.history import snapshots
from advisor.store.record_change import latest
from advisor.store.records import NamedVersion
from advisor.store.sent_forms import FormInHand, mark_made
from advisor.store.statements import new_id, now, plain
from advisor.store.tables import versions

MAX_VERSIONS = 500
"""How many named versions a plan may have."""


class Versions:
    """The named versions of everyone's plans. Methods raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, author: str, form: FormInHand | None = None) -> None:
        self._database = database
        self._author = author
        self._form = form

    def of(self, owner: str, plan_id: str) -> list[NamedVersion]:
        """Return the plan's versions, latest point first."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            query = select(versions).where(versions.c.plan_id == plan.id)
            rows = connection.execute(query.order_by(versions.c.number.desc(), versions.c.created_at.desc()))
            return [_read_version(row) for row in rows]

    def get(self, owner: str, plan_id: str, version_id: str) -> NamedVersion:
        """Return one version. Raises `NotFoundError`."""
        with self._database.reading() as connection:
            queries.find_living_plan(connection, owner, plan_id)
            return _read_version(_find(connection, plan_id, version_id))

    def name(self, owner: str, plan_id: str, name: str, number: int | None = None) -> str:
        """Name a point, or the plan as it is now, and return the version's id. Raises `TooManyError`."""
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            number = latest(connection, plan.id) if number is None else number
            snapshots.require_point(connection, plan, number)
            count = select(func.count()).where(versions.c.plan_id == plan.id)
            if connection.execute(count).scalar_one() >= MAX_VERSIONS:
                raise TooManyError(f"A plan has at most {MAX_VERSIONS} named versions. Delete one that nobody needs.")
            row = {"id": new_id(), "plan_id": plan.id, "number": number, "name": plain(name), "created_at": now()}
            mark_made(connection, self._form, plan.id)
            connection.execute(insert(versions), {**row, "author": plain(self._author)})
            return str(row["id"])

    def rename(self, owner: str, plan_id: str, version_id: str, name: str) -> None:
        """Give the version another name."""
        with self._database.writing() as connection:
            queries.find_living_plan(connection, owner, plan_id, lock=True)
            row = _find(connection, plan_id, version_id)
            connection.execute(update(versions).where(versions.c.id == row.id).values(name=plain(name)))

    def delete(self, owner: str, plan_id: str, version_id: str) -> None:
        """Delete the name. The point stays in the history."""
        with self._database.writing() as connection:
            queries.find_living_plan(connection, owner, plan_id, lock=True)
            connection.execute(delete(versions).where(versions.c.id == _find(connection, plan_id, version_id).id))


def _find(connection: Connection, plan_id: str, version_id: str) -> Row[Any]:
    query = select(versions).where(versions.c.id == version_id, versions.c.plan_id == plan_id)
    row = connection.execute(query).one_or_none() if queries.is_id(version_id) else None
    if row is None:
        raise NotFoundError("There is no such version.")
    return row


def _read_version(row: Row[Any]) -> NamedVersion:
    return NamedVersion(id=row.id, number=row.number, name=row.name, author=row.author, created_at=row.created_at)
