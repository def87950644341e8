"""Access rights of a visitor to a plan, checked in one place for every page of a plan.

A plan has one owner: the browser that created it. Others get access through a link: to edit, to view, or to read the page
for developers and nothing else. For everyone else the plan answers as if it did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as PageNotFound

from advisor.store import DeletedError, NotFoundError, Right
from advisor.web.app import current
from advisor.web.app.routing import Route, current_route
from advisor.web.app.security import claim_owner, visitor
from advisor.web.app.turns import take_turn_for

_RIGHTS: tuple[Right, ...] = get_args(Right)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Access:
    """The rights of the visitor in a plan. ``owner`` is the id of the plan's owner, ``name`` the visitor's display name."""

    owner: str
    right: Right
    name: str

    def allows(self, needed: Right) -> bool:
        """Return whether the visitor's right includes this one: each includes those before it in `Right`."""
        return _RIGHTS.index(self.right) >= _RIGHTS.index(needed)

    @property
    def may_view(self) -> bool:
        """Whether the visitor may see the whole plan, and not only the page for developers."""
        return self.allows("view")

    @property
    def may_edit(self) -> bool:
        """Whether the visitor may change the plan."""
        return self.allows("edit")

    @property
    def is_owner(self) -> bool:
        """Whether the visitor owns the plan. Only the owner can share and delete it."""
        return self.right == "own"


def plan_access(plan_id: str, needed: Right = "view") -> Access:
    """Return the rights of the current visitor in the plan, if they include the right that is needed.

    Raises `NotFoundError`, the same for another visitor's plan as for a plan that never existed.
    """
    grant = current.store().shares.grant(visitor(), plan_id)
    access = Access(owner=grant.owner, right=grant.right, name=current.display_name())
    if not access.allows(needed):
        raise NotFoundError("There is no such plan.")
    return access


def access_of_request(plan_id: str) -> Access:
    """Return the rights of the visitor in the plan, from ``g.access`` if `guard` has set it. Raises `NotFoundError`."""
    found: Access | None = g.get("access")
    return found or plan_access(plan_id)


def guard(blueprint: Blueprint) -> None:
    """Check the visitor's right to the ``plan_id`` of an address before every view of the blueprint and those inside it.

    Views find the `Access` in ``g.access`` (templates: ``access``), and the owner's id in ``g.owner``.
    """

    @blueprint.before_request
    def check() -> ResponseReturnValue | None:
        plan_id = (request.view_args or {}).get("plan_id")
        if plan_id is None:
            return None
        access = plan_access(plan_id, "dev")
        route = current_route()
        needed = needed_right(route)
        if not access.allows(needed):
            return render_template("plans/share/refused.html", plan_id=plan_id, needed=needed, access=access), 403
        if request.method not in _SAFE:
            claim_owner()  # renews the cookie
        g.access, g.owner = access, access.owner
        if route and route.is_slow:
            take_turn_for(plan_id)
        return None

    @blueprint.context_processor
    def tell_templates() -> dict[str, object]:
        return {"access": g.get("access")}

    blueprint.register_error_handler(NotFoundError, _answer_missing)


def needed_right(route: Route | None) -> Right:
    """Return the right that the current request needs: that of its route, else *view* to read and *edit* to send."""
    if route and route.right:
        return route.right
    return "view" if request.method in _SAFE else "edit"


def _answer_missing(error: NotFoundError) -> ResponseReturnValue:
    if isinstance(error, DeletedError):
        return render_template("plans/start/deleted.html", plan_id=(request.view_args or {}).get("plan_id")), 410
    return current_app.handle_http_exception(PageNotFound())
