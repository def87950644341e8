"""Files that someone brought and has not imported yet, so that what the preview showed is exactly what is imported.

They belong to one visitor, count for nothing else, and are dropped after `KEPT`, or earlier if there are too many.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from advisor.store import queries
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError
from advisor.store.statements import new_id, now, plain
from advisor.store.tables import uploads

KEPT = timedelta(hours=6)
"""How long files wait for their import."""
MAX_UPLOADS = 5
"""How many uploads of one visitor wait at most. The oldest makes room for a new one."""
MAX_TOTAL = 512 * 1024 * 1024
"""How many bytes the uploads of all visitors have at most, as they are stored. The oldest make room for new ones."""
_LEVEL = 3
_FILES = msgspec.msgpack.Decoder(dict[str, bytes])


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Files by their paths, the plan that they are brought into (empty: a new one), and what was said about them."""

    id: str
    plan_id: str
    files: Mapping[str, bytes]
    choices: str


class Uploads:
    """Everyone's uploads. Methods raise `NotFoundError` for one that is dropped, unknown, or someone else's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, owner: str, plan_id: str, files: Mapping[str, bytes]) -> str:
        """Store files, drop uploads that are too old or too many, and return the id of the new one."""
        packed = zlib.compress(msgspec.msgpack.encode({plain(path): data for path, data in files.items()}), _LEVEL)
        row = {"id": new_id(), "plan_id": plan_id or None, "created_at": now(), "choices": ""}
        with self._database.writing() as connection:
            owner = queries.current_owner(connection, owner, lock=True)
            connection.execute(delete(uploads).where(uploads.c.created_at < now() - KEPT))
            _make_room(connection, uploads.c.owner == owner, MAX_UPLOADS - 1, MAX_TOTAL)
            _make_room(connection, uploads.c.id.is_not(None), None, MAX_TOTAL - len(packed))
            connection.execute(insert(uploads), {**row, "owner": owner, "size": len(packed), "files": packed})
        return str(row["id"])

    def get(self, owner: str, plan_id: str, upload_id: str) -> Upload:
        """Return an upload of this visitor for this plan."""
        with self._database.reading() as connection:
            query = select(uploads).where(*_is(owner, plan_id, upload_id), uploads.c.created_at >= now() - KEPT)
            row = connection.execute(query).one_or_none() if owner and queries.is_id(upload_id) else None
        if row is None:
            raise NotFoundError("There is no such upload.")
        files = _FILES.decode(zlib.decompress(row.files))
        return Upload(id=row.id, plan_id=plan_id, files=files, choices=row.choices)

    def choose(self, owner: str, plan_id: str, upload_id: str, choices: str) -> None:
        """Store what the visitor said about the files. Does nothing if the upload is dropped."""
        with self._database.writing() as connection:
            statement = update(uploads).where(*_is(owner, plan_id, upload_id))
            connection.execute(statement.values(choices=plain(choices)))

    def drop(self, owner: str, plan_id: str, upload_id: str) -> None:
        """Drop an upload. Does nothing if it is dropped already."""
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(*_is(owner, plan_id, upload_id)))


def _is(owner: str, plan_id: str, upload_id: str) -> tuple[ColumnElement[bool], ...]:
    of_plan = uploads.c.plan_id == plan_id if plan_id else uploads.c.plan_id.is_(None)
    return uploads.c.id == upload_id, uploads.c.owner == owner, of_plan


def _make_room(connection: Connection, which: ColumnElement[bool], most: int | None, size: int) -> None:
    """Drop the oldest of these uploads until at most ``most`` are left, and they have at most ``size`` bytes together."""
    query = select(uploads.c.id, uploads.c.size).where(which).order_by(uploads.c.created_at.desc(), uploads.c.id)
    total = 0
    for kept, row in enumerate(connection.execute(query).all(), 1):
        total += row.size
        if total > size or (most is not None and kept > most):
            connection.execute(delete(uploads).where(uploads.c.id == row.id))
