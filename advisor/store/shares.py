"""Secret links to plans: anyone who opens one may view or edit the plan, until the link is revoked.

Only the hash of a link's token is stored, so that nobody can open a plan with a copy of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast, get_args

from sqlalchemy import Connection, Row, func, insert, select, update

from advisor.store import queries
from advisor.store.databases.database import Database
from advisor.store.errors import NotFoundError, TooManyError
from advisor.store.records import Grant, May, Share, SharedPlan
from advisor.store.sent_forms import FormInHand, mark_made
from advisor.store.statements import now, plain
from advisor.store.tables import guests, plans, shares

MAX_SHARES = 100
"""How many links that are not revoked a plan may have."""
_RIGHTS = get_args(May)
_HASH = re.compile("[0-9a-f]{64}")


class Shares:
    """The links to everyone's plans. Methods that take an owner raise as those of `advisor.store.Store` do."""

    def __init__(self, database: Database, form: FormInHand | None = None) -> None:
        self._database = database
        self._form = form

    def of(self, owner: str, plan_id: str, *, revoked: bool = False) -> list[Share]:
        """Return the links to the plan that are not revoked, or instead the revoked ones; oldest first."""
        with self._database.reading() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id)
            opened = select(func.count()).where(guests.c.share_id == shares.c.id).scalar_subquery()
            wanted = shares.c.revoked_at.is_not(None) if revoked else _is_living()
            query = select(shares, opened.label("opened")).where(shares.c.plan_id == plan.id, wanted)
            rows = connection.execute(query.order_by(shares.c.created_at, shares.c.id))
            return [_read_share(row) for row in rows]

    def create(self, owner: str, plan_id: str, share_id: str, token_hash: str, may: May, label: str) -> None:
        """Add a link. The caller makes its id and its token, and gives the hash of the token. Raises `TooManyError`."""
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            _check_room(connection, plan.id)
            row = {"id": share_id, "plan_id": plan.id, "token_hash": token_hash, "may": may, "label": plain(label)}
            mark_made(connection, self._form, plan.id)
            connection.execute(insert(shares), {**row, "created_at": now()})

    def revoke(self, owner: str, plan_id: str, share_id: str) -> None:
        """Revoke the link at once, also for those who have opened it. It stays revoked unless its owner restores it."""
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            row = _find_share(connection, plan.id, share_id)
            if row.revoked_at is None:
                connection.execute(update(shares).where(shares.c.id == row.id).values(revoked_at=now()))

    def restore(self, owner: str, plan_id: str, share_id: str) -> None:
        """Restore a revoked link, also for those who had opened it. Raises `TooManyError`."""
        with self._database.writing() as connection:
            plan = queries.find_living_plan(connection, owner, plan_id, lock=True)
            row = _find_share(connection, plan.id, share_id)
            if row.revoked_at is not None:
                _check_room(connection, plan.id)
                connection.execute(update(shares).where(shares.c.id == row.id).values(revoked_at=None))

    def open(self, token_hash: str, visitor: str) -> str:
        """Give the visitor the rights of a link, and return the plan's id. Raises `NotFoundError` if the link opens no plan."""
        with self._database.writing() as connection:
            row = _find_by_token(connection, token_hash)
            visitor = queries.current_owner(connection, visitor, lock=True)
            known = select(guests.c.share_id).where(guests.c.share_id == row.id, guests.c.visitor == visitor)
            if row.owner != visitor and connection.execute(known).one_or_none() is None:
                connection.execute(insert(guests), {"share_id": row.id, "visitor": visitor, "opened_at": now()})
            return str(row.plan_id)

    def leads_somewhere(self, token_hash: str) -> bool:
        """Return whether a link opens a plan. This is checked before a visitor gets a cookie for it."""
        with self._database.reading() as connection:
            try:
                return bool(_find_by_token(connection, token_hash))
            except NotFoundError:
                return False

    def grant(self, visitor: str, plan_id: str) -> Grant:
        """Return what the visitor may do with the plan. Raises `NotFoundError`, alike for no right and for no plan.

        An owner keeps the right to a deleted plan; a guest has none.
        """
        with self._database.reading() as connection:
            query = select(plans.c.owner, plans.c.deleted_at).where(plans.c.id == plan_id)
            plan = connection.execute(query).one_or_none() if queries.is_id(plan_id) else None
            if plan is not None and plan.owner == visitor:
                return Grant(owner=visitor, right="own")
            if plan is None or plan.deleted_at is not None:
                raise NotFoundError("There is no such plan.")
            rights = set(connection.execute(_rights(visitor).where(shares.c.plan_id == plan_id)).scalars())
            if not rights:
                raise NotFoundError("There is no such plan.")
            return Grant(owner=plan.owner, right=_most(rights))

    def shared_with(self, visitor: str) -> list[SharedPlan]:
        """Return the plans that a visitor has through links, last changed first."""
        with self._database.reading() as connection:
            rows = connection.execute(_rights(visitor).add_columns(shares.c.plan_id))
            rights: dict[str, May] = {}
            for row in rows:
                rights[row.plan_id] = _most([row.may, rights.get(row.plan_id, row.may)])
            found = queries.summaries_of(connection, rights)
            return [SharedPlan(plan=plan, may=rights[plan.id]) for plan in found]


def _most(rights: Iterable[str]) -> May:
    """Return the right of several links together: the most that one of them allows."""
    return max((cast(May, right) for right in rights), key=_RIGHTS.index)


def _find_share(connection: Connection, plan_id: str, share_id: str) -> Row[Any]:
    query = select(shares).where(shares.c.id == share_id, shares.c.plan_id == plan_id)
    row: Any = connection.execute(query).one_or_none() if queries.is_id(share_id) else None
    if row is None:
        raise NotFoundError("There is no such link.")
    return cast(Row[Any], row)


def _check_room(connection: Connection, plan_id: str) -> None:
    count = select(func.count()).where(shares.c.plan_id == plan_id, _is_living())
    if connection.execute(count).scalar_one() >= MAX_SHARES:
        raise TooManyError(f"A plan has at most {MAX_SHARES} links. Revoke one that nobody needs.")


def _is_living() -> Any:
    return shares.c.revoked_at.is_(None)


def _rights(visitor: str) -> Any:
    return (
        select(shares.c.may)
        .join(guests, guests.c.share_id == shares.c.id)
        .where(guests.c.visitor == visitor, _is_living())
    )


def _find_by_token(connection: Connection, token_hash: str) -> Row[Any]:
    query = (
        select(shares.c.id, shares.c.plan_id, plans.c.owner)
        .join(plans, plans.c.id == shares.c.plan_id)
        .where(shares.c.token_hash == token_hash, _is_living(), plans.c.deleted_at.is_(None))
    )
    row: Any = connection.execute(query).one_or_none() if _HASH.fullmatch(token_hash) else None
    if row is None:
        raise NotFoundError("This link opens no plan.")
    return cast(Row[Any], row)


def _read_share(row: Row[Any]) -> Share:
    return Share(
        id=row.id,
        may=cast(May, row.may),
        label=row.label,
        token_hash=row.token_hash,
        created_at=row.created_at,
        opened=row.opened,
    )
