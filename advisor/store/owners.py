"""The owners of plans: the key that signs their cookies, their recovery codes, and merged owners."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from advisor.recovery_code import hash_of_code, recovery_code
from advisor.store import queries, statements
from advisor.store.databases.database import Database
from advisor.store.errors import WrongKeyError
from advisor.store.records import OwnedPlan
from advisor.store.tables import comments, guests, installation, joined, recovery, uploads

_KEY = "key"


class Owners:
    """The owners of everyone's plans. Methods raise `UnavailableError` when the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check_key(self, fingerprint: str) -> None:
        """Tie the database to a key at its first use. Raises `WrongKeyError` if it is tied to another one."""
        with self._database.reading() as connection:
            known = _known_key(connection)
        if known is None:
            with self._database.writing() as connection:
                known = _known_key(connection)
                if known is None:
                    connection.execute(insert(installation), {"name": _KEY, "value": fingerprint})
                    return
        if known != fingerprint:
            raise WrongKeyError(
                f"The plans at {self._database.place} belong to another secret key (fingerprint {known}; this one is"
                f" {fingerprint}). With this key nobody would see their plans. Give every process the key that the plans"
                " were made with, as ADVISOR_SECRET_KEY or in the .key file beside the database. If it is lost for good,"
                " run advisor plans accept-key: people then open their plans with their recovery codes."
            )

    def accept_key(self, fingerprint: str) -> None:
        """Tie the database to this key from now on."""
        with self._database.writing() as connection:
            if _known_key(connection) is None:
                connection.execute(insert(installation), {"name": _KEY, "value": fingerprint})
            else:
                connection.execute(update(installation).where(installation.c.name == _KEY).values(value=fingerprint))

    def recovery_code(self, secret_key: str, owner: str) -> str:
        """Return the owner's recovery code, and store its hash, so that the code opens the owner's plans from now on."""
        code = recovery_code(secret_key, owner)
        self._keep_code(owner, hash_of_code(code) or "")
        return code

    def find_by_code(self, code_hash: str) -> str | None:
        """Return the owner whose plans a code opens; None for an unknown code."""
        with self._database.reading() as connection:
            return _owner_of_code(connection, code_hash)

    def current(self, owner: str) -> str:
        """Return the owner that this one was merged into, or this one itself."""
        with self._database.reading() as connection:
            return queries.current_owner(connection, owner)

    def join(self, owner: str, into: str) -> None:
        """Merge an owner into another: plans, links, codes and comments of the first are the second's from now on.

        Either may have been merged meanwhile, from another tab: then those are merged that they became.
        """
        with self._database.writing() as connection:
            connection.execute(select(installation.c.name).with_for_update())  # see `queries.current_owner`
            owner, into = (queries.current_owner(connection, each) for each in (owner, into))
            if owner == into:
                return
            statements.give_plans(connection, owner, into)
            connection.execute(update(recovery).where(recovery.c.owner == owner).values(owner=into))
            connection.execute(update(joined).where(joined.c.became == owner).values(became=into))
            known = select(guests.c.share_id).where(guests.c.visitor == into)
            connection.execute(update(uploads).where(uploads.c.owner == owner).values(owner=into))
            connection.execute(update(comments).where(comments.c.writer == owner).values(writer=into))
            moves = update(guests).where(guests.c.visitor == owner, guests.c.share_id.not_in(known))
            connection.execute(moves.values(visitor=into))
            connection.execute(insert(joined), {"owner": owner, "became": into})

    def all_plans(self) -> list[OwnedPlan]:
        """Return every plan of the database with its owner, last changed first. Only for the operator of the app."""
        with self._database.reading() as connection:
            return queries.all_summaries(connection)

    def _keep_code(self, owner: str, code_hash: str) -> None:
        with self._database.reading() as connection:
            if _owner_of_code(connection, code_hash) is not None:
                return
        with self._database.writing() as connection:
            if _owner_of_code(connection, code_hash) is None:
                connection.execute(insert(recovery), {"code_hash": code_hash, "owner": owner})


def _known_key(connection: Connection) -> str | None:
    return connection.execute(select(installation.c.value).where(installation.c.name == _KEY)).scalar_one_or_none()


def _owner_of_code(connection: Connection, code_hash: str) -> str | None:
    query = select(recovery.c.owner).where(recovery.c.code_hash == code_hash)
    return connection.execute(query).scalar_one_or_none()
