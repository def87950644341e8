"""Access rights of a visitor to a plan, checked in one place for every page of a plan.

A plan has one owner: the browser that created it. Others get access through a link, to view or to edit. For everyone
else the plan answers as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, current_app, g, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as PageNotFound

from advisor.store import Deleted, NotFound, Right, Store
from advisor.web.app.security import claim_owner, visitor
from advisor.web.app.turns import take_turn_for, works_on_whole_plan

MAX_NAME = 100
"""Maximum number of characters of a display name."""
_RIGHTS: tuple[Right, ...] = ("view", "edit", "own")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NAME = "name"


@dataclass(frozen=True)
class Access:
    """The rights of the visitor in a plan. ``owner`` is the id of the plan's owner, ``name`` the visitor's display name."""

    owner: str
    right: Right
    name: str

    def allows(self, needed: Right) -> bool:
        """Return whether the visitor's right includes this one. ``own`` includes ``edit``, and ``edit`` includes ``view``."""
        return _RIGHTS.index(self.right) >= _RIGHTS.index(needed)

    @property
    def may_edit(self) -> bool:
        """Whether the visitor may change the plan."""
        return self.allows("edit")

    @property
    def is_owner(self) -> bool:
        """Whether the visitor owns the plan. Only the owner can share and delete it."""
        return self.right == "own"


def plan_access(plan_id: str) -> Access:
    """Return the rights of the current visitor in the plan.

    Raises `NotFound`, the same for another visitor's plan as for a plan that never existed.
    """
    grant = plain_store().shares.grant(visitor(), plan_id)
    return Access(owner=grant.owner, right=grant.right, name=display_name())


def access_of_request(plan_id: str) -> Access:
    """Return the rights of the visitor in the plan, from ``g.access`` if `guard` has set it. Raises `NotFound`."""
    found: Access | None = g.get("access")
    return found or plan_access(plan_id)


def guard(blueprint: Blueprint, *, edits: Collection[str] = (), owns: Collection[str] = ()) -> None:
    """Check the visitor's right to the ``plan_id`` of an address before every view of the blueprint.

    Reading needs *view*. Sending a form and the endpoints in ``edits`` need *edit*. The endpoints in ``owns`` need *own*.
    Views find the `Access` in ``g.access`` (templates: ``access``), and the owner's id in ``g.owner``.
    """

    @blueprint.before_request
    def check() -> ResponseReturnValue | None:
        plan_id = (request.view_args or {}).get("plan_id")
        if plan_id is None:
            return None
        access = plan_access(plan_id)
        endpoint = (request.endpoint or "").rpartition(".")[2]
        writes = request.method not in _SAFE or endpoint in edits
        needed: Right = "own" if endpoint in owns else "edit" if writes else "view"
        if not access.allows(needed):
            return render_template("plans/share/refused.html", plan_id=plan_id, needed=needed), 403
        if request.method not in _SAFE:
            claim_owner()  # renews the cookie
        g.access, g.owner = access, access.owner
        if works_on_whole_plan(request.endpoint):
            take_turn_for(plan_id)
        return None

    @blueprint.context_processor
    def tell_templates() -> dict[str, object]:
        return {"access": g.get("access")}

    blueprint.register_error_handler(NotFound, _answer_missing)


def plain_store() -> Store:
    """Return the store of this app. Changes made through it have no author; see `signed_store`."""
    return cast(Store, current_app.extensions["store"])


def signed_store() -> Store:
    """Return the store of this app, with the visitor's display name as the author of changes (empty if there is none)."""
    return plain_store().signed(display_name(), g.get("form_in_hand"))


def display_name() -> str:
    """Return the visitor's display name; empty if they gave none."""
    return cast(str, session.get(_NAME, ""))


def keep_name(name: str) -> None:
    """Store the visitor's display name in their cookie. An empty name removes the stored one."""
    if name:
        session[_NAME] = name
        session.permanent = True
    else:
        session.pop(_NAME, None)


def _answer_missing(error: NotFound) -> ResponseReturnValue:
    if isinstance(error, Deleted):
        return render_template("plans/start/deleted.html", plan_id=(request.view_args or {}).get("plan_id")), 410
    return current_app.handle_http_exception(PageNotFound())
